"""A session is known by the hash of its token, until it expires or is closed."""

from __future__ import annotations

from datetime import datetime

import pytest

from controller.store import accounts, sessions
from controller.store.engine import Connection, Store
from tests.store.clock import Clock


def user(conn: Connection, token_hash: str, now: datetime) -> str | None:
    """Whose session the token opens, if it has not expired."""
    found = sessions.find_session(conn, token_hash, now)
    return found.username if found and found.door != "half" else None


@pytest.fixture(autouse=True)
def people(store: Store, clock: Clock) -> None:
    """Two accounts."""
    with store.begin() as conn:
        for name in ("director", "network.engineer"):
            accounts.add_account(conn, name, "ต้นไม้ใหญ่ริมน้ำ", clock())


def test_an_open_session_names_its_user(store: Store, clock: Clock) -> None:
    """To the moment it expires, and no other token does."""
    expires = clock.forward(hours=8)
    with store.begin() as conn:
        sessions.open_session(conn, "a" * 64, "director", expires)
        before = clock.forward(seconds=-1)
        assert user(conn, "a" * 64, before) == "director"
        assert user(conn, "b" * 64, before) is None
        assert user(conn, "a" * 64, expires) is None


def test_a_closed_session_names_nobody(store: Store, clock: Clock) -> None:
    """Closing it again, or another, is no error."""
    with store.begin() as conn:
        sessions.open_session(conn, "a" * 64, "director", clock.forward(hours=8))
        sessions.close_session(conn, "a" * 64)
        sessions.close_session(conn, "a" * 64)
        assert user(conn, "a" * 64, clock.forward(hours=-1)) is None


def test_all_sessions_of_a_person_end_together(store: Store, clock: Clock) -> None:
    """Those of others stay."""
    later, now = clock.forward(hours=8), clock.forward(hours=-8)
    with store.begin() as conn:
        sessions.open_session(conn, "a" * 64, "director", later)
        sessions.open_session(conn, "b" * 64, "director", later)
        sessions.open_session(conn, "c" * 64, "network.engineer", later)
        assert sessions.close_sessions(conn, "director") == 2
        left = [user(conn, name * 64, now) for name in "abc"]
    assert left == [None, None, "network.engineer"]


def test_expired_sessions_are_forgotten(store: Store, clock: Clock) -> None:
    """Only those."""
    with store.begin() as conn:
        sessions.open_session(conn, "a" * 64, "director", clock.forward(hours=1))
        sessions.open_session(conn, "b" * 64, "director", clock.forward(hours=1))
        now = clock.forward(minutes=-30)
        assert sessions.forget_expired(conn, now) == 1
        assert user(conn, "b" * 64, now) == "director"
