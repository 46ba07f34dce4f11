"""What can be done with a platform's texts: normalise, fingerprint, hide the secrets."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

# What stands for a secret: by its name, or hidden.
REFERENCE = re.compile(r"⟦(?:secret:[^⟦⟧]*|redacted)⟧")
HIDDEN = "⟦redacted⟧"
# What `parted` writes in the place of a secret.
PARTED = re.compile(r"⟦secret:#\d+⟧")

Replace = Callable[[re.Match[str]], str]


@dataclass(frozen=True)
class Marked:
    """A pattern, and `words` of which one stands in everything it finds.

    Most lines hold none of them, and `in` is far faster than any pattern: only a line with one is
    looked at. `from_line`: what it finds begins where a line does. Where it finds a secret, the
    group `secret` does; with `inner` it finds a section, and `inner` every secret in that.
    """

    pattern: re.Pattern[str]
    words: tuple[str, ...]
    from_line: bool
    inner: re.Pattern[str] | None = None


@dataclass(frozen=True)
class LastChange:
    """Who changed a configuration last, and when, in the device's own words; empty: not told."""

    by: str
    at: str


@dataclass(frozen=True)
class TextRules:
    """Which lines of a platform's texts say nothing, and what in them is secret.

    `secrets` are looked for in each line by itself, `blocks` before them in the whole text. Each is
    applied to what the one before it left. `volatile` are lines, `volatile_blocks`
    texts of several; `changed` finds who changed it last (`by`) and when (`at`).
    """

    volatile: tuple[re.Pattern[str], ...]
    volatile_blocks: tuple[Marked, ...]
    secrets: tuple[Marked, ...]
    blocks: tuple[Marked, ...]
    well_known: frozenset[str]
    changed: tuple[re.Pattern[str], ...] = ()

    def last_change(self, text: str) -> LastChange | None:
        """What a configuration says of its last change; None when it says nothing."""
        for pattern in self.changed:
            match = pattern.search(text)
            if match:
                told = match.groupdict()
                return LastChange(told.get("by") or "", told.get("at") or "")
        return None

    def normalise(self, text: str) -> str:
        """The configuration without volatile lines, trailing blanks and empty lines."""
        is_volatile = self.is_volatile
        text = text.replace("\r", "")
        for block in self.volatile_blocks:
            text = _spliced(text, [(m.start(), m.end(), "") for m in _in_text(block, text)])
        lines = [line.rstrip() for line in text.split("\n")]
        return "\n".join([line for line in lines if line and not is_volatile(line)]) + "\n"

    def fingerprint(self, text: str) -> str:
        """SHA-256 (hexadecimal) of the normalised configuration."""
        return hashlib.sha256(self.normalise(text).encode()).hexdigest()

    def redact(self, text: str) -> str:
        """The text with every secret the patterns know replaced by `⟦redacted⟧`.

        Works on configurations, on differences and on what was said on a line. References
        `⟦secret:NAME⟧` stay as they are; redacting twice changes nothing.
        """
        return self._replaced(text, _hide)

    def mask(self, text: str) -> str:
        """Like `redact`, but the makers' own words (`public`) stay: to compare, not to show."""
        return self._replaced(text, self._hide_ours)

    def parted(self, text: str) -> tuple[str, dict[str, str]]:
        """The text with a mark (`PARTED`) for every secret, and what stood there by its mark.

        With the values in the places of their marks the text is as it was. The makers' own words
        are secrets here too.
        """
        values: dict[str, str] = {}

        def part(match: re.Match[str]) -> str:
            if not _value(match):
                return match[0]
            secret = match["secret"]
            body = secret.strip(" \t\r\n")
            start = match.start("secret") - match.start() + secret.index(body)
            mark = f"⟦secret:#{len(values)}⟧"
            values[mark] = PARTED.sub(lambda inner: values[inner[0]], body)
            return f"{match[0][:start]}{mark}{match[0][start + len(body) :]}"

        return self._replaced(text, part), values

    def has_plain_secret(self, text: str) -> bool:
        """Whether the patterns find a secret in a candidate that is not a reference.

        `no snmp-server community public` is fine: the makers' own words are nobody's secret.
        """
        found = (secret for block in self.blocks for secret in _secrets(block, text))
        if any(self._is_plain(secret) for secret in found):
            return True
        return any(
            self._is_plain(match)
            for start, end in self._suspicious(text)
            for secret in self.secrets
            for match in secret.pattern.finditer(text[start:end])
        )

    @cached_property
    def is_volatile(self) -> Callable[[str], object]:
        """Whether a line says nothing of the configuration: true or false in a condition."""
        if not self.volatile:
            return lambda line: False
        told = [pattern.pattern for pattern in self.volatile]
        one = re.compile("|".join(f"(?:{pattern})" for pattern in told))
        return one.match if all(pattern.startswith("^") for pattern in told) else one.search

    def _replaced(self, text: str, replace: Replace) -> str:
        for block in self.blocks:
            text = _spliced(
                text, [(*m.span(), _replaced(block, m, replace)) for m in _in_text(block, text)]
            )
        lines = self._suspicious(text)
        return _spliced(text, [(a, b, self._line(text[a:b], replace)) for a, b in lines])

    def _line(self, line: str, replace: Replace) -> str:
        for secret in self.secrets:
            for word in secret.words:
                if word in line:
                    line = secret.pattern.sub(replace, line)
                    break
        return line

    @cached_property
    def _roots(self) -> tuple[str, ...]:
        """The words of `secrets` without those that hold another one."""
        words = {word for secret in self.secrets for word in secret.words}
        return tuple(w for w in sorted(words) if not any(o in w for o in words if o != w))

    def _suspicious(self, text: str) -> list[tuple[int, int]]:
        """Where the lines begin and end that hold one of the words, in order."""
        found: set[tuple[int, int]] = set()
        for word in self._roots:
            at = text.find(word)
            while at >= 0:
                end = text.find("\n", at)
                end = len(text) if end < 0 else end
                found.add((text.rfind("\n", 0, at) + 1, end))
                at = text.find(word, end)
        return sorted(found)

    def _hide_ours(self, match: re.Match[str]) -> str:
        return match[0] if _value(match) in self.well_known else _hide(match)

    def _is_plain(self, match: re.Match[str]) -> bool:
        value = _value(match)
        taken_away = match.group(0).lstrip().startswith("no ") and value in self.well_known
        return bool(value) and not taken_away


def _replaced(block: Marked, match: re.Match[str], replace: Replace) -> str:
    return block.inner.sub(replace, match[0]) if block.inner else replace(match)


def _secrets(block: Marked, text: str) -> Iterator[re.Match[str]]:
    for match in _in_text(block, text):
        yield from block.inner.finditer(match[0]) if block.inner else (match,)


def _in_text(block: Marked, text: str) -> Iterator[re.Match[str]]:
    """What `finditer` of its pattern gives, tried only where one of its words stands."""
    places: set[int] = set()
    for word in block.words:
        at = text.find(word)
        while at >= 0:
            places.add(text.rfind("\n", 0, at) + 1 if block.from_line else at)
            at = text.find(word, at + 1)
    behind = 0
    for at in sorted(places):
        match = block.pattern.match(text, at) if at >= behind else None
        if match:
            behind = match.end()
            yield match


def _spliced(text: str, new: list[tuple[int, int, str]]) -> str:
    """The text with other words from one place to another, in order of place."""
    if not new:
        return text
    parts: list[str] = []
    behind = 0
    for start, end, words in new:
        parts += (text[behind:start], words)
        behind = end
    return "".join((*parts, text[behind:]))


def _hide(match: re.Match[str]) -> str:
    whole, start = match.group(0), match.start()
    a, b = match.span("secret")
    if not _value(match):
        return whole
    end = "\n" if match["secret"].endswith("\n") else ""
    return whole[: a - start] + HIDDEN + end + whole[b - start :]


def _value(match: re.Match[str]) -> str:
    """What a match hides; empty when it is a reference already."""
    return REFERENCE.sub("", match["secret"]).strip(" \t\"'")
