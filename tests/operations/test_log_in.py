"""Signing in: what is told, what is counted, how long a session holds."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from controller.accounts import attempts
from controller.errors import InputError, NotAllowed, NotFound, TooMany
from controller.operations.change_password import change_password
from controller.operations.end_sessions import end_sessions, list_sessions
from controller.operations.log_in import Origin, SignIn, log_in, who_am_i
from controller.operations.manage_accounts import list_accounts, manage_accounts
from controller.operations.unlock_account import unlock_account
from controller.store import failed_sign_ins, passwords
from tests.operations.office import Desk

GOOD, BAD = "correct-horse-battery", "wrong-horse-battery"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


class Counting:
    """A quick hasher that counts how often a password is held against a hash."""

    def __init__(self) -> None:
        self.verified = 0

    def verify(self, stored: str, password: str) -> bool:
        self.verified += 1
        return QUICK.verify(stored, password)

    def hash(self, password: str) -> str:
        return QUICK.hash(password)

    def check_needs_rehash(self, stored: str) -> bool:
        return False


@pytest.fixture(autouse=True)
def hasher(monkeypatch: pytest.MonkeyPatch) -> Counting:
    counting = Counting()
    monkeypatch.setattr(passwords, "_hasher", counting)
    passwords._nobodys.cache_clear()
    return counting


@pytest.fixture(autouse=True)
def accounts_of(desk: Desk) -> None:
    manage_accounts(desk.context, None, "admin", GOOD)
    for name in ("engineer1", "director"):
        manage_accounts(desk.context, desk.person("admin"), name, GOOD)


def sign_in(desk: Desk, name: str = "engineer1", door: str = "web", agent: str = "") -> SignIn:
    assert door in {"web", "cli"}
    origin = Origin("web" if door == "web" else "cli", "192.0.2.1", agent)
    return log_in(desk.context, name, GOOD, origin)


def refused(desk: Desk, name: str, password: str, address: str = "192.0.2.1") -> str:
    with pytest.raises(NotAllowed) as caught:
        log_in(desk.context, name, password, Origin("web", address))
    return f"{caught.value.message.en} {caught.value.hint} {caught.value.http_status}"


def test_nobody_learns_who_has_an_account(desk: Desk, hasher: Counting) -> None:
    """Unknown, unlisted, wrong and locked: the same words after the same work."""
    said = set()
    for name, password in (
        ("engineer1", BAD), ("nobody", BAD), ("nobody", "nobody"), ("auditor1", GOOD),
        *[("engineer1", BAD)] * 4, ("engineer1", GOOD),
    ):  # fmt: skip
        before = hasher.verified
        said.add(refused(desk, name, password))
        assert hasher.verified == before + 1, (name, password)
    assert len(said) == 1


def test_a_name_that_fails_often_rests_for_an_hour(desk: Desk, hasher: Counting) -> None:
    """Whether it is an account's or not, and though its lock would be over by then."""
    for name in ("engineer1", "nobody"):
        for _ in range(attempts.FOR_NAME):
            refused(desk, name, BAD, address="")
            desk.clock.forward(minutes=3.5)
    desk.clock.forward(minutes=-attempts.FOR_NAME * 3.5)
    before = hasher.verified
    refused(desk, "engineer1", GOOD, address="")
    assert hasher.verified == before + 1
    desk.clock.forward(hours=2)
    assert log_in(desk.context, "engineer1", GOOD).actor.username == "engineer1"


def test_an_address_that_fails_often_is_turned_away(desk: Desk, hasher: Counting) -> None:
    """Without any work for us, and nobody else with it."""
    for number in range(attempts.FROM_ADDRESS):
        refused(desk, f"guess{number}", BAD)
    before = hasher.verified
    with pytest.raises(TooMany) as caught:
        sign_in(desk)
    assert (caught.value.http_status, hasher.verified) == (429, before)
    log_in(desk.context, "engineer1", GOOD, Origin("web", "192.0.2.2"))
    log_in(desk.context, "engineer1", GOOD)
    desk.clock.forward(hours=1)
    sign_in(desk)


def test_old_failures_leave_no_rows(desk: Desk) -> None:
    refused(desk, "guess", BAD)
    begin = desk.clock.forward(hours=-1)
    desk.clock.forward(hours=3)
    refused(desk, "other", BAD, address="192.0.2.9")
    with desk.context.store.read() as conn:
        assert failed_sign_ins.failures(conn, ["name guess", "name other"], begin) == {
            "name other": 1
        }


def test_what_is_no_name_of_ours_is_not_written_down(desk: Desk) -> None:
    """Somebody typed the password where the name belongs."""
    refused(desk, "my-secret-password", BAD)
    (entry,) = desk.entries("refuse_password")
    assert (entry.actor, entry.subject) == ("?", "?")


def test_each_sign_in_has_a_token_and_a_line_of_its_own(desk: Desk) -> None:
    first, second = sign_in(desk, agent="Phone " * 100), sign_in(desk, door="cli", agent="khaen")
    assert first.token != second.token
    listed = list_sessions(desk.context, second.actor, "engineer1")
    assert {one.door for one in listed} == {"web", "cli"}
    assert len({one.id for one in listed}) == 2
    assert max(len(one.agent) for one in listed) == 200
    assert first.token not in str(listed)


def test_a_session_ends_by_the_clock_and_when_nobody_uses_it(desk: Desk) -> None:
    """A browser's; a command line that waits is still its owner's."""
    web, cli = sign_in(desk).token, sign_in(desk, door="cli").token
    for _ in range(3):
        desk.clock.forward(minutes=119)
        assert who_am_i(desk.context, web)
    desk.clock.forward(minutes=121)
    with pytest.raises(NotAllowed):
        who_am_i(desk.context, web)
    assert who_am_i(desk.context, cli).username == "engineer1"
    desk.clock.forward(minutes=2)
    with pytest.raises(NotAllowed):
        who_am_i(desk.context, cli)


def test_one_signs_out_elsewhere_and_everywhere(desk: Desk) -> None:
    here, there, third = (sign_in(desk) for _ in range(3))
    me = here.actor
    ids = {one.id for one in list_sessions(desk.context, me, "engineer1")}
    assert end_sessions(desk.context, me, "engineer1", ids.pop()) == 1
    with pytest.raises(NotFound):
        end_sessions(desk.context, me, "engineer1", "0" * 16)
    assert end_sessions(desk.context, me, "engineer1", keep=here.token) <= 2
    assert len(list_sessions(desk.context, me, "engineer1")) <= 1
    assert end_sessions(desk.context, me, "engineer1") <= 1
    for signed in (here, there, third):
        with pytest.raises(NotAllowed):
            who_am_i(desk.context, signed.token)


def test_the_sessions_of_others_are_the_administrators_business(desk: Desk) -> None:
    signed = sign_in(desk, "director")
    (session,) = list_sessions(desk.context, desk.person("admin"), "director")
    for ask in (list_sessions, end_sessions):
        with pytest.raises(NotAllowed):
            ask(desk.context, desk.person("engineer1"), "director")
    with pytest.raises(NotFound):  # by one's own name no other's id
        end_sessions(desk.context, desk.person("engineer1"), "engineer1", session.id)
    assert end_sessions(desk.context, desk.person("admin"), "director") == 1
    with pytest.raises(NotAllowed):
        who_am_i(desk.context, signed.token)


def test_a_new_password_asks_the_old_and_ends_other_sessions(desk: Desk) -> None:
    here, there = sign_in(desk), sign_in(desk)
    me = here.actor
    for old, new, error in (
        (BAD, "a-phrase-of-mine", NotAllowed), (GOOD, GOOD, InputError),
        (GOOD, "short", InputError), (GOOD, "password1234", InputError),
    ):  # fmt: skip
        with pytest.raises(error):
            change_password(desk.context, me, old, new)
    assert who_am_i(desk.context, there.token)
    assert change_password(desk.context, me, GOOD, "a-phrase-of-mine", keep=here.token) == 1
    assert who_am_i(desk.context, here.token)
    with pytest.raises(NotAllowed):
        who_am_i(desk.context, there.token)
    assert "mine" not in str(desk.entries("set_password"))


def test_only_administrators_give_passwords_and_unlock(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        manage_accounts(desk.context, desk.person("engineer1"), "engineer1", "a-phrase-of-mine")
    for _ in range(5):
        refused(desk, "engineer1", BAD)
    with pytest.raises(NotAllowed):
        unlock_account(desk.context, desk.person("engineer1"), "engineer1")
    with pytest.raises(NotFound):
        unlock_account(desk.context, desk.person("admin"), "nobody")
    unlock_account(desk.context, desk.person("admin"), "engineer1")
    sign_in(desk)
    assert {a.username for a in list_accounts(desk.context, desk.person("admin"))} == {
        "admin", "engineer1", "director",
    }  # fmt: skip
