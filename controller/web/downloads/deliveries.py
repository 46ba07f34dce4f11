"""The papers of a delivery: its acceptance sheet and the labels."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from controller.accounts.actor import Actor
from controller.operations.context import Context
from controller.operations.print_delivery import print_delivery
from controller.operations.print_labels import print_labels
from controller.web.download import download, media_of

router = APIRouter(include_in_schema=False)


@router.get("/cases/{number}/delivery/{delivery}/sheet.{wanted}")
def sheet(
    request: Request, number: str, delivery: int, wanted: Literal["pdf", "docx", "xlsx"]
) -> Response:
    """The acceptance sheet of one delivery; a PDF opens in the browser."""
    name = f"{number}-acceptance-{delivery}.{wanted}"

    def make(context: Context, actor: Actor) -> bytes:
        return print_delivery(context, actor, number, delivery, wanted).content

    return download(request, name, media_of(name), make, shown=True)


@router.get("/cases/{number}/delivery/{delivery}/labels.{wanted}")
def labels(
    request: Request, number: str, delivery: int, wanted: Literal["pdf", "docx"]
) -> Response:
    """The labels of one delivery; a PDF opens in the browser."""
    name = f"{number}-labels-{delivery}.{wanted}"

    def make(context: Context, actor: Actor) -> bytes:
        return print_labels(context, actor, number, delivery, wanted).content

    return download(request, name, media_of(name), make, shown=True)
