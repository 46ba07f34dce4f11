"""Papers of a procurement in its case: reading them, asking whether approved, keeping another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from controller.accounts.actor import Actor, require
from controller.errors import NotFound, Text
from controller.operations.context import Context
from controller.operations.move_case import case_to_move
from controller.processes import steps
from controller.processes.approval import Verdict
from controller.processes.case import Case, Paper
from controller.processes.history import decided_at, work_gate_step
from controller.processes.manual import process
from controller.processes.procuring import (
    insist_on_approval,
    may_procure,
    may_work,
    specification_paper,
)
from controller.procurement.offer import Offer, read_offer
from controller.specs.specification import Specification, read_specification
from controller.store import audit_log, cases, decisions
from controller.store.audit_entry import Entry
from controller.store.engine import Connection

ProcurementPaper = Literal["specification", "offer", "comparison", "acceptance"]
Check = Callable[[Connection, Case], None]


def specification_of(context: Context, case: Case) -> Specification | None:
    """The specification attached to the case, approved or not; None without one.

    Errors: `StoreError` when what is kept is not what was attached.
    """
    paper = specification_paper(case)
    return read_specification(context.files.get(paper.sha256)) if paper else None


def approved_specification(
    context: Context, conn: Connection, case: Case, *, to_act: bool = False
) -> Specification:
    """The specification that the director approved, and no other.

    `to_act`: something is to be done by it, so the case must stand at its work and the whole audit
    log be intact. Errors: `NotApproved` with every reason, `StoreError`.
    """
    insist_on_approval(_verdict(context, conn, case, to_act), case)
    specification = specification_of(context, case)
    if specification is None:
        raise RuntimeError("the gate opened without a specification")
    return specification


def papers_of(case: Case, kind: ProcurementPaper) -> tuple[Paper, ...]:
    """The papers of this kind in the case, in the order they were first attached."""
    return tuple(paper for paper in case.papers if paper.kind == kind)


def offers_of(context: Context, case: Case) -> tuple[Offer, ...]:
    """The offers opened in the case, by the names of their bidders."""
    found = [read_offer(context.files.get(paper.sha256)) for paper in papers_of(case, "offer")]
    return tuple(sorted(found, key=lambda offer: offer.bidder))


def keep_paper(
    context: Context,
    actor: Actor,
    permission: str,
    number: str,
    *,
    kind: ProcurementPaper,
    name: str,
    title: str,
    content: bytes,
    told: dict[str, Any] | None = None,
    check: Check | None = None,
    last: Callable[[], None] | None = None,
) -> Case:
    """Attach the paper to the case, or put it in the place of the one of this name, as one move.

    `check` may refuse, seeing the case in the same transaction. `last` is called when all else is
    in the transaction: when it fails, nothing is said to have been done. Errors: as
    `processes.papers`, `NotFound`, `NotAllowed`, and what `check` raises.
    """
    require(actor, permission)
    sha256 = context.files.put(content)
    now = context.clock()
    with context.store.begin() as conn:
        before = case_to_move(context, conn, number)
        if check is not None:
            check(conn, before)
        paper = Paper(
            kind=kind,
            number=name,
            title=title,
            sha256=sha256,
            step=before.step,
            by=actor.username,
            at=now,
        )
        after = steps.attach(before, paper, actor, now)
        cases.save_case(conn, after, expected_events=len(before.events))
        content_told = {"paper": name, "sha256": sha256, **(told or {})}
        audit_log.append(
            conn, actor=actor.username, action=permission, subject=number, content=content_told,
            at=now,
        )  # fmt: skip
        if last is not None:
            last()
    return after


def require_paper(case: Case, kind: ProcurementPaper, what: Text, command: str) -> Paper:
    """The only paper of this kind. Errors: `NotFound`, saying which command makes one."""
    found = papers_of(case, kind)
    if found:
        return found[-1]
    raise NotFound(
        Text(
            th=f"เรื่อง {case.number} ยังไม่มี{what.th}", en=f"case {case.number} has no {what.en} yet"
        ),
        hint=Text(th=f"`{command}`", en=f"`{command}`"),
    )


def _verdict(context: Context, conn: Connection, case: Case, to_act: bool) -> Verdict:
    edited = decisions.changed_decisions(conn, case)
    if edited:
        return Verdict(open=False, reasons=edited)
    entry = _entry(conn, case)
    office, now = context.office(), context.clock()
    if to_act:
        return may_work(case, entry, context.keeper.verify(context.store).ok, office, now)
    return may_procure(case, entry, office, now)


def _entry(conn: Connection, case: Case) -> Entry | None:
    gate = work_gate_step(process(case.process))
    decision = decided_at(case, gate) if gate is not None else None
    return audit_log.entry(conn, decision.audit_seq) if decision else None
