"""The file bidders fill in, and the files they handed over."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from controller.accounts.actor import Actor
from controller.errors import NotFound, Text
from controller.operations.context import Context
from controller.operations.export_offer_template import FORMATS, export_offer_template
from controller.operations.list_offers import fetch_offer_file
from controller.web.download import disposition, download, media_of

router = APIRouter(include_in_schema=False)


@router.get("/cases/{number}/offers/template.{suffix}")
def template(request: Request, number: str, suffix: str) -> Response:
    """The file bidders fill in: `template.xlsx`, `.csv` or `.yaml`."""
    name = f"{number}-offer.{suffix}"

    def make(context: Context, actor: Actor) -> bytes:
        form = next((known for known in FORMATS if known == suffix), None)
        if form is None:
            raise NotFound(
                Text(th=f"ไม่มีแบบข้อเสนอชนิด {suffix}", en=f"there is no template as {suffix}")
            )
        return export_offer_template(context, actor, number, form)

    return download(request, name, media_of(name), make)


@router.get("/cases/{number}/offers/files/{sha256}")
def handed_over(request: Request, number: str, sha256: str) -> Response:
    """A file a bidder handed over, byte for byte."""
    names: list[str] = []

    def make(context: Context, actor: Actor) -> bytes:
        name, content = fetch_offer_file(context, actor, number, sha256)
        names.append(name)
        return content

    answer = download(request, f"{number}-{sha256[:12]}", media_of(""), make)
    if names:
        answer.headers["content-disposition"] = disposition(names[0])
    return answer
