"""Who stands where among the offers that pass: by price, or by price and performance together.

Under price-performance the price gives `weight × lowest total / own total` points. A criterion
with a weight gives all of it when the answer is better than asked, or as asked where nothing can
be better; `Award.as_asked_percent` of it when it is as asked and could be better; else nothing.
Points are rounded to two decimals, half up, before they are held against each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from controller.procurement.comparison import Cell, OfferResult
from controller.specs.criterion import Criterion, Operator
from controller.specs.specification import Specification

_CENT = Decimal("0.01")
_ALL = Decimal(100)
_KNOWS_BETTER: frozenset[Operator] = frozenset({"at-least", "at-most", "includes", "judged"})


def ranked(
    specification: Specification,
    offers: Iterable[OfferResult],
    cells: Mapping[tuple[str, str, str], Cell],
) -> tuple[OfferResult, ...]:
    """The offers with their scores and places, in the order they are given.

    Only those that pass have any. Equal ones share a place and the next is left out: 1, 1, 3.
    Without weights that total 100 nobody has a score or a place under price-performance.
    """
    listed = tuple(offers)
    totals = {o.bidder: o.total for o in listed if o.verdict == "pass" and o.total is not None}
    if specification.award.rule == "price":
        worth = {bidder: -total for bidder, total in totals.items()}
        return tuple(replace(o, place=_place(o.bidder, worth)) for o in listed)
    scores = _scores(specification, totals, cells)
    return tuple(
        replace(o, score=scores.get(o.bidder), place=_place(o.bidder, scores)) for o in listed
    )


def weights_total(specification: Specification) -> Decimal:
    """What the weights of the price and of all criteria come to."""
    weights = (criterion.weight or Decimal(0) for _, criterion in specification.clauses())
    return sum(weights, specification.award.price_weight or Decimal(0))


def points(specification: Specification, criterion: Criterion, cell: Cell) -> Decimal:
    """What a cell gives of its criterion's weight, not rounded; 0 without a weight."""
    weight = criterion.weight or Decimal(0)
    if cell.outcome == "better":
        return weight
    if cell.outcome == "equal":
        could = criterion.operator in _KNOWS_BETTER
        return weight * (specification.award.as_asked_percent / _ALL if could else 1)
    return Decimal(0)


def _scores(
    specification: Specification,
    totals: Mapping[str, Decimal],
    cells: Mapping[tuple[str, str, str], Cell],
) -> dict[str, Decimal]:
    if not totals or weights_total(specification) != _ALL:
        return {}
    lowest = min(totals.values())
    for_price = specification.award.price_weight or Decimal(0)
    return {
        bidder: sum(
            (
                points(specification, criterion, cells[item.id, criterion.id, bidder])
                for item, criterion in specification.clauses()
            ),
            for_price * lowest / total,
        ).quantize(_CENT, ROUND_HALF_UP)
        for bidder, total in totals.items()
    }


def _place(bidder: str, worth: Mapping[str, Decimal]) -> int | None:
    if bidder not in worth:
        return None
    return 1 + sum(other > worth[bidder] for other in worth.values())
