"""Accounts, their passwords and the lock after repeated failures."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from controller.errors import NotFound, Refused
from controller.store import accounts, passwords
from controller.store.accounts import FAILURES, LOCKED_FOR
from controller.store.engine import Store
from controller.store.passwords import hash_password, outdated, verify_password
from tests.store.clock import Clock
from tests.store.intruder import Intruder

# As the program has it; each test finds a quicker one.
OURS = passwords._hasher
NAME, GOOD, BAD = "network.engineer", "ต้นไม้ใหญ่ริมน้ำ", "wrong horse"


@pytest.fixture(autouse=True)
def account(store: Store, clock: Clock) -> None:
    """One account with a good password."""
    with store.begin() as conn:
        accounts.add_account(conn, NAME, GOOD, clock())


def attempt(store: Store, clock: Clock, password: str, name: str = NAME) -> str:
    with store.begin() as conn:
        return accounts.try_password(conn, name, password, clock())


def test_only_the_right_password_opens(store: Store, clock: Clock) -> None:
    """An account that does not exist is as wrong as a password that is."""
    assert attempt(store, clock, GOOD) == "ok"
    assert attempt(store, clock, BAD) == "wrong"
    assert attempt(store, clock, GOOD, "nobody") == "wrong"
    assert attempt(store, clock, "nobody", "nobody") == "wrong"


def test_no_password_is_stored(store: Store, database_url: str) -> None:
    """Only its hash, salted."""
    rows = Intruder(database_url).run("SELECT * FROM accounts")
    assert GOOD not in str(rows)
    assert "$argon2id$" in str(rows)


def test_an_account_is_added_once(store: Store, clock: Clock) -> None:
    """The second is refused, and the first keeps its password."""
    with pytest.raises(Refused, match=NAME), store.begin() as conn:
        accounts.add_account(conn, NAME, BAD, clock())
    assert attempt(store, clock, GOOD) == "ok"


def test_the_fifth_failure_locks_for_a_while(store: Store, clock: Clock) -> None:
    """The right password does not help until the time is over; then it does at once."""
    assert [attempt(store, clock, BAD) for _ in range(FAILURES)] == ["wrong"] * FAILURES
    assert attempt(store, clock, GOOD) == "locked"
    clock.forward(seconds=LOCKED_FOR.total_seconds() - 1)
    assert attempt(store, clock, GOOD) == "locked"
    clock.forward(seconds=1)
    assert attempt(store, clock, GOOD) == "ok"
    with store.read() as conn:
        (listed,) = accounts.list_accounts(conn)
    assert (listed.username, listed.failures, listed.locked_until) == (NAME, 0, None)


def test_after_a_lock_there_are_five_more_attempts(store: Store, clock: Clock) -> None:
    """Not one, and not none."""
    for _ in range(FAILURES):
        attempt(store, clock, BAD)
    clock.forward(seconds=LOCKED_FOR.total_seconds())
    assert [attempt(store, clock, BAD) for _ in range(FAILURES - 1)] == ["wrong"] * (FAILURES - 1)
    assert attempt(store, clock, GOOD) == "ok"


def test_a_success_forgets_the_failures(store: Store, clock: Clock) -> None:
    """Only failures in a row count."""
    for _ in range(3):
        for _ in range(FAILURES - 1):
            attempt(store, clock, BAD)
        assert attempt(store, clock, GOOD) == "ok"


def test_a_new_password_replaces_the_old_and_lifts_a_lock(store: Store, clock: Clock) -> None:
    """For an account that exists."""
    for _ in range(FAILURES):
        attempt(store, clock, BAD)
    with store.begin() as conn:
        accounts.set_password(conn, NAME, BAD, clock.forward(minutes=1))
        (listed,) = accounts.list_accounts(conn)
    assert listed.changed == clock()
    assert listed.created < clock()
    assert attempt(store, clock, BAD) == "ok"
    assert attempt(store, clock, GOOD) == "wrong"
    with pytest.raises(NotFound), store.begin() as conn:
        accounts.set_password(conn, "nobody", BAD, clock())


def test_a_weak_hash_is_renewed_by_signing_in(
    store: Store, clock: Clock, database_url: str
) -> None:
    """Parameters grow with the years; the password is only at hand now."""
    old = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(GOOD)
    assert outdated(old)
    intruder = Intruder(database_url)
    intruder.run("UPDATE accounts SET password_hash = ?", [old])
    assert attempt(store, clock, GOOD) == "ok"
    ((renewed,),) = intruder.run("SELECT password_hash FROM accounts")
    assert not outdated(renewed)
    assert attempt(store, clock, GOOD) == "ok"


def test_a_damaged_hash_opens_nothing(store: Store, clock: Clock, database_url: str) -> None:
    """Nor does it break anything."""
    Intruder(database_url).run("UPDATE accounts SET password_hash = ?", ["damaged"])
    assert attempt(store, clock, GOOD) == "wrong"
    assert not verify_password("", "")
    assert not verify_password(None, "nobody")


def test_the_same_password_has_many_hashes() -> None:
    """A salt each."""
    assert hash_password(GOOD) != hash_password(GOOD)


def test_a_hash_takes_work() -> None:
    """At least what RFC 9106 asks for where memory is short: 64 MiB, three passes."""
    assert OURS.type.name == "ID"
    assert OURS.memory_cost >= 64 * 1024
    assert OURS.time_cost >= 3
