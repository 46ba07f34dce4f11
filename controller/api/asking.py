"""Who asks the API: the bearer token, and asking operations on their behalf."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Concatenate, ParamSpec, TypeVar

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from controller.accounts.actor import Actor
from controller.operations.context import Context
from controller.operations.log_in import who_am_i

P = ParamSpec("P")
T = TypeVar("T")
_bearer = HTTPBearer(auto_error=False, description="A session's or an API token")


@dataclass(frozen=True)
class Asking:
    """One request of one signed-in person or program."""

    context: Context
    actor: Actor

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
    """The person of the bearer token. Errors: `NotAllowed`. A cookie is not looked at."""
    context: Context = request.scope["khaen"]
    token = credentials.credentials if credentials else None
    return Asking(context, who_am_i(context, token))


Asked = Annotated[Asking, Depends(asking)]
