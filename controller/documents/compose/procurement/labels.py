"""Labels for equipment that was accepted: register number, name, site, and a code to scan."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from controller.documents.blocks import Document, Label, Labels, Picture
from controller.documents.compose.look import Look
from controller.documents.compose.paper import paper
from controller.inventory.office import Office

TITLE = "ป้ายครุภัณฑ์"
_SIDE = 2.2


@dataclass(frozen=True)
class Labelled:
    """One piece of equipment: its register number, what it is, where it stands."""

    number: str
    serial: str
    name: str
    site: str
    room: str = ""
    acquired: date | None = None


def label_sheet(labelled: Iterable[Labelled], office: Office, *, look: Look, day: date) -> Document:
    """The labels, 24 on a sheet. A code holds the register number and the serial number alone."""
    made = tuple(_label(one, office, look) for one in labelled)
    return paper(office, TITLE, day, (Labels(made),), look=look, page="labels")


def _label(one: Labelled, office: Office, look: Look) -> Label:
    acquired = f"ได้มา {look.short_day(one.acquired)}" if one.acquired else ""
    place = " ".join(part for part in (one.site, one.room) if part)
    lines = (one.name, place, f"S/N {one.serial}" if one.serial else "", acquired, office.short)
    return Label(
        heading=one.number,
        lines=tuple(line for line in lines if line),
        code=Picture(_code(f"{one.number} {one.serial}".strip()), _SIDE, f"รหัสคิวอาร์ {one.number}"),
    )


def _code(content: str) -> bytes:
    import segno

    drawn = io.BytesIO()
    segno.make(content, error="m", micro=False).save(drawn, kind="png", scale=6, border=2)
    return drawn.getvalue()
