"""Remarks of the lint as pages show them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from controller.procurement.differences import TERM_TITLES
from controller.procurement.typed import TITLES, TypedItem, TypedSpecification
from controller.web.visit import Visit

TONES = {"error": "alert", "warning": "note", "notice": ""}
MARKS = {"error": "bad", "warning": "warn", "notice": ""}
"""Severity -> how loud the line, and the mark in it, look."""


def naming(visit: Visit, typed: TypedSpecification) -> Callable[[str], str]:
    """What a remark is about, in words: the item, which criterion of it, or a field."""
    items = {item.id: item for item in typed.items}

    def named(about: str) -> str:
        if about in TITLES:
            return visit.w(TITLES[about])
        first, _, rest = about.partition("/")
        item = items.get(first)
        if item is None:
            title = TERM_TITLES.get(about.removeprefix("terms."))
            return visit.w(title) if title else ""
        number = _place(rest, (criterion.id for criterion in item.criteria))
        return f"{item.th} {visit.t('ข้อ', 'no.')} {number}" if number else _item(item, rest)

    return named


def _item(item: TypedItem, rest: str) -> str:
    return f"{item.th} · {rest}" if rest else item.th


def _place(id_: str, ids: Iterable[str]) -> int:
    return next((number for number, one in enumerate(ids, 1) if one == id_), 0)
