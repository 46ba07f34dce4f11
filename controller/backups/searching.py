"""What of a configuration can be searched: its lines, secrets hidden; and where they stand."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from controller.platforms.texts import text_rules

LONGEST = 2000
# Counts up when lines are cut from a text in another way, so that an older index is made anew.
_METHOD = "1"
# Databases take no NUL, and bytes that are no UTF-8 are no text.
_NO_TEXT = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True)
class Searchable:
    """The distinct lines of a configuration without margins; `rules` is how secrets were hidden."""

    rules: str
    lines: frozenset[str]


@dataclass(frozen=True)
class Place:
    """Where a line stands in a text: its number from 1, and the lines of the sections around it."""

    number: int
    sections: tuple[str, ...]


def hide_secrets(platform: str, text: str, secrets: Mapping[str, str]) -> str:
    """A configuration fit to be shown: every secret hidden.

    Values the workspace names become references, whatever else looks like a secret is redacted.
    Errors: `KeyError` for a platform whose secrets nobody knows.
    """
    rules = text_rules(platform)
    for name, value in secrets.items():
        text = text.replace(value, f"⟦secret:{name}⟧") if value else text
    return rules.redact(text)


def hiding_rules(platform: str, names: Collection[str]) -> str:
    """A digest of how secrets are hidden: by which patterns, and the names of the office's own.

    Empty for a platform whose secrets nobody knows: nothing of it can be searched.
    """
    return _digest(platform, tuple(sorted(names)))


def searchable(platform: str, text: str, secrets: Mapping[str, str]) -> Searchable:
    """What can be searched of a configuration; no line of a platform whose secrets nobody knows."""
    rules = hiding_rules(platform, secrets)
    if not rules:
        return Searchable("", frozenset())
    shown = hide_secrets(platform, text, secrets)
    return Searchable(
        rules, frozenset(cut for line in shown.split("\n") if (cut := cut_line(line)))
    )


def cut_line(line: str) -> str:
    """A line as the index has it: no margins, not too long, nothing a database would refuse."""
    line = line.strip()[:LONGEST].rstrip()
    return line if line.isascii() and "\0" not in line else _NO_TEXT.sub("\ufffd", line)


def places(text: str, wanted: Collection[str], most: int = 3) -> dict[str, tuple[Place, ...]]:
    """Where in a text the wanted lines (as `cut_line` gives them) stand, `most` places each."""
    found: dict[str, list[Place]] = {}
    around: list[tuple[int, str]] = []
    for number, line in enumerate(text.split("\n"), 1):
        cut = cut_line(line)
        if not cut or cut == "!":
            continue
        margin = len(line) - len(line.lstrip())
        while around and around[-1][0] >= margin:
            around.pop()
        if cut in wanted and len(kept := found.setdefault(cut, [])) < most:
            kept.append(Place(number, tuple(section for _, section in around)))
        around.append((margin, cut))
    return {line: tuple(where) for line, where in found.items()}


@lru_cache(maxsize=256)
def _digest(platform: str, names: tuple[str, ...]) -> str:
    try:
        rules = text_rules(platform)
    except KeyError:
        return ""
    told = [secret.pattern.pattern for secret in (*rules.blocks, *rules.secrets)]
    parts = [_METHOD, platform, *names, "", *told, "", *sorted(rules.well_known)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
