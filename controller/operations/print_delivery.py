"""The acceptance sheet of a delivery as a file: PDF for the record, DOCX to edit, XLSX to count."""

from __future__ import annotations

from collections import Counter
from typing import Literal, NamedTuple

from controller.accounts.actor import Actor, require
from controller.documents.compose.procurement.acceptance_book import acceptance_sheets
from controller.documents.compose.procurement.acceptance_sheet import Acceptance, acceptance_sheet
from controller.documents.compose.procurement.purchase import Purchase
from controller.documents.docx import render_docx
from controller.documents.pdf import render_pdf
from controller.documents.xlsx import render_xlsx
from controller.inventory.asset import KIND_NAMES
from controller.operations.compose_paper import garuda_of, look_of
from controller.operations.context import Context
from controller.operations.delivery_papers import deliveries_of
from controller.operations.procurement_papers import papers_of
from controller.operations.show_delivery import DeliveryView, show_delivery
from controller.procurement.offer import read_offer

Format = Literal["pdf", "docx", "xlsx"]
FORMATS: tuple[Format, ...] = ("pdf", "docx", "xlsx")


class DeliveryFile(NamedTuple):
    """A file; `stem` is its name without the suffix."""

    stem: str
    content: bytes


def print_delivery(
    context: Context, actor: Actor, number: str, delivery: int | None, wanted: Format
) -> DeliveryFile:
    """The sheet of a delivery, the latest where none is said; a draft until it was accepted.

    Errors: `NotFound`.
    """
    require(actor, "read_history")
    acceptance = _acceptance(context, show_delivery(context, actor, number, delivery))
    stem = f"{number}-acceptance-{acceptance.delivery.number}"
    if wanted == "xlsx":
        thai = look_of(context).thai_digits
        return DeliveryFile(stem, render_xlsx(acceptance_sheets(acceptance), thai_digits=thai))
    render = render_pdf if wanted == "pdf" else render_docx
    return DeliveryFile(stem, render(acceptance_sheet(acceptance), garuda=garuda_of(context)))


def _acceptance(context: Context, found: DeliveryView) -> Acceptance:
    inventory, it = context.inventory(), found.delivery
    sites = {site.site: site.name_th for site in inventory.sites}
    paper = next(p for p in papers_of(found.case, "acceptance") if p.number == it.name)
    purchase = Purchase(
        specification=found.specification,
        case=found.case,
        paper=paper,
        office=context.office(),
        look=look_of(context),
        sites=sites,
        final=it.accepted is not None,
    )
    before = Counter(
        piece.item
        for other in deliveries_of(context, found.case)
        if other.accepted and other.number < it.number
        for piece in other.pieces
    )
    assets = {asset.number: asset for asset in inventory.assets}
    replaced = tuple(
        (n, f"{KIND_NAMES[a.kind].th} {a.brand} {a.model}".strip(), sites.get(a.site, a.site))
        for n in found.replaced
        if (a := assets.get(n)) is not None
    )
    offer = read_offer(context.files.get(it.offer))
    return Acceptance(purchase, it, offer, dict(before), replaced)
