"""What a run's page shows of its devices, and what it sends when something moves."""

from __future__ import annotations

from controller.plans.outcome import STATES, RunDevice, State
from controller.web.parts.run_rows import MOST_SECTIONS, PROBLEMS, changed, sections, shares


def device(name: str, state: State, batch: int = 1, reason: str = "") -> RunDevice:
    """One device of a run."""
    return RunDevice(run="r", device=name, batch=batch, state=state, reason=reason)


def test_problems_stand_first_with_their_reasons() -> None:
    """Whatever batch they are in; what went as approved is no problem."""
    shown = sections(
        [
            device("a", "confirmed", 0),
            device("b", "unknown", 1, "ไม่ทราบผล / cannot tell"),
            device("c", "drifted", 2),
            device("d", "waiting", 2),
        ]
    )
    assert [s.key for s in shown] == [PROBLEMS, "batch-0", "batch-1", "batch-2"]
    assert [row.device for row in shown[0].rows] == ["b", "c"]
    assert shown[0].rows[0].reason.both == ("ไม่ทราบผล", "cannot tell")
    assert [(s.done, len(s.rows)) for s in shown[1:]] == [(1, 1), (1, 1), (1, 2)]


def test_only_what_moved_is_sent() -> None:
    """Two hundred devices, one of which moved: its batch, and the problems if it is one."""
    devices = [device(f"sw{n:03}", "waiting", n // 10) for n in range(200)]
    before = {s.key: s for s in sections(devices)}
    assert not changed(before, sections(list(devices)))
    devices[57] = device("sw057", "pushed", 5)
    assert [s.key for s in changed(before, sections(devices))] == ["batch-5"]
    devices[57] = device("sw057", "failed", 5)
    assert [s.key for s in changed(before, sections(devices))] == [PROBLEMS, "batch-5"]


def test_the_first_time_everything_is_sent() -> None:
    """Also that there are no problems."""
    assert [s.key for s in changed({}, sections([device("a", "waiting", 0)]))] == [
        PROBLEMS,
        "batch-0",
    ]


def test_very_many_batches_share_sections() -> None:
    """A page has a handful of parts, however large the run; each device is in one of them."""
    devices = [device(f"sw{n:04}", "waiting", n // 10) for n in range(1500)]
    shown = sections(devices)
    assert len(shown) <= MOST_SECTIONS + 1
    assert [row.device for s in shown[1:] for row in s.rows] == [d.device for d in devices]
    assert len({s.key for s in shown}) == len(shown)


def test_every_state_has_its_share_of_the_bar() -> None:
    """What has ended fills it from the left, what waits is last; nothing takes room for nobody."""
    counts = dict.fromkeys(STATES, 1)
    assert len(shares(counts)) == len(STATES)
    assert round(sum(s.percent for s in shares(counts))) == 100
    assert [s.number for s in shares({"confirmed": 3, "unknown": 1})] == [3, 1]
    told = [s.words.en for s in shares({"waiting": 1, "pushed": 1, "unknown": 1, "confirmed": 1})]
    assert told == ["confirmed", "unknown", "pushed", "waiting"]
    assert not shares({})
