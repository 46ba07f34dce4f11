"""The manual's form of a comparison (แบบสรุปเปรียบเทียบคุณสมบัติ), filled from what was compared.

The form has room for three bidders. With more it takes the best three, those with a place first,
and says where the others stand; the full sheet has them all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from controller.procurement.comparing import clause_number
from controller.procurement.comparison import (
    OUTCOMES,
    PASSING,
    Cell,
    Comparison,
    ItemResult,
    OfferResult,
)
from controller.procurement.concerns import products
from controller.procurement.offer import Offer
from controller.specs.asking import asked
from controller.specs.specification import Item, Specification

ROOM = 3
_LINE = 200
_REASON = 300
_CONCLUSION = 800
_CELL = 500


@dataclass(frozen=True)
class Signing:
    """Who signs, by position as it is printed, and the number of the form of the specification."""

    specification: str
    chair: str
    member: str
    secretary: str


def comparison_form(
    specification: Specification,
    comparison: Comparison,
    offers: Sequence[Offer],
    *,
    winner: str | None,
    explained: Sequence[tuple[str, str]],
    signing: Signing,
) -> dict[str, object]:
    """What the form is filled with, by its fields.

    `explained` are the concerns and the reasons written for them. Errors: `ValueError` without an
    offer.
    """
    if not offers:
        raise ValueError("no offer was compared")
    shown = best(comparison)
    items = specification.items
    one = items[0] if len(items) == 1 else None
    return {
        "project": specification.title[:_LINE],
        "specification": signing.specification,
        "item": _items_named(items),
        "quantity": f"{one.quantity:,} {one.unit}" if one else f"{len(items)} รายการ",
        "price": f"{one.price:.2f}" if one else None,
        "clauses": [
            _clause(item, criterion.id, comparison, shown, numbered=one is None)
            for item in items
            for criterion in item.criteria
        ],
        "bidders": [
            _bidder(specification, comparison, _offer(offers, result.bidder), result)
            for result in shown
        ],
        "passing": min(_passing(comparison, item) for item in items),
        "single_reason": _single_reason(explained),
        "conclusion": conclusion_words(specification, comparison, winner),
        "chair": signing.chair,
        "member": signing.member,
        "secretary": signing.secretary,
    }


def best(comparison: Comparison) -> tuple[OfferResult, ...]:
    """The offers the form has room for: by their place, then by their price, then by name."""

    def order(result: OfferResult) -> tuple[bool, int, bool, float, str]:
        return (
            result.place is None,
            result.place or 0,
            result.total is None,
            float(result.total or 0),
            result.bidder,
        )

    return tuple(sorted(comparison.offers, key=order)[:ROOM])


def conclusion_words(
    specification: Specification, comparison: Comparison, winner: str | None
) -> str:
    """What the committee concludes, in Thai; not longer than the form has room for."""
    passing = [one for one in comparison.offers if one.verdict == "pass"]
    told = [
        f"มีผู้เสนอราคา {len(comparison.bidders)} ราย ตรงตามข้อกำหนดทุกข้อ {len(passing)} ราย",
        _winner_words(specification, comparison, winner),
    ]
    left = [one for one in comparison.offers if one not in best(comparison)]
    if left:
        others = ", ".join(f"{one.bidder} ({_stands(one)})" for one in left)
        told.append(f"รายอื่นอยู่ในตารางเปรียบเทียบฉบับเต็ม: {others}")
    words = " ".join(told)
    return words if len(words) <= _CONCLUSION else f"{words[: _CONCLUSION - 1]}…"


def _winner_words(specification: Specification, comparison: Comparison, winner: str | None) -> str:
    if winner is None:
        return "ไม่มีรายใดตรงตามข้อกำหนดทุกข้อ จึงเห็นควรดำเนินการใหม่"
    first = next(one for one in comparison.offers if one.bidder == winner)
    by = "คะแนนรวมสูงสุด" if first.score is not None else "ราคาต่ำสุด"
    score = f" {first.score} คะแนน" if first.score is not None else ""
    tied = " (เท่ากับรายอื่น คัดเลือกตามเหตุผลที่บันทึกไว้)" if len(comparison.winners) > 1 else ""
    total = first.total if first.total is not None else specification.reference_price
    return f"เห็นควรคัดเลือก {winner} ซึ่งเสนอ{by}{score}{tied} เป็นเงิน {total:,.2f} บาท"


def _stands(result: OfferResult) -> str:
    if result.place is not None:
        return f"ลำดับที่ {result.place}"
    return "; ".join(reason.th for reason in result.reasons) or "ไม่ผ่าน"


def _items_named(items: Sequence[Item]) -> str:
    named = ", ".join(item.th for item in items)
    if len(named) <= _LINE:
        return named
    more = f" และอีก {len(items) - 1} รายการ"
    return items[0].th[: _LINE - len(more)] + more


def _clause(
    item: Item,
    criterion: str,
    comparison: Comparison,
    shown: Sequence[OfferResult],
    *,
    numbered: bool,
) -> dict[str, object]:
    found = item.criterion(criterion)
    cells = [comparison.cell(item.id, criterion, result.bidder) for result in shown]
    passed = [str(n) for n, cell in enumerate(cells, 1) if cell.outcome in PASSING]
    text = found.text if found else criterion
    row: dict[str, object] = {
        "clause": f"{item.th}: {text}" if numbered else text,
        "criterion": asked(found) if found else "",
        "passed": ", ".join(passed) or "-",
    }
    return row | {f"offer_{n}": _stated(cell) for n, cell in enumerate(cells, 1)}


def _stated(cell: Cell) -> str:
    """What is stated, with the outcome: the form has no column of its own for it."""
    outcome = OUTCOMES[cell.outcome].th
    if cell.outcome == "unstated":
        return outcome
    return f"{' '.join(cell.stated.split())[:_CELL]} ({outcome})"


def _bidder(
    specification: Specification, comparison: Comparison, offer: Offer, result: OfferResult
) -> dict[str, object]:
    items = specification.items
    failed = [
        f"{item.th} ข้อ {number}" if len(items) > 1 else f"ข้อ {number}"
        for item, number in _failing(specification, comparison, offer.bidder)
    ]
    price = offer.item(items[0].id).price if len(items) == 1 else None
    if any(offer.item(item.id).price is None for item in items):
        failed.append("ไม่เสนอราคา")
    return {
        "name": offer.bidder,
        "product": _product(specification, offer),
        "price": None if price is None else f"{price:.2f}",
        "document": _pages(offer),
        "verdict": "pass" if result.verdict == "pass" else "fail",
        "failed": ", ".join(failed),
    }


def _failing(
    specification: Specification, comparison: Comparison, bidder: str
) -> Iterator[tuple[Item, int]]:
    own = {one.item: one for one in comparison.items if one.bidder == bidder}
    for item in specification.items:
        for criterion in own[item.id].failing:
            yield item, clause_number(item, criterion)


def _product(specification: Specification, offer: Offer) -> str:
    named = (offer.item(item.id) for item in specification.items)
    told = (" ".join(f"{one.brand} {one.model}".split()) for one in named)
    return ", ".join(dict.fromkeys(filter(None, told))) or OUTCOMES["unstated"].th


def _pages(offer: Offer) -> str:
    pages = (stated.page.strip() for item in offer.items for stated in item.answers)
    return ", ".join(dict.fromkeys(filter(None, pages)))[:_LINE]


def _passing(comparison: Comparison, item: Item) -> int:
    results: list[ItemResult] = [
        one for one in comparison.items if one.item == item.id and one.verdict == "pass"
    ]
    return len(products(results))


def _single_reason(explained: Sequence[tuple[str, str]]) -> str:
    told = "; ".join(
        reason for concern, reason in explained if concern.split(":")[0] in _ABOUT_COMPETITION
    )
    return told if len(told) <= _REASON else f"{told[: _REASON - 1]}…"


_ABOUT_COMPETITION = frozenset({"few-passing", "none-passing", "sole-clause"})


def _offer(offers: Sequence[Offer], bidder: str) -> Offer:
    return next(offer for offer in offers if offer.bidder == bidder)
