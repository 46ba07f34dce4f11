"""Show the specification of a case: what it asks, what is to mend, what changed since."""

from __future__ import annotations

from dataclasses import dataclass

from controller.accounts.actor import Actor, require
from controller.errors import NotFound, Text
from controller.operations.context import Context
from controller.operations.lint_specification import lint_case
from controller.operations.procurement_papers import specification_of
from controller.processes.case import Case, Paper
from controller.processes.procuring import SPECIFICATION, specification_paper
from controller.procurement.differences import Difference, differences
from controller.procurement.remark import Remark, standing_against
from controller.specs.specification import Specification, read_specification
from controller.store import cases


@dataclass(frozen=True)
class SpecificationView:
    """The specification attached to a case. `against` keeps it from being put to the director.

    `approved` is the one approved last, where that is another one; `changed` is what differs from
    it.
    """

    case: Case
    paper: Paper
    specification: Specification
    remarks: tuple[Remark, ...]
    against: tuple[Remark, ...]
    approved: Specification | None = None
    changed: tuple[Difference, ...] = ()


def show_specification(context: Context, actor: Actor, number: str) -> SpecificationView:
    """The specification of the case. Errors: `NotFound`, also for a case that has none."""
    require(actor, "read_history")
    with context.store.read() as conn:
        case = cases.load_case(conn, number)
    paper, specification = specification_paper(case), specification_of(context, case)
    if paper is None or specification is None:
        raise _none(number)
    remarks = lint_case(context, case)
    approved = _approved_before(context, case, paper)
    return SpecificationView(
        case=case,
        paper=paper,
        specification=specification,
        remarks=remarks,
        against=standing_against(remarks, specification.accepted),
        approved=approved,
        changed=differences(approved, specification) if approved else (),
    )


def compare_specification(
    context: Context, actor: Actor, number: str, other: Specification
) -> tuple[Difference, ...]:
    """What another one, such as an edited file, changes in the specification of the case."""
    require(actor, "read_history")
    with context.store.read() as conn:
        specification = specification_of(context, cases.load_case(conn, number))
    if specification is None:
        raise _none(number)
    return differences(specification, other)


def _approved_before(context: Context, case: Case, paper: Paper) -> Specification | None:
    """The specification of the dossier approved last, None when it is the one attached now."""
    approved = {d.dossier for d in case.decisions if d.kind == "approve"}
    for submission in reversed(case.submissions):
        held = {item.key: item.sha256 for item in submission.items}
        sha256 = held.get(f"paper/{SPECIFICATION}")
        if submission.dossier in approved and sha256 is not None:
            same = sha256 == paper.sha256
            return None if same else read_specification(context.files.get(sha256))
    return None


def _none(number: str) -> NotFound:
    return NotFound(
        Text(th=f"เรื่อง {number} ยังไม่มีคุณลักษณะเฉพาะ", en=f"case {number} has no specification yet"),
        hint=Text(
            th=f"ร่างด้วย `khaen spec new` แล้วเขียนลงเรื่อง: `khaen spec write {number} FILE`",
            en=f"draft one with `khaen spec new`, then `khaen spec write {number} FILE`",
        ),
    )
