"""A stored configuration for another device: what belongs to the device itself stays its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from controller.configuration.rows import rows_of
from controller.plans.subject import Subject

_MANAGEMENT = "<management>"


@dataclass(frozen=True)
class _Part:
    """Lines that belong together, and which of the platform's `own` patterns they fit, or None."""

    text: str
    own: int | None


def adapted(stored: Subject, replacement: Subject) -> str:
    """The configuration `stored` runs, for the device `replacement`.

    Lines at the margin that fit the platform's `own` patterns, with their sections, are those the
    replacement runs now: its name, its management interface, its way back, our account. They take
    the places of the stored ones; what the stored text has no place for stands at its end.
    """
    own: dict[int, list[str]] = {}
    for part in _parts(replacement):
        if part.own is not None:
            own.setdefault(part.own, []).append(part.text)
    parts = list(_parts(stored))
    made: list[str] = []
    for part in parts:
        made += [part.text] if part.own is None else own.pop(part.own, [])
    closing = _ending(made)
    rest = [text for number in sorted(own) for text in own[number]]
    return "".join((*made[: len(made) - closing], *rest, *made[len(made) - closing :]))


def _ending(parts: list[str]) -> int:
    """How many parts at the end only end the configuration."""
    count = 0
    while count < len(parts) and parts[-1 - count].strip() in {"", "!", "end"}:
        count += 1
    return count


def _parts(subject: Subject) -> Iterator[_Part]:
    grammar = subject.platform.grammar
    lines = subject.running.rstrip("\n").split("\n")
    starts = {
        number - 1: line for number, margin, line in rows_of(subject.running, grammar) if not margin
    }
    at = 0
    while at < len(lines):
        start, line = at, starts.get(at)
        at += 1 + (line.count("\n") if line is not None else 0)
        while line is not None and at < len(lines) and at not in starts and lines[at][:1].isspace():
            at += 1
        text = "".join(f"{one}\n" for one in lines[start:at])
        yield _Part(text, None if line is None else _kind(subject, line))


def _kind(subject: Subject, line: str) -> int | None:
    for number, pattern in enumerate(subject.platform.safety.own):
        # Where the management interface is not known, every interface could be it: none is taken.
        if _MANAGEMENT in pattern and not subject.management:
            continue
        if subject.fits(pattern, line):
            return number
    return None
