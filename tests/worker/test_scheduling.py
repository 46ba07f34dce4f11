"""The worker keeps the schedule beside its other work, and ends what it has in hand."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from controller.accounts.actor import SCHEDULE
from controller.errors import Text
from controller.operations import do_scheduled
from controller.operations.audit_changed import audit_changed
from controller.operations.audit_devices import audit_devices
from controller.operations.do_scheduled import Done
from controller.store import audits, schedule, told_changes
from controller.store.audits import AuditRecord
from controller.store.schedule import Slot
from controller.worker.scheduling import Scheduling
from tests.operations.office import Desk, opened_desk

EVERY_MINUTE = 'schedule:\n  - {name: often, cron: "* * * * *", do: backup}\n'


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An office with one entry that comes every minute."""
    with opened_desk(tmp_path / "office") as opened:
        file = opened.context.root / "schedules.yaml"
        file.write_text(EVERY_MINUTE, encoding="utf-8")
        yield opened


def done(desk: Desk) -> list[Slot]:
    """What has ended."""
    with desk.context.store.read() as conn:
        return [slot for slot in schedule.slots(conn, most=99) if slot.ended]


def known(desk: Desk) -> bool:
    """Whether the workers have seen the schedule."""
    with desk.context.store.read() as conn:
        return bool(schedule.known_until(conn))


def test_two_workers_do_each_time_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    began, go_on = threading.Event(), threading.Event()

    def work(*_: object) -> Done:
        began.set()
        assert go_on.wait(20)
        return Done(Text(th="ดี", en="well"))

    monkeypatch.setitem(do_scheduled._TASKS, "backup", work)
    workers = [Scheduling(desk.context, name, every=0.02) for name in ("w1", "w2")]
    for worker in workers:
        worker.start()
    while not known(desk):
        pass
    desk.clock.forward(minutes=1)
    assert began.wait(20)
    desk.clock.forward(minutes=10)  # nobody takes it from a worker that is alive
    stopping = [threading.Thread(target=worker.stop) for worker in workers]
    for thread in stopping:
        thread.start()
    assert done(desk) == []
    go_on.set()
    for thread in stopping:
        thread.join(20)
    ended = done(desk)
    assert [slot.state for slot in ended][:1] == ["done"]
    assert len({slot.slot for slot in ended}) == len(ended) <= 2


def test_a_bug_in_a_task_does_not_end_the_worker(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def break_down(*_: object) -> Done:
        raise ZeroDivisionError

    def look(*_: object) -> tuple[()]:
        raise KeyError

    monkeypatch.setitem(do_scheduled._TASKS, "backup", break_down)
    monkeypatch.setattr("controller.worker.scheduling.fetch_wanted", look)
    worker = Scheduling(desk.context, "w1", every=0.02)
    worker.start()
    while len(done(desk)) < 2:
        desk.clock.forward(seconds=10)
    worker.stop()
    assert {slot.state for slot in done(desk)} == {"failed"}
    assert "backup on change broke down" in caplog.text


def test_a_broken_schedule_is_said_once_and_changes_are_fetched_all_the_same(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    looks = threading.Semaphore(0)

    def look(*_: object) -> tuple[()]:
        looks.release()
        return ()

    monkeypatch.setattr("controller.worker.scheduling.fetch_wanted", look)
    (desk.context.root / "schedules.yaml").write_text("schedule: x\n", encoding="utf-8")
    worker = Scheduling(desk.context, "w1", every=0.02)
    worker.start()
    for _ in range(5):
        assert looks.acquire(timeout=20)
    worker.stop()
    assert caplog.text.count("the schedule waits") == 1
    with desk.context.store.read() as conn:
        assert told_changes.wanted(conn) == ()


def test_what_changes_in_the_workspace_is_judged_anew(desk: Desk) -> None:
    """By the worker itself, once; what nobody has judged yet waits for its first audit."""
    audit_devices(desk.context, desk.person("engineer1"), "name=kkn-a-sw01,kkn-a-sw02")
    worker = Scheduling(desk.context, "w1", every=0.02)
    worker.start()
    rules = desk.context.root / "compliance/rules/ports.yaml"
    rules.write_text(rules.read_text(encoding="utf-8") + "# edited\n", encoding="utf-8")
    while not (found := [a for a in audits_of(desk) if a.why == "change"]):
        pass
    worker.stop()
    assert [(a.devices, a.judged, a.by) for a in found] == [(2, 2, SCHEDULE.username)]
    assert audit_changed(desk.context, SCHEDULE) is None


def audits_of(desk: Desk) -> list[AuditRecord]:
    """The audits there were."""
    with desk.context.store.read() as conn:
        return audits.list_audits(conn)
