"""Who looks at a page: the session, the language, and asking operations on their behalf."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Concatenate, ParamSpec, TypeVar

from nicegui import ui
from starlette.requests import Request

from controller import thai
from controller.accounts.actor import Actor
from controller.errors import KhaenError, Text
from controller.language import Language, pick
from controller.operations.context import Context
from controller.operations.log_in import who_am_i
from controller.web.cookies import chosen_language, session_token
from controller.web.hints import on_page

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Visit:
    """One page opened by one signed-in person.

    A page stays open longer than a session may last, so `actor` is asked for anew by everything
    that is pressed. `path` holds the parts of the address by name, `query` what follows the `?`.
    """

    context: Context
    token: str
    language: Language
    address: str
    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)

    def actor(self) -> Actor:
        """The person, if the session still holds. Errors: `NotAllowed`."""
        return who_am_i(self.context, self.token)

    def t(self, th: str, en: str) -> str:
        """The words in the visitor's language."""
        return th if self.language == "th" else en

    def w(self, text: Text) -> str:
        """A text in the visitor's language."""
        return pick(text, self.language)

    def day(self, day: date | None) -> str:
        """A day as the visitor writes it: `27 พ.ย. 2569`, in English `2026-11-27`."""
        if day is None:
            return "-"
        return thai.short_date(day) if self.language == "th" else day.isoformat()

    def when(self, at: datetime | None) -> str:
        """A moment on a Thai clock: `27 พ.ย. 2569 14:05 น.`, in English `2026-11-27 14:05`."""
        if at is None:
            return "-"
        if self.language == "th":
            return thai.short_time(at)
        return f"{thai.local_time(at):%Y-%m-%d %H:%M}"

    def who(self, username: str) -> str:
        """The position of a person of the office; the user name of anybody else."""
        person = self.context.office().person(username)
        return person.title if person else username

    async def ask(
        self,
        operation: Callable[Concatenate[Context, Actor, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """What an operation gives for this person, asked beside the page's own thread."""

        def asked() -> T:
            return operation(self.context, self.actor(), *args, **kwargs)

        return await asyncio.to_thread(asked)

    def pressed(self, work: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
        """`work` for a button: an expected error is shown, and nothing typed is lost."""

        async def press() -> None:
            try:
                await work()
            except KhaenError as error:
                self.tell_error(error)

        return press

    def tell_error(self, error: KhaenError) -> None:
        """Show an error over the page, with what to do next, until it is closed."""
        hint = f"\n{on_page(self.w(error.hint), self.language)}" if error.hint else ""
        ui.notify(
            self.w(error.message) + hint,
            type="negative",
            position="top",
            multi_line=True,
            timeout=0,
            close_button=self.t("ปิด", "Close"),
            classes="told",
        )

    def tell(self, th: str, en: str) -> None:
        """Say that something was done."""
        ui.notify(self.t(th, en), type="positive", position="top")


def visit_of(request: Request) -> Visit | None:
    """The visit a request begins; None when nobody is signed in."""
    context: Context = request.scope["khaen"]
    token = session_token(request, context)
    if token is None:
        return None
    return Visit(
        context=context,
        token=token,
        language=chosen_language(request, context),
        address=request.url.path + (f"?{request.url.query}" if request.url.query else ""),
        path={name: str(value) for name, value in request.path_params.items()},
        query=dict(request.query_params),
    )
