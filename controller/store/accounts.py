"""Local accounts: a password hash, a second factor, and a lock after repeated failures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import Connection, bindparam, select, update

from controller.errors import NotFound, Refused, Text
from controller.store.dialect import insert_new
from controller.store.passwords import hash_password, outdated, verify_password
from controller.store.tables import accounts

# So many wrong passwords in a row lock an account for so long.
FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)
Outcome = Literal["ok", "wrong", "locked"]

_ADD = insert_new(accounts)
_ONE = select(accounts).where(accounts.c.username == bindparam("wanted"))
_LIST = select(
    accounts.c.username,
    accounts.c.created,
    accounts.c.changed,
    accounts.c.failures,
    accounts.c.locked_until,
    (accounts.c.totp_step.is_not(None)).label("second_factor"),
    (accounts.c.password_hash != "").label("has_password"),
).order_by(accounts.c.username)


@dataclass(frozen=True)
class Account:
    """An account, without anything secret. `failures` counts wrong passwords in a row."""

    username: str
    created: datetime
    changed: datetime
    failures: int
    locked_until: datetime | None
    second_factor: bool = False
    has_password: bool = True


@dataclass(frozen=True)
class SecondFactor:
    """The sealed secret of somebody's authenticator, and the last time step they used.

    `step` is None until a first code has shown that the secret arrived: before that it asks for
    nothing.
    """

    sealed: str
    step: int | None


def add_account(conn: Connection, username: str, password: str | None, at: datetime) -> None:
    """A new account; only the hash of the password is kept, and None opens nothing.

    Errors: `Refused` when it exists.
    """
    values = {
        "username": username,
        "password_hash": "" if password is None else hash_password(password),
        "created": at,
        "changed": at,
        "failures": 0,
    }
    if conn.execute(_ADD(conn), values).rowcount != 1:
        raise Refused(
            Text(th=f"มีบัญชี {username} อยู่แล้ว", en=f"the account {username} exists already")
        )


def set_password(conn: Connection, username: str, password: str, at: datetime) -> None:
    """A new password, which also lifts a lock. Errors: `NotFound`."""
    values = {
        "password_hash": hash_password(password),
        "changed": at,
        "failures": 0,
        "locked_until": None,
    }
    if _set(conn, username, values) != 1:
        raise NotFound(Text(th=f"ไม่พบบัญชี {username}", en=f"there is no account {username}"))


def try_password(conn: Connection, username: str, password: str, at: datetime) -> Outcome:
    """Hold a password against the account, counting failures: the fifth in a row locks it.

    While it is locked no password is tried. An account that does not exist is `wrong`. Every
    outcome takes as long: one password is hashed. The caller must commit also after `wrong`.
    """
    row = conn.execute(_ONE, {"wanted": username}).first()
    if row is None:
        verify_password(None, password)
        return "wrong"
    if row.locked_until and at < row.locked_until:
        verify_password(None, password)
        return "locked"
    if verify_password(row.password_hash, password):
        renewed = {"password_hash": hash_password(password)} if outdated(row.password_hash) else {}
        if renewed or row.failures:
            _set(conn, username, {"failures": 0, "locked_until": None, **renewed})
        return "ok"
    failures = row.failures + 1 if row.locked_until is None else 1
    locked = at + LOCKED_FOR if failures >= FAILURES else None
    _set(conn, username, {"failures": failures, "locked_until": locked})
    return "wrong"


def forget_failures(conn: Connection, username: str) -> bool:
    """Lift a lock and forget what led to it; False without such an account."""
    return _set(conn, username, {"failures": 0, "locked_until": None}) == 1


def second_factor(conn: Connection, username: str) -> SecondFactor | None:
    """The second factor of an account; None when it has none."""
    row = conn.execute(_ONE, {"wanted": username}).first()
    return SecondFactor(row.totp, row.totp_step) if row is not None and row.totp else None


def set_second_factor(
    conn: Connection, username: str, sealed: str | None, step: int | None
) -> None:
    """A new secret (None: no second factor any more). Errors: `NotFound`."""
    if _set(conn, username, {"totp": sealed, "totp_step": step}) != 1:
        raise NotFound(Text(th=f"ไม่พบบัญชี {username}", en=f"there is no account {username}"))


def take_step(conn: Connection, username: str, step: int) -> bool:
    """Remember the time step of a code that was given; False when it, or a later one, was before.

    So a code that somebody read over a shoulder opens nothing.
    """
    statement = update(accounts).where(
        accounts.c.username == username,
        (accounts.c.totp_step.is_(None)) | (accounts.c.totp_step < step),
    )
    return conn.execute(statement.values(totp_step=step)).rowcount == 1


def list_accounts(conn: Connection) -> tuple[Account, ...]:
    """Every account, by name."""
    return tuple(Account(*row) for row in conn.execute(_LIST))


def _set(conn: Connection, username: str, values: dict[str, object]) -> int:
    statement = update(accounts).where(accounts.c.username == username).values(values)
    return conn.execute(statement).rowcount
