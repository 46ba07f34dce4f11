"""The second step in signing in: from the secret to the last recovery code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pyotp
import pytest

from controller.accounts import attempts
from controller.accounts.actor import Actor
from controller.errors import NotAllowed, NotFound, NotSignedIn, Refused, StoreError
from controller.operations import set_up_second_step as second
from controller.operations.log_in import (
    CodeNeeded,
    Origin,
    confirm_log_in,
    log_in,
    who_am_i,
)
from controller.operations.manage_accounts import list_accounts, manage_accounts
from controller.operations.unlock_account import unlock_account
from controller.store import accounts, passwords
from tests.operations.office import Desk
from tests.operations.test_log_in import GOOD, Counting
from tests.store.databases import kept_in

WEB = Origin("web", "192.0.2.1")
Code = Callable[[], str]


@pytest.fixture(autouse=True)
def accounts_of(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_hasher", Counting())
    passwords._nobodys.cache_clear()
    manage_accounts(desk.context, None, "admin", GOOD)
    manage_accounts(desk.context, desk.person("admin"), "engineer1", GOOD)


@pytest.fixture
def me(desk: Desk) -> Actor:
    return desk.person("engineer1")


def enrol(desk: Desk, me: Actor) -> tuple[Code, tuple[str, ...]]:
    """The next codes of the authenticator, and the recovery codes; a minute later."""
    made = second.set_up_second_step(desk.context, me, GOOD)

    def code() -> str:
        return pyotp.TOTP(made.secret).at(desk.clock())

    codes = second.confirm_second_step(desk.context, me, code())
    desk.clock.forward(minutes=1)
    return code, codes


def ticket(desk: Desk) -> str:
    with pytest.raises(CodeNeeded) as half:
        log_in(desk.context, "engineer1", GOOD, WEB)
    return half.value.ticket


def test_nothing_is_asked_before_a_code_confirmed_the_secret(desk: Desk, me: Actor) -> None:
    made = second.set_up_second_step(desk.context, me, GOOD)
    assert log_in(desk.context, "engineer1", GOOD, WEB)
    assert made.address.startswith("otpauth://totp/")
    with pytest.raises(NotAllowed):
        second.confirm_second_step(desk.context, me, "000000")
    assert second.recovery_codes_left(desk.context, me) is None


def test_the_password_alone_opens_half_a_door(desk: Desk, me: Actor) -> None:
    code, _ = enrol(desk, me)
    half = ticket(desk)
    with pytest.raises(NotSignedIn):
        who_am_i(desk.context, half)
    opened = confirm_log_in(desk.context, half, code(), WEB)
    assert who_am_i(desk.context, opened.token).username == "engineer1"
    with pytest.raises(NotAllowed):  # a ticket is good once
        confirm_log_in(desk.context, half, code(), WEB)


def test_a_ticket_is_no_session_and_a_session_no_ticket(desk: Desk, me: Actor) -> None:
    code, _ = enrol(desk, me)
    opened = confirm_log_in(desk.context, ticket(desk), code(), WEB)
    desk.clock.forward(minutes=1)
    for wrong in (opened.token, "", "nothing"):
        with pytest.raises(NotAllowed):
            confirm_log_in(desk.context, wrong, code(), WEB)
    old = ticket(desk)
    desk.clock.forward(minutes=5)
    with pytest.raises(NotAllowed):
        confirm_log_in(desk.context, old, code(), WEB)


def test_a_code_is_good_once(desk: Desk, me: Actor) -> None:
    """Nor is an earlier one good after a later."""
    code, _ = enrol(desk, me)
    first = code()
    log_in(desk.context, "engineer1", GOOD, WEB, first)
    with pytest.raises(NotAllowed):
        log_in(desk.context, "engineer1", GOOD, WEB, first)
    desk.clock.forward(seconds=30)
    log_in(desk.context, "engineer1", GOOD, WEB, code())
    with pytest.raises(NotAllowed):
        log_in(desk.context, "engineer1", GOOD, WEB, first)


def test_the_code_that_confirmed_opens_nothing(desk: Desk, me: Actor) -> None:
    made = second.set_up_second_step(desk.context, me, GOOD)
    code = pyotp.TOTP(made.secret).at(desk.clock())
    second.confirm_second_step(desk.context, me, code)
    with pytest.raises(NotAllowed):
        log_in(desk.context, "engineer1", GOOD, WEB, code)


def test_codes_cannot_be_guessed_beside_the_right_password(desk: Desk, me: Actor) -> None:
    """Knowing it forgives no wrong code; after an hour, or by an administrator, it goes on."""
    code, _ = enrol(desk, me)
    for _ in range(attempts.CODES):
        with pytest.raises(NotAllowed):
            confirm_log_in(desk.context, ticket(desk), "000000", WEB)
    with pytest.raises(NotAllowed):
        log_in(desk.context, "engineer1", GOOD, WEB, code())
    unlock_account(desk.context, desk.person("admin"), "engineer1")
    assert log_in(desk.context, "engineer1", GOOD, WEB, code())


def test_a_recovery_code_is_good_once_and_kept_as_a_hash(desk: Desk, me: Actor) -> None:
    _, codes = enrol(desk, me)
    assert len(set(codes)) == second.RECOVERY_CODES
    log_in(desk.context, "engineer1", GOOD, WEB, codes[0].lower().replace("-", " "))
    assert second.recovery_codes_left(desk.context, me) == second.RECOVERY_CODES - 1
    with pytest.raises(NotAllowed):
        log_in(desk.context, "engineer1", GOOD, WEB, codes[0])
    with desk.context.store.read() as conn:
        known = accounts.second_factor(conn, "engineer1")
    assert known is not None
    kept = kept_in(desk.context.folder)
    assert not any(code.encode() in kept for code in codes)


def test_the_secret_is_sealed(desk: Desk, me: Actor) -> None:
    """With a key only its owner can read; with another key it is told, not guessed."""
    made = second.set_up_second_step(desk.context, me, GOOD)
    assert made.secret.encode() not in kept_in(desk.context.folder)
    key = desk.context.folder / "keys/seal.key"
    assert key.stat().st_mode & 0o077 == 0
    key.unlink()
    with pytest.raises(StoreError, match=r"seal\.key"):
        second.confirm_second_step(desk.context, me, "000000")


def test_it_is_begun_and_ended_with_the_password(desk: Desk, me: Actor) -> None:
    enrol(desk, me)
    with pytest.raises(Refused, match="already"):
        second.set_up_second_step(desk.context, me, GOOD)
    with pytest.raises(NotAllowed):
        second.remove_second_step(desk.context, me, "engineer1", "wrong-password")
    second.remove_second_step(desk.context, me, "engineer1", GOOD)
    assert log_in(desk.context, "engineer1", GOOD, WEB)
    with pytest.raises(NotAllowed):
        second.set_up_second_step(desk.context, me, "wrong-password")


def test_an_administrator_takes_it_away_and_leaves_a_line(desk: Desk, me: Actor) -> None:
    enrol(desk, me)
    admin = desk.person("admin")
    assert {a.username: a.second_factor for a in list_accounts(desk.context, admin)} == {
        "admin": False,
        "engineer1": True,
    }
    with pytest.raises(NotFound):
        second.remove_second_step(desk.context, admin, "nobody")
    with pytest.raises(NotAllowed):
        second.remove_second_step(desk.context, me, "admin")
    second.remove_second_step(desk.context, admin, "engineer1")
    assert [(e.actor, e.subject) for e in desk.entries("remove_second_step")] == [
        ("admin", "engineer1")
    ]
    assert len(desk.entries("set_up_second_step")) == 1


def test_no_token_touches_it(desk: Desk, me: Actor) -> None:
    """A program in somebody's name is not that person."""
    program = replace(me, scopes=frozenset({"read"}))
    with pytest.raises(NotAllowed):
        second.set_up_second_step(desk.context, program, GOOD)
    with pytest.raises(NotAllowed):
        second.remove_second_step(desk.context, program, "engineer1", GOOD)
