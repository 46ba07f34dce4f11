"""Register numbers (เลขครุภัณฑ์) by the office's pattern: the next free ones, without gaps."""

from __future__ import annotations

import re
from collections.abc import Iterable
from string import Formatter

_FIELDS = {"number": r"(?P<number>\d+)", "year": r"(?P<year>\d{4})", "yy": r"(?P<yy>\d{2})"}


def countable(pattern: str) -> bool:
    """Whether the pattern can be filled, and numbers made by it be told apart again."""
    try:
        names = [name for _, name, _, _ in Formatter().parse(pattern) if name is not None]
        shown = asset_number(pattern, 71, 2569)
    except (KeyError, IndexError, ValueError):
        return False
    known = names.count("number") == 1 and {*names} <= {*_FIELDS} and len({*names}) == len(names)
    return known and _compiled(pattern).fullmatch(shown) is not None


def asset_number(pattern: str, number: int, year: int) -> str:
    """The register number; `year` of the Buddhist era."""
    return pattern.format(number=number, year=year, yy=f"{year % 100:02}")


def next_asset_numbers(
    pattern: str, year: int, taken: Iterable[str], count: int, *, yearly: bool = False
) -> list[str]:
    """So many numbers behind the greatest that was given by the pattern.

    `taken` are all numbers of the register. `yearly`: only those of the same Buddhist year count.
    """
    compiled = _compiled(pattern)
    greatest, all_ = 0, {*taken}
    for number in all_:
        match = compiled.fullmatch(number)
        if match is None or (yearly and not _of_year(match, year)):
            continue
        greatest = max(greatest, int(match["number"]))
    return [asset_number(pattern, greatest + step, year) for step in range(1, count + 1)]


def _of_year(match: re.Match[str], year: int) -> bool:
    told = match.groupdict()
    if told.get("year") is not None:
        return int(told["year"]) == year
    return told.get("yy") is None or int(told["yy"]) == year % 100


def _compiled(pattern: str) -> re.Pattern[str]:
    parts = []
    for literal, name, _, _ in Formatter().parse(pattern):
        parts.append(re.escape(literal))
        if name is not None:
            parts.append(_FIELDS.get(name, r".+"))
    return re.compile("".join(parts))
