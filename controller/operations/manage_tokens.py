"""API tokens: what a program shows in place of a person's password, for less than they may do."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from controller.accounts.actor import (
    NEVER_BY_TOKEN,
    PERMISSIONS,
    READ,
    READING,
    Actor,
    require,
)
from controller.errors import InputError, NotFound, Refused, Text
from controller.language import nearest
from controller.operations.context import Context
from controller.operations.log_in import TOKEN_PREFIX, hash_of
from controller.store import api_tokens, audit_log
from controller.store.api_tokens import ApiToken

LONGEST_DAYS = 365
_MOST = 20
_NAME = 100


@dataclass(frozen=True)
class MadeToken:
    """A new token. `secret` is shown this once; the store keeps only its hash."""

    secret: str
    token: ApiToken


def manage_tokens(
    context: Context, actor: Actor, name: str, scopes: Sequence[str], days: int = 90
) -> MadeToken:
    """Make a token of one's own for `days`. `scopes` are permissions, or `read` for all reading.

    It never opens more than its owner's roles do on the day. It ends on its day, when it is
    revoked, and with a new password. No token decides, manages accounts, or makes tokens.
    Errors: `NotAllowed`, `InputError` for what cannot be a scope, a name or a number of days;
    `Refused` for more than 20 tokens at a time.
    """
    require(actor, "manage_tokens")
    wanted = _checked_scopes(actor, scopes)
    shown = " ".join(name.split())[:_NAME]
    if not shown:
        raise InputError(Text(th="โทเค็นต้องมีชื่อ", en="a token needs a name"))
    if not 1 <= days <= LONGEST_DAYS:
        raise InputError(
            Text(
                th=f"โทเค็นใช้ได้ 1 ถึง {LONGEST_DAYS} วัน",
                en=f"a token is good for 1 to {LONGEST_DAYS} days",
            )
        )
    now = context.clock()
    secret = TOKEN_PREFIX + secrets.token_urlsafe(32)
    made = ApiToken(
        id=secrets.token_hex(8),
        username=actor.username,
        name=shown,
        scopes=wanted,
        created=now,
        expires=now + timedelta(days=days),
    )
    with context.store.begin() as conn:
        held = api_tokens.list_tokens(conn, actor.username)
        if sum(one.revoked is None and one.expires > now for one in held) >= _MOST:
            raise _too_many()
        api_tokens.add_token(conn, made, hash_of(secret))
        audit_log.append(
            conn,
            actor=actor.username,
            action="make_token",
            subject=made.id,
            content={"name": shown, "scopes": list(wanted), "expires": made.expires.isoformat()},
            at=now,
        )
    return MadeToken(secret, made)


def list_tokens(context: Context, actor: Actor, *, everybody: bool = False) -> tuple[ApiToken, ...]:
    """One's own tokens, also those that have ended, newest first; or everybody's.

    Errors: `NotAllowed` for everybody's without the right to manage accounts.
    """
    require(actor, "manage_tokens")
    if everybody:
        require(actor, "manage_accounts")
    with context.store.read() as conn:
        return api_tokens.list_tokens(conn, None if everybody else actor.username)


def revoke_token(context: Context, actor: Actor, token: str) -> None:
    """End a token by its id: one's own, or anybody's for who manages accounts.

    Errors: `NotFound` for none that could be ended, also for somebody else's.
    """
    require(actor, "manage_tokens")
    of_all = bool(actor.roles & PERMISSIONS["manage_accounts"])
    now = context.clock()
    with context.store.begin() as conn:
        known = api_tokens.list_tokens(conn, None if of_all else actor.username)
        found = next((one for one in known if one.id == token), None)
        if found is None or not api_tokens.revoke_token(conn, token, now):
            raise NotFound(
                Text(th=f"ไม่มีโทเค็น {token} ที่ยังใช้ได้", en=f"there is no token {token} to revoke"),
                hint=Text(th="ดูรายการได้จาก khaen token list", en="see khaen token list"),
            )
        audit_log.append(
            conn,
            actor=actor.username,
            action="revoke_token",
            subject=token,
            content={"of": found.username, "name": found.name},
            at=now,
        )


def _checked_scopes(actor: Actor, scopes: Sequence[str]) -> tuple[str, ...]:
    """The scopes, sorted, each once. Errors: `InputError` naming the first that is none."""
    own = {name for name, roles in PERMISSIONS.items() if actor.roles & roles} - NEVER_BY_TOKEN
    possible = sorted(own | ({READ} if own & READING else set()))
    hint = Text(th="ใช้ได้: " + ", ".join(possible), en="possible: " + ", ".join(possible))
    for scope in scopes:
        if scope not in possible:
            near = nearest(scope, possible)
            meant = Text(th=f"หมายถึง {near} หรือไม่", en=f"did you mean {near}?") if near else hint
            raise InputError(
                Text(
                    th=f"โทเค็นของท่านมีขอบเขต “{scope}” ไม่ได้",
                    en=f"“{scope}” cannot be a scope of a token of yours",
                ),
                hint=hint if scope in NEVER_BY_TOKEN else meant,
            )
    if not scopes:
        raise InputError(Text(th="ต้องระบุขอบเขตของโทเค็น", en="a token needs a scope"), hint=hint)
    return tuple(sorted(set(scopes)))


def _too_many() -> Refused:
    return Refused(
        Text(th=f"มีโทเค็นที่ใช้ได้ครบ {_MOST} รายการแล้ว", en=f"you have {_MOST} tokens already"),
        hint=Text(
            th="ยกเลิกที่ไม่ใช้ก่อน: khaen token revoke", en="revoke what is not used: khaen token revoke"
        ),
    )
