"""A form of the manual on paper: empty to fill in by hand, or as it was filled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from controller.documents.blocks import Block, Document, Frame, Heading, Paragraph
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
) -> Document:
    """The form on paper: with dotted lines and empty boxes where `filled` is None.

    What an officer and the approver fill stands in frames of their own, with their signatures.
    """
    values: Values = filled.values if filled else {}
    return paper(
        office,
        definition.th,
        day,
        (
            *_head(definition, office, filled, look),
            *_body(definition, values, look),
            *(Paragraph(look.words(note), align="left", small=True) for note in definition.notes),
        ),
        page=definition.page,
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
    if definition.kind != "survey":
        number = look.digits(filled.printed) if filled else dots(32)
        yield Paragraph(f"เลขที่ {number}", align="right")
    yield Heading(look.words(definition.th), 1)
    yield Paragraph(office.group_th, align="center")
    yield Paragraph(office.name_th, align="center")
    if definition.kind != "survey":
        written_on = look.day(date.fromisoformat(filled.on[:10])) if filled else dots(44)
        yield Paragraph(f"วันที่ {written_on}", align="right")
    if definition.recipient:
        yield Paragraph(f"เรียน  {look.words(definition.recipient)}", align="left")
    if definition.opening:
        yield Paragraph(look.words(definition.opening), indent=True)


@dataclass(frozen=True)
class _Part:
    """Fields that one filler fills, one after the other."""

    by: Filler
    heading: str
    fields: tuple[FormField, ...]


def _body(definition: FormDefinition, values: Values, look: Look) -> Iterator[Block]:
    parts = tuple(_parts(definition))
    last = {part.by: index for index, part in enumerate(parts)}
    signers = _signers(definition)
    rated = False
    for index, part in enumerate(parts):
        if (
            definition.kind == "survey"
            and not rated
            and any(field.type == "rating" for field in part.fields)
        ):
            rated = True
            yield Paragraph(scale(look), align="left")
        ends = last[part.by] == index
        drawn = (
            *field_blocks(definition, part.fields, values, look),
            *(_closing(definition, look) if ends and part.by == "requester" else ()),
            *(signed(signers.get(part.by, ()), definition, values, look) if ends else ()),
        )
        if part.by != "requester":
            yield Frame(look.words(part.heading) or _FRAMES[part.by], drawn)
            continue
        if part.heading:
            yield Heading(look.words(part.heading), 2)
        yield from drawn


def _parts(definition: FormDefinition) -> Iterator[_Part]:
    named = {signature.field for signature in definition.signatures}
    for section in definition.sections:
        heading = section.th
        for by, run in groupby(section.fields, key=lambda field: field.by):
            yield _Part(by, heading, tuple(field for field in run if field.name not in named))
            heading = ""


def _closing(definition: FormDefinition, look: Look) -> Iterator[Block]:
    if definition.closing:
        yield Paragraph(look.words(definition.closing), indent=True)


def _signers(definition: FormDefinition) -> dict[Filler, tuple[Signature, ...]]:
    """Who signs in whose part; a signature without a field stands in the last part there is."""
    held: dict[Filler, tuple[Signature, ...]] = {}
    for signature in definition.signatures:
        field = definition.field(signature.field)
        by = field.by if field else definition.fields[-1].by
        held[by] = (*held.get(by, ()), signature)
    return held
