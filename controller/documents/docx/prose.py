"""Headings, running text, empty height and page breaks."""

from __future__ import annotations

from collections.abc import Iterator

from controller.documents.blocks import Heading, Paragraph, Space
from controller.documents.docx.elements import Element, centimetres
from controller.documents.docx.paragraphs import STANDING, Setting, gap, line
from controller.documents.docx.runs import SMALL, TEXT, Type

HEADING_SIZES = (20, 17, 16)
_ABOVE = (0, 9, 6)
_BELOW = (6, 3, 2)
_POINTS_PER_MILLIMETRE = 72 / 25.4


def heading(block: Heading) -> Iterator[Element]:
    """A heading that Word's navigation pane lists."""
    look = block.level - 1
    setting = Setting(
        style=f"Heading{block.level}",
        standing="center" if block.level == 1 else "left",
        before=_ABOVE[look],
        after=_BELOW[look],
        keep=True,
    )
    yield line(block.text, setting, Type(HEADING_SIZES[look], bold=True))


def prose(block: Paragraph) -> Iterator[Element]:
    """Running text; justified means distributed as Thai is."""
    setting = Setting(
        standing=STANDING[block.align],
        before=3,
        after=3,
        first=centimetres(2.5) if block.indent else 0,
    )
    look = Type((SMALL if block.small else TEXT).size, bold=block.bold)
    for part in block.text.split("\n"):
        yield line(part, setting, look)


def space(block: Space) -> Iterator[Element]:
    """Empty height."""
    if block.height > 0:
        yield gap(block.height * _POINTS_PER_MILLIMETRE)


def page_break() -> Iterator[Element]:
    """A hair of a paragraph that begins the next page, whatever follows it."""
    yield gap(new_page=True)
