"""Who is signed in: sessions by the hash of their token, never the token itself."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select

from controller.store.tables import sessions

_ADD = insert(sessions)
_USER = select(sessions.c.username).where(
    sessions.c.token_hash == bindparam("wanted"), sessions.c.expires > bindparam("now")
)
_CLOSE = delete(sessions).where(sessions.c.token_hash == bindparam("wanted"))
_CLOSE_ALL = delete(sessions).where(sessions.c.username == bindparam("wanted"))
_FORGET = delete(sessions).where(sessions.c.expires <= bindparam("now"))


def open_session(conn: Connection, token_hash: str, username: str, expires: datetime) -> None:
    """Remember that whoever shows this token is `username`, until `expires`."""
    conn.execute(_ADD, {"token_hash": token_hash, "username": username, "expires": expires})


def session_user(conn: Connection, token_hash: str, now: datetime) -> str | None:
    """The user name of an open session that has not expired."""
    return conn.execute(_USER, {"wanted": token_hash, "now": now}).scalar()


def close_session(conn: Connection, token_hash: str) -> None:
    """End a session; one that is not there is no error."""
    conn.execute(_CLOSE, {"wanted": token_hash})


def close_sessions(conn: Connection, username: str) -> int:
    """End every session of a person, as after a new password; how many there were."""
    return conn.execute(_CLOSE_ALL, {"wanted": username}).rowcount


def forget_expired(conn: Connection, now: datetime) -> int:
    """Delete sessions that have expired; how many there were."""
    return conn.execute(_FORGET, {"now": now}).rowcount
