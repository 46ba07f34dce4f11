"""Who is signed in: sessions by the hash of their token, never the token itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, and_, bindparam, delete, func, insert, or_, select, update

from controller.store.tables import sessions

# `half`: the password was right, the code of the second step has not been given yet.
Door = Literal["web", "cli", "api", "half"]

_ADD = insert(sessions)
_HOLDS = and_(sessions.c.token_hash == bindparam("wanted"), sessions.c.expires > bindparam("now"))
_ONE = select(sessions).where(_HOLDS)
_OF = (
    select(sessions)
    .where(
        sessions.c.username == bindparam("wanted"),
        sessions.c.expires > bindparam("now"),
        sessions.c.door != "half",
    )
    .order_by(sessions.c.opened.desc(), sessions.c.id)
)
_CLOSE = delete(sessions).where(sessions.c.token_hash == bindparam("wanted"))
_CLOSE_ALL = delete(sessions).where(
    sessions.c.username == bindparam("wanted"), sessions.c.token_hash != bindparam("but")
)
_CLOSE_ONE = delete(sessions).where(
    sessions.c.username == bindparam("wanted"), sessions.c.id == bindparam("one")
)
_FORGET = delete(sessions).where(sessions.c.expires <= bindparam("now"))
_USED = update(sessions).where(sessions.c.token_hash == bindparam("wanted"))
_COUNT = select(func.count()).select_from(sessions).where(
    sessions.c.expires > bindparam("now"),
    or_(sessions.c.used.is_(None), sessions.c.used > bindparam("idle")),
    sessions.c.door != "half",
)  # fmt: skip


@dataclass(frozen=True)
class Session:
    """One sign-in that still holds. `id` names it without opening anything.

    `agent` is what the browser or program called itself; `used` when it was last seen, to the
    minute or so. `opened` and `used` are None for sessions older than these columns.
    """

    id: str
    username: str
    door: str
    agent: str
    opened: datetime | None
    used: datetime | None
    expires: datetime


def open_session(
    conn: Connection,
    token_hash: str,
    username: str,
    expires: datetime,
    *,
    id: str = "",  # noqa: A002  what the column is called
    opened: datetime | None = None,
    door: str = "",
    agent: str = "",
) -> None:
    """Remember that whoever shows this token is `username`, until `expires`."""
    conn.execute(
        _ADD,
        {
            "token_hash": token_hash,
            "username": username,
            "expires": expires,
            "id": id,
            "opened": opened,
            "used": opened,
            "door": door,
            "agent": agent[:200],
        },
    )


def find_session(conn: Connection, token_hash: str, now: datetime) -> Session | None:
    """The session of a token that has not expired, a half one too."""
    row = conn.execute(_ONE, {"wanted": token_hash, "now": now}).first()
    return None if row is None else _session(row)


def sessions_of(conn: Connection, username: str, now: datetime) -> tuple[Session, ...]:
    """Where a person is signed in, the newest first."""
    return tuple(_session(row) for row in conn.execute(_OF, {"wanted": username, "now": now}))


def touch_session(conn: Connection, token_hash: str, at: datetime) -> None:
    """Remember that the session is in use."""
    conn.execute(_USED.values(used=at), {"wanted": token_hash})


def close_session(conn: Connection, token_hash: str) -> None:
    """End a session; one that is not there is no error."""
    conn.execute(_CLOSE, {"wanted": token_hash})


def close_one(conn: Connection, username: str, id: str) -> int:  # noqa: A002
    """End the session of a person that has this id; 0 when there is none."""
    return conn.execute(_CLOSE_ONE, {"wanted": username, "one": id}).rowcount


def close_sessions(conn: Connection, username: str, *, but: str = "") -> int:
    """End the sessions of a person, as after a new password; how many there were.

    `but`: the hash of the token whose session stays.
    """
    return conn.execute(_CLOSE_ALL, {"wanted": username, "but": but}).rowcount


def forget_expired(conn: Connection, now: datetime) -> int:
    """Delete sessions that have expired; how many there were."""
    return conn.execute(_FORGET, {"now": now}).rowcount


def count_open(conn: Connection, now: datetime, idle_since: datetime) -> int:
    """How many sessions hold: neither expired nor unused since `idle_since`."""
    return conn.execute(_COUNT, {"now": now, "idle": idle_since}).scalar_one()


def _session(row: object) -> Session:
    names = ("id", "username", "door", "agent", "opened", "used", "expires")
    return Session(**{name: getattr(row, name) for name in names})
