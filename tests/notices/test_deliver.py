"""Messages over real servers on this machine, and what is said when they do not arrive."""

from __future__ import annotations

import io
import logging
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from controller.notices.deliver import Delivery, deliver, deliver_to_file, waiting_time
from tests.notices.post_office import smtp_server, webhook

SUBJECT = "แจ้งการปรับค่าสวิตช์"
BODY = "เรียน ผู้อำนวยการโรงเรียน\n\nจะปรับค่าในวันที่ ๕ <b>ไม่ใช่ HTML</b> & 100%\n"
PASSWORD = "hemlig-nyckel"


@pytest.fixture
def everything_logged() -> Iterator[io.StringIO]:
    """What a program would see that logs all there is to log."""
    root, written = logging.getLogger(), io.StringIO()
    handler, level = logging.StreamHandler(written), root.level
    root.addHandler(handler)
    root.setLevel(1)
    yield written
    root.setLevel(level)
    root.removeHandler(handler)


def closed_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def mail_url(port: int, to: str = "ict@school-a.example") -> str:
    return f"mailto://127.0.0.1:{port}?from=khaen@office.example&to={to}&mode=insecure"


def test_an_e_mail_arrives_as_it_was_written() -> None:
    """Thai subject and body, plain text, to whom the channel names."""
    with smtp_server() as mailbox:
        assert deliver(mail_url(mailbox.port), SUBJECT, BODY) == Delivery()
    ((receivers, message),) = mailbox.taken
    assert receivers == ["ict@school-a.example"]
    assert message["Subject"] == SUBJECT
    assert message.get_content_type() == "text/plain"
    assert message.get_content().split() == BODY.split()


def test_an_e_mail_goes_to_the_address_given() -> None:
    """And then not to the one of the channel."""
    with smtp_server() as mailbox:
        assert deliver(mail_url(mailbox.port), SUBJECT, BODY, address="b@school-b.example").ok
    ((receivers, message),) = mailbox.taken
    assert receivers == ["b@school-b.example"]
    assert "school-a" not in str(message["To"])


def test_a_subject_cannot_smuggle_in_a_header() -> None:
    """A line end is a space."""
    with smtp_server() as mailbox:
        assert deliver(mail_url(mailbox.port), "เรื่อง\r\nBcc: x@evil.example", BODY).ok
    ((receivers, message),) = mailbox.taken
    assert receivers == ["ict@school-a.example"]
    assert (message["Subject"], message["Bcc"]) == ("เรื่อง Bcc: x@evil.example", None)


def test_a_webhook_gets_json() -> None:
    """An address is of no use to it."""
    with webhook() as hook:
        url = f"json://127.0.0.1:{hook.port}/notices"
        assert deliver(url, "แจ้งการ\nปรับค่าสวิตช์", BODY, address="b@school-b.example").ok
    (taken,) = hook.taken
    assert taken["title"] == "แจ้งการ ปรับค่าสวิตช์"
    assert taken["message"].split() == BODY.split()


def test_what_did_not_arrive_is_told_without_secrets(
    everything_logged: io.StringIO, capfd: pytest.CaptureFixture[str]
) -> None:
    """A dead server, one that refuses, a channel that is no channel."""
    dead = closed_port()
    with webhook() as hook, smtp_server() as mailbox:
        hook.status, mailbox.refusing = 503, True
        channels = {
            f"json://khaen:{PASSWORD}@127.0.0.1:{dead}/{PASSWORD}": "reached",
            f"json://khaen:{PASSWORD}@127.0.0.1:{hook.port}/{PASSWORD}": "503",
            f"mailto://khaen:{PASSWORD}@127.0.0.1:{dead}?from=a@b.example": "reached",
            mail_url(mailbox.port): "refused",
            f"slack://{PASSWORD}": "notices.channels",
            f"nothing://{PASSWORD}": "notices.channels",
            PASSWORD: "notices.channels",
            "": "notices.channels",
        }
        for url, told in channels.items():
            delivery = deliver(url, SUBJECT, BODY)
            assert delivery.error
            assert told in delivery.error.en
            for secret in (PASSWORD, str(dead), "127.0.0.1"):
                assert secret not in str(delivery.error)
    printed = capfd.readouterr()
    assert PASSWORD not in printed.out + printed.err + everything_logged.getvalue()
    assert (hook.taken, mailbox.taken) == ([], [])


def test_nothing_of_the_library_is_loaded_before_there_is_something_to_send() -> None:
    """A command that sends nothing does not pay for a hundred plugins."""
    code = "import sys, controller.notices.deliver; sys.exit('apprise' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_file_is_written_for_its_owner_alone(tmp_path: Path) -> None:
    """The same again replaces it, and nothing else lies beside it."""
    folder = tmp_path / "var" / "notices"
    for content in ("ก\n", BODY):
        assert deliver_to_file(folder, "2026-05-04-2569-2.3-0001-1.txt", content).ok
    (file,) = folder.iterdir()
    assert file.read_text(encoding="utf-8") == BODY
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """By its name, in both languages."""
    (tmp_path / "notices").write_text("in the way")
    delivery = deliver_to_file(tmp_path / "notices", "a.txt", BODY)
    assert not delivery.ok
    assert delivery.error
    assert "เขียนแฟ้ม a.txt ไม่ได้" in delivery.error.th
    assert "cannot write the file a.txt" in delivery.error.en


def test_the_waiting_time_grows_to_a_day() -> None:
    """A minute, two, four ... and no overflow after years."""
    waits = [waiting_time(n) for n in (1, 2, 3, 10, 11, 12, 500)]
    minutes = [w / timedelta(minutes=1) for w in waits]
    assert minutes == [1, 2, 4, 512, 1024, 1440, 1440]
