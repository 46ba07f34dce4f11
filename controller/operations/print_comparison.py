"""Print the comparison of a case's offers (แบบสรุปเปรียบเทียบคุณสมบัติ), concluded or as it stands."""

from __future__ import annotations

from dataclasses import replace

from controller.accounts.actor import Actor, require
from controller.documents.compose.procurement.compared import Compared
from controller.documents.compose.procurement.comparison_sheet import compose_comparison
from controller.documents.compose.procurement.workbook import comparison_sheets
from controller.documents.docx import render_docx
from controller.documents.pdf import render_pdf
from controller.documents.xlsx import render_xlsx
from controller.errors import NotFound, Refused, Text
from controller.operations.compare_offers import Compared as Found
from controller.operations.compare_offers import compare_offers
from controller.operations.compose_paper import garuda_of
from controller.operations.context import Context
from controller.operations.print_specification import Format, purchase_of
from controller.operations.procurement_papers import papers_of


def print_comparison(context: Context, actor: Actor, number: str, wanted: Format) -> bytes:
    """The comparison as a file; while it is not concluded every page says ร่าง.

    PDF is the record, DOCX to edit, XLSX with every bidder's words and amounts as numbers. Errors:
    `NotFound` before an offer was opened; `NotApproved`; `Refused` when comparing again does not
    give what was concluded.
    """
    require(actor, "compare_offers")
    compared = _compared(context, actor, number)
    if wanted == "xlsx":
        thai_digits = compared.purchase.look.thai_digits
        return render_xlsx(comparison_sheets(compared), thai_digits=thai_digits)
    render = render_pdf if wanted == "pdf" else render_docx
    return render(compose_comparison(compared), garuda=garuda_of(context))


def _compared(context: Context, actor: Actor, number: str) -> Compared:
    found = compare_offers(context, actor, number)
    if not found.offers:
        raise _nothing_opened(number)
    if not found.same_as_concluded:
        raise _not_as_concluded(number)
    ended = found.conclusion
    kept = papers_of(found.case, "comparison")
    purchase = purchase_of(context, actor, number)
    return Compared(
        replace(purchase, paper=kept[-1] if kept else purchase.paper, final=ended is not None),
        found.comparison,
        explained=_explained(found),
        winner=ended.winner if ended else None,
    )


def _explained(found: Found) -> tuple[tuple[str, str], ...]:
    """The concerns and their reasons; of a concluded one the words they were told in then."""
    ended = found.conclusion
    if ended is not None:
        return tuple((one.text, one.reason) for one in ended.explained)
    return tuple((concern.text.th, "") for concern in found.comparison.concerns)


def _nothing_opened(number: str) -> NotFound:
    return NotFound(
        Text(
            th=f"เรื่อง {number} ยังไม่มีข้อเสนอที่เปิดแล้ว จึงยังไม่มีการเปรียบเทียบ",
            en=f"no offer was opened in case {number}: there is nothing to compare",
        ),
        hint=Text(
            th=f"เปิดข้อเสนอก่อน: `khaen spec offer open {number} FILE…`",
            en=f"open the offers first: `khaen spec offer open {number} FILE…`",
        ),
    )


def _not_as_concluded(number: str) -> Refused:
    command = f'`khaen spec reopen {number} --reason "…"`'
    return Refused(
        Text(
            th=f"เปรียบเทียบเรื่อง {number} ใหม่แล้วได้ผลไม่ตรงกับที่สรุปไว้ จึงไม่พิมพ์",
            en=f"comparing case {number} again does not give what was concluded: not printed",
        ),
        hint=Text(
            th=f"ตรวจในหน้าเปรียบเทียบ แล้วเปิดพิจารณาใหม่: {command}",
            en=f"look at the comparison, then take the conclusion back: {command}",
        ),
    )
