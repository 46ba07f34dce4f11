"""A form of the manual on paper: empty to fill in by hand, or as it was filled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from controller.documents.blocks import Block, Document, Frame, Heading, Paragraph
from controller.documents.compose.annex import NONE, annex
from controller.documents.compose.card import user_card
from controller.documents.compose.fields import field_blocks
from controller.documents.compose.look import SHORT_HASH, Look, dots
from controller.documents.compose.paper import paper
from controller.documents.compose.signing import signed
from controller.documents.compose.tables import Values, scale
from controller.inventory.office import Office
from controller.processes.forms.definition import (
    FilledForm,
    Filler,
    FormDefinition,
    FormField,
    Signature,
)

_FRAMES: dict[Filler, str] = {
    "requester": "ส่วนของผู้กรอก",
    "officer": "ส่วนของเจ้าหน้าที่",
    "approver": "ความเห็นผู้อนุมัติ",
}


def form_document(
    definition: FormDefinition,
    office: Office,
    filled: FilledForm | None,
    *,
    look: Look,
    day: date,
    photos: Mapping[str, bytes] = NONE,
    draft: Values | None = None,
) -> Document:
    """The form on paper: with dotted lines and empty boxes where `filled` is None.

    What an officer and the approver fill stands in frames of their own, with their signatures. A
    card prints as the card itself. `photos` are the pictures the form names, by their hash. `draft`
    are values that print where nothing was filled in yet.
    """
    if definition.kind == "card":
        return user_card(definition, filled, office, look=look, day=day)
    values: Values = filled.values if filled else draft or {}
    return paper(
        office,
        definition.th,
        day,
        (
            *_head(definition, office, filled, look),
            *_body(definition, values, look),
            *(Paragraph(look.words(note), align="left", small=True) for note in definition.notes),
            *annex(definition, values, look, photos),
        ),
        page=definition.page,
        look=look,
        foot=form_foot(definition, filled),
    )


def form_foot(definition: FormDefinition, filled: FilledForm | None) -> str:
    """What names the paper at its foot: form, edition; number, revision and hash when filled."""
    which = f"แบบ {definition.slug} ฉบับที่ {filled.edition if filled else definition.edition}"
    if filled is None:
        return which
    return (
        f"{which} | {filled.number} ครั้งที่ {filled.revision} | SHA-256 {filled.sha256[:SHORT_HASH]}"
    )


def _head(
    definition: FormDefinition, office: Office, filled: FilledForm | None, look: Look
) -> Iterator[Block]:
    # A wide sheet is low: what stands on two lines elsewhere has room on one.
    apart = " " if definition.page == "landscape" else "\n"
    if definition.kind != "survey":
        number = look.digits(filled.printed) if filled else dots(36)
        written_on = look.day(date.fromisoformat(filled.on[:10])) if filled else dots(36)
        yield Paragraph(f"เลขที่ {number}{apart}วันที่ {written_on}", align="right")
    yield Heading(look.words(definition.th), 1)
    yield Paragraph(f"{office.group_th}{apart}{office.name_th}", align="center")
    if definition.recipient:
        recipient = definition.recipient.replace("{director}", office.director_title)
        yield Paragraph(f"เรียน  {look.words(recipient)}", align="left")
    if definition.opening:
        yield Paragraph(look.words(definition.opening), indent=True)


@dataclass(frozen=True)
class _Part:
    """Fields that one filler fills, one after the other, and who signs below them."""

    by: Filler
    heading: str
    fields: tuple[FormField, ...]
    signatures: tuple[Signature, ...] = ()
    closing: str = ""


def _body(definition: FormDefinition, values: Values, look: Look) -> Iterator[Block]:
    explained = definition.kind != "survey"
    for part in _parts(definition):
        rated = any(field.type == "rating" for field in part.fields)
        drawn = (
            *((Paragraph(scale(look), align="left"),) if rated and not explained else ()),
            *field_blocks(definition, part.fields, values, look),
            *((Paragraph(look.words(part.closing), indent=True),) if part.closing else ()),
            *signed(part.signatures, values, look),
        )
        explained = explained or rated
        if part.by != "requester":
            yield Frame(look.words(part.heading) or _FRAMES[part.by], drawn)
            continue
        if part.heading:
            yield Heading(look.words(part.heading), 2)
        yield from drawn


def _parts(definition: FormDefinition) -> Iterator[_Part]:
    """The parts from top to bottom.

    Who signs for a part signs at the end of all that the same filler fills around it, so that no
    signature stands in the middle; without a field at the end of the paper. The closing sentence
    ends the first stretch of whoever asks.
    """
    stretches = [
        (by, tuple(run)) for by, run in groupby(_runs(definition), key=lambda part: part.by)
    ]
    named = {signature.field for signature in definition.signatures if signature.field}
    closing = definition.closing
    for index, (by, run) in enumerate(stretches):
        inside = {field.name for part in run for field in part.fields}
        ends = index == len(stretches) - 1
        signatures = tuple(
            s for s in definition.signatures if s.field in inside or (ends and not s.field)
        )
        for part in run:
            last = part is run[-1]
            fields = tuple(field for field in part.fields if field.name not in named)
            yield _Part(
                by,
                part.heading,
                fields,
                signatures if last else (),
                closing if last and by == "requester" else "",
            )
        closing = "" if by == "requester" else closing


def _runs(definition: FormDefinition) -> Iterator[_Part]:
    for section in definition.sections:
        heading = section.th
        for by, run in groupby(section.fields, key=lambda field: field.by):
            yield _Part(by, heading, tuple(run))
            heading = ""
