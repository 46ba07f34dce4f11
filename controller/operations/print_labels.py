"""Labels with a code for what was accepted, on sheets to print and cut."""

from __future__ import annotations

from typing import Literal

from controller.accounts.actor import Actor, require
from controller.documents.compose.procurement.labels import Labelled, label_sheet
from controller.documents.docx import render_docx
from controller.documents.pdf import render_pdf
from controller.errors import Refused, Text
from controller.operations.compose_paper import look_of
from controller.operations.context import Context
from controller.operations.print_delivery import DeliveryFile
from controller.operations.show_delivery import show_delivery
from controller.thai import bangkok_date

Format = Literal["pdf", "docx"]
FORMATS: tuple[Format, ...] = ("pdf", "docx")


def print_labels(
    context: Context, actor: Actor, number: str, delivery: int | None, wanted: Format
) -> DeliveryFile:
    """The labels of a delivery that was accepted, the latest where none is said, 24 on a sheet.

    Errors: `NotFound`; `Refused` before it was accepted, for then there are no numbers.
    """
    require(actor, "read_history")
    found = show_delivery(context, actor, number, delivery)
    it = found.delivery
    if it.accepted is None:
        raise Refused(
            Text(
                th=f"การส่งมอบครั้งที่ {it.number} ยังไม่ได้ตรวจรับ จึงไม่มีเลขครุภัณฑ์",
                en=f"delivery {it.number} is not accepted: it has no register numbers",
            ),
            hint=Text(
                th=f"ตรวจรับก่อน: `khaen spec delivery accept {number} {it.number}`",
                en=f"accept it first: `khaen spec delivery accept {number} {it.number}`",
            ),
        )
    sites = {site.site: site.name_th for site in context.inventory().sites}
    names = {item.id: item.th for item in found.specification.items}
    day = bangkok_date(it.accepted.at)
    labelled = [
        Labelled(
            number=piece.asset,
            serial=piece.serial,
            name=piece.device or names.get(piece.item, piece.item),
            site=sites.get(piece.site, piece.site),
            room=piece.room,
            acquired=day,
        )
        for piece in it.pieces
    ]
    document = label_sheet(labelled, context.office(), look=look_of(context), day=day)
    render = render_pdf if wanted == "pdf" else render_docx
    return DeliveryFile(f"{number}-labels-{it.number}", render(document))
