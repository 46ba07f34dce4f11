"""Papers of a procurement as files: the sheet of a specification, the TOR, the comparison."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Query, Response

from controller.api.asking import Asked
from controller.api.downloads import file_answer, files
from controller.api.routing import make_router
from controller.operations.print_comparison import print_comparison as printing_comparison
from controller.operations.print_specification import file_name
from controller.operations.print_specification import print_specification as printing

router = make_router("/cases", "documents")


@router.get(
    "/{number}/specification/documents/{document}",
    operation_id="print_specification",
    response_class=Response,
    responses=files("The paper", "pdf", "docx", "xlsx"),
)
def print_specification(
    asked: Asked,
    number: str,
    document: Literal["sheet", "tor"],
    wanted: Annotated[Literal["pdf", "docx", "xlsx"], Query(alias="format")] = "pdf",
) -> Response:
    """The sheet of a case's specification (แบบการกำหนดคุณสมบัติ), or its TOR.

    What the director has not approved says ร่าง on every page. The XLSX is of the sheet alone:
    prices as numbers, every clause, where everything goes.
    """
    content = asked.ask(printing, number, document, wanted)
    return file_answer(content, file_name(number, document, wanted))


@router.get(
    "/{number}/comparison/document",
    operation_id="print_comparison",
    response_class=Response,
    responses=files("The comparison", "pdf", "docx", "xlsx"),
)
def print_comparison(
    asked: Asked,
    number: str,
    wanted: Annotated[Literal["pdf", "docx", "xlsx"], Query(alias="format")] = "pdf",
) -> Response:
    """Every offer beside every clause (แบบสรุปเปรียบเทียบคุณสมบัติ), to sign.

    Until it is concluded every page says ร่าง. The XLSX leaves nothing out: what each bidder
    states, the outcome and the page, amounts as numbers, how answers were read.
    """
    content = asked.ask(printing_comparison, number, wanted)
    return file_answer(content, file_name(number, "comparison", wanted))
