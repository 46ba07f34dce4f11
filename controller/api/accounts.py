"""Local accounts over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import Response
from pydantic import BaseModel, Field, SecretStr

from controller.api.asking import Asked
from controller.api.given import Given
from controller.api.paging import Page, Paged
from controller.api.routing import make_router
from controller.operations import (
    change_password,
    end_sessions,
    manage_accounts,
    set_up_second_step,
    unlock_account,
)

router = make_router("/accounts", "accounts")
Secret = Annotated[SecretStr, Field(max_length=1024)]


class AccountShown(BaseModel):
    """An account, without anything secret. `failures` counts wrong passwords in a row."""

    username: str
    created: datetime
    changed: datetime
    failures: int
    locked_until: datetime | None


class SessionShown(BaseModel):
    """Where somebody is signed in."""

    id: str
    door: str = Field(description="web, cli or api")
    agent: str
    opened: datetime | None
    used: datetime | None
    expires: datetime


class NewPassword(Given):
    """The password an account gets."""

    password: Secret


class OwnPassword(Given):
    """One's old password and the new one."""

    old: Secret
    new: Secret


class Ended(BaseModel):
    """How many sessions ended."""

    ended: int


@router.get("", operation_id="list_accounts")
def list_accounts(asked: Asked, paged: Paged) -> Page[AccountShown]:
    """Every account, by name (administrators)."""
    found = asked.ask(manage_accounts.list_accounts)
    names = AccountShown.model_fields
    return paged.page_of_all(
        found,
        lambda one: (one.username,),
        lambda one: AccountShown(**{name: getattr(one, name) for name in names}),
    )


@router.put("/{username}", operation_id="manage_accounts", status_code=204)
def put_account(asked: Asked, username: str, given: NewPassword) -> Response:
    """Give a person of the office an account, or a new password (administrators).

    Their sessions and API tokens end.
    """
    asked.ask(manage_accounts.manage_accounts, username, given.password.get_secret_value())
    return Response(status_code=204)


@router.post("/current/password", operation_id="change_password")
def change(asked: Asked, given: OwnPassword) -> Ended:
    """Change your own password. Your other sessions and your API tokens end."""
    old, new = given.old.get_secret_value(), given.new.get_secret_value()
    return Ended(ended=asked.ask(change_password.change_password, old, new, keep=asked.token))


@router.post("/{username}/unlocking", operation_id="unlock_account", status_code=204)
def unlock(asked: Asked, username: str) -> Response:
    """Let somebody try again at once after wrong passwords (administrators)."""
    asked.ask(unlock_account.unlock_account, username)
    return Response(status_code=204)


@router.get("/{username}/sessions", operation_id="list_sessions")
def list_sessions(asked: Asked, username: str) -> list[SessionShown]:
    """Where you are signed in, newest first; administrators: where anybody is."""
    found = asked.ask(end_sessions.list_sessions, username)
    names = SessionShown.model_fields
    return [SessionShown(**{name: getattr(one, name) for name in names}) for one in found]


@router.delete("/{username}/sessions", operation_id="end_sessions")
def end_all(asked: Asked, username: str) -> Ended:
    """Sign out everywhere; administrators: sign anybody out."""
    return Ended(ended=asked.ask(end_sessions.end_sessions, username))


@router.delete("/{username}/sessions/{session}", operation_id="end_session")
def end_one(asked: Asked, username: str, session: str) -> Ended:
    """Sign out of one session, by its id."""
    return Ended(ended=asked.ask(end_sessions.end_sessions, username, session))


@router.delete("/{username}/second-step", operation_id="remove_second_step", status_code=204)
def remove_second_step(asked: Asked, username: str) -> Response:
    """Let somebody sign in with the password alone again (administrators).

    Setting a second step up, and removing one's own, is done in person: in a browser or at the
    command line.
    """
    asked.ask(set_up_second_step.remove_second_step, username)
    return Response(status_code=204)
