from __future__ import annotations

from tests.runs.conftest import Stage
from tests.runs.scene import ENGINEER


def test_an_approved_plan_reaches_every_device(stage: Stage) -> None:
    scene = stage(ios=3, eos=3)
    number = scene.approved()
    with scene.engine() as engine:
        run = engine.wait(engine.start(number, "apply", ENGINEER))
    rows = scene.rows(run.id)
    assert {row.state for row in rows.values()} == {"confirmed"}, rows
    assert (run.state, run.note) == ("finished", "")
    for device in scene.devices:
        assert device.running().count("description Staff room") == 2
        assert device.startup() == device.running()
        assert not device.pending()
