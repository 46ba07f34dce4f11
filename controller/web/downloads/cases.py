"""Files that were attached to cases, and papers that are printed from them."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from controller.accounts.actor import Actor
from controller.errors import NotFound, Text
from controller.operations.case_papers import PAPERS
from controller.operations.context import Context
from controller.operations.fetch_file import fetch_file
from controller.operations.print_document import print_document
from controller.web.download import download, media_of

router = APIRouter(include_in_schema=False)


@router.get("/cases/{number}/files/{name:path}")
def case_file(request: Request, number: str, name: str) -> Response:
    """A file of a case, byte for byte; a PDF opens in the browser."""

    def make(context: Context, actor: Actor) -> bytes:
        return fetch_file(context, actor, number, name)

    return download(request, name, media_of(name), make, shown=True)


@router.get("/cases/{number}/papers/{paper}.{suffix}")
def case_paper(request: Request, number: str, paper: str, suffix: str) -> Response:
    """A paper of a case: `memo.pdf`, `evidence.docx`. A PDF opens in the browser."""

    def make(context: Context, actor: Actor) -> bytes:
        if paper not in PAPERS:
            raise _no_such(number, name)
        found = print_document(context, actor, number, paper).files.get(suffix)
        if found is None:
            raise _no_such(number, name)
        return found

    name = f"{number}-{paper}.{suffix}"
    return download(request, name, media_of(name), make, shown=True)


def _no_such(number: str, name: str) -> NotFound:
    return NotFound(Text(th=f"เรื่อง {number} ไม่มีเอกสาร {name}", en=f"case {number} has no {name}"))
