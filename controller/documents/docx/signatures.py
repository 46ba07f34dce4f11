"""Places to sign, side by side or one below the other, all on one page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from controller.documents.blocks import Signature, Signatures
from controller.documents.docx.canvas import Canvas
from controller.documents.docx.elements import Element, centimetres
from controller.documents.docx.grid import Cell, Row, table
from controller.documents.docx.paragraphs import Setting, Stop, paragraph
from controller.documents.docx.runs import SMALL, TEXT, Type, reach, runs, tab

_ALONE = centimetres(8.5)
_GUTTER = 240
# A role wider than this share of the place stands on a line of its own.
_BESIDE = 0.4
_DATE_DOTS = "......../................/........"


def signatures(block: Signatures, canvas: Canvas) -> Iterator[Element]:
    """The places to sign; one column stands at the right, as at the foot of a letter."""
    count = len(block.signatures)
    columns = min(block.columns, max(count, 1))
    if columns == 1:
        width = min(_ALONE, canvas.width)
        for number, signature in enumerate(block.signatures, start=1):
            beside = _beside([signature], width)
            place = _Place(canvas, canvas.width - width, width, beside, number < count)
            yield from place.drawn(signature)
    else:
        yield _side_by_side(block.signatures, columns, canvas)


def _side_by_side(given: Sequence[Signature], columns: int, canvas: Canvas) -> Element:
    width = canvas.width // columns
    beside = _beside(given, width - _GUTTER)
    rows = []
    for first in range(0, len(given), columns):
        together = first + columns < len(given)
        place = _Place(canvas, 0, width - _GUTTER, beside, together)
        cells = [
            Cell(width, tuple(place.drawn(one)), padding=(_GUTTER // 2, _GUTTER // 2))
            for one in given[first : first + columns]
        ]
        cells.extend(Cell(width) for _ in range(columns - len(cells)))
        rows.append(Row(cells))
    return table(rows)


def _beside(given: Sequence[Signature], width: int) -> bool:
    """Whether every role has room on the line to sign on."""
    return all(reach(one.role) < width / 20 * _BESIDE for one in given)


class _Place:
    """A place to sign between `left` and `left + width` twips; `together` with what follows.

    `beside`: roles stand on the line to sign on, not below it.
    """

    def __init__(self, canvas: Canvas, left: int, width: int, beside: bool, together: bool) -> None:
        self._beside = beside
        self._words = canvas.words
        self._left = left
        self._width = width
        self._together = together

    def drawn(self, given: Signature) -> Iterator[Element]:
        """The lines of one signature; only the last may be the last of a page."""
        lines = list(self._lines(given))
        for number, (content, setting, look) in enumerate(lines, start=1):
            keep = self._together or number < len(lines)
            yield paragraph(content, replace(setting, keep=keep), look)

    def _lines(self, given: Signature) -> Iterator[tuple[list[Element], Setting, Type]]:
        if given.note:
            yield self._centred(given.note, SMALL)
        yield self._dotted(f"{self._words['sign']} ", given.role if self._beside else "", before=22)
        if given.name:
            yield self._centred(f"({given.name})")
        else:
            yield self._dotted("(", ")", inset=self._width // 10)
        if given.role and not self._beside:
            yield self._centred(given.role)
        if given.position:
            yield self._centred(given.position)
        if given.dated is not None:
            yield self._centred(self._dated(given.dated))

    def _dated(self, dated: str) -> str:
        word = self._words["dated"]
        if dated.startswith(word):
            return dated
        return f"{word} {dated or _DATE_DOTS}"

    def _centred(self, text: str, look: Type = TEXT) -> tuple[list[Element], Setting, Type]:
        return list(runs(text, look)), Setting("center", left=self._left), look

    def _dotted(
        self, start: str, end: str, *, inset: int = 0, before: float = 0
    ) -> tuple[list[Element], Setting, Type]:
        """Words, dots, words: the dots fill what is left of the place."""
        left = self._left + inset
        stop = Stop(self._left + self._width - inset - 10)
        after = f" {end}" if end not in {"", ")"} else end
        content = [*runs(start), tab(), *runs(after)]
        return content, Setting(before=before, left=left, stops=(stop,)), TEXT
