"""Local accounts: add one, change its password, list them."""

from __future__ import annotations

from controller.accounts.actor import Actor, require
from controller.accounts.password_rules import refusal
from controller.errors import InputError, NotAllowed, NotFound, Text
from controller.language import nearest
from controller.operations.context import Context
from controller.store import accounts, api_tokens, audit_log, sessions


def manage_accounts(context: Context, actor: Actor | None, username: str, password: str) -> bool:
    """Give `username` an account with this password, or a new password; True when it is new.

    The very first account of an installation needs no sign-in (`actor` None): whoever can write the
    database may make it. After that the admin role is needed; one's own is `change_password`.
    A new password ends every session and token of the account and lifts a lock.

    Errors: `NotFound` when the office does not list the person, `InputError` for a weak password.
    """
    with context.store.read() as conn:
        known = accounts.list_accounts(conn)
    if known or actor is not None:
        _may(actor)
    person = context.office().person(username)
    if person is None:
        raise _unknown(context, username)
    if (refused := refusal(password, username)) is not None:
        raise InputError(refused)
    now = context.clock()
    new = username not in {a.username for a in known}
    with context.store.begin() as conn:
        if new:
            accounts.add_account(conn, username, password, now)
        else:
            accounts.set_password(conn, username, password, now)
            sessions.close_sessions(conn, username)
            api_tokens.revoke_tokens(conn, username, now)
        audit_log.append(
            conn,
            actor=actor.username if actor else username,
            action="add_account" if new else "set_password",
            subject=username,
            content={"first": not known},
            at=now,
        )
    return new


def list_accounts(context: Context, actor: Actor) -> tuple[accounts.Account, ...]:
    """Every account, without anything secret."""
    require(actor, "manage_accounts")
    with context.store.read() as conn:
        return tuple(accounts.list_accounts(conn))


def _may(actor: Actor | None) -> None:
    if actor is None:
        raise NotAllowed(
            Text(th="ต้องเข้าสู่ระบบก่อน", en="sign in first"),
            hint=Text(th="khaen login admin", en="khaen login admin"),
        )
    require(actor, "manage_accounts")


def _unknown(context: Context, username: str) -> NotFound:
    people = [p.username for p in context.office().people]
    near = nearest(username, people)
    return NotFound(
        Text(
            th=f"ไม่มี {username} ใน inventory/office.yaml",
            en=f"inventory/office.yaml has no {username}",
        ),
        hint=Text(
            th=f"หมายถึง {near} ใช่หรือไม่" if near else f"มี {', '.join(people)}",
            en=f"did you mean {near}?" if near else f"it has {', '.join(people)}",
        ),
    )
