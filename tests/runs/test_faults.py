"""What goes wrong on a device ends in a state that is true of the device, and it is safe."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from controller.plans.outcome import State
from tests.runs.conftest import Stage
from tests.runs.lab import LabDevice, wait_until
from tests.runs.scene import ENGINEER

WORDS = "description Staff room"


@dataclass(frozen=True)
class Fault:
    """A fault of the lab, the state it has to end in, and words of the reason."""

    name: str
    state: State
    reason: str
    options: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return "-".join([self.name, *map(str, self.options.values())])


FAULTS = (
    Fault("slow-prompt", "confirmed", "every check passed", {"value": "0.2"}),
    Fault("cut-line", "failed", "nothing was pushed"),
    Fault("cut-line", "confirmed", "every check passed", {"value": "write mem"}),
    Fault("refused-login", "failed", "wrong user name or password"),
    Fault("half-commit", "rolled_back", "only a part of the change"),
    Fault("reboot", "rolled_back", "the earlier configuration is back"),
    Fault("garbage", "failed", "nothing was pushed"),
    Fault("lose-management", "rolled_back", "the earlier configuration is back"),
    Fault("uplink-down", "rolled_back", "interfaces went down"),
    Fault("freeze", "failed", "timed out"),
)


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_after_a_fault_the_device_is_where_its_state_says(stage: Stage, fault: Fault) -> None:
    scene = stage(ios=1, eos=1, canary=2, confirm_minutes=1)
    scene.answer_timeout = 2.0
    number = scene.approved()
    before = {device.name: device.running() for device in scene.devices}
    for device in scene.devices:
        device.fault(fault.name, **fault.options)
    with scene.engine() as engine:
        run = engine.wait(engine.start(number, "apply", ENGINEER))
    rows = scene.rows(run.id)
    for device in scene.devices:
        row = rows[device.name]
        assert row.state == fault.state, row
        assert fault.reason in row.reason
        assert_true(device, fault.state, before[device.name])
    assert run.state == ("finished" if fault.state == "confirmed" else "stopped")


def assert_true(device: LabDevice, state: State, before: str) -> None:
    """The device has what its state says, now and after a power cut, and nothing is pending."""
    assert not device.pending()
    if state == "confirmed":
        assert device.running().count(WORDS) == 2
    else:
        assert device.running() == before
    assert device.startup() == device.running()


def test_a_device_that_can_be_reached_goes_back_at_once(stage: Stage) -> None:
    scene = stage(ios=1, eos=1, canary=2, confirm_minutes=100)
    number = scene.approved()
    for device in scene.devices:
        device.fault("uplink-down")
    with scene.engine() as engine:
        run = engine.start(number, "apply", ENGINEER)
        wait_until(lambda: scene.run(run).state == "stopped", "going back")
    assert {row.state for row in scene.rows(run).values()} == {"rolled_back"}


def test_a_device_that_is_not_seen_again_is_unknown_until_it_is_verified(stage: Stage) -> None:
    scene = stage(eos=2, confirm_minutes=1)
    scene.answer_timeout = 0.5
    number = scene.approved()
    first = min(scene.devices, key=lambda d: d.name)
    before = first.running()
    first.fault("half-commit")
    with scene.engine() as engine:
        run = engine.start(number, "apply", ENGINEER)
        for row in engine.watch(run):
            if row.device == first.name and row.state == "intended":
                _freeze_after_commit(first)
        rows = scene.rows(run)
        assert rows[first.name].state == "unknown", rows
        assert "look at the device" in rows[first.name].reason
        assert scene.run(run).state == "stopped"
        first.heal("freeze")
        assert engine.verify(number, ENGINEER) == run
    assert scene.rows(run)[first.name].state == "rolled_back"
    assert first.running() == before


def _freeze_after_commit(device: LabDevice) -> None:
    wait_until(lambda: device.commits() == 1, "the commit")
    device.fault("freeze")
