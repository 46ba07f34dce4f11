"""A booked case is begun once, at its time, in the name of who booked it; or it is said why not."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta

import pytest

from controller.accounts.actor import SCHEDULE, Actor
from controller.errors import InputError, NotAllowed, NotApproved, NotNow, Refused, Text
from controller.operations import start_booked as starting
from controller.operations.book_apply import book_apply, list_bookings, unbook_apply
from controller.operations.start_booked import start_booked
from controller.store import bookings, notices
from controller.store.bookings import Booking
from tests.operations.office import Desk

PROCESS_WORK = """
import sys
from pathlib import Path
from controller.accounts.actor import SCHEDULE
from controller.app import open_app
from controller.operations import start_booked as starting
starting.leave_apply = lambda context, actor, number: f"{number}-apply-1"
with open_app(Path(sys.argv[1])) as context:
    print("ready", flush=True)
    sys.stdin.readline()
    print(len(starting.start_booked(context, SCHEDULE)))
"""


def booked(desk: Desk, minutes: int = 0, by: str = "engineer1") -> Booking:
    """A booking of a new case for so many minutes from now, as `book_apply` writes it."""
    case = desk.case("9.9", 4)
    now = desk.clock()
    one = Booking(case.number, by, now, now + timedelta(minutes=minutes))
    with desk.context.store.begin(audited=False) as conn:
        bookings.put_booking(conn, one)
    return one


def told(desk: Desk) -> list[str]:
    """What was said by notice, and arrived."""
    with desk.context.store.read() as conn:
        return [n.body for n in notices.list_notices(conn) if n.state == "delivered"]


def test_it_begins_at_its_time_in_the_persons_own_name(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[tuple[str, str]] = []

    def leave(_: object, actor: Actor, number: str) -> str:
        begun.append((actor.username, number))
        return f"{number}-apply-1"

    monkeypatch.setattr(starting, "leave_apply", leave)
    one = booked(desk, 30)
    assert start_booked(desk.context, SCHEDULE) == ()
    desk.clock.forward(minutes=31)
    (came,) = start_booked(desk.context, SCHEDULE)
    assert (came.state, came.run) == ("started", f"{one.case}-apply-1")
    assert start_booked(desk.context, SCHEDULE) == ()
    assert begun == [("engineer1", one.case)]
    (kept,) = list_bookings(desk.context, desk.person("auditor1"))
    assert (kept.state, kept.run) == (came.state, came.run)
    assert [came.run in words for words in told(desk)] == [True]


def test_a_refusal_is_noted_and_told_and_not_tried_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def leave(_: object, __: object, number: str) -> str:
        asked.append(number)
        raise NotNow(Text(th="อยู่ในช่วงงดเปลี่ยนแปลง", en="in a freeze"))

    monkeypatch.setattr(starting, "leave_apply", leave)
    one = booked(desk)
    (came,) = start_booked(desk.context, SCHEDULE)
    assert (came.state, came.note.en) == ("refused", "in a freeze")
    desk.clock.forward(hours=1)
    assert start_booked(desk.context, SCHEDULE) == ()
    assert asked == [one.case]
    assert ["อยู่ในช่วงงดเปลี่ยนแปลง" in words for words in told(desk)] == [True]
    assert [e.content["state"] for e in desk.entries("booking_ended")] == ["refused"]


def test_without_an_approval_the_gate_itself_refuses(desk: Desk) -> None:
    booked(desk)
    (came,) = start_booked(desk.context, SCHEDULE)
    assert came.state == "refused"
    booked(desk, by="nobody")
    (came,) = start_booked(desk.context, SCHEDULE)
    assert came.state == "refused"


def test_a_chosen_time_nobody_was_there_for_is_missed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starting, "leave_apply", lambda *_: pytest.fail("begun"))
    booked(desk, 5)
    desk.clock.forward(hours=2)
    (came,) = start_booked(desk.context, SCHEDULE)
    assert came.state == "missed"


def test_one_a_dead_process_was_starting_is_never_begun_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starting, "leave_apply", lambda *_: pytest.fail("begun"))
    one = booked(desk)
    with desk.context.store.begin(audited=False) as conn:
        assert bookings.claim(conn, one, desk.clock())
        assert not bookings.claim(conn, one, desk.clock())
    assert start_booked(desk.context, SCHEDULE) == ()
    desk.clock.forward(minutes=4)
    (came,) = start_booked(desk.context, SCHEDULE)
    assert came.state == "refused"
    assert "died" in came.note.en


def test_two_processes_begin_it_once(desk: Desk) -> None:
    booked(desk)
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", PROCESS_WORK, str(desk.context.root)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for worker in workers:
        assert worker.stdout
        assert worker.stdout.readline() == "ready\n"
    for worker in workers:
        assert worker.stdin
        worker.stdin.write("go\n")
        worker.stdin.flush()
    came = sorted(worker.communicate(timeout=60)[0].strip() for worker in workers)
    assert came == ["0", "1"]
    assert len(desk.entries("booking_ended")) == 1


def test_who_books_and_takes_back(desk: Desk) -> None:
    one = booked(desk, 30)
    member = desk.person("engineer1")
    with pytest.raises(NotAllowed):
        book_apply(desk.context, desk.person("officer1"), one.case)
    with pytest.raises(InputError, match="no time"):
        book_apply(desk.context, member, one.case, "tonight")
    with pytest.raises(InputError, match="is over"):
        book_apply(desk.context, member, one.case, "2020-01-01T22:00")
    with pytest.raises(NotApproved):
        book_apply(desk.context, member, one.case)
    unbook_apply(desk.context, member, one.case)
    with pytest.raises(Refused, match="no booking"):
        unbook_apply(desk.context, member, one.case)
    desk.clock.forward(hours=1)
    assert start_booked(desk.context, SCHEDULE) == ()
