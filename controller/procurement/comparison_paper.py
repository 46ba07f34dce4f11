"""What a case keeps of its comparison: people's judgements, the reasons, and how it was concluded.

Offers stay as their bidders wrote them. A judgement is bound to the words it was made on: when an
offer is opened again with other words there, it counts no more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from controller.procurement.comparison import Comparison, Concern, Outcome, Verdict
from controller.procurement.offer import ItemOffer, Offer, Standing, Stated
from controller.specs.canonical import Canonical
from controller.specs.numbers import Plain

HASH = r"^[0-9a-f]{64}$"
Outcomes = dict[str, dict[str, dict[str, Outcome]]]
"""bidder -> item -> criterion -> outcome."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Judgement(_Part):
    """How people judged the words stated for one criterion, and why."""

    item: str
    criterion: str
    bidder: str
    text: str = Field(min_length=1, description="The words that were judged")
    standing: Standing
    why: str = Field(min_length=1)
    by: str
    at: AwareDatetime

    @property
    def about(self) -> tuple[str, str, str]:
        """The cell: item, criterion, bidder."""
        return self.item, self.criterion, self.bidder


class Explained(_Part):
    """A concern as it was told in Thai, and the reason written for it."""

    concern: str = Field(description="Its code, with `:` and what it is about")
    text: str
    reason: str = Field(min_length=1)


class Ranked(_Part):
    """One offer, named by its hash, and where it stood. Money is baht."""

    bidder: str
    sha256: str = Field(pattern=HASH)
    verdict: Verdict
    total: Plain | None
    score: Plain | None
    place: int | None


class Conclusion(_Part):
    """How the comparison ended. `winner` is None when nobody passes."""

    winner: str | None
    offers: tuple[Ranked, ...]
    outcomes: Outcomes
    explained: tuple[Explained, ...] = ()
    by: str
    at: AwareDatetime


class TakenBack(_Part):
    """A conclusion that was taken back: whose it was is in the revision before."""

    reason: str = Field(min_length=1)
    by: str
    at: AwareDatetime


class ComparisonPaper(Canonical):
    """The comparison of the offers on the specification with this hash."""

    specification: str = Field(pattern=HASH)
    judgements: tuple[Judgement, ...] = ()
    conclusion: Conclusion | None = None
    taken_back: tuple[TakenBack, ...] = ()

    def judged(self, judgement: Judgement) -> ComparisonPaper:
        """The paper with the judgement, in the place of an earlier one of the same cell."""
        others = (one for one in self.judgements if one.about != judgement.about)
        return self.model_copy(update={"judgements": (*others, judgement)})


def read_comparison(content: bytes) -> ComparisonPaper:
    """The comparison of these bytes. Errors: `ValueError` for what is none."""
    return ComparisonPaper.model_validate_json(content)


def with_judgements(offers: Iterable[Offer], judgements: Iterable[Judgement]) -> tuple[Offer, ...]:
    """The offers as `compare` takes them: people's judgements beside the words they were made on.

    Only judgements of these words count; what an offer brings along itself does not.
    """
    by_cell = {judgement.about: judgement for judgement in judgements}
    return tuple(_judged(offer, by_cell) for offer in offers)


def ranked(comparison: Comparison, hashes: Mapping[str, str]) -> tuple[Ranked, ...]:
    """Where the offers stand; `hashes` are theirs by bidder."""
    return tuple(
        Ranked(
            bidder=one.bidder,
            sha256=hashes[one.bidder],
            verdict=one.verdict,
            total=one.total,
            score=one.score,
            place=one.place,
        )
        for one in comparison.offers
    )


def outcomes(comparison: Comparison) -> Outcomes:
    """Every cell's outcome."""
    found: Outcomes = {bidder: {} for bidder in comparison.bidders}
    for cell in comparison.cells.values():
        found[cell.bidder].setdefault(cell.item, {})[cell.criterion] = cell.outcome
    return found


def explained(concerns: Iterable[Concern], reasons: Mapping[str, str]) -> tuple[Explained, ...]:
    """The concerns with the reasons written for them by `Concern.key`. Errors: `KeyError`."""
    return tuple(
        Explained(concern=one.key, text=one.text.th, reason=reasons[one.key].strip())
        for one in concerns
    )


def _judged(offer: Offer, by_cell: Mapping[tuple[str, str, str], Judgement]) -> Offer:
    items = tuple(_judged_item(item, offer.bidder, by_cell) for item in offer.items)
    return offer.model_copy(update={"items": items})


def _judged_item(
    item: ItemOffer, bidder: str, by_cell: Mapping[tuple[str, str, str], Judgement]
) -> ItemOffer:
    def beside(stated: Stated) -> Stated:
        found = by_cell.get((item.item, stated.criterion, bidder))
        holds = found is not None and found.text == stated.text.strip()
        if found is None or not holds:
            return stated.model_copy(update={"judged": None, "why": ""})
        return stated.model_copy(update={"judged": found.standing, "why": found.why})

    return item.model_copy(update={"answers": tuple(beside(one) for one in item.answers)})
