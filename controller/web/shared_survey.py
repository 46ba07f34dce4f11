"""A survey by its link: a plain page for anybody, without account, script, or anything kept."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from controller.errors import InputError, KhaenError
from controller.language import Language
from controller.operations.answer_shared_survey import answer_shared_survey, shared_survey
from controller.operations.context import Context
from controller.web.cookies import chosen_language
from controller.web.drawing import draw
from controller.web.parts.form_sheet import open_sheet
from controller.web.parts.typed_form import Posted, posted

router = APIRouter(include_in_schema=False)
_MOST_INPUTS = 1000
_ONCE = "once"


@dataclass(frozen=True)
class _Anybody:
    """Somebody of whom only the language is known."""

    language: Language


@router.get("/s/{token}")
async def ask(request: Request, token: str) -> HTMLResponse:
    """The survey to fill in; a page that says why not when the link is of no use."""
    return await asyncio.to_thread(_page, request, token)


@router.post("/s/{token}")
async def answer(request: Request, token: str) -> Response:
    """Take the answer and go to the page of thanks; or the page again with what is wrong."""
    context: Context = request.scope["khaen"]
    sent = await request.form(max_files=0, max_fields=_MOST_INPUTS)
    pairs = [(name, text) for name, text in sent.multi_items() if isinstance(text, str)]
    once = dict(pairs).get(_ONCE, "")[:64]

    def take() -> Response:
        try:
            _, definition = shared_survey(context, token)
            given = posted(definition, pairs)
            answer_shared_survey(context, token, given.typed, once)
        except InputError as error:
            if error.http_status != InputError.http_status:  # there is no such link
                return _refused(request, error)
            return _page(request, token, given, error)
        except KhaenError as error:
            return _refused(request, error)
        return RedirectResponse(f"/s/{token}/thanks", 303)

    return await asyncio.to_thread(take)


@router.get("/s/{token}/thanks")
def thank(request: Request, token: str) -> HTMLResponse:
    """What follows an answer; loading it again sends nothing."""
    context: Context = request.scope["khaen"]
    reader = _Anybody(chosen_language(request, context))
    return HTMLResponse(draw(reader, "survey_thanks.html", office=context.office()))


def _page(
    request: Request, token: str, given: Posted | None = None, error: InputError | None = None
) -> HTMLResponse:
    context: Context = request.scope["khaen"]
    try:
        survey, definition = shared_survey(context, token)
    except KhaenError as why:
        return _refused(request, why)
    errors = given.errors(error) if given and error else {}
    drawn = draw(
        _Anybody(chosen_language(request, context)),
        "survey_shared.html",
        office=context.office(),
        survey=survey,
        definition=definition,
        sheet=open_sheet(definition, given.typed.values if given else {}, errors),
        error=error,
        once=secrets.token_urlsafe(12),
        address=request.url.path,
    )
    return HTMLResponse(drawn, error.http_status if error else 200)


def _refused(request: Request, error: KhaenError) -> HTMLResponse:
    context: Context = request.scope["khaen"]
    reader = _Anybody(chosen_language(request, context))
    drawn = draw(reader, "survey_refused.html", office=context.office(), error=error)
    return HTMLResponse(drawn, error.http_status)
