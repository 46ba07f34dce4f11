"""What a person must explain in writing before a comparison counts.

A product is a make with its model. One that is not named is no product: nobody could tell it from
another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from controller.errors import Text
from controller.procurement.comparison import (
    OPEN,
    PASSING,
    Comparison,
    Concern,
    ItemResult,
    OfferResult,
)
from controller.specs.baseline import Baselines
from controller.specs.criterion import Criterion
from controller.specs.specification import Item, Specification

ENOUGH = 2
"""Products that must be able to compete (advice 14 of the ministry's price criteria)."""

Product = tuple[str, str]


def concerns_of(
    specification: Specification, comparison: Comparison, baselines: Baselines, today: date | None
) -> tuple[Concern, ...]:
    """All of them, the whole first and then item by item; none without an offer.

    What people still have to judge may pass yet: nothing is said to be the only one because of it.
    """
    if not comparison.bidders:
        return ()
    winners = comparison.winners
    return (
        *_none_passing(comparison),
        *_tie(winners),
        *_over_budget(specification, winners),
        *_few_offers(specification, comparison),
        *(
            concern
            for item in specification.items
            for concern in _of_item(item, comparison, baselines, today)
        ),
    )


def products(results: Iterable[ItemResult]) -> frozenset[Product]:
    """The different products among what is offered, case and blanks aside."""
    named = ((_plain(result.brand), _plain(result.model)) for result in results)
    return frozenset(product for product in named if all(product))


def _of_item(
    item: Item, comparison: Comparison, baselines: Baselines, today: date | None
) -> Iterator[Concern]:
    results = [result for result in comparison.items if result.item == item.id]
    if any(offer.verdict == "pass" for offer in comparison.offers):
        yield from _few_products(item, results)
    if len(products(results)) >= ENOUGH:
        for number, criterion in enumerate(item.criteria, 1):
            yield from _sole(item, number, criterion, comparison, results)
    first = {offer.bidder for offer in comparison.winners}
    for result in results:
        if result.over_ceiling and result.bidder in first:
            yield _over_ceiling(item, result)
    yield from _superseded(item, baselines, today)


def _none_passing(comparison: Comparison) -> Iterator[Concern]:
    if all(offer.verdict == "fail" for offer in comparison.offers):
        yield Concern(
            "none-passing",
            "",
            Text(
                th="ไม่มีผู้เสนอราคารายใดตรงตามข้อกำหนดทุกข้อ",
                en="no bidder complies with every criterion",
            ),
        )


def _tie(winners: tuple[OfferResult, ...]) -> Iterator[Concern]:
    if len(winners) > 1:
        named = ", ".join(offer.bidder for offer in winners)
        text = Text(th=f"ได้ลำดับที่ 1 เท่ากัน: {named}", en=f"these tie for the first place: {named}")
        yield Concern("tie", "", text)


def _over_budget(
    specification: Specification, winners: tuple[OfferResult, ...]
) -> Iterator[Concern]:
    lowest = min((o.total for o in winners if o.total is not None), default=None)
    if lowest is not None and lowest > specification.budget:
        budget = specification.budget
        yield Concern(
            "over-budget",
            "",
            Text(
                th=f"ราคาของลำดับที่ 1 {lowest:,.2f} บาท สูงกว่าวงเงิน {budget:,.2f} บาท",
                en=f"the first costs {lowest:,.2f} baht, more than the budget of {budget:,.2f}",
            ),
        )


def _few_offers(specification: Specification, comparison: Comparison) -> Iterator[Concern]:
    """Fewer than two pass as a whole, where that is not told of one of the items anyway."""
    passing = [offer for offer in comparison.offers if offer.verdict == "pass"]
    told = any(len(products(_passing(comparison, item))) < ENOUGH for item in specification.items)
    open_ = any(offer.verdict == "unknown" for offer in comparison.offers)
    if len(passing) == 1 and not told and not open_:
        yield Concern(
            "few-passing",
            "",
            Text(
                th=f"มีผู้เสนอราคาเพียงรายเดียวที่ตรงตามข้อกำหนดทุกรายการ: {passing[0].bidder}",
                en=f"one bidder alone complies in every item: {passing[0].bidder}",
            ),
        )


def _passing(comparison: Comparison, item: Item) -> list[ItemResult]:
    return [r for r in comparison.items if r.item == item.id and r.verdict == "pass"]


def _few_products(item: Item, results: Iterable[ItemResult]) -> Iterator[Concern]:
    listed = [*results]
    count = len(products(result for result in listed if result.verdict == "pass"))
    if count < ENOUGH and not any(result.verdict == "unknown" for result in listed):
        yield Concern(
            "few-passing",
            item.id,
            Text(
                th=f"{item.th}: มีผลิตภัณฑ์ที่ผ่านทุกข้อกำหนด {count} ผลิตภัณฑ์ (ต้องแข่งขันกันได้อย่างน้อย {ENOUGH})",
                en=f"{item.th}: products that comply: {count} (at least {ENOUGH} must compete)",
            ),
        )


def _sole(
    item: Item,
    number: int,
    criterion: Criterion,
    comparison: Comparison,
    results: Iterable[ItemResult],
) -> Iterator[Concern]:
    """A mandatory criterion that only one of the products offered meets."""
    if not criterion.mandatory:
        return
    meeting = [
        result
        for result in results
        if comparison.cell(item.id, criterion.id, result.bidder).outcome in PASSING | OPEN
    ]
    sole = products(meeting)
    if len(sole) == 1:
        named = f"{meeting[0].brand} {meeting[0].model}"
        yield Concern(
            "sole-clause",
            f"{item.id}/{criterion.id}",
            Text(
                th=f"{item.th} ข้อ {number}: มีเพียง {named} ที่ผ่าน",
                en=f"{item.th}, criterion {number}: only {named} meets it",
            ),
        )


def _over_ceiling(item: Item, result: ItemResult) -> Concern:
    return Concern(
        "over-ceiling",
        item.id,
        Text(
            th=f"{item.th}: {result.bidder} เสนอ {result.price:,.2f} บาท "
            "สูงกว่าราคากลางหรือราคาตามเกณฑ์",
            en=f"{item.th}: {result.bidder} asks {result.price:,.2f} baht, "
            "more than the reference price or the ceiling",
        ),
    )


def _superseded(item: Item, baselines: Baselines, today: date | None) -> Iterator[Concern]:
    own = baselines.baseline(item.baseline) if item.baseline else None
    edition = baselines.superseded(own.ref, today) if own else None
    if own and edition:
        yield Concern(
            "superseded",
            item.id,
            Text(
                th=f"{item.th}: เกณฑ์ {own.edition} มี{edition.th}ออกแทนแล้ว",
                en=f"{item.th}: the edition {own.edition} was superseded by {edition.en}",
            ),
        )


def _plain(text: str) -> str:
    return "".join(text.split()).casefold()
