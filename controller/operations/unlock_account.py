"""Lift the lock of an account after wrong passwords."""

from __future__ import annotations

from controller.accounts import attempts
from controller.accounts.actor import Actor, require
from controller.errors import NotFound, Text
from controller.operations.context import Context
from controller.store import accounts, audit_log, failed_sign_ins


def unlock_account(context: Context, actor: Actor, username: str) -> None:
    """Forget the failures of an account, so that its owner may try again at once.

    Errors: `NotAllowed`, `NotFound` without such an account.
    """
    require(actor, "manage_accounts")
    now = context.clock()
    with context.store.begin() as conn:
        if not accounts.forget_failures(conn, username):
            raise NotFound(Text(th=f"ไม่พบบัญชี {username}", en=f"there is no account {username}"))
        failed_sign_ins.forgive(conn, attempts.name_subject(username))
        failed_sign_ins.forgive(conn, attempts.code_subject(username))
        audit_log.append(
            conn,
            actor=actor.username,
            action="unlock_account",
            subject=username,
            content={},
            at=now,
        )
