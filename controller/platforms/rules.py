"""What a platform's data says about merging, about differences, and about cutting ourselves off."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

DiffStyle = Literal["commands", "contextual", "unified"]


@dataclass(frozen=True)
class Block:
    """A text of several lines: from `start` to the line that its group `mark` or `until` ends."""

    start: re.Pattern[str]
    until: re.Pattern[str] | None


@dataclass(frozen=True)
class MergeRules:
    """What typing a line into a configuration does.

    `single` finds the leading words of which a section holds one line at most; `shown_negatives`
    lines whose `no` form is shown; `silent` lines that are not shown because they are so anyway,
    `silent_within` the same for lines in sections that match; `interfaces` the full names of the
    kinds of interfaces.
    """

    single: re.Pattern[str]
    shown_negatives: re.Pattern[str]
    silent: re.Pattern[str]
    silent_within: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]
    blocks: tuple[Block, ...]
    interfaces: tuple[str, ...]

    def single_key(self, line: str) -> str | None:
        """The leading words that only one line of a section may have, or None."""
        match = self.single.match(line)
        return match.group(0) if match else None

    def is_silent(self, section: str, line: str) -> bool:
        """Whether the device would not show `line` in `section` (empty: outside of all)."""
        if self.silent.fullmatch(line):
            return True
        return any(s.match(section) and p.fullmatch(line) for s, p in self.silent_within)


@dataclass(frozen=True)
class Change:
    """Changes to look for: patterns of whole lines, with `<management>`, `<uplink>`, `<vlan>`,
    `<user>` in them, in the sections that match `section` (None: outside of all).
    """

    section: str | None
    patterns: tuple[str, ...]
    when_replacing: bool
    th: str
    en: str


@dataclass(frozen=True)
class SafetyRules:
    """Which changes cut our own way to the device, change who signs in, or are no configuration.

    `trunk_allowed` has the groups `verb` and `vlans`, `management_vlan` the group `vlan`,
    `address_line` the word `<address>`; `complete` is what a whole configuration must have.
    """

    cuts: tuple[Change, ...]
    logins: tuple[Change, ...]
    commands: re.Pattern[str]
    trunk_allowed: re.Pattern[str]
    management_vlan: re.Pattern[str]
    address_line: str
    complete: tuple[str, ...]
