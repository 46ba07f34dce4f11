"""Overdue cases: who may act is told, once a day."""

from __future__ import annotations

import pytest

from controller.errors import NotAllowed
from controller.operations.notify_case import notify_case
from controller.operations.remind_cases import remind_cases
from controller.operations.send_notices import send_notices
from tests.notices.post_office import smtp_server, webhook
from tests.operations.office import Desk


def test_whoever_may_act_is_reminded_once_a_day(desk: Desk) -> None:
    """Of every case past its day, and of no other; the next day again."""
    officer = desk.person("officer1")
    late = desk.case("2.3", 3)
    desk.clock.forward(days=7)
    fresh = desk.case("2.3", 3)
    closed = desk.case("2.3", 3, state="closed", opened=late.opened)
    assert remind_cases(desk.context, officer) == ()
    assert desk.entries("remind_cases") == []
    desk.clock.forward(days=1)
    first = remind_cases(desk.context, officer)
    assert {n.case for n in first} == {late.number}
    assert {fresh.number, closed.number} & {n.case for n in first} == set()
    titles = {desk.person(name).title for name in ("officer1", "engineer1", "engineer2")}
    assert {n.recipient for n in first} == titles
    assert [n.state for n in first] == ["delivered"] * 3
    assert all("เลยกำหนดแล้ว 1 วัน" in n.body for n in first)
    assert remind_cases(desk.context, officer) == first
    folder = desk.context.folder / "notices"
    assert len(list(folder.iterdir())) == 3
    assert len(desk.entries("remind_cases")) == 1
    desk.clock.forward(days=1)
    assert len(remind_cases(desk.context, officer)) == 2 * 3 - 3
    assert len(list(folder.iterdir())) == 6


def test_the_director_is_reminded_of_what_waits_for_a_decision(desk: Desk) -> None:
    """And who acts for the director on that day."""
    case = desk.case("2.3", 2)
    desk.clock.forward(days=30)
    (reminder,) = remind_cases(desk.context, desk.person("officer1"))
    assert reminder.recipient == desk.person("director").title
    assert case.number in reminder.subject
    assert "เตือน" in reminder.subject


def test_reminders_go_through_their_channel(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that fails is tried again, unless the case has gone on."""
    with webhook() as hook:
        monkeypatch.setenv("KHAEN_TEST_CHANNEL", f"json://127.0.0.1:{hook.port}/")
        desk = desk.configured(
            '[notices]\nremind = "chat"\n[notices.channels]\nchat = "env/KHAEN_TEST_CHANNEL"'
        )
        officer = desk.person("officer1")
        one, two = desk.case("2.3", 3), desk.case("2.3", 3)
        desk.clock.forward(days=10)
        hook.status = 503
        assert {n.state for n in remind_cases(desk.context, officer)} == {"failed"}
        notify_case(desk.context, officer, one.number, ("ก",), "หนังสือ", "ทราบ")
        hook.status = 200
        sent = send_notices(desk.context, officer, hurry=True)
        assert {n.case for n in sent.tried} == {two.number}
        assert {n.state for n in sent.tried} == {"delivered"}
        assert (sent.moved, sent.stayed) == ((), ())
    assert len(hook.taken) == 3
    assert all(two.number in taken["title"] for taken in hook.taken)


def test_people_are_reminded_at_their_own_address(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the office file has one."""
    file = desk.context.root / "inventory" / "office.yaml"
    text = file.read_text(encoding="utf-8")
    line = "  - username: officer1\n"
    assert line in text
    file.write_text(text.replace(line, line + "    email: officer1@office.example\n"))
    with smtp_server() as mailbox:
        url = f"mailto://127.0.0.1:{mailbox.port}?from=a@b.example&to=all@b.example&mode=insecure"
        monkeypatch.setenv("KHAEN_TEST_CHANNEL", url)
        desk = desk.configured(
            '[notices]\nremind = "mail"\n[notices.channels]\nmail = "env/KHAEN_TEST_CHANNEL"'
        )
        desk.case("2.3", 3)
        desk.clock.forward(days=10)
        remind_cases(desk.context, desk.person("engineer1"))
    receivers = sorted(receivers[0] for receivers, _ in mailbox.taken)
    assert receivers == ["all@b.example", "all@b.example", "officer1@office.example"]


def test_reminding_is_for_the_office(desk: Desk) -> None:
    """Not for schools."""
    with pytest.raises(NotAllowed):
        remind_cases(desk.context, desk.person("school1"))
