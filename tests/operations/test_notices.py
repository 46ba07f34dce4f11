"""People are told: over a real mail server and webhook, or to a file; and nothing is said twice."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from controller.errors import InputError, NotAllowed, Refused
from controller.operations.notify_case import notify_case
from controller.operations.send_notices import finish_batch, list_notices, send_notices
from controller.processes.case import Case
from controller.store import cases
from tests.notices.post_office import smtp_server, webhook
from tests.notices.test_deliver import closed_port
from tests.operations.office import Desk
from tests.store.databases import database_in, kept_in
from tests.store.intruder import Intruder

SECRET = "hemlig-nyckel"
MESSAGE = "จะปรับค่าสวิตช์วันที่ ๖ พฤษภาคม"


@pytest.fixture
def channel(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Desk]:
    """The desk with a channel `mail`, whose address stands in the environment."""

    def configured(url: str) -> Desk:
        monkeypatch.setenv("KHAEN_TEST_CHANNEL", url)
        return desk.configured('[notices.channels]\nmail = "env/KHAEN_TEST_CHANNEL"')

    return configured


def mail_to(port: int) -> str:
    return (
        f"mailto://127.0.0.1:{port}?from=khaen@office.example&to=all@office.example&mode=insecure"
    )


def waiting_case(desk: Desk) -> Case:
    """A case of 2.3 at its notify step."""
    return desk.case("2.3", 3)


def test_what_a_person_did_is_recorded_on_their_word(desk: Desk) -> None:
    """A letter, a call: nothing goes out."""
    case = waiting_case(desk)
    moved = notify_case(
        desk.context, desk.person("engineer1"), case.number, ("โรงเรียน",), "หนังสือ", MESSAGE
    )
    assert moved.step == 4
    assert list_notices(desk.context, desk.person("officer1")) == ()
    assert len(desk.entries("notify_case")) == 1


def test_everybody_gets_an_e_mail_and_the_case_goes_on(channel: Callable[[str], Desk]) -> None:
    """To their own address where one is known, else to the one of the channel."""
    with smtp_server() as mailbox:
        desk = channel(mail_to(mailbox.port))
        case = waiting_case(desk)
        to = ("ict@school-a.example", "โรงเรียนตัวอย่าง ข", "officer1")
        moved = notify_case(
            desk.context, desk.person("engineer1"), case.number, to, "mail", MESSAGE
        )
    assert (moved.step, moved.events[-1].what) == (4, "notified")
    assert "ict@school-a.example" in moved.events[-1].note
    receivers = [receivers for receivers, _ in mailbox.taken]
    assert receivers == [["ict@school-a.example"], ["all@office.example"], ["all@office.example"]]
    subjects = {message["Subject"] for _, message in mailbox.taken}
    assert subjects == {f"{case.title} (เรื่องที่ {case.number})"}
    bodies = [str(message.get_content()) for _, message in mailbox.taken]
    assert all(MESSAGE in body for body in bodies)
    assert "เรียน โรงเรียนตัวอย่าง ข" in bodies[1]
    assert "เรียน ผู้อำนวยการกลุ่มส่งเสริมการศึกษาทางไกล" in bodies[2]
    states = [n.state for n in list_notices(desk.context, desk.person("officer1"))]
    assert states == ["delivered"] * 3


def test_a_notice_to_a_file(desk: Desk) -> None:
    """For its owner alone, ready to be printed."""
    case = waiting_case(desk)
    to = ("โรงเรียนตัวอย่าง ก", "ict@school-b.example")
    moved = notify_case(desk.context, desk.person("engineer1"), case.number, to, "file", MESSAGE)
    assert moved.step == 4
    folder = desk.context.folder / "notices"
    files = sorted(folder.iterdir())
    assert [f.name for f in files] == [f"2026-05-04-{case.number}-{n}.txt" for n in (1, 2)]
    text = files[0].read_text(encoding="utf-8")
    assert text.startswith("ถึง: โรงเรียนตัวอย่าง ก\nเรื่อง: ปรับค่าสวิตช์โรงเรียนตัวอย่าง ก")
    assert MESSAGE in text
    assert stat.S_IMODE(files[0].stat().st_mode) == 0o600


def test_a_dead_channel_keeps_the_case_and_is_tried_again(channel: Callable[[str], Desk]) -> None:
    """Attempts are counted, with a waiting time between; then it arrives and the case goes on."""
    port = closed_port()
    desk = channel(mail_to(port))
    case, engineer, officer = waiting_case(desk), desk.person("engineer1"), desk.person("officer1")
    to = ("ict@school-a.example", "ict@school-b.example")
    with pytest.raises(Refused, match="2 did not get") as caught:
        notify_case(desk.context, engineer, case.number, to, "mail", MESSAGE)
    assert caught.value.hint
    assert "khaen notice send" in caught.value.hint.en
    assert desk.now(case).step == 3
    assert send_notices(desk.context, officer).tried == ()
    desk.clock.forward(minutes=1)
    sent = send_notices(desk.context, officer)
    assert [(n.state, n.attempts) for n in sent.tried] == [("failed", 2)] * 2
    assert sent.moved == ()
    with smtp_server(port) as mailbox:
        sent = send_notices(desk.context, officer, hurry=True)
    assert [(n.state, n.attempts) for n in sent.tried] == [("delivered", 3)] * 2
    assert [moved.number for moved in sent.moved] == [case.number]
    after = desk.now(case)
    assert (after.step, after.events[-1].what, after.events[-1].actor) == (
        4,
        "notified",
        "engineer1",
    )
    assert len(mailbox.taken) == 2
    assert send_notices(desk.context, officer, hurry=True).tried == ()


def test_the_address_of_a_channel_is_nowhere(
    channel: Callable[[str], Desk], capfd: pytest.CaptureFixture[str]
) -> None:
    """Not in the message, the rows, the log, the files, or on the terminal."""
    desk = channel(f"json://khaen:{SECRET}@127.0.0.1:{closed_port()}/{SECRET}")
    case = waiting_case(desk)
    with pytest.raises(Refused) as caught:
        notify_case(desk.context, desk.person("engineer1"), case.number, ("ก",), "mail", MESSAGE)
    send_notices(desk.context, desk.person("officer1"), hurry=True)
    printed = capfd.readouterr()
    assert SECRET not in str(caught.value) + printed.out + printed.err
    written = [p for p in desk.context.folder.rglob("*") if p.is_file()]
    assert b"\xe0\xb8\x81" in (kept := kept_in(desk.context.folder))  # the ก told
    assert SECRET.encode() not in kept
    assert [p.name for p in written if SECRET.encode() in p.read_bytes()] == []


def test_asking_again_sends_only_what_is_missing(channel: Callable[[str], Desk]) -> None:
    """Who got it does not get it twice, although the whole was asked for twice."""
    with smtp_server() as mailbox:
        desk = channel(mail_to(mailbox.port))
        case, engineer = waiting_case(desk), desk.person("engineer1")
        to = ("ict@school-a.example", "โรงเรียนตัวอย่าง ข")
        mailbox.deaf_to = "all@office.example"
        with pytest.raises(Refused, match="1 did not get"):
            notify_case(desk.context, engineer, case.number, to, "mail", MESSAGE)
        mailbox.deaf_to = ""
        assert notify_case(desk.context, engineer, case.number, to, "mail", MESSAGE).step == 4
    receivers = [receivers for receivers, _ in mailbox.taken]
    assert receivers == [["ict@school-a.example"], ["all@office.example"]]
    assert len(desk.entries("notify_case")) == 2


def test_saying_something_else_gives_up_what_did_not_arrive(
    channel: Callable[[str], Desk],
) -> None:
    """The old words are not sent after the new ones."""
    with webhook() as hook:
        desk = channel(f"json://127.0.0.1:{hook.port}/")
        case, engineer = waiting_case(desk), desk.person("engineer1")
        hook.status = 500
        with pytest.raises(Refused, match="500"):
            notify_case(desk.context, engineer, case.number, ("ก",), "mail", "คำเดิม")
        hook.status = 200
        assert notify_case(desk.context, engineer, case.number, ("ก",), "mail", MESSAGE).step == 4
        assert send_notices(desk.context, engineer, hurry=True).tried == ()
    assert [MESSAGE in taken["message"] for taken in hook.taken] == [True]
    states = [n.state for n in list_notices(desk.context, engineer)]
    assert states == ["void", "delivered"]


def test_what_the_case_has_left_behind_is_not_sent(channel: Callable[[str], Desk]) -> None:
    """Told by letter meanwhile: the e-mail would only confuse."""
    port = closed_port()
    desk = channel(mail_to(port))
    case, engineer = waiting_case(desk), desk.person("engineer1")
    with pytest.raises(Refused):
        notify_case(desk.context, engineer, case.number, ("ก",), "mail", MESSAGE)
    notify_case(desk.context, engineer, case.number, ("ก",), "หนังสือ", MESSAGE)
    with smtp_server(port) as mailbox:
        assert send_notices(desk.context, engineer, hurry=True).tried == ()
    assert mailbox.taken == []
    assert [n.state for n in list_notices(desk.context, engineer)] == ["void"]


def test_of_two_messages_that_wait_only_the_last_is_sent(channel: Callable[[str], Desk]) -> None:
    """Both failed at first."""
    port = closed_port()
    desk = channel(mail_to(port))
    case, engineer = waiting_case(desk), desk.person("engineer1")
    for words in ("คำเดิม", MESSAGE):
        with pytest.raises(Refused):
            notify_case(desk.context, engineer, case.number, ("ก",), "mail", words)
    with smtp_server(port) as mailbox:
        assert send_notices(desk.context, engineer, hurry=True).moved
    ((_, message),) = mailbox.taken
    assert MESSAGE in str(message.get_content())


def test_who_died_before_the_case_went_on_is_made_good(desk: Desk) -> None:
    """All was delivered, and nobody said so; a batch that was finished is not finished again."""
    case, engineer = waiting_case(desk), desk.person("engineer1")
    notify_case(desk.context, engineer, case.number, ("ก",), "file", MESSAGE)
    (sent,) = list_notices(desk.context, engineer)
    assert finish_batch(desk.context, sent.batch) is None
    assert send_notices(desk.context, engineer).moved == ()
    done = desk.now(case)
    Intruder(database_in(desk.context.folder)).run(
        "UPDATE cases SET content = ?, events = 1", [case.model_dump_json()]
    )
    assert desk.now(case) == case
    moved = send_notices(desk.context, engineer).moved
    assert [(m.step, m.events[-1].note) for m in moved] == [(4, done.events[-1].note)]


def test_who_may_not_tell_sends_nothing(channel: Callable[[str], Desk]) -> None:
    """Everything is checked before the first message goes out."""
    with smtp_server() as mailbox:
        desk = channel(mail_to(mailbox.port))
        case, early = waiting_case(desk), desk.case("2.3", 1)
        engineer = desk.person("engineer1")
        for who, number, to, message, error in (
            (desk.person("deputy"), case.number, ("ก",), MESSAGE, NotAllowed),
            (desk.person("school1"), case.number, ("ก",), MESSAGE, NotAllowed),
            (engineer, early.number, ("ก",), MESSAGE, Refused),
            (engineer, case.number, (), MESSAGE, InputError),
            (engineer, case.number, ("ก",), " ", InputError),
        ):
            with pytest.raises(error):
                notify_case(desk.context, who, number, to, "mail", message)
    assert mailbox.taken == []
    assert list_notices(desk.context, engineer) == ()


def test_who_left_the_group_does_not_move_the_case(channel: Callable[[str], Desk]) -> None:
    """The notices arrive in the end; the case stays, and it is said why."""
    port = closed_port()
    desk = channel(mail_to(port))
    case = waiting_case(desk)
    with pytest.raises(Refused):
        notify_case(desk.context, desk.person("engineer1"), case.number, ("ก",), "mail", MESSAGE)
    before = desk.now(case)
    assert before.group
    group = before.group.model_copy(update={"members": ()})
    with desk.context.store.begin() as conn:
        same = before.model_copy(update={"group": group, "proposer": "deputy"})
        cases.save_case(
            conn, same.model_copy(update={"events": (*before.events, before.events[-1])}), 1
        )
    with smtp_server(port):
        sent = send_notices(desk.context, desk.person("officer1"), hurry=True)
    # The events differ from those the notice was based on only where they do not count.
    assert [n.state for n in sent.tried] == ["delivered"]
    assert sent.moved == ()
    assert [number for number, _ in sent.stayed] == [case.number]
    assert desk.now(case).step == 3


def test_a_channel_that_is_gone_says_so(
    channel: Callable[[str], Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its name, and the reference that leads nowhere."""
    desk = channel("x")
    monkeypatch.delenv("KHAEN_TEST_CHANNEL")
    case = waiting_case(desk)
    with pytest.raises(Refused, match="KHAEN_TEST_CHANNEL"):
        notify_case(desk.context, desk.person("engineer1"), case.number, ("ก",), "mail", MESSAGE)


def test_a_folder_that_cannot_be_written_keeps_the_case(desk: Desk) -> None:
    """A file is a channel like the others."""
    Path(desk.context.folder / "notices").write_text("in the way")
    case = waiting_case(desk)
    with pytest.raises(Refused, match="cannot write"):
        notify_case(desk.context, desk.person("engineer1"), case.number, ("ก",), "file", MESSAGE)
    assert desk.now(case).step == 3
