"""The keeper of the audit log's proof: the key, the seals, and the anchors outside the database.

The key stays in `<data>/keys/audit.key`. Each commit that added entries leaves one signed line in
`<data>/audit-head.jsonl`; copy that file elsewhere now and then, as only a copy out of reach shows
that the log and the anchors were both cut back.
"""

from __future__ import annotations

import base64
import hmac
import json
import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from controller.errors import StoreError, Text
from controller.store import audit_words as words
from controller.store.audit_chain import check
from controller.store.audit_entry import KEY_PREFIX, Anchor, ChainProblem, Entry, Verdict
from controller.store.audit_key import load_or_make_key
from controller.store.audit_log import every_entry, head
from controller.store.canonical import canonical, time_text

if TYPE_CHECKING:
    from controller.store.engine import Store

ANCHORS = "audit-head.jsonl"
# How often a look for the newest anchor is repeated, 20 ms apart.
_PATIENCE = 10
_log = logging.getLogger(__name__)


class AuditKeeper:
    """Seals, anchors and verifies the audit log of the data folder `folder`.

    Nothing is read or made before it is needed. Safe to share between threads; several processes
    may keep the same folder at once.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._anchors = folder / ANCHORS
        self._guard = threading.Lock()
        self._file = -1
        self._anchored = 0

    @cached_property
    def _key(self) -> Ed25519PrivateKey:
        return load_or_make_key(self._folder / "keys" / "audit.key")

    @cached_property
    def _seal_key(self) -> bytes:
        raw = self._key.private_bytes_raw()
        return hmac.digest(raw, b"khaen audit seal", "sha256")

    @cached_property
    def public_key(self) -> str:
        """The key others verify with: `ed25519:` and 44 characters of base64."""
        raw = self._key.public_key().public_bytes_raw()
        return KEY_PREFIX + base64.b64encode(raw).decode()

    def seal(self, fingerprint: str) -> str:
        """The keyed hash that shows an entry with this hash is ours. Errors: `StoreError`."""
        # Found out before the commit, not after it, that anchors cannot be written.
        self._open()
        return self.seal_of(fingerprint)

    def seal_of(self, fingerprint: str) -> str:
        """The same, only to compare."""
        return hmac.digest(self._seal_key, fingerprint.encode(), "sha256").hex()

    def sign(self, seq: int, fingerprint: str, at: str) -> Anchor:
        """A signed anchor for the entry `seq` with this hash."""
        anchor = Anchor(seq, fingerprint, at, "")
        return replace(anchor, signature=self.signature(anchor.message()))

    def signature(self, message: bytes) -> str:
        """The signature (base64) by which others know that the message is of this installation."""
        return base64.b64encode(self._key.sign(message)).decode()

    def anchor(self, entry: Entry) -> None:
        """Write down, outside the database, that the committed log ends with this entry.

        Never raises: the commit has happened. What could not be written shows in `verify`.
        """
        with self._guard:
            if entry.seq <= self._anchored:
                return
            signed = self.sign(entry.seq, entry.hash, time_text(entry.at))
            try:
                os.write(self._file, (anchor_line(signed) + "\n").encode())
            except OSError:
                _log.warning("cannot write %s", self._anchors, exc_info=True)
            else:
                self._anchored = entry.seq

    def _open(self) -> None:
        with self._guard:
            if self._file >= 0:
                return
            try:
                self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
                self._file = os.open(self._anchors, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
                size = os.fstat(self._file).st_size
                # A line cut short by a power failure must not swallow the next one.
                if size and os.pread(self._file, 1, size - 1) != b"\n":
                    os.write(self._file, b"\n")
            except OSError as error:
                raise _no_anchors(self._anchors, error) from error

    def close(self) -> None:
        """Close the file of anchors. The keeper can be used again after it."""
        with self._guard:
            if self._file >= 0:
                os.close(self._file)
                self._file = -1

    def verify(self, store: Store, seen: Callable[[Entry], object] | None = None) -> Verdict:
        """Check the whole log in the database against itself, the seals and the anchors.

        `seen` is called with each entry, in order. Reads everything: about 2 seconds of CPU for
        100,000 entries. Errors: `StoreError`.
        """
        before = _lines(self._anchors)
        with store.read() as conn:
            newest, _ = head(conn)
            anchors, torn = self._anchors_up_to(newest)
            # What was anchored before this look began must be in it; later commits need not be.
            known = [a for a in anchors if a.line <= before or a.seq <= newest]
            entries = _told(every_entry(conn), seen) if seen else every_entry(conn)
            verdict = check(entries, known, public_key=self.public_key, seal=self.seal_of)
        return verdict.also(torn) if torn else verdict

    def _anchors_up_to(self, newest: int) -> tuple[list[Anchor], ChainProblem | None]:
        # Another process may be between its commit and its anchor: give it a moment.
        for _ in range(_PATIENCE):
            anchors, torn = read_anchors(self._anchors)
            if not newest or any(a.seq >= newest for a in reversed(anchors)):
                break
            time.sleep(0.02)
        return anchors, torn


def _told(entries: Iterator[Entry], seen: Callable[[Entry], object]) -> Iterator[Entry]:
    for entry in entries:
        seen(entry)
        yield entry


def anchor_line(anchor: Anchor) -> str:
    """The anchor as one line of JSON, without the end of line."""
    return canonical(
        {"seq": anchor.seq, "hash": anchor.hash, "at": anchor.at, "signature": anchor.signature}
    )


def _lines(path: Path) -> int:
    try:
        return len(path.read_bytes().splitlines())
    except FileNotFoundError:
        return 0
    except OSError as error:
        raise _no_anchors(path, error) from error


def read_anchors(path: Path) -> tuple[list[Anchor], ChainProblem | None]:
    """The anchors of a file in its order, and a problem when its last line cannot be read.

    A missing file has no anchors. An unreadable line further up (a power failure leaves one) takes
    nothing away: a later anchor proves all that came before it. Errors: `StoreError`.
    """
    try:
        lines = path.read_bytes().splitlines()
    except FileNotFoundError:
        return [], None
    except OSError as error:
        raise _no_anchors(path, error) from error
    anchors = [parse_anchor(line, number) for number, line in enumerate(lines, 1)]
    found = [anchor for anchor in anchors if anchor]
    if anchors and anchors[-1] is None:
        message = words.unreadable(len(lines), path.name)
        return found, ChainProblem(0, "unreadable", certain=False, message=message)
    return found, None


def parse_anchor(line: bytes, number: int) -> Anchor | None:
    """The anchor in a line, or None when it is not one."""
    try:
        said = json.loads(line)
        values = int(said["seq"]), str(said["hash"]), str(said["at"]), str(said["signature"])
    except (ValueError, TypeError, KeyError):
        return None
    return Anchor(*values, line=number)


def _no_anchors(path: Path, error: OSError) -> StoreError:
    return StoreError(
        Text(
            th=f"อ่านหรือเขียนหลักหมุดของบันทึกตรวจสอบ {path} ไม่ได้: {error.strerror}",
            en=f"cannot read or write the anchors of the audit log, {path}: {error.strerror}",
        ),
        hint=Text(
            th="ตรวจสิทธิ์ของโฟลเดอร์ข้อมูล และพื้นที่ว่างของดิสก์",
            en="check the permissions of the data folder and the free space of the disk",
        ),
    )
