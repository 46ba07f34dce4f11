"""See where a person is signed in, and sign them out there."""

from __future__ import annotations

from controller.accounts.actor import Actor, require, require_present
from controller.errors import NotFound, Text
from controller.operations.context import Context
from controller.operations.log_in import hash_of
from controller.store import audit_log, sessions
from controller.store.sessions import Session


def end_sessions(
    context: Context,
    actor: Actor,
    username: str,
    id: str | None = None,  # noqa: A002  what a session's name is called
    *,
    keep: str | None = None,
) -> int:
    """Sign a person out everywhere, or of the session with this id; how many ended.

    `keep` is the token of a session that stays. Errors: `NotAllowed` for somebody else's without
    the right to manage accounts, `NotFound` for an id that is none of theirs.
    """
    _may(actor, username)
    now = context.clock()
    with context.store.begin() as conn:
        if id is not None:
            ended = sessions.close_one(conn, username, id)
        else:
            ended = sessions.close_sessions(conn, username, but=hash_of(keep) if keep else "")
        if id is not None and not ended:
            raise NotFound(
                Text(th="ไม่พบการเข้าสู่ระบบนี้", en="there is no such session"),
                hint=Text(th="อาจหมดเวลาไปแล้ว", en="it may have ended already"),
            )
        audit_log.append(
            conn,
            actor=actor.username,
            action="end_sessions",
            subject=username,
            content={"ended": ended},
            at=now,
        )
    return ended


def list_sessions(context: Context, actor: Actor, username: str) -> tuple[Session, ...]:
    """Where a person is signed in, the newest first. Errors: as `end_sessions`."""
    _may(actor, username)
    with context.store.read() as conn:
        return sessions.sessions_of(conn, username, context.clock())


def _may(actor: Actor, username: str) -> None:
    require_present(actor)
    if actor.username != username:
        require(actor, "manage_accounts")
