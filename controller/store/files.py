"""Files by their content: each under its SHA-256, written once, checked at every reading."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from pathlib import Path

from controller.errors import NotFound, StoreError, Text


class FileStore:
    """The folder `files` of one installation; its files are for their owner alone."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, content: bytes) -> str:
        """Keep the bytes and give their SHA-256. Once it returns they are on the disk, whole.

        Errors: `StoreError`.
        """
        name = hashlib.sha256(content).hexdigest()
        place = self._place(name)
        try:
            if _hash_of(place) != name:
                for folder in (self._folder, place.parent):
                    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                _write(place, content)
        except OSError as error:
            raise _trouble(place, error) from error
        return name

    def get(self, sha256: str) -> bytes:
        """The bytes with this SHA-256.

        Errors: `NotFound`; `StoreError` when they cannot be read or were changed.
        """
        if not re.fullmatch(r"[0-9a-f]{64}", sha256):
            raise _unknown(sha256)
        place = self._place(sha256)
        try:
            content = place.read_bytes()
        except FileNotFoundError:
            raise _unknown(sha256) from None
        except OSError as error:
            raise _trouble(place, error) from error
        if hashlib.sha256(content).hexdigest() == sha256:
            return content
        raise StoreError(
            Text(
                th=f"แฟ้ม {sha256[:12]} ที่เก็บไว้เสียหายหรือถูกแก้ไข",
                en=f"the kept file {sha256[:12]} is damaged or was edited",
            ),
            hint=Text(
                th="กู้คืนโฟลเดอร์ files จากสำเนาสำรอง",
                en="restore the folder files from a backup",
            ),
        )

    def _place(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256


def _hash_of(place: Path) -> str:
    try:
        return hashlib.sha256(place.read_bytes()).hexdigest()
    except FileNotFoundError:
        return ""


def _write(place: Path, content: bytes) -> None:
    """All or nothing, also when the machine stops in the middle of it."""
    fresh = place.with_name(f".{place.name}.{secrets.token_hex(8)}")
    try:
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(place)
    finally:
        fresh.unlink(missing_ok=True)
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _unknown(sha256: str) -> NotFound:
    return NotFound(
        Text(th=f"ไม่พบแฟ้ม {sha256[:64]} ที่เก็บไว้", en=f"there is no kept file {sha256[:64]}")
    )


def _trouble(place: Path, error: OSError) -> StoreError:
    return StoreError(
        Text(
            th=f"อ่านหรือเขียนแฟ้ม {place} ไม่ได้: {error.strerror}",
            en=f"cannot read or write the file {place}: {error.strerror}",
        ),
        hint=Text(
            th="ตรวจสิทธิ์ของโฟลเดอร์ข้อมูล และพื้นที่ว่างของดิสก์",
            en="check the permissions of the data folder and the free space of the disk",
        ),
    )
