"""The papers of a procurement as files: the sheet of a specification, the TOR."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Query, Response

from controller.api.asking import Asked
from controller.api.downloads import file_answer, files
from controller.api.routing import make_router
from controller.operations.print_specification import file_name
from controller.operations.print_specification import print_specification as printing

router = make_router("/cases", "documents")


@router.get(
    "/{number}/specification/documents/{paper}",
    operation_id="print_specification",
    response_class=Response,
    responses=files("The paper", "pdf", "docx", "xlsx"),
)
def print_specification(
    asked: Asked,
    number: str,
    paper: Literal["sheet", "tor"],
    wanted: Annotated[Literal["pdf", "docx", "xlsx"], Query(alias="format")] = "pdf",
) -> Response:
    """The sheet of a case's specification (แบบการกำหนดคุณสมบัติ), or its TOR.

    What the director has not approved says ร่าง on every page. The XLSX is of the sheet alone:
    prices as numbers, every clause, where everything goes.
    """
    content = asked.ask(printing, number, paper, wanted)
    return file_answer(content, file_name(number, paper, wanted))
