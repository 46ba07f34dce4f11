"""Compare the offers opened in a case with the specification the director approved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from controller.accounts.actor import Actor, require
from controller.operations.comparison_papers import comparison_of
from controller.operations.context import Context
from controller.operations.procurement_papers import approved_specification, offers_of
from controller.processes.case import Case
from controller.procurement.comparing import compare
from controller.procurement.comparison import OPEN, Cell, Comparison, Concern
from controller.procurement.comparison_paper import (
    ComparisonPaper,
    Conclusion,
    outcomes,
    ranked,
    with_judgements,
)
from controller.procurement.offer import Offer
from controller.specs.specification import Specification
from controller.store import cases
from controller.thai import bangkok_date


@dataclass(frozen=True)
class Compared:
    """The comparison as it stands. `offers` are as their bidders wrote them.

    `paper` is what the case keeps of it, empty before anybody judged. `outdated` are bidders whose
    offers answer an earlier specification: they are not compared. Once it is concluded
    `same_as_concluded` says whether comparing again gives what was concluded then.
    """

    case: Case
    specification: Specification
    offers: tuple[Offer, ...]
    comparison: Comparison
    paper: ComparisonPaper
    outdated: tuple[str, ...] = ()
    same_as_concluded: bool = True

    @property
    def conclusion(self) -> Conclusion | None:
        """How it was concluded; None while it is not."""
        return self.paper.conclusion

    @property
    def undecided(self) -> tuple[Cell, ...]:
        """The cells that people still have to judge, by bidder and clause."""
        return tuple(
            cell
            for bidder in self.comparison.bidders
            for item, criterion in self.specification.clauses()
            if (cell := self.comparison.cell(item.id, criterion.id, bidder)).outcome in OPEN
        )

    @property
    def reasons(self) -> Mapping[str, str]:
        """The reasons written for its concerns, by `Concern.key`; none before the conclusion."""
        found = self.conclusion.explained if self.conclusion else ()
        return {one.concern: one.reason for one in found}

    @property
    def hashes(self) -> Mapping[str, str]:
        """The hash of every offer by its bidder."""
        return {offer.bidder: offer.sha256 for offer in self.offers}


def compare_offers(context: Context, actor: Actor, number: str) -> Compared:
    """The comparison of the offers opened in the case; nobody is in it before one was.

    Errors: `NotFound`; `NotApproved` with every reason; `StoreError`.
    """
    require(actor, "compare_offers")
    with context.store.read() as conn:
        case = cases.load_case(conn, number)
        specification = approved_specification(context, conn, case)
    return compared(context, case, specification)


def compared(context: Context, case: Case, specification: Specification) -> Compared:
    """The comparison of the case's offers with this specification, the approved one."""
    opened = offers_of(context, case)
    offers = tuple(offer for offer in opened if offer.specification == specification.sha256)
    outdated = tuple(offer.bidder for offer in opened if offer not in offers)
    paper = comparison_of(context, case)
    # A specification that was approved anew begins anew.
    if paper is None or paper.specification != specification.sha256:
        paper = ComparisonPaper(specification=specification.sha256)
    ended = paper.conclusion
    comparison = compare(
        specification,
        with_judgements(offers, paper.judgements),
        baselines=context.baselines(),
        today=bangkok_date(ended.at) if ended else context.today(),
    )
    found = Compared(case, specification, offers, comparison, paper, outdated)
    return replace(found, same_as_concluded=_same(found)) if ended else found


def unexplained(compared: Compared, reasons: Mapping[str, str]) -> tuple[Concern, ...]:
    """The concerns nobody wrote a reason for."""
    return tuple(c for c in compared.comparison.concerns if not reasons.get(c.key, "").strip())


def _same(found: Compared) -> bool:
    ended = found.conclusion
    return ended is not None and (
        ended.offers == ranked(found.comparison, found.hashes)
        and ended.outcomes == outcomes(found.comparison)
    )
