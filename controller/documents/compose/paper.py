"""What every paper of the office has: author, day, and the words no line break may part."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date

from controller import thai
from controller.documents.blocks import Block, Document, PageShape
from controller.documents.compose.look import Look
from controller.inventory.office import Office

_DATES = re.compile(rf"[0-9๐-๙]+ (?:{'|'.join(thai.MONTHS)}) [0-9๐-๙]+")


def paper(
    office: Office,
    title: str,
    day: date,
    blocks: Iterable[Block],
    *,
    look: Look,
    foot: str = "",
    page: PageShape = "portrait",
    mark: str = "",
) -> Document:
    """The document of `blocks`; names of the office and days in long form stay on one line."""
    drawn = tuple(blocks)
    days = {found for text in _strings(drawn) for found in _DATES.findall(text)}
    return Document(
        title=title,
        author=office.name_th,
        day=day,
        blocks=drawn,
        page=page,
        thai_digits=look.thai_digits,
        keep=(*_pieces(office.name_th), office.short, *sorted(days)),
        foot=foot,
        mark=mark,
    )


def _pieces(name: str) -> list[str]:
    """An office's name in two where it may part, for a long word makes the line before it gape."""
    return re.split(r"(?=การศึกษา)", name, maxsplit=1)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _strings(one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _strings(getattr(value, field.name))
