"""Change one's own password."""

from __future__ import annotations

from controller.accounts.actor import Actor, require_present
from controller.accounts.password_rules import refusal
from controller.errors import InputError, Text
from controller.operations.context import Context
from controller.operations.log_in import check_password, hash_of
from controller.store import accounts, api_tokens, audit_log, sessions


def change_password(
    context: Context, actor: Actor, old: str, new: str, *, keep: str | None = None
) -> int:
    """Replace one's password; how many other sessions that ended.

    The API tokens end, too. `keep` is the token of the session that stays. Errors: `NotAllowed`
    when the old password is wrong, `InputError` when the new one is weak or the old one again.
    """
    require_present(actor)
    check_password(context, actor.username, old)
    if old == new:
        raise InputError(Text(th="รหัสผ่านใหม่ต้องไม่ใช่รหัสเดิม", en="the new password is the old one"))
    if (refused := refusal(new, actor.username)) is not None:
        raise InputError(refused)
    now = context.clock()
    with context.store.begin() as conn:
        accounts.set_password(conn, actor.username, new, now)
        api_tokens.revoke_tokens(conn, actor.username, now)
        ended = sessions.close_sessions(conn, actor.username, but=hash_of(keep) if keep else "")
        audit_log.append(
            conn,
            actor=actor.username,
            action="set_password",
            subject=actor.username,
            content={"first": False},
            at=now,
        )
    return ended
