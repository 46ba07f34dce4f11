"""Compare offers with the specification they answer, cell by cell, and say who stands where.

The order offers come in decides nothing. “Not stated” is never a pass, and what cannot be read or
waits for people is neither a pass nor a fail.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from controller.errors import Text
from controller.procurement.comparison import (
    OPEN,
    PASSING,
    Cell,
    Comparison,
    ItemResult,
    OfferResult,
    Outcome,
    Verdict,
)
from controller.procurement.concerns import concerns_of
from controller.procurement.offer import ItemOffer, Offer, Stated
from controller.procurement.scoring import ranked
from controller.specs.answers import UnreadableError, is_unstated, read_answer
from controller.specs.attribute import Attribute, attributes
from controller.specs.baseline import Baselines
from controller.specs.criterion import Criterion
from controller.specs.meeting import UnfitError, fault_of, standing
from controller.specs.specification import Item, Specification

Cells = dict[tuple[str, str, str], Cell]
_OTHER_WORDS = Text(
    th="ถ้อยคำต่างจากที่กำหนด ต้องให้คณะกรรมการพิจารณา", en="other words than asked: people must judge"
)


def compare(
    specification: Specification,
    offers: Iterable[Offer],
    *,
    baselines: Baselines | None = None,
    today: date | None = None,
) -> Comparison:
    """Every cell, verdict, total, score and place, and what must be explained in writing.

    With `baselines` prices are also held against their ceilings; editions are taken as of `today`.
    Errors: `ValueError` for an offer on another specification, and for two of one bidder.
    """
    sorted_offers = sorted(offers, key=lambda offer: offer.bidder)
    bidders = tuple(offer.bidder for offer in sorted_offers)
    if len({*bidders}) < len(bidders):
        raise ValueError("two offers of one bidder")
    if any(offer.specification != specification.sha256 for offer in sorted_offers):
        raise ValueError("an offer on another specification")
    cells = {
        (cell.item, cell.criterion, cell.bidder): cell
        for item in specification.items
        for cell in _cells(item, sorted_offers)
    }
    known = baselines or Baselines()
    items = tuple(
        _item_result(item, offer, cells, ceiling(item, known))
        for offer in sorted_offers
        for item in specification.items
    )
    undecided = tuple(_offer_result(specification, offer, items, cells) for offer in sorted_offers)
    results = ranked(specification, undecided, cells)
    comparison = Comparison(specification.sha256, bidders, cells, items, results, ())
    return replace(comparison, concerns=concerns_of(specification, comparison, known, today))


def ceiling(item: Item, baselines: Baselines) -> Decimal:
    """What one of the item may cost (baht): its reference price, or the edition's if lower."""
    baseline = baselines.baseline(item.baseline) if item.baseline else None
    if baseline is None or baseline.ceiling is None:
        return item.price
    return min(item.price, baseline.ceiling)


def clause_number(item: Item, criterion: str) -> int:
    """The number a criterion is printed with in its item, from 1. Errors: `ValueError`."""
    return [one.id for one in item.criteria].index(criterion) + 1


def outcome_of(
    criterion: Criterion, attribute: Attribute | None, stated: Stated
) -> tuple[Outcome, Text | None]:
    """How what is stated stands against the criterion, and the note that goes with it.

    A judgement of people (`stated.judged`) counts only where the program cannot tell: for what is
    not stated, and against what can be read, it changes nothing.
    """
    if is_unstated(stated.text):
        return "unstated", None
    outcome, note = _read(criterion, attribute, stated.text)
    if outcome in OPEN and stated.judged is not None:
        return stated.judged, Text(th=stated.why, en=stated.why) if stated.why else None
    return outcome, note


def _read(
    criterion: Criterion, attribute: Attribute | None, text: str
) -> tuple[Outcome, Text | None]:
    if criterion.operator == "judged":
        return "unjudged", None
    if attribute is None:
        return "unjudged", fault_of(criterion, attribute)
    try:
        read = read_answer(attribute, text, criterion.operator)
        outcome: Outcome = standing(criterion, attribute, read.answer)
    except UnreadableError as error:
        return "unreadable", error.text
    except UnfitError as error:
        return "unjudged", error.text
    if attribute.kind == "words" and outcome == "fails":
        return "unjudged", _OTHER_WORDS
    return outcome, read.note


def _cells(item: Item, offers: list[Offer]) -> Iterator[Cell]:
    catalogue = attributes()
    for offer in offers:
        stated = _stated(offer.item(item.id))
        for criterion in item.criteria:
            said = stated.get(criterion.id) or Stated(criterion=criterion.id)
            outcome, note = outcome_of(criterion, catalogue.get(criterion.attribute), said)
            yield Cell(
                item.id, criterion.id, offer.bidder, outcome, said.text.strip(), said.page, note
            )


def _stated(offered: ItemOffer) -> Mapping[str, Stated]:
    """By criterion; of two for the same one the first, as `ItemOffer.answer` has it."""
    return {stated.criterion: stated for stated in reversed(offered.answers)}


def _item_result(item: Item, offer: Offer, cells: Cells, most: Decimal) -> ItemResult:
    offered = offer.item(item.id)
    outcomes = {
        criterion.id: cells[item.id, criterion.id, offer.bidder].outcome
        for criterion in item.criteria
        if criterion.mandatory
    }
    failing = tuple(id_ for id_, found in outcomes.items() if found not in PASSING | OPEN)
    verdict: Verdict = "pass"
    if failing:
        verdict = "fail"
    elif any(found in OPEN for found in outcomes.values()):
        verdict = "unknown"
    return ItemResult(
        item=item.id,
        bidder=offer.bidder,
        verdict=verdict,
        brand=offered.brand.strip(),
        model=offered.model.strip(),
        price=offered.price,
        over_ceiling=offered.price is not None and offered.price > most,
        failing=failing,
    )


def _offer_result(
    specification: Specification, offer: Offer, items: Iterable[ItemResult], cells: Cells
) -> OfferResult:
    """Its verdict and why; `score` and `place` are found beside the others."""
    own = {result.item: result for result in items if result.bidder == offer.bidder}
    priced = [(own[item.id].price, item.quantity) for item in specification.items]
    total: Decimal | None = Decimal(0)
    for price, quantity in priced:
        total = None if price is None or total is None else total + price * quantity
    verdicts = {result.verdict for result in own.values()}
    verdict: Verdict = "unknown" if "unknown" in verdicts else "pass"
    if total is None or "fail" in verdicts:
        verdict = "fail"
    reasons = tuple(
        reason
        for item in specification.items
        if (reason := _reason(specification, item, own[item.id], cells)) is not None
    )
    return OfferResult(bidder=offer.bidder, verdict=verdict, total=total, reasons=reasons)


def _reason(
    specification: Specification, item: Item, result: ItemResult, cells: Cells
) -> Text | None:
    """Why the item does not pass, in the numbers its criteria are printed with; None if it does."""
    by_outcome: dict[Outcome, list[str]] = {}
    for number, criterion in enumerate(item.criteria, 1):
        outcome = cells[item.id, criterion.id, result.bidder].outcome
        if criterion.mandatory and outcome not in PASSING:
            by_outcome.setdefault(outcome, []).append(str(number))
    told = [
        Text(th=f"{words.th}ข้อ {numbers}", en=f"{words.en} {numbers}")
        for outcome, words in _WORDS.items()
        if (numbers := ", ".join(by_outcome.get(outcome, ())))
    ]
    if result.price is None:
        told.append(Text(th="ไม่เสนอราคา", en="no price"))
    if not told:
        return None
    which = "" if len(specification.items) == 1 else f"{item.th}: "
    return Text(
        th=which + "; ".join(text.th for text in told),
        en=which + "; ".join(text.en for text in told),
    )


_WORDS: dict[Outcome, Text] = {
    "fails": Text(th="ไม่ผ่าน", en="fails"),
    "unstated": Text(th="ไม่ระบุ", en="does not state"),
    "unreadable": Text(th="อ่านค่าไม่ได้", en="cannot be read:"),
    "unjudged": Text(th="รอพิจารณา", en="to be judged:"),
}
