"""Who asks the API: the bearer token, and asking operations on their behalf."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Concatenate, ParamSpec, TypeVar

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from controller.accounts.actor import Actor
from controller.errors import NotSignedIn, Text
from controller.operations.context import Context
from controller.operations.log_in import who_am_i

P = ParamSpec("P")
T = TypeVar("T")
_bearer = HTTPBearer(
    auto_error=False,
    scheme_name="bearer",
    description="The token of a session (`POST /api/v1/sessions`) or an API token "
    "(`POST /api/v1/tokens`): `Authorization: Bearer TOKEN`.",
)


@dataclass(frozen=True)
class Asking:
    """One request of one signed-in person or program. `token` is what they showed."""

    context: Context
    actor: Actor
    token: str

    def ask(
        self,
        operation: Callable[Concatenate[Context, Actor, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """What an operation gives for this person."""
        return operation(self.context, self.actor, *args, **kwargs)


def asking(
    request: Request,
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> Asking:
    """The person of the bearer token. Errors: `NotSignedIn`. A cookie is not looked at."""
    context: Context = request.scope["khaen"]
    token = credentials.credentials if credentials else ""
    try:
        return Asking(context, who_am_i(context, token), token)
    except NotSignedIn:
        raise NotSignedIn(
            Text(
                th="ต้องแสดงโทเค็นที่ยังใช้ได้",
                en="a token is needed that has neither ended nor been revoked",
            ),
            hint=Text(
                th="ขอด้วย POST /api/v1/sessions แล้วส่ง Authorization: Bearer ตามด้วยโทเค็น",
                en="get one by POST /api/v1/sessions and send Authorization: Bearer and the token",
            ),
        ) from None


Asked = Annotated[Asking, Depends(asking)]
