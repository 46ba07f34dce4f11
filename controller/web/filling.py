"""What the page of a form sends: the form itself, photos, and questions while typing."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from controller import thai
from controller.accounts.actor import Actor, may
from controller.errors import InputError, Text
from controller.inventory.asset import Asset
from controller.inventory.search import Wanted
from controller.operations.answer_survey import answer_survey
from controller.operations.fill_form import fill_form
from controller.operations.keep_photo import keep_photo
from controller.operations.list_assets import list_assets
from controller.operations.show_form import show_form
from controller.operations.show_photo import show_photo
from controller.operations.show_survey import list_surveys
from controller.processes.forms.catalogue import form
from controller.processes.forms.definition import Column
from controller.processes.forms.photos import LARGEST_PHOTO
from controller.processes.forms.scalars import Wrong, read_scalar
from controller.web.parts.form_sheet import carried
from controller.web.parts.typed_form import Posted, as_typed, posted
from controller.web.plain import answered, told
from controller.web.visit import Visit

router = APIRouter(include_in_schema=False)
# More than any form of the manual, with every table full, needs.
_MOST_INPUTS = 8000
# What is offered while an asset number is typed.
_OFFERED, _LEAST_LETTERS, _LONGEST_WORDS = 20, 2, 100


@router.post("/forms/{slug}/fill")
async def fill(request: Request, slug: str) -> Response:
    """Keep the form: `{"location"}`; or what is wrong, by the names of inputs under `errors`."""
    pairs = await _pairs(request)

    def keep(visit: Visit, actor: Actor) -> Response:
        definition = form(slug)
        given = posted(definition, pairs)
        own = dict(given.typed.values)
        revises = visit.query.get("revises") or None
        if revises:
            before = show_form(visit.context, actor, revises)
            author = show_form(visit.context, actor, revises, 1).by == actor.username
            own |= carried(definition, actor, as_typed(definition, before.values), author=author)
        typed = type(given.typed)(own, "", given.typed.places, given.typed.keys)
        try:
            filled = fill_form(
                visit.context,
                actor,
                slug,
                typed,
                case=visit.query.get("case") or None,
                revises=revises,
            )
        except InputError as error:
            return _mend(visit, given, error)
        return JSONResponse({"location": f"/forms/filled/{quote(filled.number)}?kept=1"})

    return await answered(request, keep)


@router.post("/surveys/{survey}/answer")
async def answer(request: Request, survey: str) -> Response:
    """Keep an answer of somebody who has signed in, as `fill` keeps a form."""
    pairs = await _pairs(request)

    def keep(visit: Visit, actor: Actor) -> Response:
        asked = {one.id: one for one in list_surveys(visit.context, actor)}
        definition = form(asked[survey].form if survey in asked else "")
        given = posted(definition, pairs)
        try:
            answer_survey(visit.context, actor, survey, [given.typed])
        except InputError as error:
            return _mend(visit, given, error)
        reads = may(actor, "read_history")
        where = f"/surveys/{quote(survey)}?answered=1" if reads else "/surveys?answered=1"
        return JSONResponse({"location": where})

    return await answered(request, keep)


@router.post("/photos")
async def take_photo(request: Request, name: str = "") -> Response:
    """Keep the photo that is the body: `{"name", "sha256"}` for the inputs of the form."""
    content = b""
    async for chunk in request.stream():
        content += chunk
        if len(content) > LARGEST_PHOTO:
            break  # too large already; the operation says so

    def keep(visit: Visit, actor: Actor) -> Response:
        return JSONResponse(keep_photo(visit.context, actor, name, content))

    return await answered(request, keep)


@router.get("/forms/filled/{number}/photos/{sha256}")
async def photo(request: Request, number: str, sha256: str) -> Response:
    """A photo of a form the visitor may read."""

    def shown(visit: Visit, actor: Actor) -> Response:
        content = show_photo(visit.context, actor, number, sha256)
        kept = {"content-disposition": "inline; filename=photo.jpg"}
        return Response(content, media_type="image/jpeg", headers=kept)

    return await answered(request, shown)


@router.get("/forms/assets")
async def assets(request: Request, q: str = "") -> Response:
    """Assets whose number or name holds `q`, as `{"number", "name"}`; of the visitor's school."""

    def found(visit: Visit, actor: Actor) -> Response:
        words = thai.arabic_digits(q).strip()[:_LONGEST_WORDS]
        if len(words) < _LEAST_LETTERS:
            return JSONResponse([])
        fit = list_assets(visit.context, actor, Wanted(words, most=_OFFERED)).rows
        return JSONResponse([{"number": a.number, "name": _named(a)} for a in fit])

    return await answered(request, found)


@router.get("/forms/day")
async def day(request: Request, text: str = "") -> Response:
    """How a typed day is read: `{"day": "27 พฤศจิกายน 2569"}`; empty where it cannot be."""

    def read(visit: Visit, actor: Actor) -> Response:
        try:
            value = read_day(text)
        except InputError:
            return JSONResponse({"day": ""})
        return JSONResponse({"day": value})

    return await answered(request, read)


def read_day(text: str) -> str:
    """A day as forms read it, in long Thai form. Errors: `InputError`."""
    value = read_scalar(Column(name="day", th="วัน", en="day", type="date"), thai.normalised(text))
    if isinstance(value, Wrong):
        raise InputError(Text(th="อ่านวันที่ไม่ได้", en="no day"))
    return thai.long_date(date.fromisoformat(str(value)), thai=False)


def _named(asset: Asset) -> str:
    return " ".join(word for word in (asset.brand, asset.model, asset.room) if word)


async def _pairs(request: Request) -> list[tuple[str, str]]:
    sent = await request.form(max_files=0, max_fields=_MOST_INPUTS)
    return [(name, text) for name, text in sent.multi_items() if isinstance(text, str)]


def _mend(visit: Visit, given: Posted, error: InputError) -> Response:
    errors = {
        name: [_problem(visit, one.message, one.suggestion) for one in problems]
        for name, problems in given.errors(error).items()
    }
    return JSONResponse({**told(visit, error), "hint": "", "errors": errors}, error.http_status)


def _problem(visit: Visit, message: Text, suggestion: str) -> str:
    meant = visit.t(f" หมายถึง “{suggestion}” หรือไม่", f" Did you mean “{suggestion}”?")
    return visit.w(message) + (meant if suggestion else "")
