"""A tree of devices as boxes on a sheet of a given width: where each stands, where lines run. Pure.

The topmost stands at the left; those below it hang from a rail, a step further in: first the ones
that carry others, side by side where they fit, then the rest in rows. So a hall of sixty access
points is a few rows of small boxes, and nothing grows wider than the sheet unless a chain is deep.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

GAP, DROP = 12, 22


@dataclass(frozen=True, slots=True)
class Sheet:
    """Units are pixels at full size. `box` is the width of each box, `tall` its height.

    `indent` is how far in each level stands.
    """

    width: int
    box: int
    tall: int
    indent: int


WIDE = Sheet(1200, 186, 66, 22)
NARROW = Sheet(340, 140, 84, 16)


@dataclass(frozen=True, slots=True)
class Box:
    """Where a device stands: its upper left corner."""

    name: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line. `to` names the box a drop ends at; a rail, which is everybody's, has ''."""

    x1: int
    y1: int
    x2: int
    y2: int
    to: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """Boxes and lines, the size of the sheet in pixels."""

    sheet: Sheet
    width: int
    height: int
    boxes: tuple[Box, ...] = ()
    lines: tuple[Line, ...] = ()

    def across(self, one: str, other: str) -> Line | None:
        """From the right side of a box to that of another; None where one is not in the picture."""
        at = {box.name: box for box in self.boxes if box.name in {one, other}}
        if len(at) < 2:
            return None
        wide, half = self.sheet.box, self.sheet.tall // 2
        first, last = at[one], at[other]
        return Line(first.x + wide, first.y + half, last.x + wide, last.y + half)


def draw_tree(
    tops: Sequence[str], below: Mapping[str, Sequence[str]], sheet: Sheet = WIDE
) -> Picture:
    """The picture of everything that hangs below `tops`, in the order given.

    `below` must be a tree: nothing in it twice.
    """
    width, rows, boxes, lines = sheet.width, 0, [], []
    for part in _rows(list(tops), below, sheet, sheet.width):
        for block, x in part:
            boxes += [_moved_box(box, x, rows) for box in block.boxes]
            lines += [_moved_line(line, x, rows) for line in block.lines]
            width = max(width, x + block.width)
        rows += max(block.height for block, _ in part) + DROP
    return Picture(sheet, width, max(0, rows - DROP), tuple(boxes), tuple(lines))


def _block(name: str, below: Mapping[str, Sequence[str]], sheet: Sheet, room: int) -> Picture:
    """One box with everything below it; at most `room` wide where that can be."""
    boxes, lines = [Box(name, 0, 0)], []
    width, y, rail = sheet.box, sheet.tall, sheet.indent // 2
    inside = max(sheet.box, room - sheet.indent)
    for part in _rows(list(below.get(name, ())), below, sheet, inside):
        bus, y = y + DROP // 2, y + DROP
        lines.append(Line(rail, sheet.tall, rail, bus))
        for block, x in part:
            left = sheet.indent + x
            middle = left + sheet.box // 2
            boxes += [_moved_box(box, left, y) for box in block.boxes]
            lines += [_moved_line(line, left, y) for line in block.lines]
            lines.append(Line(middle, bus, middle, y, block.boxes[0].name))
            width = max(width, left + block.width)
        lines.append(Line(rail, bus, sheet.indent + part[-1][1] + sheet.box // 2, bus))
        y += max(block.height for block, _ in part)
    return Picture(sheet, width, y, tuple(boxes), tuple(lines))


def _rows(
    names: list[str], below: Mapping[str, Sequence[str]], sheet: Sheet, room: int
) -> list[list[tuple[Picture, int]]]:
    """The blocks of these, in rows that are at most `room` wide, each with its place in the row."""
    carrying = [name for name in names if below.get(name)]
    ends = [name for name in names if not below.get(name)]
    blocks = [_block(n, below, sheet, _share(n, below, sheet, room, carrying)) for n in carrying]
    return _shelved(blocks, room) + _shelved([_block(n, {}, sheet, room) for n in ends], room)


def _share(
    name: str, below: Mapping[str, Sequence[str]], sheet: Sheet, room: int, beside: list[str]
) -> int:
    """How wide a block may be: all the room for one alone, else about as wide as it is high."""
    if len(beside) == 1:
        return room
    columns = math.ceil(math.sqrt(len(below[name]) / 2))
    return min(room, sheet.indent + columns * (sheet.box + GAP))


def _shelved(blocks: list[Picture], room: int) -> list[list[tuple[Picture, int]]]:
    rows: list[list[tuple[Picture, int]]] = []
    x = 0
    for block in blocks:
        if not rows or x + block.width > room:
            rows.append([])
            x = 0
        rows[-1].append((block, x))
        x += block.width + GAP
    return rows


def _moved_box(box: Box, x: int, y: int) -> Box:
    return replace(box, x=box.x + x, y=box.y + y)


def _moved_line(line: Line, x: int, y: int) -> Line:
    return Line(line.x1 + x, line.y1 + y, line.x2 + x, line.y2 + y, line.to)
