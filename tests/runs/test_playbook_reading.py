"""A playbook run is kept as it goes, stopped when it breaks its promise, and left when need be."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from controller.errors import StoreError, Text
from controller.playbooks.following import ShareEnd
from controller.playbooks.result import TaskResult
from controller.playbooks.running import PlaybookDevice, PlaybookRecord
from controller.runs.playbook_pulse import PlaybookPulse, left_runs, take_left
from controller.runs.playbook_reading import Reading
from controller.store import executors, locks, playbook_runs
from controller.store.engine import Connection, Store
from controller.store.limits import Limits, has_room, room_for
from tests.store.clock import Clock

RUN = "facts-1"
Said = Mapping[str, str]


@dataclass
class Ansible:
    """Says of each device what it is told to; it goes on only as long as nobody wants it to stop.

    `says`: device -> status of its only task; `never`: device at which it goes on for ever.
    """

    says: Said
    never: str = ""
    asked: list[list[str]] = field(default_factory=list)
    before: Callable[[str], None] = lambda _: None
    state: str = "finished"

    def __call__(
        self,
        devices: Sequence[str],
        seconds: float,
        on_result: Callable[[TaskResult], None],
        stop: Callable[[], bool],
    ) -> ShareEnd:
        self.asked.append(list(devices))
        ends: dict[str, Any] = {}
        for device in devices:
            self.before(device)
            while device == self.never and not stop():
                time.sleep(0.005)
            if stop():
                left = {d: "not-run" for d in devices if d not in ends}
                return ShareEnd("stopped", ends | left)
            status: Any = self.says[device]
            on_result(TaskResult(1, device, "show", "cisco.ios.ios_command", status))
            ends[device] = status if status in ("failed", "unreachable") else "ok"
        return ShareEnd(self.state, ends, Text("พัง", "broken"))  # type: ignore[arg-type]


class Desk:
    """A run of some devices, and what becomes of it."""

    def __init__(self, store: Store, clock: Clock, says: Said, **changes: Any) -> None:
        self.store, self.clock = store, clock
        self.record = PlaybookRecord(
            id=RUN,
            playbook="facts",
            selector="all",
            by="engineer1",
            state="waiting",
            sha256="a" * 64,
            started=clock(),
            **changes,
        )
        self.told: list[TaskResult] = []
        with store.begin() as conn:
            devices = [PlaybookDevice(device=name) for name in says]
            playbook_runs.create_run(conn, self.record, devices)

    def reads(self, ansible: Ansible, *, risk: Any = "read", share: int = 9, **more: Any) -> bool:
        """Take the run and carry it out."""
        pulse = PlaybookPulse(self.store, self.clock, RUN, every=0.01)
        with pulse:
            with self.store.begin() as conn:
                (left,) = left_runs(conn, self.clock())
                assert take_left(conn, left, pulse.me, self.clock())
            reading = Reading(
                store=self.store,
                clock=self.clock,
                record=self.record,
                risk=risk,
                pulse=pulse,
                ask=ansible,
                share=share,
                betrayed=lambda _, result: self.told.append(result),
                **{"seconds": 60.0} | more,
            )
            return reading.go()

    def run(self) -> PlaybookRecord:
        """The run as it stands."""
        with self.store.read() as conn:
            return playbook_runs.load_run(conn, RUN)

    def states(self) -> dict[str, str]:
        """Its devices as they stand."""
        with self.store.read() as conn:
            return {d.device: d.state for d in playbook_runs.run_devices(conn, RUN)}

    def results(self) -> list[str]:
        """Which devices a result is kept of, in order."""
        with self.store.read() as conn:
            return [r.device for r in playbook_runs.results(conn, RUN)]


def test_every_device_is_asked_once_in_shares(store: Store, clock: Clock) -> None:
    says = {"a": "ok", "b": "failed", "c": "unreachable", "d": "skipped", "e": "ok"}
    desk, ansible = Desk(store, clock, says), Ansible(says)
    assert desk.reads(ansible, share=2)
    assert ansible.asked == [["a", "b"], ["c", "d"], ["e"]]
    assert desk.run().state == "finished"
    assert desk.results() == ["a", "b", "c", "d", "e"]
    wanted = {"a": "ok", "b": "failed", "c": "unreachable", "d": "ok", "e": "ok"}
    assert desk.states() == wanted


def test_a_share_is_as_large_as_there_is_room_for(store: Store, clock: Clock) -> None:
    """Another run has a device in work; it lets it go while this one waits for more room."""
    says = {"a": "ok", "b": "ok", "c": "ok"}
    desk, ansible = Desk(store, clock, says), Ansible(says)
    with store.begin() as conn:
        fence = locks.take(conn, "z", "r1", "e1", clock())
        assert fence is not None

    def changes(device: str) -> None:
        with store.begin() as conn:
            assert has_room(conn, "y", "", limits, clock()) == (device == "c")
            if device == "b":
                locks.let_go(conn, "z", fence)

    limits = Limits(at_once=2)
    ansible.before = changes
    assert desk.reads(ansible, limits=limits)
    assert ansible.asked == [["a"], ["b"], ["c"]]
    with store.begin() as conn:
        assert has_room(conn, "y", "", limits, clock())
        assert room_for(conn, 9, Limits(per_minute=6), clock()) == 2
        assert not has_room(conn, "y", "", Limits(per_minute=4), clock())


def test_who_waits_for_room_is_stopped_or_leaves_as_ever(store: Store, clock: Clock) -> None:
    desk, ansible = Desk(store, clock, {"a": "ok"}), Ansible({"a": "ok"})
    with store.begin() as conn:
        assert locks.take(conn, "z", "r1", "e1", clock()) is not None
    times = iter(range(9))
    leaving = lambda: next(times) > 1  # noqa: E731 - one line of a test
    assert not desk.reads(ansible, limits=Limits(at_once=1), leaving=leaving)
    assert (desk.run().state, ansible.asked) == ("waiting", [])


def test_what_breaks_its_promise_is_stopped_at_once_and_told_once(
    store: Store, clock: Clock
) -> None:
    says = {"a": "ok", "b": "changed", "c": "changed", "d": "ok"}
    desk, ansible = Desk(store, clock, says), Ansible(says)
    assert desk.reads(ansible, share=3)
    ended = desk.run()
    assert ended.state == "stopped"
    assert "b" in ended.note_en
    assert [one.device for one in desk.told] == ["b"]
    assert ansible.asked == [["a", "b", "c"]]
    assert desk.states() == {"a": "not-run", "b": "changed", "c": "not-run", "d": "not-run"}


def test_what_a_changing_playbook_would_change_is_no_broken_promise(
    store: Store, clock: Clock
) -> None:
    says = {"a": "changed", "b": "ok"}
    desk = Desk(store, clock, says, check=True)
    assert desk.reads(Ansible(says), risk="change")
    assert (desk.run().state, desk.told) == ("finished", [])
    assert desk.states() == {"a": "changed", "b": "ok"}


def test_somebody_elsewhere_stops_a_run(store: Store, clock: Clock) -> None:
    says = {"a": "ok", "b": "ok"}
    desk = Desk(store, clock, says)

    def ask(device: str) -> None:
        if device == "b":
            with store.begin() as conn:
                assert playbook_runs.request_stop(conn, RUN, "engineer2")

    assert desk.reads(Ansible(says, never="b", before=ask))
    ended = desk.run()
    assert (ended.state, ended.note_en) == ("stopped", "stopped by engineer2")


def test_a_process_that_leaves_lets_another_go_on_with_what_has_not_ended(
    store: Store, clock: Clock
) -> None:
    says = {"a": "ok", "b": "failed", "c": "ok"}
    desk = Desk(store, clock, says)
    seen: list[str] = []
    first = Ansible(says, never="c", before=seen.append)
    assert not desk.reads(first, share=2, leaving=lambda: "c" in seen)
    assert desk.run().state == "waiting"
    assert desk.results() == ["a", "b"]
    second = Ansible(says)
    assert desk.reads(second)
    assert second.asked == [["c"]]
    assert desk.run().state == "finished"
    assert desk.results() == ["a", "b", "c"]


def test_who_was_taken_for_dead_writes_nothing_more(store: Store, clock: Clock) -> None:
    """The other one, which went on with it, has the only word."""
    says = {"a": "ok", "b": "ok"}
    desk = Desk(store, clock, says)

    def take_away(device: str) -> None:
        if device == "b":
            clock.forward(minutes=5)
            with store.begin() as conn:
                held = playbook_runs.load_run(conn, RUN)
                executors.retire(conn, held.executor, clock())
                assert take_left(conn, held, "other", clock())

    assert not desk.reads(Ansible(says, never="b", before=take_away))
    assert (desk.run().executor, desk.run().state) == ("other", "running")
    assert desk.results() == []
    assert desk.states() == {"a": "waiting", "b": "waiting"}


def test_a_run_is_left_once_its_process_is_silent_for_too_long(store: Store, clock: Clock) -> None:
    desk = Desk(store, clock, {"a": "ok"})
    here = executors.Executor("w1", "elsewhere", 1, clock(), clock())
    with store.begin() as conn:
        executors.register(conn, here)
        assert take_left(conn, desk.record, "w1", clock())
        assert left_runs(conn, clock()) == ()
        assert [run.id for run in left_runs(conn, clock() + timedelta(minutes=1))] == [RUN]


def test_the_sign_of_life_goes_by_the_clock_others_judge_it_by(store: Store, clock: Clock) -> None:
    """On PostgreSQL that of the server, as those of several machines differ."""
    clock.forward(hours=-5)
    with PlaybookPulse(store, clock, RUN, every=60) as pulse, store.read() as conn:
        (here,) = [one for one in executors.living(conn) if one.id == pulse.me]
        now = executors.clock_of(conn, clock)
    assert abs(now - here.heartbeat) < timedelta(seconds=20)
    assert (here.heartbeat == clock()) == (store.dialect == "sqlite")


def test_time_that_is_up_and_ansible_that_breaks(store: Store, clock: Clock) -> None:
    says = {"a": "ok", "b": "ok"}
    desk, ansible = Desk(store, clock, says), Ansible(says)
    assert desk.reads(ansible, seconds=-1.0)
    assert (ansible.asked, desk.run().state) == ([], "timed-out")
    assert desk.states() == {"a": "not-run", "b": "not-run"}


def test_the_end_of_ansible_is_told_in_its_words(store: Store, clock: Clock) -> None:
    says = {"a": "ok", "b": "ok"}
    desk = Desk(store, clock, says)
    assert desk.reads(Ansible(says, state="failed"), share=1)
    assert (desk.run().state, desk.run().note_en) == ("failed", "broken")
    assert desk.states() == {"a": "ok", "b": "not-run"}


def test_what_cannot_be_kept_stops_the_run_and_is_an_error(
    store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(store, clock, {"a": "ok", "b": "ok"})
    full = StoreError(Text(th="ดิสก์เต็ม", en="the disk is full"))

    def broken(_conn: Connection, _run: str, _found: object) -> int:
        raise full

    monkeypatch.setattr(playbook_runs, "add_results", broken)
    with pytest.raises(StoreError, match="full"):
        desk.reads(Ansible({"a": "changed", "b": "ok"}, never="b"))
    assert desk.run().state == "running"
