"""The ``| include``, ``| exclude``, ``| begin`` and ``| section`` filters of IOS."""

import re
from collections.abc import Callable, Sequence

Filter = Callable[[Sequence[str], re.Pattern[str]], list[str]]


def filter_output(text: str, pipe: str) -> str | None:
    """The lines that ``WORD PATTERN`` leaves of a text; None when WORD is no filter."""
    word, _, expression = pipe.strip().partition(" ")
    keep = next((f for name, f in FILTERS.items() if word and name.startswith(word)), None)
    if keep is None:
        return None
    try:
        pattern = re.compile(expression.strip())
    except re.error:
        return None
    kept = keep(text.splitlines(), pattern)
    return "".join(line + "\n" for line in kept)


def _include(lines: Sequence[str], pattern: re.Pattern[str]) -> list[str]:
    return [line for line in lines if pattern.search(line)]


def _exclude(lines: Sequence[str], pattern: re.Pattern[str]) -> list[str]:
    return [line for line in lines if not pattern.search(line)]


def _begin(lines: Sequence[str], pattern: re.Pattern[str]) -> list[str]:
    first = next((i for i, line in enumerate(lines) if pattern.search(line)), len(lines))
    return list(lines[first:])


def _section(lines: Sequence[str], pattern: re.Pattern[str]) -> list[str]:
    kept: list[str] = []
    inside = False
    for line in lines:
        inside = bool(pattern.search(line)) or (inside and line.startswith(" "))
        if inside:
            kept.append(line)
    return kept


FILTERS: dict[str, Filter] = {
    "include": _include,
    "exclude": _exclude,
    "begin": _begin,
    "section": _section,
}
