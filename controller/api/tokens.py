"""API tokens over HTTP: make one, list them, revoke one."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import Query, Response
from pydantic import BaseModel, Field

from controller.api.asking import Asked
from controller.api.given import Given
from controller.api.paging import Page, Paged
from controller.api.routing import Secret, make_router
from controller.operations import manage_tokens
from controller.store.api_tokens import ApiToken

router = make_router("/tokens", "tokens", route=Secret)


class TokenShown(BaseModel):
    """A token, without what opens anything."""

    id: str
    username: str
    name: str
    scopes: list[str]
    created: datetime
    expires: datetime
    used: datetime | None = Field(description="To the hour; null: never")
    revoked: datetime | None


class TokenMade(TokenShown):
    """A new token. `token` is shown this once."""

    token: str


class Making(Given):
    """A token to make."""

    name: Annotated[str, Field(min_length=1, max_length=100, examples=["nightly backup"])]
    scopes: Annotated[
        list[str],
        Field(
            min_length=1,
            max_length=50,
            examples=[["read", "back_up_devices"]],
            description="Permissions, which have the names of operations, or `read`: all reading",
        ),
    ]
    days: Annotated[int, Field(ge=1, le=manage_tokens.LONGEST_DAYS)] = 90


@router.post("", operation_id="manage_tokens", status_code=201)
def make(asked: Asked, given: Making) -> TokenMade:
    """Make a token of your own for a program.

    It may do what its scopes and your roles of the day both allow. It never decides a case, never
    manages accounts, and makes no other token: sign in for that. This answer is never kept, so an
    `Idempotency-Key` means nothing here.
    """
    made = asked.ask(manage_tokens.manage_tokens, given.name, given.scopes, given.days)
    return TokenMade(**_shown(made.token).model_dump(), token=made.secret)


@router.get("", operation_id="list_tokens")
def list_tokens(
    asked: Asked,
    paged: Paged,
    everybody: Annotated[
        bool, Query(alias="all", description="Everybody's, for who manages accounts")
    ] = False,
) -> Page[TokenShown]:
    """Your tokens, oldest first, also those that have ended."""
    found = asked.ask(manage_tokens.list_tokens, everybody=everybody)
    return paged.page_of_all(found, lambda one: (one.created, one.id), _shown)


@router.delete("/{token}", operation_id="revoke_token", status_code=204)
def revoke(asked: Asked, token: str) -> Response:
    """End a token by its id, from now on: your own, or anybody's for who manages accounts."""
    asked.ask(manage_tokens.revoke_token, token)
    return Response(status_code=204)


def _shown(token: ApiToken) -> TokenShown:
    return TokenShown.model_validate(vars(token))
