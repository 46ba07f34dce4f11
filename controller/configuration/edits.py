"""What a change does to a configuration, line by line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Sign = Literal["+", "-"]
# The section of a line that nobody shows.
UNKNOWN = "?"
# Between the lines of sections where they are written one after the other.
BETWEEN = " > "


@dataclass(frozen=True, slots=True)
class Edit:
    """One line that comes (`+`) or goes (`-`), and the section lines around it, outermost first.

    A section that the difference does not show is `("?",)`.
    """

    sign: Sign
    path: tuple[str, ...]
    line: str
