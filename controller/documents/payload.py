"""A Document as the JSON the layout files read; every string in it stays a string there."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from controller.documents.blocks import (
    Block,
    Chart,
    Document,
    Entries,
    Frame,
    Heading,
    Line,
    Lines,
    MemoHead,
    OrderHead,
    Signatures,
    Stack,
    Stacks,
    Table,
)
from controller.documents.lengths import packed, row_together, together
from controller.documents.letters import printable

# An amount, a count, a percentage.
_FIGURES = re.compile(r"[0-9๐-๙][0-9๐-๙,.% -]*")


def payload(document: Document, garuda: bytes | None) -> str:
    """The JSON of `document` and of the office's garuda, for the layout files."""
    paper = {
        "title": printable(document.title),
        "author": printable(document.author),
        "day": [document.day.year, document.day.month, document.day.day],
        "page": document.page,
        "language": document.language,
        "thai-digits": document.thai_digits,
        "foot": printable(document.foot),
        "mark": printable(document.mark),
        "keep": [[word, re.escape(word)] for word in _words(document.keep)],
        "garuda": list(garuda) if garuda is not None else None,
        "blocks": _blocks(document.blocks, _Outline()),
    }
    return json.dumps(paper, ensure_ascii=False, allow_nan=False)


def _words(keep: tuple[str, ...]) -> list[str]:
    return sorted({printable(word) for word in keep if word.strip()})


class _Outline:
    """Gives headings levels that skip none, as a tagged file must have them."""

    def __init__(self) -> None:
        self._open: list[int] = []

    def level(self, level: int) -> int:
        """The level in the structure of the file for one that looks like `level`."""
        while self._open and self._open[-1] >= level:
            self._open.pop()
        self._open.append(level)
        return len(self._open)


def _blocks(blocks: tuple[Block, ...], outline: _Outline) -> list[dict[str, Any]]:
    return [dict(_described(block, outline)) for block in blocks]


def _described(block: Block, outline: _Outline) -> Iterator[tuple[str, Any]]:
    """The fields of a block, its kind, and what only the layout needs."""
    yield "block", type(block).__name__
    yield from _plain(block).items()
    if isinstance(block, Heading):
        yield "outline", outline.level(block.level)
    elif isinstance(block, MemoHead | OrderHead):
        yield "outline", outline.level(1)
    elif isinstance(block, Frame):
        yield "blocks", _blocks(block.blocks, outline)
        yield "together", together(block)
    elif isinstance(block, Entries):
        yield "rows", [[_plain(entry) for entry in row] for row in packed(block.entries)]
    elif isinstance(block, Signatures):
        yield "together", together(block)
        yield "row-together", row_together(block)
    elif isinstance(block, Chart):
        bars = [{**_plain(bar), "share": _share(bar.value, block.full)} for bar in block.bars]
        yield "bars", bars
    elif isinstance(block, Lines):
        yield "lines", [{"name": printable(one.name), "values": _told(one)} for one in block.lines]
    elif isinstance(block, Stacks):
        yield "stacks", [{**_plain(one), "shares": _shares(one, block)} for one in block.stacks]
    elif isinstance(block, Table):
        yield "figures", _longest_figures(block)
        yield "marked", _marked(block)


def _marked(table: Table) -> dict[str, list[int]]:
    """Row -> its marked columns, so that the layout looks each row up once."""
    marked: dict[str, list[int]] = {}
    for row, column in table.marked:
        marked.setdefault(str(row), []).append(column)
    return marked


def _longest_figures(table: Table) -> list[str]:
    """The longest figures of each column, which the layout gives room on one line."""
    rows = [*table.rows, *((table.totals,) if table.totals else ())]
    return [
        max((row[at] for row in rows if _FIGURES.fullmatch(row[at])), key=len, default="")
        for at in range(len(table.columns))
    ]


def _told(line: Line) -> list[float | None]:
    """The values; what is no number is a gap as well."""
    return [v if v is not None and math.isfinite(v) else None for v in line.values]


def _shares(one: Stack, block: Stacks) -> list[float]:
    """The part of the full length each part of a bar takes, 0 to 1."""
    full = sum(one.parts) if block.full is None else block.full
    return [_share(part, full) for part in one.parts]


def _share(value: float, full: float) -> float:
    """The part of the full length a bar takes, 0 to 1; 0 where there is nothing to compare."""
    if not math.isfinite(value) or not math.isfinite(full) or full <= 0:
        return 0.0
    return min(max(value / full, 0.0), 1.0)


def _plain(value: Any) -> Any:
    """Dataclasses as objects, tuples as lists, bytes as numbers, strings as they can be printed."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, bytes):
        return list(value)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, float) and not math.isfinite(value):
        return 0.0
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    return value
