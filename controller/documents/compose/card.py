"""The card a user of the office's systems carries, with a code to look it up by."""

from __future__ import annotations

import io
from datetime import date

from controller.documents.blocks import Card, Document, Picture
from controller.documents.compose.look import Look, dots
from controller.documents.compose.paper import paper
from controller.documents.compose.tables import written
from controller.inventory.office import Office
from controller.processes.forms.definition import FilledForm, FormDefinition

_SIDE = 1.9
_PALE = "#d0d0d0"


def user_card(
    definition: FormDefinition,
    filled: FilledForm | None,
    office: Office,
    *,
    look: Look,
    day: date,
) -> Document:
    """The card with what was filled in; with dots and a pale code where `filled` is None.

    The code holds the number of the record and nothing of the person.
    """
    values = filled.values if filled else {}
    card = Card(
        heading="บัตรประจำตัวผู้ใช้งานระบบ",
        subheading=office.name_th,
        lines=tuple(
            (look.words(field.th), written(field, values.get(field.name), look) or dots(24))
            for field in definition.fields
        ),
        code=Picture(
            png=_code(filled.number if filled else definition.slug, pale=filled is None),
            width=_SIDE,
            alt="รหัสคิวอาร์สำหรับตรวจสอบบัตร",
        ),
        foot=" ".join(look.words(note) for note in definition.notes),
    )
    return paper(office, definition.th, day, (card,), look=look, page="card")


def _code(content: str, *, pale: bool) -> bytes:
    import segno

    picture = io.BytesIO()
    code = segno.make(content, error="m", micro=False)
    code.save(picture, kind="png", scale=8, border=1, dark=_PALE if pale else "black")
    return picture.getvalue()
