"""What each device proved itself with at first contact: trust on first use, then only that.

One small file per device and kind, `<folder>/pins/<device>.<kind>`, so that a connection reads one
line and not the keys of every device. The file holds a public fingerprint, nothing secret.
"""

from __future__ import annotations

import base64
import hashlib
import os
from pathlib import Path
from typing import Literal

from controller.errors import StoreError, Text

Kind = Literal["ssh", "tls"]


class PinError(Exception):
    """The device shows another key than the one pinned at first contact."""

    def __init__(self, pinned: str, shown: str) -> None:
        super().__init__(f"pinned {pinned}, shown {shown}")
        self.pinned = pinned
        self.shown = shown


def check(folder: Path, device: str, kind: Kind, key: bytes) -> None:
    """Pin the public `key` at first contact; raise `PinError` when another one was pinned.

    Errors: `StoreError` when the folder cannot be read or written.
    """
    shown = fingerprint(key)
    file = _file(folder, device, kind)
    try:
        pinned = _read(file) or _pin(file, shown)
    except (OSError, ValueError) as error:
        raise StoreError(
            Text(
                th=f"อ่านหรือเขียนกุญแจของอุปกรณ์ {device} ไม่ได้: {file}",
                en=f"the pinned key of {device} cannot be read or written: {file}",
            )
        ) from error
    if pinned != shown:
        raise PinError(pinned, shown)


def forget(folder: Path, device: str) -> None:
    """Trust whatever the device shows next time: after a reset or a replacement."""
    for kind in ("ssh", "tls"):
        _file(folder, device, kind).unlink(missing_ok=True)


def fingerprint(key: bytes) -> str:
    """`SHA256:` and the unpadded base64 of the digest, as OpenSSH prints it."""
    digest = hashlib.sha256(key).digest()
    return "SHA256:" + base64.b64encode(digest).decode("ascii").rstrip("=")


def _file(folder: Path, device: str, kind: str) -> Path:
    return folder / "pins" / f"{device}.{kind}"


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return ""


def _pin(file: Path, shown: str) -> str:
    """Write the pin whole or not at all; when two connections race, the first one wins for both."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.{os.getpid()}.{os.urandom(4).hex()}")
    draft.write_text(shown + "\n", encoding="ascii")
    try:
        file.hardlink_to(draft)
    except FileExistsError:
        return _read(file)
    finally:
        draft.unlink()
    return shown
