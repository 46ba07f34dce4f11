"""The schedule is kept once, what was missed is said, and people can ask for it now."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from controller.accounts.actor import SCHEDULE, Actor, require
from controller.compliance.rulebook import RuleBook
from controller.errors import InputError, NotAllowed, NotFound, Refused, Text
from controller.health.observed import Reached
from controller.operations import do_scheduled as doing
from controller.operations.do_scheduled import Done, do_scheduled
from controller.operations.keep_schedule import LEASE, keep_schedule
from controller.operations.list_next_times import list_next_times
from controller.operations.pause_schedule import pause_schedule, resume_schedule
from controller.operations.poll_devices import Polled
from controller.operations.run_schedule import run_schedule
from controller.operations.show_playbook_run import PlaybookRunView
from controller.operations.show_schedule import show_schedule
from controller.playbooks.running import DeviceState, PlaybookRecord
from controller.schedules.schedule import TASKS
from controller.store.device_health import DeviceHealth
from controller.store.schedule import Slot
from tests.operations.office import Desk

HOURLY = """
schedule:
  - {name: hourly, cron: "0 * * * *", do: backup}
  - {name: nightly, cron: "0 2 * * *", do: backup, missed: skip}
"""


@pytest.fixture
def kept(desk: Desk) -> Desk:
    """A desk whose schedule is known to the workers since 09:30 in the morning."""
    (desk.context.root / "schedules.yaml").write_text(HOURLY, encoding="utf-8")
    assert keep_schedule(desk.context, SCHEDULE, "w0").taken == ()
    return desk


def backing_up(monkeypatch: pytest.MonkeyPatch, work: Callable[[], Text]) -> None:
    """A backup that does this instead."""
    monkeypatch.setitem(doing._TASKS, "backup", lambda *_: Done(work(), {"devices": 3}))


def history(desk: Desk) -> list[tuple[str, str, str]]:
    """Entry, state and by whom, the newest first."""
    view = show_schedule(desk.context, desk.person("engineer1"))
    return [(slot.name, slot.state, slot.by) for slot in view.history]


def test_a_time_that_has_come_is_taken_by_one_of_many(kept: Desk) -> None:
    kept.clock.forward(minutes=31)
    with ThreadPoolExecutor(4) as pool:
        turns = pool.map(lambda n: keep_schedule(kept.context, SCHEDULE, f"w{n}").taken, range(8))
        taken = [slot for turn in turns for slot in turn]
    assert [slot.name for slot in taken] == ["hourly"]
    assert keep_schedule(kept.context, SCHEDULE, "w9").taken == ()


def test_what_came_of_it_is_noted(kept: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    backing_up(monkeypatch, lambda: Text(th="ดี", en="well"))
    kept.clock.forward(minutes=31)
    (slot,) = keep_schedule(kept.context, SCHEDULE, "w1").taken
    ended = do_scheduled(kept.context, SCHEDULE, slot)
    assert (ended.state, ended.content["devices"]) == ("done", 3)
    assert ended.content["words"] == {"th": "ดี", "en": "well"}
    view = show_schedule(kept.context, kept.person("director"))
    assert view.history == (ended,)
    hourly, nightly = view.entries
    assert (hourly.last, nightly.last) == (ended, None)
    assert hourly.next == ended.slot + timedelta(hours=1)
    assert [entry.subject for entry in kept.entries("do_scheduled")] == ["hourly"]


def test_what_fails_says_why_and_the_next_time_comes(
    kept: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> Text:
        raise InputError(Text(th="ไฟล์เสีย", en="a broken file"))

    backing_up(monkeypatch, fail)
    kept.clock.forward(minutes=31)
    (slot,) = keep_schedule(kept.context, SCHEDULE, "w1").taken
    ended = do_scheduled(kept.context, SCHEDULE, slot)
    assert (ended.state, ended.content["words"]["en"]) == ("failed", "a broken file")
    kept.clock.forward(hours=1)
    assert len(keep_schedule(kept.context, SCHEDULE, "w1").taken) == 1


def test_a_bug_is_noted_too(kept: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down() -> Text:
        raise ZeroDivisionError

    backing_up(monkeypatch, break_down)
    kept.clock.forward(minutes=31)
    (slot,) = keep_schedule(kept.context, SCHEDULE, "w1").taken
    with pytest.raises(ZeroDivisionError):
        do_scheduled(kept.context, SCHEDULE, slot)
    assert history(kept) == [("hourly", "failed", "schedule")]


def test_missed_times_are_made_up_for_once_or_skipped_and_said(kept: Desk) -> None:
    kept.clock.forward(days=2, minutes=5)
    (slot,) = keep_schedule(kept.context, SCHEDULE, "w1").taken
    assert (slot.name, slot.content) == ("hourly", {"late": True, "earlier": 47})
    assert sorted(history(kept)) == [
        ("hourly", "running", "schedule"),
        ("nightly", "skipped", "schedule"),
    ]
    missed = {entry.subject: entry.content for entry in kept.entries("schedule_missed")}
    assert missed["hourly"]["made_up_for"] is True
    assert missed["nightly"]["made_up_for"] is False
    assert missed["nightly"]["earlier"] == 1


def test_an_entry_is_never_done_twice_at_a_time(kept: Desk) -> None:
    kept.clock.forward(minutes=31)
    (slot,) = keep_schedule(kept.context, SCHEDULE, "w1").taken
    for _ in range(70):
        kept.clock.forward(minutes=1)
        assert keep_schedule(kept.context, SCHEDULE, "w1", [slot]).lost == ()
        assert keep_schedule(kept.context, SCHEDULE, "w2").taken == ()


def test_what_a_dead_process_left_is_done_again(
    kept: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    backing_up(monkeypatch, lambda: Text(th="ดี", en="well"))
    kept.clock.forward(minutes=31)
    (slot,) = keep_schedule(kept.context, SCHEDULE, "dead").taken
    kept.clock.forward(seconds=LEASE.total_seconds() + 1)
    (left,) = keep_schedule(kept.context, SCHEDULE, "w2").taken
    assert (left.slot, left.holder, left.content["taken_over"]) == (slot.slot, "w2", "dead")
    assert keep_schedule(kept.context, SCHEDULE, "dead", [slot]).lost == (slot,)
    assert do_scheduled(kept.context, SCHEDULE, slot).state == "done"
    # The thawed one has written nothing.
    assert history(kept) == [("hourly", "running", "schedule")]
    do_scheduled(kept.context, SCHEDULE, left)
    assert history(kept) == [("hourly", "done", "schedule")]


def test_a_person_asks_and_a_worker_does_it(kept: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    backing_up(monkeypatch, lambda: Text(th="ดี", en="well"))
    engineer = kept.person("engineer1")
    assert run_schedule(kept.context, engineer, "nightly").state == "waiting"
    with pytest.raises(Refused, match="being done"):
        run_schedule(kept.context, engineer, "nightly")
    (slot,) = keep_schedule(kept.context, SCHEDULE, "w1").taken
    assert do_scheduled(kept.context, SCHEDULE, slot).by == "engineer1"
    assert history(kept) == [("nightly", "done", "engineer1")]
    assert kept.entries("do_scheduled")[0].actor == "engineer1"


def test_a_person_does_it_here(kept: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    backing_up(monkeypatch, lambda: Text(th="ดี", en="well"))
    ended = run_schedule(kept.context, kept.person("engineer1"), "nightly", here="terminal")
    assert ended.state == "done"
    assert keep_schedule(kept.context, SCHEDULE, "w1").taken == ()


def test_who_may(kept: Desk) -> None:
    with pytest.raises(NotAllowed):
        run_schedule(kept.context, kept.person("officer1"), "nightly")
    with pytest.raises(NotAllowed):
        show_schedule(kept.context, kept.person("teacher1"))
    with pytest.raises(NotFound) as caught:
        run_schedule(kept.context, kept.person("engineer1"), "nighly")
    assert caught.value.hint
    assert "nightly" in caught.value.hint.en


def test_an_entry_that_left_the_file_is_refused_not_done(kept: Desk) -> None:
    kept.clock.forward(minutes=31)
    (slot,) = keep_schedule(kept.context, SCHEDULE, "w1").taken
    (kept.context.root / "schedules.yaml").write_text("schedule: []\n", encoding="utf-8")
    ended: Slot = do_scheduled(kept.context, SCHEDULE, slot)
    assert ended.state == "failed"
    assert "any more" in ended.content["words"]["en"]


HEALTH: dict[str, Reached] = {"a": "up", "b": "down"}


def test_a_poll_says_whom_it_reached(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    (desk.context.root / "schedules.yaml").write_text(
        "schedule:\n  - {name: look, cron: '0 4 * * *', do: poll, select: role=access}\n",
        encoding="utf-8",
    )
    at = desk.clock()
    health = {
        name: DeviceHealth(device=name, status=status, since=at, at=at)
        for name, status in HEALTH.items()
    }
    asked: list[str] = []

    def poll(_context: object, actor: Actor, selector: str) -> Polled:
        require(actor, "poll_devices")
        asked.append(selector)
        devices = desk.context.inventory().devices[:2]
        return Polled(devices, health, 1.0, kept=len(asked) == 1, without=())

    monkeypatch.setattr(doing, "poll_devices", poll)
    ended = run_schedule(desk.context, SCHEDULE, "look", here="terminal")
    assert ended.content["words"]["en"] == "2 devices asked, 1 up"
    desk.clock.forward(minutes=1)
    again = run_schedule(desk.context, SCHEDULE, "look", here="terminal")
    assert "nothing was kept" in again.content["words"]["en"]
    assert asked == ["role=access"] * 2


def test_every_task_of_the_file_is_known_and_does_its_work(desk: Desk) -> None:
    tasks = ("audit", "report", "pack", "remind")
    text = "\n".join(f"  - {{name: {one}, cron: '0 4 * * *', do: {one}}}" for one in tasks)
    file = desk.context.root / "schedules.yaml"
    file.write_text(f"schedule:\n{text}\n", encoding="utf-8")
    secret = desk.context.root / "var" / "lab" / "snmp_ro"
    secret.parent.mkdir(parents=True)
    secret.write_text("hunter2community")
    bare = replace(desk, context=replace(desk.context, rulebook=RuleBook))
    for task in tasks:
        ended = run_schedule(bare.context, SCHEDULE, task, here=f"terminal-{task}")
        assert ended.state == "done", ended.content
        bare.clock.forward(minutes=1)
    day = bare.context.today().isoformat()
    kept = sorted(path.name for path in (bare.context.folder / "reports").iterdir())
    assert kept == [f"{day}-compliance.pdf", f"{day}-compliance.xlsx"]
    assert set(doing._TASKS) == set(TASKS)


def test_a_paused_entry_is_skipped_and_says_so_until_it_is_resumed(kept: Desk) -> None:
    engineer = kept.person("engineer1")
    with pytest.raises(NotAllowed):
        pause_schedule(kept.context, kept.person("officer1"), "hourly", "no")
    with pytest.raises(InputError, match="why"):
        pause_schedule(kept.context, engineer, "hourly", " ")
    pause_schedule(kept.context, engineer, "hourly", "the rules change")
    with pytest.raises(Refused, match="already"):
        pause_schedule(kept.context, engineer, "hourly", "again")
    hourly = show_schedule(kept.context, engineer).entries[0]
    assert (hourly.next, hourly.paused and hourly.paused.by) == (None, "engineer1")
    kept.clock.forward(hours=1)
    assert keep_schedule(kept.context, SCHEDULE, "w1").taken == ()
    assert history(kept) == [("hourly", "skipped", "schedule")]
    kept.clock.forward(hours=3)  # and no worker looked
    resume_schedule(kept.context, engineer, "hourly")
    assert history(kept) == [("hourly", "skipped", "schedule")] * 2
    newest = show_schedule(kept.context, engineer).history[0]
    assert newest.content["words"]["en"] == "paused by engineer1: the rules change"
    assert newest.content["earlier"] == 2
    assert keep_schedule(kept.context, SCHEDULE, "w1").taken == ()
    kept.clock.forward(hours=1)
    assert len(keep_schedule(kept.context, SCHEDULE, "w1").taken) == 1
    with pytest.raises(Refused, match="not paused"):
        resume_schedule(kept.context, engineer, "hourly")
    assert [e.subject for e in kept.entries("pause_schedule")] == ["hourly"]
    assert [e.subject for e in kept.entries("resume_schedule")] == ["hourly"]


def test_what_comes_is_listed_in_its_order(kept: Desk) -> None:
    engineer = kept.person("engineer1")
    pause_schedule(kept.context, engineer, "nightly", "for now")
    found = list_next_times(kept.context, engineer, days=1)
    assert len(found) == 25
    assert [one.at for one in found] == sorted(one.at for one in found)
    assert [one.entry.name for one in found if one.paused] == ["nightly"]
    assert len(list_next_times(kept.context, engineer, days=7, most=3)) == 3


@pytest.mark.parametrize(("ended", "slot"), [("ok", "done"), ("unreachable", "failed")])
def test_a_playbook_is_run_by_the_schedule(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, ended: DeviceState, slot: str
) -> None:
    (desk.context.root / "schedules.yaml").write_text(
        "schedule:\n  - {name: facts, cron: '0 4 * * *', do: playbook, select: role=access,"
        " playbook: show-commands, set: {deep: true, most: 5}}\n",
        encoding="utf-8",
    )
    asked: list[object] = []

    def run(_: object, actor: Actor, name: str, selector: str, **more: object) -> PlaybookRunView:
        require(actor, "run_playbook")
        asked.extend([name, selector, more])
        record = PlaybookRecord(
            id="r1", playbook=name, selector=selector, by=actor.username, state="finished",
            sha256="0" * 64, started=desk.clock(),
        )  # fmt: skip
        return PlaybookRunView(record, {ended: 2})

    monkeypatch.setattr(doing, "run_playbook", run)
    came = run_schedule(desk.context, SCHEDULE, "facts", here="terminal")
    assert (came.state, came.content["run"]) == (slot, "r1")
    assert asked == [
        "show-commands",
        "role=access",
        {"given": {"deep": "yes", "most": "5"}, "why": "schedule"},
    ]
