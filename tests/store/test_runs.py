"""Runs and what becomes of their devices; only the holder of the lock may say so."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import get_args

import pytest

from controller.errors import DeviceBusy, NotFound, Refused
from controller.plans.outcome import FINAL, Run, RunDevice, State
from controller.store import locks, runs
from controller.store.engine import Store, open_store
from controller.store.locks import Fenced
from tests.store.clock import Clock
from tests.store.samples import CASE, a_run, waiting

SW = "kkn-a-sw01"
SETTLED = sorted(FINAL - {"unknown"})


@pytest.fixture
def run(store: Store, clock: Clock) -> Run:
    """A run over two devices."""
    started = a_run(clock())
    with store.begin() as conn:
        runs.create_run(conn, started, waiting("run-1", SW, "kkn-a-sw02"))
    return started


def take(store: Store, clock: Clock, executor: str = "host-1") -> int:
    with store.begin() as conn:
        fence = locks.take(conn, SW, "run-1", executor, clock())
    assert fence
    return fence


def put(store: Store, clock: Clock, state: State, fence: int | None, **more: str) -> None:
    values = {"reason": "because"} | more
    with store.begin() as conn:
        runs.set_device_state(
            conn,
            "run-1",
            SW,
            state,
            reason=values.pop("reason"),
            fence=fence,
            at=clock(),
            **values,
        )


def row(store: Store) -> RunDevice:
    with store.read() as conn:
        return next(d for d in runs.run_devices(conn, "run-1") if d.device == SW)


def test_a_run_comes_back_with_its_devices(store: Store, run: Run) -> None:
    """Canary first."""
    with store.read() as conn:
        assert runs.load_run(conn, "run-1") == run
        assert list(runs.run_devices(conn, "run-1")) == waiting("run-1", SW, "kkn-a-sw02")
        assert runs.state_counts(conn, "run-1") == {"waiting": 2}
        with pytest.raises(NotFound):
            runs.load_run(conn, "run-9")
        assert runs.run_devices(conn, "run-9") == ()


def test_a_case_has_one_run_at_a_time(store: Store, run: Run, clock: Clock) -> None:
    """A second is refused while the first goes on; another case may run."""
    with pytest.raises(DeviceBusy, match=CASE), store.begin() as conn:
        runs.create_run(conn, a_run(clock(), "run-2"), [])
    with store.begin() as conn:
        runs.create_run(conn, a_run(clock(), "run-3", case="2569-2.3-0002"), [])
        assert runs.finish_run(conn, "run-1", "finished", at=clock())
        runs.create_run(conn, a_run(clock(), "run-2"), [])


def test_of_many_starts_at_once_one_succeeds(store: Store, database_url: str, clock: Clock) -> None:
    """The database decides, not a look before."""
    other = open_store(database_url)

    def start(n: int) -> bool:
        try:
            with (store if n % 2 else other).begin(audited=False) as conn:
                runs.create_run(conn, a_run(clock(), f"run-{n}"), waiting(f"run-{n}", SW))
        except DeviceBusy:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(start, range(16))).count(True) == 1
    other.close()
    with store.read() as conn:
        assert len(runs.open_runs(conn)) == 1


def test_the_holder_records_every_step(store: Store, run: Run, clock: Clock) -> None:
    """State, reason, fence, time; what is not given stays."""
    fence = take(store, clock)
    put(store, clock, "intended", fence, before="a" * 64)
    put(store, clock, "pushed", fence, evidence="pushed in 1.2 s")
    clock.forward(seconds=5)
    put(store, clock, "confirmed", fence, after="b" * 64, reason="")
    assert row(store) == RunDevice(
        run="run-1",
        device=SW,
        batch=0,
        state="confirmed",
        reason="",
        fence=fence,
        before="a" * 64,
        after="b" * 64,
        evidence="pushed in 1.2 s",
        changed=clock(),
    )
    with store.read() as conn:
        assert runs.state_counts(conn, "run-1") == {"waiting": 1, "confirmed": 1}


def test_a_thawed_executor_cannot_record(store: Store, run: Run, clock: Clock) -> None:
    """Its fence is old: it is told who holds the device, and nothing changes."""
    old = take(store, clock, "host-1")
    put(store, clock, "intended", old)
    new = take(store, clock, "host-2")
    with pytest.raises(Fenced, match="host-2"):
        put(store, clock, "confirmed", old)
    assert row(store).state == "intended"
    put(store, clock, "verified", new)
    assert (row(store).state, row(store).fence) == ("verified", new)


def test_who_let_go_cannot_record(store: Store, run: Run, clock: Clock) -> None:
    """Nor can somebody who never held it, or holds it for another run."""
    fence = take(store, clock)
    with store.begin() as conn:
        locks.let_go(conn, SW, fence)
    for number in (fence, fence + 1):
        with pytest.raises(Fenced):
            put(store, clock, "pushed", number)
    with store.begin() as conn:
        foreign = locks.take(conn, SW, "another-run", "host-3", clock())
    with pytest.raises(Fenced, match="another-run"):
        put(store, clock, "pushed", foreign)


def test_without_a_lock_only_what_nobody_holds_is_recorded(
    store: Store, run: Run, clock: Clock
) -> None:
    """Such as a device another run has: refused without being touched."""
    fence = take(store, clock)
    with pytest.raises(Fenced):
        put(store, clock, "refused", None)
    with store.begin() as conn:
        locks.let_go(conn, SW, fence)
        locks.take(conn, SW, "another-run", "host-3", clock())
    put(store, clock, "refused", None)
    assert (row(store).state, row(store).fence) == ("refused", 0)


@pytest.mark.parametrize("state", SETTLED)
def test_what_is_settled_stays(store: Store, run: Run, clock: Clock, state: State) -> None:
    """A finished device is not begun again; saying the same once more is no harm."""
    fence = take(store, clock)
    put(store, clock, state, fence)
    put(store, clock, state, fence)
    for other in sorted(set(get_args(State)) - {state}):
        with pytest.raises(Refused, match=state) as caught:
            put(store, clock, other, fence)
        assert not isinstance(caught.value, Fenced)
    assert row(store).state == state


@pytest.mark.parametrize("state", ["confirmed", "rolled_back", "failed"])
def test_unknown_may_still_be_verified(store: Store, run: Run, clock: Clock, state: State) -> None:
    """It is an ending for the run, but not the last word."""
    fence = take(store, clock)
    put(store, clock, "unknown", fence)
    put(store, clock, state, fence)
    assert row(store).state == state


def test_a_device_of_no_run_is_not_found(store: Store, run: Run, clock: Clock) -> None:
    """Neither fenced nor silent."""
    with pytest.raises(NotFound, match="kkn-z-sw99"), store.begin() as conn:
        runs.set_device_state(
            conn, "run-1", "kkn-z-sw99", "refused", reason="", fence=None, at=clock()
        )


def test_garbage_from_a_device_can_be_kept(store: Store, run: Run, clock: Clock) -> None:
    """NUL and broken characters would be refused by the database."""
    put(store, clock, "failed", take(store, clock), evidence="a\0b\udcff", reason="\0")
    assert row(store).evidence.startswith("a�b")
    assert row(store).reason == "�"


def test_a_run_ends_once(store: Store, run: Run, clock: Clock) -> None:
    """The first ending counts."""
    with store.begin() as conn:
        assert [r.id for r in runs.open_runs(conn)] == ["run-1"]
        assert runs.finish_run(conn, "run-1", "stopped", at=clock(), note="ผิดพลาดเกินร้อยละ 10")
        assert not runs.finish_run(conn, "run-1", "finished", at=clock.forward(hours=1))
        ended = runs.load_run(conn, "run-1")
        assert runs.open_runs(conn) == ()
    assert (ended.state, ended.note) == ("stopped", "ผิดพลาดเกินร้อยละ 10")
    assert ended.ended == run.started


def test_a_run_is_asked_to_stop(store: Store, run: Run, clock: Clock) -> None:
    """By whom; an ended run cannot be asked."""
    with store.begin() as conn:
        assert runs.stop_requested(conn, "run-1") is None
        assert runs.request_stop(conn, "run-1", "director")
        assert runs.stop_requested(conn, "run-1") == "director"
        runs.finish_run(conn, "run-1", "stopped", at=clock())
        assert not runs.request_stop(conn, "run-1", "director")
        assert runs.stop_requested(conn, "run-9") is None


def test_a_run_is_handed_over_once(store: Store, run: Run, clock: Clock) -> None:
    """Of two reapers one moves it; an ended run stays where it was."""
    with store.begin() as conn:
        assert runs.move_run(conn, "run-1", "host-2", previous="host-1")
        assert not runs.move_run(conn, "run-1", "host-3", previous="host-1")
        assert runs.load_run(conn, "run-1").executor == "host-2"
        runs.finish_run(conn, "run-1", "finished", at=clock())
        assert not runs.move_run(conn, "run-1", "host-3", previous="host-2")


def test_the_runs_of_a_case_are_found(store: Store, run: Run, clock: Clock) -> None:
    """Oldest first."""
    with store.begin() as conn:
        runs.finish_run(conn, "run-1", "finished", at=clock())
        back = a_run(clock.forward(hours=1), "run-2", kind="rollback")
        runs.create_run(conn, back, [])
        assert [r.id for r in runs.runs_of(conn, CASE)] == ["run-1", "run-2"]
