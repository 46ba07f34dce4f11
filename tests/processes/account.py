"""The simple account kept beside random walks: what was given, written and approved.

It knows nothing of how the product decides; it watches which moves went through and compares.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hypothesis.stateful import RuleBasedStateMachine, invariant

from controller.errors import InputError, Refused
from controller.plans.plan import Plan
from controller.processes.approval import may_apply
from controller.processes.case import Case
from controller.processes.manual import process
from controller.processes.needs import missing
from controller.processes.timeline import timeline
from controller.store.audit_entry import Entry
from controller.thai import bangkok_date
from tests.processes.example import OFFICE, OTHER, PLAN, START, paper

PLAN_MAKERS = {PLAN.id: "eng2", OTHER.id: "deputy"}
APPROVAL_DAYS = 5
# What a happening gives of the needs of the step it happened at.
GIVES = {
    "appointed": {"order"},
    "studied": {"study"},
    "submitted": {"plan"},
    "approved": {"decision"},
    "notified": {"notice"},
    "executed": {"run"},
    "rolled-back": {"run"},
    "recorded": {"publication"},
    "ended": {"work", "follow-up"},
    "evaluated": {"summary"},
    "closed": {"summary"},
}


def directs(username: str, day: date) -> bool:
    """Who may decide, from the sample office, written down by hand."""
    acting = username == "deputy" and date(2026, 11, 20) <= day <= date(2026, 11, 25)
    return username == "boss" or acting


def contents(case: Case) -> tuple[object, ...]:
    """Everything the director is shown, as it is."""
    return (case.title, case.group, case.study, case.plan, case.papers, case.records,
            case.evaluations)  # fmt: skip


@dataclass
class Approved:
    """What the director approved last, as the simple account has it."""

    plan: str
    by: str
    at: datetime


class Account(RuleBasedStateMachine):
    """One case, and what is known of it without asking it."""

    case: Case

    def __init__(self) -> None:
        super().__init__()
        self.now = START
        self.log: dict[int, Entry] = {}
        self.approved: Approved | None = None
        self.wrote: set[str] = set()
        self.given: dict[int, set[str]] = {}
        self.shown: tuple[object, ...] = ()
        self.started = False

    def who(self, by: str) -> str:
        """The name given, or of somebody who may act now; of a group any of its people in turn."""
        group, case = self.case.group, self.case
        if by or group is None:
            return by or case.proposer
        return [group.chair, *group.members, group.secretary][len(case.events) % 3]

    def move(self, change: Callable[[Case], Case], by: str = "") -> bool:
        """Try a move. A case only ever grows by it, and one that has ended never moves."""
        before = self.case
        try:
            after = change(before)
        except (Refused, InputError):
            return False
        assert after == before or before.state == "open"
        for grows in ("events", "decisions", "records", "evaluations", "submissions"):
            assert getattr(after, grows)[: len(getattr(before, grows))] == getattr(before, grows)
        assert after == before or len(after.events) == len(before.events) + 1
        assert (after.number, after.proposer) == (before.number, before.proposer)
        self.case = after
        if after != before:
            self.account(before, by)
        return True

    def account(self, before: Case, by: str) -> None:
        """Keep what the move gave, forget what it went back over, remember who wrote."""
        case, event = self.case, self.case.events[-1]
        steps_of = process(case.process).steps
        self.given.setdefault(event.step, set()).update(GIVES.get(event.what, set()))
        if case.step < before.step:
            self.given = {step: had for step, had in self.given.items() if step < case.step}
        if case.step > before.step + 1 or event.step > before.step:
            # Past a run that left devices over, straight into its evaluation.
            assert {"run"} == set(steps_of[before.step].needs)
            self.given[before.step] = {"run"}
        if steps_of[before.step].kind == "approve" and event.what not in {"recorded", "voided"}:
            assert contents(case) == contents(before)  # what the director reads does not move
        if contents(case) != contents(before) or event.what == "submitted":
            self.wrote.add(by)
        if len(case.submissions) > len(before.submissions):
            self.shown = contents(case)
            assert steps_of[case.step].kind == "approve"
            assert case.submissions[-1].step == case.step

    @invariant()
    def nothing_is_skipped(self) -> None:
        """Whatever step a case came past, everything the manual asks for there was given."""
        if not self.started:
            return
        of_it = process(self.case.process).steps
        past = len(of_it) if self.case.state == "closed" else self.case.step
        for index, step in enumerate(of_it[:past]):
            left = {*step.needs} - self.given.get(index, set()) - {"plan", "study"}
            assert not left, (index, left, [e.what for e in self.case.events])
            if "study" in step.needs:
                assert self.case.study
            if "plan" in step.needs:
                assert self.case.plan
            for slug in step.forms:
                wanted = (slug, paper(slug).kind)
                assert wanted in [(p.form, p.kind) for p in self.case.papers]
        views = timeline(self.case, OFFICE, bangkok_date(self.now))
        assert all(view.missing == missing(self.case) for view in views if view.state == "current")

    @invariant()
    def the_gate_opens_exactly_for_what_was_approved(self) -> None:
        if not self.started:
            return
        for plan in (PLAN, OTHER):
            for chain_ok in (True, None, False):
                assert self.gate(plan, chain_ok) is (chain_ok is True and self.may(plan)), (
                    self.case.events
                )

    def gate(self, plan: Plan, chain_ok: bool | None) -> bool:
        last = self.case.decisions[-1] if self.case.decisions else None
        verdict = may_apply(
            self.case,
            plan,
            self.log.get(last.audit_seq) if last else None,
            chain_ok,
            OFFICE,
            {entry.path: entry.sha256 for entry in plan.inputs},
            self.now,
            planned_by=PLAN_MAKERS[plan.id],
        )
        assert (verdict.open is True) is (not verdict.reasons)
        return verdict.open is True

    def may(self, plan: Plan) -> bool:
        """The simple account: approved, of this plan, not expired, and it is time to execute."""
        held = self.approved
        steps_of = process(self.case.process).steps
        return (
            held is not None
            and held.plan == plan.id
            and self.now < held.at + timedelta(days=APPROVAL_DAYS)
            and self.case.state == "open"
            and "run" in steps_of[self.case.step].needs
        )
