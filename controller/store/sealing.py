"""Seals the few secrets the database holds, with a key that lies beside it and not in it."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from controller.errors import StoreError, Text


def seal(folder: Path, text: str) -> str:
    """The text, unreadable without `keys/seal.key` of the var folder; made when first needed."""
    return _fernet(folder).encrypt(text.encode()).decode("ascii")


def unseal(folder: Path, sealed: str) -> str:
    """The text again. Errors: `StoreError` with another key, or when it was altered."""
    try:
        return _fernet(folder).decrypt(sealed.encode("ascii")).decode()
    except (InvalidToken, UnicodeEncodeError):
        raise StoreError(
            Text(
                th="เปิดข้อมูลลับในฐานข้อมูลไม่ได้: keys/seal.key ไม่ใช่กุญแจเดิม",
                en="a sealed secret cannot be opened: keys/seal.key is not its key",
            ),
            hint=Text(
                th="นำ keys/seal.key กลับมาจากสำเนา หรือให้ผู้ดูแลล้างการยืนยันสองขั้นของบัญชีนั้น",
                en="bring keys/seal.key back from a copy, or have the account's second step reset",
            ),
        ) from None


def _fernet(folder: Path) -> Fernet:
    return Fernet(key_file(folder / "keys" / "seal.key", Fernet.generate_key))


def key_file(file: Path, make: Callable[[], bytes]) -> bytes:
    """What the file holds; made with `make()` when it is not there, readable by its owner only."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        pass
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(make())
    try:
        os.link(fresh, file)  # of two processes that start at once, one makes the key
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
    return file.read_bytes()
