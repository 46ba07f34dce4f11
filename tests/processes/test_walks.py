"""Whatever people do, in whatever order, the gate opens only for what the director approved.

A machine lets random people make random moves. Beside it runs a much simpler account of what was
approved, kept from the moves that went through and from a table of who directs when.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from controller.errors import InputError, Refused
from controller.plans.plan import Plan
from controller.processes import deciding, steps
from controller.processes.approval import decision_content, may_apply
from controller.processes.case import Case, DecisionKind, Evaluation, Group
from controller.processes.manual import process
from controller.store.audit_entry import Entry
from controller.thai import bangkok_date
from tests.processes.example import GROUP, OFFICE, OTHER, PLAN, START, actor, log_entry

PEOPLE = st.sampled_from(["boss", "deputy", "lead", "eng1", "eng2", "root", "old-boss", "retired"])
PLANS = st.sampled_from([PLAN, OTHER])
PLAN_MAKERS = {PLAN.id: "eng2", OTHER.id: "deputy"}
KINDS: st.SearchStrategy[DecisionKind] = st.sampled_from(["approve", "return", "refuse"])
APPROVAL_DAYS = 5


def directs(username: str, day: date) -> bool:
    """Who may decide, from the sample office, written down by hand."""
    acting = username == "deputy" and date(2026, 11, 20) <= day <= date(2026, 11, 25)
    return username == "boss" or acting


@dataclass
class Approved:
    """What the director approved last, as the simple account has it."""

    plan: str
    by: str
    at: datetime


class Walks(RuleBasedStateMachine):
    """One case, many people."""

    case: Case

    def __init__(self) -> None:
        super().__init__()
        self.now = START
        self.log: dict[int, Entry] = {}
        self.approved: Approved | None = None
        self.proposed: set[str] = set()
        self.started = False

    @initialize(number=st.sampled_from(["2.2", "2.3"]), by=PEOPLE, plan=PLANS)
    def open(self, number: str, by: str, plan: Plan) -> None:
        name = steps.case_number(number, self.now, 1)
        self.case = steps.open_case(number, name, "งาน", actor(by), self.now, plan=plan.id)
        self.proposed = {by}
        self.started = True

    def move(self, change: Callable[[Case], Case]) -> bool:
        """Try a move. A case only ever grows by it, and one that has ended never moves."""
        before = self.case
        try:
            after = change(before)
        except (Refused, InputError):
            return False
        assert after == before or before.state == "open"
        assert after.events[: len(before.events)] == before.events
        assert after.decisions[: len(before.decisions)] == before.decisions
        assert after == before or len(after.events) == len(before.events) + 1
        assert (after.number, after.proposer) == (before.number, before.proposer)
        self.case = after
        return True

    @rule(hours=st.integers(1, 60))
    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(by=PEOPLE, chair=PEOPLE, secretary=PEOPLE)
    def appoint(self, by: str, chair: str, secretary: str) -> None:
        group = Group(order="๑/๒๕๖๙", dated=START.date(), chair=chair, secretary=secretary)
        self.move(lambda c: steps.appoint(c, group, OFFICE, actor(by), self.now))

    @rule(by=PEOPLE, plan=st.none() | PLANS)
    def submit(self, by: str, plan: Plan | None) -> None:
        chosen = plan.id if plan else None
        if self.move(lambda c: steps.submit(c, chosen, actor(by), self.now)):
            self.proposed.add(by)

    @rule(by=PEOPLE, plan=PLANS, run_open=st.sampled_from([False, False, True, None]))
    def plan_again(self, by: str, plan: Plan, run_open: bool | None) -> None:
        before = self.case
        if self.move(
            lambda c: steps.attach_plan(c, plan.id, actor(by), self.now, run_open=run_open)
        ):
            if self.case != before:
                self.approved = None
                self.proposed.add(by)
            assert self.case.plan == plan.id

    @rule(by=PEOPLE, kind=KINDS, plan=PLANS)
    def decide(self, by: str, kind: DecisionKind, plan: Plan) -> None:
        shown = self.case.plan or ""
        maker = PLAN_MAKERS.get(shown)

        def change(case: Case) -> Case:
            draft = deciding.draft_decision(
                case,
                kind,
                comment="ความเห็น",
                plan=plan,
                actor=actor(by),
                office=OFFICE,
                at=self.now,
                approval_days=APPROVAL_DAYS,
                planned_by=maker,
            )
            text = json.dumps(decision_content(draft))
            entry = log_entry(case, text, by, self.now, len(self.log) + 1)
            self.log[entry.seq] = entry
            sealed = deciding.seal(draft, entry.seq, entry.hash)
            return deciding.decide(case, sealed, OFFICE, planned_by=maker)

        if self.move(change):
            assert directs(by, bangkok_date(self.now))
            assert by not in self.proposed
            assert by != maker
            approves = kind == "approve"
            assert plan.id == shown or not approves
            self.approved = Approved(shown, by, self.now) if approves else None

    @rule(by=PEOPLE)
    def notify(self, by: str) -> None:
        self.move(
            lambda c: steps.notify(
                c, actor(by), self.now, to=["โรงเรียน"], how="หนังสือ", message="แจ้ง"
            )
        )

    @rule(
        kind=st.sampled_from(["apply", "rollback"]),
        outcome=st.sampled_from([{"confirmed": 1}, {"failed": 1}, {"rolled_back": 1}, {}]),
        run=st.integers(1, 9),
    )
    def record_a_run(self, kind: str, outcome: dict[str, int], run: int) -> None:
        if kind == "apply":
            self.move(lambda c: steps.executed(c, f"r{run}", "apply", outcome, "eng1", self.now))
        else:
            self.move(lambda c: steps.executed(c, f"r{run}", "rollback", outcome, "eng1", self.now))

    @rule(by=PEOPLE, run_open=st.sampled_from([False, True, None]))
    def close(self, by: str, run_open: bool | None) -> None:
        def change(case: Case) -> Case:
            evaluation = Evaluation(
                results="ผล", problems="-", suggestions="-", step=case.step, by=by, at=self.now
            )
            return steps.evaluate(case, evaluation, actor(by), self.now, run_open=run_open)

        self.move(change)

    @precondition(lambda self: self.started and self.case.state == "open")
    @rule()
    def do_the_next_thing_well(self) -> None:
        """So that walks get far: what the manual wants next, by somebody who may."""
        member = self.case.group.secretary if self.case.group else self.case.proposer
        kind = process(self.case.process).steps[self.case.step].kind
        if kind == "appoint":
            self.move(lambda c: steps.appoint(c, GROUP, OFFICE, actor(c.proposer), self.now))
        elif kind == "plan":
            self.submit(member, None)
        elif kind == "approve":
            self.decide("boss", "approve", PLAN if self.case.plan == PLAN.id else OTHER)
        elif kind == "notify":
            self.notify(member)

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
            and steps_of[self.case.step].kind == "execute"
        )


Walks.TestCase.settings = settings(
    max_examples=150,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestWalks = Walks.TestCase


def test_the_machine_can_reach_an_open_gate() -> None:
    """Without this the account above could be true of nothing."""
    machine = Walks()
    machine.open("2.3", "eng1", PLAN)
    for _ in range(4):
        machine.the_gate_opens_exactly_for_what_was_approved()
        machine.do_the_next_thing_well()
    assert machine.gate(PLAN, chain_ok=True)
    machine.the_gate_opens_exactly_for_what_was_approved()
