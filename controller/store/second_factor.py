"""Spends the codes of the second step: of the authenticator, or a recovery code."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from controller.accounts.second_factor import fitting_step
from controller.store import accounts, recovery_codes
from controller.store.sealing import unseal


def code_fits(conn: Connection, folder: Path, username: str, code: str, at: datetime) -> bool:
    """Whether the code opens this account now; what opened it once will not do so again.

    `folder` is the var folder with the key. Errors: `StoreError` when the secret cannot be opened.
    """
    if recovery_codes.use_code(conn, username, recovery_hash(username, code)):
        return True
    known = accounts.second_factor(conn, username)
    if known is None:
        return False
    step = fitting_step(unseal(folder, known.sealed), code, at)
    return step is not None and accounts.take_step(conn, username, step)


def recovery_hash(username: str, code: str) -> str:
    """What is kept of a recovery code; spaces, dashes and small letters make no difference."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    return hashlib.sha256(f"{username} {plain}".encode()).hexdigest()
