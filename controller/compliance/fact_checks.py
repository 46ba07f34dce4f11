"""Checks of what a device says of itself. What it has not said is unknown, never well."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from controller.compliance.check import FactCheck
from controller.compliance.evidence import Evidence
from controller.compliance.finding import Detail
from controller.compliance.outcome import (
    NOT_APPLICABLE,
    PASSED,
    Outcome,
    found,
    not_filled,
    unknown,
)
from controller.configuration.render import Snippet, SnippetError
from controller.errors import Text

_PIECE = re.compile(r"\d+|[a-z]+")
_EACH = "[]"


class PreparedFactCheck:
    """One check with its pattern compiled. Errors when made: `re.error`."""

    def __init__(self, check: FactCheck) -> None:
        self.check = check
        self._where = {
            name: Snippet(value) if isinstance(value, str) else value
            for name, value in check.where.items()
        }
        self._steps = tuple(check.fact.split("."))
        self._like = re.compile(check.like) if check.like else None
        self._one_of = tuple(_plain(value) for value in check.one_of)
        self._none_of = tuple(_plain(value) for value in check.none_of)

    def judge(self, evidence: Evidence) -> Outcome:
        """The verdict on a device; `unknown` when it has not told, or too long ago."""
        days = self.check.within_days
        if days is not None:
            told = evidence.facts_at
            if told is None or evidence.now - told > timedelta(days=days):
                return unknown(_stale(self.check.fact))
        try:
            where = {
                name: value.fill(evidence.variables) if isinstance(value, Snippet) else value
                for name, value in self._where.items()
            }
        except SnippetError as error:
            return unknown(not_filled(str(error)))
        values = list(_values(evidence.facts, self._steps, self.check.fact, where))
        if not values:
            return NOT_APPLICABLE
        known = [(name, value) for name, value in values if value is not None]
        wrong = [(name, value) for name, value in known if not self._holds(value)]
        if self.check.some and len(wrong) < len(known):
            return PASSED
        if len(known) < len(values) and (self.check.some or not wrong):
            return unknown(_untold(self.check.fact))
        return found(self._detail(name, value) for name, value in wrong)

    def _holds(self, value: Any) -> bool:
        check, plain = self.check, _plain(value)
        if self._one_of and plain not in self._one_of:
            return False
        if self._none_of and plain in self._none_of:
            return False
        if self._like is not None and not self._like.fullmatch(str(value)):
            return False
        if check.at_least is not None and is_less(value, check.at_least):
            return False
        return check.at_most is None or not is_less(check.at_most, value)

    def _detail(self, name: str, value: Any) -> Detail:
        wanted = self._wanted()
        return Detail(
            "value",
            line=f"{name}: {value}",
            words=Text(
                th=f"{name} เป็น {value} ที่ถูกต้องคือ {wanted.th}",
                en=f"{name} is {value}; it should be {wanted.en}",
            ),
        )

    def _wanted(self) -> Text:
        check = self.check
        thai: list[str] = []
        english: list[str] = []
        if check.one_of:
            words = ", ".join(map(str, check.one_of))
            thai.append(words)
            english.append(words)
        if check.none_of:
            words = ", ".join(map(str, check.none_of))
            thai.append(f"ไม่ใช่ {words}")
            english.append(f"none of {words}")
        if check.like:
            thai.append(f"ตรงกับรูปแบบ {check.like}")
            english.append(f"like {check.like}")
        if check.at_least is not None:
            thai.append(f"ไม่ต่ำกว่า {check.at_least}")
            english.append(f"at least {check.at_least}")
        if check.at_most is not None:
            thai.append(f"ไม่เกิน {check.at_most}")
            english.append(f"at most {check.at_most}")
        return Text(th=" และ ".join(thai), en=" and ".join(english))


def is_less(value: Any, than: Any) -> bool:
    """Whether a number is less, or a version older: numbers in it by value, letters by alphabet."""
    if isinstance(value, (int, float)) and isinstance(than, (int, float)):
        return value < than
    return _pieces(str(value)) < _pieces(str(than))


def _values(
    facts: Any, steps: tuple[str, ...], name: str, where: Mapping[str, Any]
) -> Iterator[tuple[str, Any]]:
    """(name, value) of what the dotted name leads to; None for what the device has not told."""
    step, rest = steps[0], steps[1:]
    key, each = step.removesuffix(_EACH), step.endswith(_EACH)
    told = facts.get(key) if isinstance(facts, Mapping) else None
    if not each:
        if told is None or not rest:
            yield name, told
        else:
            yield from _values(told, rest, name, where)
        return
    items = _items(told)
    if items is None:
        yield name, None
        return
    for title, item in items:
        shown = name.replace(_EACH, f" {title}".rstrip(), 1)
        if not rest:
            yield shown, item
        elif not where or _meets(item, where):
            yield from _values(item, rest, shown, where)


def _items(told: Any) -> list[tuple[str, Any]] | None:
    """The items of a list or a mapping, each by a name people know it by; None when untold."""
    if isinstance(told, Mapping):
        return [(str(title), item) for title, item in told.items()]
    if isinstance(told, (list, tuple)):
        return [(_title(item, count), item) for count, item in enumerate(told, 1)]
    return None


def _title(item: Any, count: int) -> str:
    if isinstance(item, Mapping):
        return str(item.get("name") or item.get("address") or count)
    return str(item)


def _meets(item: Any, where: Mapping[str, Any]) -> bool:
    """Whether an item counts; one that does not tell does, so that it is not passed over."""
    if not isinstance(item, Mapping):
        return True
    return all(
        item.get(key) is None or _plain(item[key]) == _plain(value) for key, value in where.items()
    )


def _plain(value: Any) -> Any:
    """Comparable: numbers and yes or no as they are, the rest as text in small letters."""
    return value if isinstance(value, (bool, int, float)) else str(value).lower()


def _pieces(version: str) -> list[tuple[int, int, str]]:
    """Comparable pieces: letters come before numbers, so that `1.0rc2` is older than `1.0.1`."""
    return [
        (1, int(piece), "") if piece.isdecimal() else (0, 0, piece)
        for piece in _PIECE.findall(version.lower())
    ]


def _untold(fact: str) -> Text:
    return Text(th=f"อุปกรณ์ยังไม่ได้บอกค่า {fact}", en=f"the device has not told {fact}")


def _stale(fact: str) -> Text:
    return Text(
        th=f"ค่า {fact} เก่าเกินกว่าจะใช้ตัดสิน",
        en=f"what the device told of {fact} is too old to judge by",
    )
