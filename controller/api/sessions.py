"""Sessions over HTTP: signing in gives a bearer token, signing out ends it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import Request, Response
from pydantic import BaseModel, Field, SecretStr

from controller.accounts.actor import Actor, require_present
from controller.api.asking import Asked
from controller.api.given import Given
from controller.api.routing import Secret, make_router
from controller.operations.context import Context
from controller.operations.log_in import Origin, log_in, log_out

router = make_router("/sessions", "sessions", route=Secret)


class SigningIn(Given):
    """Who signs in."""

    username: Annotated[str, Field(max_length=64, examples=["engineer1"])]
    password: Annotated[SecretStr, Field(max_length=1024)]
    code: Annotated[
        str, Field(max_length=40, description="Of the authenticator, where a second step is set up")
    ] = ""


class Person(BaseModel):
    """Somebody who is signed in, in the roles they have today."""

    username: str
    title: str = Field(description="Their position, as documents print it")
    roles: list[str]
    site: str | None = Field(description="The school of school staff, null for everybody else")
    scopes: list[str] | None = Field(
        default=None, description="Of an API token; null for the person themself"
    )


class Session(Person):
    """A session that was just opened. `token` is shown this once."""

    token: str
    expires: datetime


@router.post("", operation_id="log_in", status_code=201, openapi_extra={"security": []})
def open_session(request: Request, given: SigningIn) -> Session:
    """Sign in.

    Send the token with everything else: `Authorization: Bearer TOKEN`. It ends at `expires`, with
    `DELETE /sessions/current`, and with a new password. Where a second step is set up, the answer
    is 403 of the type `about:khaen/CodeNeeded` until the `code` is sent, too. This answer is never
    kept, so an `Idempotency-Key` means nothing here.
    """
    context: Context = request.scope["khaen"]
    address = request.client.host if request.client else ""
    origin = Origin("api", address, request.headers.get("user-agent", "")[:200])
    name = given.username.strip().lower()
    opened = log_in(context, name, given.password.get_secret_value(), origin, given.code)
    told = _person(opened.actor).model_dump()
    return Session(**told, token=opened.token, expires=opened.expires)


@router.get("/current", operation_id="who_am_i")
def current_session(asked: Asked) -> Person:
    """Who the token belongs to, and in which roles today."""
    return _person(asked.actor)


@router.delete("/current", operation_id="log_out", status_code=204)
def close_session(asked: Asked) -> Response:
    """Sign out: the token opens nothing any more. An API token is revoked under `/tokens`."""
    require_present(asked.actor)
    log_out(asked.context, asked.token)
    return Response(status_code=204)


def _person(actor: Actor) -> Person:
    return Person(
        username=actor.username,
        title=actor.title,
        roles=sorted(actor.roles),
        site=actor.site,
        scopes=None if actor.scopes is None else sorted(actor.scopes),
    )
