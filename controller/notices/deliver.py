"""Hands one message to a channel, or writes it to a file, and says whether that went well.

A channel is an Apprise URL and holds passwords, so nothing that comes back from here repeats any
part of it: what went wrong is said in words of our own.
"""

from __future__ import annotations

import logging
import os
import re
import secrets
import warnings
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from controller.errors import Text

if TYPE_CHECKING:
    from apprise import AppriseAsset
    from apprise.plugins import NotifyBase

_SECONDS = 30
_STATUS = re.compile(r"error=(\d{3})\b")
_LONGEST_WAIT = timedelta(days=1)


@dataclass(frozen=True)
class Delivery:
    """How it went. `error` is None exactly when the message was taken over by the channel."""

    error: Text | None = None

    @property
    def ok(self) -> bool:
        """Whether the channel took the message over."""
        return self.error is None


def deliver(channel_url: str, subject: str, body: str, *, address: str = "") -> Delivery:
    """Send a message of plain text over the channel, once.

    An e-mail channel sends to `address` where one is given, else to whom its URL names; other
    channels have their receivers in the URL alone. Takes at most half a minute.
    """
    # Its plugins are a hundred modules: they are loaded when there is something to send.
    import apprise

    _keep_quiet()
    # Where it is kept nothing is left behind: no queue of its own, no file.
    asset = apprise.AppriseAsset(
        storage_mode="memory", app_id="Khaen", app_desc="Khaen", app_url=""
    )
    service = _service(channel_url, asset, address)
    if service is None:
        return Delivery(
            Text(
                th="ที่อยู่ของช่องทางใช้ไม่ได้ ตรวจค่าที่ notices.channels อ้างถึง",
                en="the address of the channel cannot be used; check what notices.channels names",
            )
        )
    sender = apprise.Apprise(asset=asset)
    sender.add(service)
    result = sender.notify(
        title=" ".join(subject.split()),
        body=body,
        body_format=apprise.NotifyFormat.TEXT,
        timeout=_SECONDS,
    )
    if result:
        return Delivery()
    return Delivery(_reason(" ".join(entry.message for entry in result.logs())))


def is_usable(channel_url: str) -> bool:
    """Whether the address is one a channel can have; nothing is sent and nobody is asked."""
    import apprise

    _keep_quiet()
    asset = apprise.AppriseAsset(storage_mode="memory")
    return _service(channel_url, asset, "") is not None


def deliver_to_file(folder: Path, name: str, content: str) -> Delivery:
    """Write a message to the file `name`, whole, for its owner alone; the newest counts."""
    fresh = folder / f".{name}.{secrets.token_hex(8)}"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(folder / name)
    except OSError as error:
        with suppress(OSError):
            fresh.unlink()
        return Delivery(
            Text(
                th=f"เขียนแฟ้ม {name} ไม่ได้: {error.strerror}",
                en=f"cannot write the file {name}: {error.strerror}",
            )
        )
    return Delivery()


def waiting_time(attempts: int) -> timedelta:
    """How long to wait after so many failed attempts: a minute, then twice as long each time."""
    return min(timedelta(minutes=2 ** min(attempts - 1, 20)), _LONGEST_WAIT)


def _service(channel_url: str, asset: AppriseAsset, address: str) -> NotifyBase | None:
    import apprise

    with warnings.catch_warnings():
        # One of its plugins imports what the next Python will not have.
        warnings.simplefilter("ignore", DeprecationWarning)
        from apprise.plugins.email import NotifyEmail

        service = apprise.Apprise.instantiate(channel_url, asset=asset)
    if address and isinstance(service, NotifyEmail):
        service.targets = [(False, address)]
    return service


def _keep_quiet() -> None:
    """The libraries log addresses with all that is in them; their words go no further than here."""
    for name in ("apprise", "urllib3"):
        logging.getLogger(name).propagate = False
    logging.getLogger("urllib3").setLevel(logging.CRITICAL)


def _reason(said: str) -> Text:
    status = _STATUS.search(said)
    if status:
        return Text(
            th=f"ปลายทางไม่รับ (รหัส {status[1]})", en=f"the other side refused it (code {status[1]})"
        )
    if "onnection" in said:
        return Text(
            th="ติดต่อปลายทางไม่ได้ หรือปลายทางไม่ให้เข้าสู่ระบบ",
            en="the other side cannot be reached, or does not let us sign in",
        )
    return Text(th="ปลายทางไม่รับ หรือไม่ตอบในเวลา", en="the other side refused it, or was too slow")
