"""A case of process 2.4 at its work, with offers opened on the approved specification."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from controller.operations.decide_case import Verdict, decide_case
from controller.operations.notify_case import notify_case
from controller.operations.procurement_papers import ProcurementPaper, keep_paper
from controller.processes.case import Case
from controller.procurement.offer import Offer
from controller.specs.specification import Specification
from controller.store import cases
from tests.operations.moves import PASSWORD, Moves, whatever_the_lint_says
from tests.operations.office import Desk


@dataclass(frozen=True)
class Purchase:
    """The case and who works on it: engineer1 is of its group, auditor1 only reads."""

    desk: Desk
    number: str

    @property
    def case(self) -> Case:
        """The case as it stands."""
        with self.desk.context.store.read() as conn:
            return cases.load_case(conn, self.number)

    def keep(self, kind: ProcurementPaper, name: str, content: bytes) -> Case:
        """Attach a paper of the procurement, whatever an operation would say to it."""
        return keep_paper(
            self.desk.context,
            self.desk.person("engineer1"),
            "attach_file",
            self.number,
            kind=kind,
            name=name,
            title=name,
            content=content,
        )

    def opened(self, *offers: Offer) -> None:
        """Open offers; one of a bidder there is already takes its place."""
        for offer in offers:
            self.keep("offer", f"offer/{offer.bidder}", offer.content)

    def paper(self, kind: str) -> Any:
        """The paper of this kind."""
        return next(paper for paper in self.case.papers if paper.kind == kind)


def put_forward(desk: Desk, specification: Specification) -> Purchase:
    """A case whose specification is before the director."""
    moves = Moves(desk)
    case = moves.studied(moves.appointed(moves.opened("2.4")))
    purchase = Purchase(desk, case.number)
    purchase.keep("specification", "specification", specification.content)
    moves.form(case, "spec_definition")
    with whatever_the_lint_says():
        moves.submitted(case)
    return purchase


def at_work(
    desk: Desk, specification: Specification, *offers: Offer, password: str = ""
) -> Purchase:
    """A case whose specification was approved and told, with these offers opened.

    Without the director's password they get one.
    """
    if not password:
        Moves(desk).director_signs_in()
    purchase = put_forward(desk, specification)
    director, signed = desk.person("director"), password or PASSWORD
    decide_case(desk.context, director, purchase.number, Verdict("approve", ""), signed)
    engineer = desk.person("engineer1")
    notify_case(desk.context, engineer, purchase.number, ("officer1",), "โทรศัพท์", "แจ้ง")
    purchase.opened(*offers)
    return purchase
