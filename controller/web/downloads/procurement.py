"""Papers of a procurement as files: the sheet of the specification, the TOR, the comparison."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from controller.accounts.actor import Actor
from controller.operations.context import Context
from controller.operations.print_comparison import print_comparison
from controller.operations.print_specification import file_name, print_specification
from controller.web.download import download, media_of

router = APIRouter(include_in_schema=False)


@router.get("/cases/{number}/specification/{paper}.{suffix}")
def specification_paper(
    request: Request,
    number: str,
    paper: Literal["sheet", "tor"],
    suffix: Literal["pdf", "docx", "xlsx"],
) -> Response:
    """`sheet.pdf`, `sheet.xlsx`, `tor.docx`. A PDF opens in the browser."""

    def make(context: Context, actor: Actor) -> bytes:
        return print_specification(context, actor, number, paper, suffix)

    name = file_name(number, paper, suffix)
    return download(request, name, media_of(name), make, shown=True)


@router.get("/cases/{number}/comparison/sheet.{suffix}")
def comparison_paper(
    request: Request, number: str, suffix: Literal["pdf", "docx", "xlsx"]
) -> Response:
    """Every offer beside every clause. A PDF opens in the browser."""

    def make(context: Context, actor: Actor) -> bytes:
        return print_comparison(context, actor, number, suffix)

    name = file_name(number, "comparison", suffix)
    return download(request, name, media_of(name), make, shown=True)
