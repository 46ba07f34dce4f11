"""What a platform's data says about differences, and about cutting ourselves off."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

DiffStyle = Literal["commands", "contextual", "unified"]


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
    `address_line` the word `<address>`; `complete` is what a whole configuration must have,
    `own` patterns of lines at the margin that belong to the device itself: one that replaces
    another keeps them, with their sections.
    """

    cuts: tuple[Change, ...]
    logins: tuple[Change, ...]
    commands: re.Pattern[str]
    trunk_allowed: re.Pattern[str]
    management_vlan: re.Pattern[str]
    address_line: str
    complete: tuple[str, ...]
    own: tuple[str, ...] = ()
