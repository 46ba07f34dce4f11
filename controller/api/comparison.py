"""The comparison of offers over HTTP: how it stands, what people judge, how it is concluded."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated

from fastapi import Response
from pydantic import BaseModel, Field

from controller.api.asking import Asked
from controller.api.cases import CaseShown, shown
from controller.api.given import Given, Line, Name, Words
from controller.api.routing import make_router
from controller.api.versions import AskedAsSeen, tell_version
from controller.api.words import Both
from controller.operations.compare_offers import Compared, compare_offers
from controller.operations.conclude_comparison import conclude_comparison
from controller.operations.judge_criterion import judge_criterion
from controller.operations.reopen_comparison import reopen_comparison
from controller.procurement.comparison import (
    Cell,
    Comparison,
    Concern,
    ItemResult,
    Outcome,
    Verdict,
)
from controller.procurement.comparison_paper import Conclusion
from controller.procurement.offer import Standing

router = make_router("/cases", "procurement")


class CellShown(BaseModel):
    """One criterion of one offer. `note` says how the words were read, or why they were not."""

    bidder: str
    item: str
    criterion: str
    outcome: Outcome
    stated: str
    page: str
    note: Both | None


class ItemCompared(BaseModel):
    """One item of one offer; money in baht. `failing` are mandatory criteria that do not pass."""

    item: str
    verdict: Verdict
    brand: str
    model: str
    price: Decimal | None
    over_ceiling: bool
    failing: list[str]


class OfferCompared(BaseModel):
    """One offer whole. Only offers that pass have a place; equal ones share it."""

    bidder: str
    sha256: str
    verdict: Verdict
    total: Decimal | None = Field(description="Baht for all items; null where a price is missing")
    score: Decimal | None = Field(description="Points of 100 under price-performance")
    place: int | None
    reasons: list[Both]
    items: list[ItemCompared]


class ConcernShown(BaseModel):
    """What has to be explained in writing before the comparison is concluded."""

    key: str = Field(description="Names it where its reason is written")
    text: Both
    reason: str | None = Field(description="The reason it was concluded with")


class ConclusionShown(BaseModel):
    """How the comparison ended; `winner` is null when nobody passes."""

    winner: str | None
    by: str
    at: datetime
    same_today: bool = Field(description="Whether comparing again gives the same")


class ComparisonShown(BaseModel):
    """The offers opened in a case, beside the specification the director approved."""

    case: str
    specification: str = Field(description="SHA-256 of the approved specification")
    offers: list[OfferCompared]
    cells: list[CellShown]
    concerns: list[ConcernShown]
    undecided: int = Field(description="How many cells people still have to judge")
    outdated: list[str] = Field(description="Bidders who answer an earlier specification")
    conclusion: ConclusionShown | None


class Judging(Given):
    """How the group judged what a bidder states for a criterion."""

    item: Name
    criterion: Name
    bidder: Line
    standing: Standing
    why: Words


class Concluding(Given):
    """The reasons for every concern by its key; the winner where several tie."""

    reasons: Annotated[
        dict[str, Words], Field(max_length=1000, examples=[{"tie": "Lots were drawn before both"}])
    ] = Field(default_factory=dict)
    winner: Line = ""


class Reopening(Given):
    """Why a conclusion is taken back."""

    reason: Words


@router.get("/{number}/comparison", operation_id="compare_offers")
def read_comparison(asked: Asked, response: Response, number: str) -> ComparisonShown:
    """Compare the offers opened so far. “Not stated” is never a pass; nothing is kept by asking.

    Refused until the specification is approved.
    """
    found = asked.ask(compare_offers, number)
    tell_version(response, found.case.version)
    return _shown(found)


@router.post("/{number}/comparison/judgements", operation_id="judge_criterion", status_code=201)
def judge(asked: AskedAsSeen, response: Response, number: str, given: Judging) -> CaseShown:
    """Record how the group judged words no program can weigh; judging again replaces it."""
    case = asked.ask(
        judge_criterion,
        number,
        given.item,
        given.criterion,
        given.bidder,
        given.standing,
        given.why,
    )
    return shown(case, response)


@router.post(
    "/{number}/comparison/conclusions", operation_id="conclude_comparison", status_code=201
)
def conclude(asked: AskedAsSeen, response: Response, number: str, given: Concluding) -> CaseShown:
    """Conclude it and fill in its form. Refused while anything is undecided or unexplained."""
    case = asked.ask(conclude_comparison, number, given.reasons, winner=given.winner)
    return shown(case, response)


@router.post("/{number}/comparison/reopenings", operation_id="reopen_comparison", status_code=201)
def reopen(asked: AskedAsSeen, response: Response, number: str, given: Reopening) -> CaseShown:
    """Take the conclusion back, with a reason; what was judged stays."""
    return shown(asked.ask(reopen_comparison, number, given.reason), response)


def _shown(found: Compared) -> ComparisonShown:
    compared = found.comparison
    return ComparisonShown(
        case=found.case.number,
        specification=compared.specification,
        offers=_offers(found, compared),
        cells=[_cell(cell) for cell in compared.cells.values()],
        concerns=[_concern(one, found) for one in compared.concerns],
        undecided=len(found.undecided),
        outdated=list(found.outdated),
        conclusion=_conclusion(found.conclusion, found.same_as_concluded),
    )


def _offers(found: Compared, compared: Comparison) -> list[OfferCompared]:
    return [
        OfferCompared(
            bidder=one.bidder,
            sha256=found.hashes[one.bidder],
            verdict=one.verdict,
            total=one.total,
            score=one.score,
            place=one.place,
            reasons=[Both.of(text) for text in one.reasons],
            items=[_item(item) for item in compared.items if item.bidder == one.bidder],
        )
        for one in compared.offers
    ]


def _item(result: ItemResult) -> ItemCompared:
    values = {name: getattr(result, name) for name in ItemCompared.model_fields}
    return ItemCompared(**values | {"failing": list(result.failing)})


def _cell(cell: Cell) -> CellShown:
    return CellShown(
        bidder=cell.bidder,
        item=cell.item,
        criterion=cell.criterion,
        outcome=cell.outcome,
        stated=cell.stated,
        page=cell.page,
        note=Both.of(cell.note) if cell.note else None,
    )


def _concern(concern: Concern, found: Compared) -> ConcernShown:
    return ConcernShown(
        key=concern.key, text=Both.of(concern.text), reason=found.reasons.get(concern.key)
    )


def _conclusion(ended: Conclusion | None, same: bool) -> ConclusionShown | None:
    if ended is None:
        return None
    return ConclusionShown(winner=ended.winner, by=ended.by, at=ended.at, same_today=same)
