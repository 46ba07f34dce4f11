"""A case of process 2.4 whose specification the director approved."""

from __future__ import annotations

from controller.operations.decide_case import Verdict, decide_case
from controller.operations.procurement_papers import keep_paper
from controller.processes.case import Case
from controller.specs.specification import Specification
from tests.operations.moves import PASSWORD, Moves, whatever_the_lint_says
from tests.operations.office import Desk
from tests.procurement.bids import SPECIFICATION


def specified(desk: Desk, case: Case, specification: Specification = SPECIFICATION) -> Case:
    """The case with the specification among its papers."""
    return keep_paper(
        desk.context,
        desk.person("engineer1"),
        "attach_file",
        case.number,
        kind="specification",
        name="specification",
        title="คุณลักษณะเฉพาะ",
        content=specification.content,
    )


def before_approval(desk: Desk, specification: Specification = SPECIFICATION) -> Case:
    """A case that was put to the director."""
    moves = Moves(desk)
    case = moves.studied(moves.appointed(moves.opened("2.4")))
    specified(desk, case, specification)
    moves.form(case, "spec_definition")
    with whatever_the_lint_says():
        return moves.submitted(case)


def approved(
    desk: Desk, specification: Specification = SPECIFICATION, *, password: str = ""
) -> Case:
    """A case whose specification was approved; without the director's password they get one."""
    if not password:
        Moves(desk).director_signs_in()
    case = before_approval(desk, specification)
    director = desk.person("director")
    return decide_case(
        desk.context, director, case.number, Verdict("approve", ""), password or PASSWORD
    )
