"""The places to sign at the foot of a paper or of a part of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from controller.documents import blocks
from controller.documents.blocks import Block, Entries, Entry, Frame, Signatures, Ticks
from controller.documents.compose.look import Look
from controller.documents.compose.tables import Values
from controller.inventory.office import Office
from controller.processes.forms.definition import Signature
from controller.processes.forms.reading import name_and_position


def signed(signatures: Sequence[Signature], values: Values, look: Look) -> tuple[Signatures, ...]:
    """The places to sign of a form, side by side; nothing where nobody signs."""
    if not signatures:
        return ()
    return (
        Signatures(
            tuple(_place(signature, values, look) for signature in signatures),
            columns=columns_for(len(signatures)),
        ),
    )


def put_to_director(office: Office, reporter: str) -> Iterator[Block]:
    """Who reports, and below it the frame in which the director answers a report."""
    yield Signatures((blocks.Signature(role="ผู้รายงาน", position=reporter, dated=""),))
    yield Frame(
        f"ความเห็นของ{office.director_title}",
        (
            Ticks("", (("ทราบ", False), ("ให้ดำเนินการตามข้อเสนอ", False))),
            Entries((Entry("ข้อสั่งการ", lines=2),)),
            Signatures((blocks.Signature(role="", position=office.director_title, dated=""),)),
        ),
    )


def columns_for(count: int) -> Literal[1, 2, 3]:
    """How many signatures stand side by side, so that no line has a lone one where it can be."""
    if count in (1, 2):
        return 1 if count == 1 else 2
    return 2 if count == 4 else 3


def _place(signature: Signature, values: Values, look: Look) -> blocks.Signature:
    name, position = name_and_position(values.get(signature.field))
    return blocks.Signature(
        role=look.words(signature.th),
        name=name,
        position=position,
        dated="" if signature.dated else None,
    )
