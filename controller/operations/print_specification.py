"""Print a procurement: the sheet of its specification, the TOR, the comparison of its offers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from controller.accounts.actor import Actor, require
from controller.documents.blocks import Document
from controller.documents.compose.procurement.purchase import Purchase
from controller.documents.compose.procurement.sheet import specification_sheet
from controller.documents.compose.procurement.tor import terms_of_reference
from controller.documents.compose.procurement.workbook import price_sheets
from controller.documents.docx import render_docx
from controller.documents.pdf import render_pdf
from controller.documents.sheet import Sheet
from controller.documents.xlsx import render_xlsx
from controller.errors import NotApproved, NotFound, Text
from controller.operations.compose_paper import garuda_of, look_of
from controller.operations.context import Context
from controller.operations.procurement_papers import (
    approved_specification,
    require_paper,
    specification_of,
)
from controller.processes.case import Case, Decision
from controller.processes.history import decided_at, work_gate_step
from controller.processes.manual import process
from controller.store import cases
from controller.store.engine import Connection

Paper = Literal["sheet", "tor"]
PAPERS: tuple[Paper, ...] = ("sheet", "tor")
Format = Literal["pdf", "docx", "xlsx"]
FORMATS: dict[Paper, tuple[Format, ...]] = {
    "sheet": ("pdf", "docx", "xlsx"),
    "tor": ("pdf", "docx"),
}
"""What each paper can be had as: PDF for the record, DOCX to edit, XLSX to count on."""


@dataclass(frozen=True)
class _Ways:
    document: Callable[[Purchase], Document]
    sheets: Callable[[Purchase], tuple[Sheet, ...]] | None = None


_WAYS: dict[Paper, _Ways] = {
    "sheet": _Ways(specification_sheet, price_sheets),
    "tor": _Ways(terms_of_reference),
}


def print_specification(
    context: Context, actor: Actor, number: str, paper: Paper, wanted: Format
) -> bytes:
    """The paper of the case's specification; what is not approved says ร่าง on every page.

    The same specification is the same bytes, until it is approved. Errors: `NotFound` for a case
    without a specification and for a format the paper does not have.
    """
    require(actor, "read_history")
    purchase = purchase_of(context, actor, number)
    way = _WAYS[paper]
    if wanted == "xlsx":
        if way.sheets is None:
            raise no_such_format(paper, FORMATS[paper])
        return render_xlsx(way.sheets(purchase), thai_digits=purchase.look.thai_digits)
    render = render_pdf if wanted == "pdf" else render_docx
    return render(way.document(purchase), garuda=garuda_of(context))


def purchase_of(context: Context, actor: Actor, number: str) -> Purchase:
    """The case's specification with all that its papers say beside it. Errors: `NotFound`."""
    require(actor, "read_history")
    with context.store.read() as conn:
        case = cases.load_case(conn, number)
        approved = _approval(context, conn, case)
    paper = require_paper(
        case,
        "specification",
        Text(th="คุณลักษณะเฉพาะ", en="specification"),
        f"khaen spec write {number} FILE.yaml",
    )
    specification = specification_of(context, case)
    if specification is None:
        raise RuntimeError("the paper is there, the specification is not")
    return Purchase(
        specification,
        case,
        paper,
        context.office(),
        look_of(context),
        context.baselines(),
        {site.site: site.name_th for site in context.inventory().sites},
        approved=approved,
        final=approved is not None,
    )


def file_name(number: str, paper: str, wanted: str) -> str:
    """What the file is called: `2569-2.4-0001-tor.pdf`."""
    return f"{number}-{paper}.{wanted}"


def no_such_format(paper: str, formats: tuple[Format, ...]) -> NotFound:
    """The error for a format a paper does not have."""
    listed = ", ".join(formats)
    return NotFound(
        Text(th=f"{paper} ไม่มีรูปแบบนี้", en=f"there is no {paper} in this format"),
        hint=Text(th=f"ใช้ได้: {listed}", en=f"there are: {listed}"),
    )


def _approval(context: Context, conn: Connection, case: Case) -> Decision | None:
    """The director's decision on exactly the specification the case holds; None without one."""
    gate = work_gate_step(process(case.process))
    try:
        approved_specification(context, conn, case)
    except NotApproved:
        return None
    return decided_at(case, gate) if gate is not None else None
