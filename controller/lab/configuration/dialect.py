"""What one vendor's configuration language looks like, as data."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

GLOBAL = ""
"""The kind of the place outside every section."""


class RefusedLineError(Exception):
    """A line the device does not understand.

    `position` is the column of the first wrong word in the line as typed, counted from 0;
    `incomplete` tells a line that only lacks words from a wrong one.
    """

    def __init__(self, line: str, position: int = 0, *, incomplete: bool = False) -> None:
        super().__init__(line)
        self.line = line
        self.position = position
        self.incomplete = incomplete


@dataclass(frozen=True)
class Dialect:
    """The grammar and the habits of one platform's configuration.

    `accepted` maps a kind of section (`GLOBAL` outside sections) and a first word to the pattern of
    the rest of the line. `sections` recognises lines that open a section. `single` recognises the
    leading words of which a section holds one line at most. `negatives` and `silent` are matched
    against ``kind|line``: lines whose `no` form is shown, and lines that are never shown because
    they say what is so anyway. `ranks` orders lines within each kind; `ordered` recognises sections
    whose inner order has a meaning. `parted` recognises ports of devices that have sub-interfaces
    (`PORT.NUMBER`); `hidden` lines outside sections that take effect but are never shown.
    """

    platform: str
    indent: int
    accepted: Mapping[str, Mapping[str, re.Pattern[str]]]
    sections: re.Pattern[str]
    single: re.Pattern[str]
    negatives: re.Pattern[str]
    silent: re.Pattern[str]
    ordered: re.Pattern[str]
    ranks: Mapping[str, Sequence[re.Pattern[str]]]
    physical: re.Pattern[str]
    canonical: Callable[[str, str], str]
    expand: Callable[[str], tuple[str, ...]]
    statements: Callable[[str], Iterator[str]]
    parted: re.Pattern[str] = re.compile(r"(?!)")
    hidden: re.Pattern[str] = re.compile(r"(?!)")

    def kind(self, section: str) -> str:
        """The kind of a section line: its first word, which is also the key in `accepted`."""
        return section.split(" ", 1)[0]

    def check(self, kind: str, line: str) -> None:
        """Raise `RefusedLineError` unless the line may be typed in a section of this kind."""
        word, _, rest = line.partition(" ")
        pattern = self.accepted[kind].get(word)
        if pattern is None:
            raise RefusedLineError(line, 0)
        if pattern.fullmatch(rest) is None:
            raise RefusedLineError(line, len(word) + 1, incomplete=not rest)

    def rank(self, kind: str, line: str) -> int:
        """The place of a line among its neighbours, as the device would show them."""
        patterns = self.ranks.get(kind, ())
        return next((i for i, p in enumerate(patterns) if p.match(line)), len(patterns))

    def single_key(self, kind: str, line: str) -> str | None:
        """The leading words that only one line of a section may have, or None."""
        if kind == GLOBAL and self.sections.match(line):
            return None
        match = self.single.match(line)
        return match.group(0) if match else None


def table(rows: Mapping[str, str]) -> Mapping[str, re.Pattern[str]]:
    """Compile a table first word -> pattern of the rest (multi-line values included)."""
    return {word: re.compile(rest, re.DOTALL) for word, rest in rows.items()}


def one_of(*words: str) -> str:
    """A pattern: one of these words, then anything."""
    return rf"(?:{'|'.join(words)})(?:\s.*)?"


def natural_key(text: str) -> list[tuple[int, int | str]]:
    """A sort key under which GigabitEthernet0/2 comes before GigabitEthernet0/10."""
    parts = re.split(r"(\d+)", text)
    return [(0, int(part)) if part.isdigit() else (1, part) for part in parts if part]
