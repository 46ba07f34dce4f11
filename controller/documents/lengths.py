"""About how many lines blocks take, to keep together what fits on a page without setting it twice.

The counts err to the long side: what seems to fit does fit, and what seems too long may part.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from controller.documents.blocks import (
    Block,
    Entries,
    Entry,
    Frame,
    Heading,
    Paragraph,
    Signature,
    Signatures,
    Table,
    Ticks,
)

# A portrait page has 33 lines of 16 points, each of about 80 Thai letters or 50 Latin capitals.
_LETTERS = 65
_SIGNATURES_AT_MOST = 28
_FRAME_AT_MOST = 24
# The space to sign in, the line, the name, the date.
_SIGNATURE = 5


def together(block: Frame | Signatures) -> bool:
    """Whether the block is short enough to be kept on one page."""
    return lines(block) <= (_FRAME_AT_MOST if isinstance(block, Frame) else _SIGNATURES_AT_MOST)


def row_together(block: Signatures) -> bool:
    """Whether signatures that stand side by side are short enough to be kept on one page."""
    return _highest(block.signatures, block.columns) <= _SIGNATURES_AT_MOST


def lines(block: Block) -> int:
    """The lines a block takes, roughly; one that has no lines counts as half a page."""
    match block:
        case Paragraph() | Heading():
            return _wrapped(block.text) + 1
        case Entries():
            return sum(max(_entry(one) for one in row) for row in packed(block.entries))
        case Ticks():
            return _wrapped(block.label + "".join(f"{text}     " for text, _ in block.options))
        case Table():
            return sum(_row(row, block) for row in (*block.rows, block.totals)) + 2
        case Signatures():
            rows = ceil(len(block.signatures) / block.columns)
            return rows * _highest(block.signatures, block.columns)
        case Frame():
            return sum(lines(one) for one in block.blocks) + 2
        case _:
            return _FRAME_AT_MOST


def packed(entries: Sequence[Entry]) -> list[list[Entry]]:
    """The entries in rows: in each as many as fit in twelve twelfths."""
    rows: list[list[Entry]] = []
    room = 0
    for entry in entries:
        if entry.width > room or not rows:
            rows.append([])
            room = 12
        rows[-1].append(entry)
        room -= entry.width
    return rows


def _entry(entry: Entry) -> int:
    return max(entry.lines, _wrapped(entry.label + entry.text + entry.unit, entry.width))


def _wrapped(text: str, twelfths: float = 12) -> int:
    letters = max(int(_LETTERS * twelfths / 12), 1)
    return sum(max(ceil(len(line) / letters), 1) for line in text.split("\n"))


def _row(cells: Sequence[str], table: Table) -> int:
    whole = sum(column.width for column in table.columns)
    shares = [column.width * 12 / whole for column in table.columns]
    return max(
        (_wrapped(text, share) for text, share in zip(cells, shares, strict=False)), default=0
    )


def _highest(signatures: Sequence[Signature], columns: int) -> int:
    room = 12 / max(columns, 2)
    return max(
        (
            _SIGNATURE + sum(_wrapped(text, room) for text in (one.note, one.role, one.position))
            for one in signatures
        ),
        default=0,
    )
