"""Tokens of programs: by hash, for a time, for some of what their owner may do."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from controller.store.canonical import canonical
from controller.store.tables import api_tokens as tokens

_ADD = insert(tokens)
_FIND = select(tokens).where(
    tokens.c.token_hash == bindparam("wanted"),
    tokens.c.expires > bindparam("now"),
    tokens.c.revoked.is_(None),
)
_LIST = select(tokens).order_by(tokens.c.created.desc(), tokens.c.id)
_OPEN = update(tokens).where(tokens.c.revoked.is_(None))


@dataclass(frozen=True)
class ApiToken:
    """One token, without anything secret. `used` is known to the hour; None: never used."""

    id: str
    username: str
    name: str
    scopes: tuple[str, ...]
    created: datetime
    expires: datetime
    used: datetime | None = None
    revoked: datetime | None = None


def add_token(conn: Connection, token: ApiToken, token_hash: str) -> None:
    """Store a new token; only its hash is kept."""
    row = {
        "id": token.id,
        "token_hash": token_hash,
        "username": token.username,
        "name": token.name,
        "scopes": canonical(list(token.scopes)),
        "created": token.created,
        "expires": token.expires,
    }
    conn.execute(_ADD, row)


def find_token(conn: Connection, token_hash: str, now: datetime) -> ApiToken | None:
    """The token with this hash, unless it has expired or was revoked."""
    row = conn.execute(_FIND, {"wanted": token_hash, "now": now}).first()
    return None if row is None else _token(row)


def list_tokens(conn: Connection, username: str | None = None) -> tuple[ApiToken, ...]:
    """Every token there ever was, or those of a person, newest first."""
    query = _LIST if username is None else _LIST.where(tokens.c.username == username)
    return tuple(_token(row) for row in conn.execute(query))


def touch_token(conn: Connection, token: str, at: datetime) -> None:
    """Remember that the token with this id is in use."""
    conn.execute(update(tokens).where(tokens.c.id == token).values(used=at))


def revoke_token(conn: Connection, token: str, at: datetime) -> bool:
    """End the token with this id; False when it was revoked already, or there is none."""
    return conn.execute(_OPEN.where(tokens.c.id == token).values(revoked=at)).rowcount == 1


def revoke_tokens(conn: Connection, username: str, at: datetime) -> int:
    """End every token of a person, as after a new password; how many there were."""
    ended = _OPEN.where(tokens.c.username == username, tokens.c.expires > at)
    return conn.execute(ended.values(revoked=at)).rowcount


def _token(row: Row[Any]) -> ApiToken:
    return ApiToken(
        id=row.id,
        username=row.username,
        name=row.name,
        scopes=tuple(json.loads(row.scopes)),
        created=row.created,
        expires=row.expires,
        used=row.used,
        revoked=row.revoked,
    )
