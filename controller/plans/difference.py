"""Reading a device's difference: which lines go and come, and in which section each stands.

Devices write differences in three styles (see `platforms.rules.DiffStyle`). What cannot be read is
said to be unreadable; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from controller.configuration.edits import BETWEEN, UNKNOWN, Edit
from controller.platforms.rules import DiffStyle

POSITION = re.compile(r"^@@ -(\d+)(?:,(\d+))? \+\d+(?:,\d+)? @@")


@dataclass(frozen=True, slots=True)
class Difference:
    """What a difference says; `readable` is False when part of it is not understood."""

    edits: tuple[Edit, ...]
    readable: bool

    @property
    def added(self) -> int:
        """How many lines come."""
        return sum(edit.sign == "+" for edit in self.edits)

    @property
    def removed(self) -> int:
        """How many lines go."""
        return sum(edit.sign == "-" for edit in self.edits)

    @property
    def located(self) -> bool:
        """Whether the section of every line is known."""
        return all(edit.path[:1] != (UNKNOWN,) for edit in self.edits)

    def text(self) -> str:
        """The difference in the `unified` style: section lines, below them the signed lines."""
        # The lines one stands below, with the sign each was shown with: a removed line is shown
        # below a section that is there or goes, never below one that comes.
        above: list[tuple[str, str]] = []
        lines: list[str] = []
        for edit in self.edits:
            for depth, section in enumerate(edit.path):
                if above[depth : depth + 1] not in ([(section, "")], [(section, edit.sign)]):
                    lines.append(f" {' ' * depth}{section}")
                    above = [*above[:depth], (section, "")]
            margin = " " * len(edit.path)
            lines += [f"{edit.sign}{margin}{part}" for part in edit.line.split("\n")]
            above = [*above[: len(edit.path)], (edit.line, edit.sign)]
        return "\n".join(lines)


class _Sections:
    """The section lines around the place one has come to, by their margins."""

    def __init__(self, start: tuple[str, ...] = ()) -> None:
        # Sections that are only known by name have no margin: deeper than none, above any other.
        self._open = [(-len(start) + number, line) for number, line in enumerate(start)]

    def enter(self, margin: int, line: str) -> tuple[str, ...]:
        """Come to a line; the sections it stands in."""
        while self._open and self._open[-1][0] >= margin:
            self._open.pop()
        if margin == 0:
            self._open = []
        path = tuple(section for _, section in self._open)
        self._open.append((margin, line))
        return path or ((UNKNOWN,) if margin > 0 else ())


def read_difference(diff: str, style: DiffStyle, sections: tuple[str, ...] = ()) -> Difference:
    """The edits of a tidied difference.

    `sections` names the section in which each hunk of a unified difference starts, as
    `hidden_sections` finds them. An empty difference is not readable: a device that has one to show
    shows something.
    """
    lines = [line for line in diff.split("\n") if line.strip()]
    if not lines:
        return Difference((), readable=False)
    if style == "commands":
        return _commands(lines)
    return _contextual(lines) if style == "contextual" else _unified(lines, sections)


def _commands(lines: list[str]) -> Difference:
    edits: list[Edit] = []
    readable = True
    around = _Sections()
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        body = line[1:]
        if line[0] not in "+-" or body.lstrip().startswith(("!", "%")):
            readable = False
            continue
        margin = _margin(body)
        text = body.strip()
        path = around.enter(margin, text)
        if following[1:] and _margin(following[1:]) > margin:
            continue
        if text.startswith("no "):
            edits.append(Edit("-", path, text[3:].strip()))
        else:
            edits.append(Edit("+", path, text))
    return Difference(tuple(edits), readable)


def _contextual(lines: list[str]) -> Difference:
    edits: list[Edit] = []
    around = {"+": _Sections(), "-": _Sections()}
    for line in lines:
        margin = _margin(line)
        sign = line[margin] if line[margin] in "+-" else ""
        body = line[margin + len(sign) :]
        margin += _margin(body)
        path = _enter(around, sign, margin, body.strip())
        if sign:
            edits.append(Edit("+" if sign == "+" else "-", path, body.strip()))
    return Difference(tuple(edits), bool(edits))


def _unified(lines: list[str], sections: tuple[str, ...]) -> Difference:
    edits: list[Edit] = []
    readable = True
    starts = iter(sections)
    around = {"+": _Sections(), "-": _Sections()}
    for line in lines:
        if POSITION.match(line):
            start = next(starts, "")
            path = tuple(start.split(BETWEEN)) if start else ()
            around = {"+": _Sections(path), "-": _Sections(path)}
        elif line[0] not in "+- ":
            readable = False
        elif line[1:].strip():
            path = _enter(around, line[0].strip(), _margin(line[1:]), line[1:].strip())
            if line[0] != " ":
                edits.append(Edit("+" if line[0] == "+" else "-", path, line[1:].strip()))
    return Difference(tuple(edits), readable and bool(edits))


def _enter(around: dict[str, _Sections], sign: str, margin: int, line: str) -> tuple[str, ...]:
    """Removed lines stand among the old lines, added ones among the new, others among both."""
    if sign:
        return around[sign].enter(margin, line)
    around["-"].enter(margin, line)
    return around["+"].enter(margin, line)


def _margin(line: str) -> int:
    return len(line) - len(line.lstrip())


def hidden_sections(diff: str, running: str) -> tuple[str, ...]:
    """For each hunk of a unified difference, the section its first line stands in.

    Found by the hunk's position, counted with or without the comments `running` begins with,
    and only if every old line of the difference stands there. `""` is outside of all sections;
    `"?"` says that the place was not found, or that more than one place fits.
    """
    hunks = tuple(_hunks(diff))
    lines = running.replace("\r", "").split("\n")
    heading = next((i for i, line in enumerate(lines) if not line.startswith("!")), 0)
    found = {
        tuple(_section(lines, hunk, shift) for hunk in hunks)
        for shift in range(heading + 1)
        if all(_fits(lines, hunk, shift) for hunk in hunks)
    }
    return found.pop() if len(found) == 1 else (UNKNOWN,) * len(hunks)


@dataclass(frozen=True)
class _Hunk:
    first: int
    length: int
    old: tuple[str, ...]
    margin: int


def _hunks(diff: str) -> Iterator[_Hunk]:
    position: re.Match[str] | None = None
    lines: list[str] = []
    for line in [*diff.split("\n"), "@@ -0 +0 @@"]:
        match = POSITION.match(line)
        if match is None:
            lines.append(line)
            continue
        if position is not None:
            yield _hunk(position, lines)
        position, lines = match, []


def _hunk(position: re.Match[str], lines: list[str]) -> _Hunk:
    length = int(position[2] or 1)
    # An empty range is given by the line before it.
    first = int(position[1]) - (1 if length else 0)
    old = tuple(line[1:].rstrip() for line in lines if line[:1] in (" ", "-"))
    margin = next((_margin(line[1:]) for line in lines if line[1:].strip()), 0)
    return _Hunk(first, length, tuple(_telling(old)), margin)


def _telling(lines: Iterable[str]) -> Iterator[str]:
    return (line for line in lines if line.strip() not in ("", "!"))


def _fits(lines: list[str], hunk: _Hunk, shift: int) -> bool:
    there = list(_telling(lines[hunk.first + shift : hunk.first + shift + hunk.length]))
    return len(there) == len(hunk.old) and all(map(_same, hunk.old, there))


def _same(shown: str, line: str) -> bool:
    """Whether a line of the difference is this line; what is hidden in it may be anything."""
    before, hidden, _ = shown.partition("⟦")
    return line.startswith(before) if hidden else shown == line.rstrip()


def _section(lines: list[str], hunk: _Hunk, shift: int) -> str:
    margin = hunk.margin
    path: list[str] = []
    for line in reversed(lines[: hunk.first + shift]):
        if margin > 0 and line.strip() not in ("", "!") and _margin(line) < margin:
            margin = _margin(line)
            path.insert(0, line.strip())
    return BETWEEN.join(path) if margin == 0 else UNKNOWN
