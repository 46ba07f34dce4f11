"""Whatever people do, in whatever order, in any process: nothing is skipped, nothing is forged.

A machine lets random people make random moves in a case of a random process. Beside it runs a much
simpler account of what was given, written and approved, kept from the moves that went through and
from a table of who directs when.
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
from controller.processes.case import Case, DecisionKind, Evaluation, Group, RecordKind
from controller.processes.manual import MANUAL, process
from controller.processes.needs import missing
from controller.processes.timeline import timeline
from controller.store.audit_entry import Entry
from controller.thai import bangkok_date
from tests.processes.example import (
    OFFICE,
    OTHER,
    PLAN,
    START,
    STUDY,
    actor,
    entry,
    evaluation,
    log_entry,
    paper,
)
from tests.processes.walker import NUMBERS, Walker

PEOPLE = st.sampled_from(["boss", "deputy", "lead", "eng1", "eng2", "root", "old-boss", "retired"])
PLANS = st.sampled_from([PLAN, OTHER])
SLUGS = st.sampled_from(["", *MANUAL.forms, *MANUAL.annexes])
PLAN_MAKERS = {PLAN.id: "eng2", OTHER.id: "deputy"}
KINDS: st.SearchStrategy[DecisionKind] = st.sampled_from(["approve", "return", "refuse"])
RECORDS: st.SearchStrategy[RecordKind] = st.sampled_from(["work", "follow-up", "publication"])
RUN_OPEN = st.sampled_from([False, False, True, None])
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


class Walks(RuleBasedStateMachine):
    """One case, many people."""

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

    @initialize(number=st.sampled_from([*NUMBERS, "2.2", "2.3", "2.3"]), by=PEOPLE, plan=PLANS)
    def open(self, number: str, by: str, plan: Plan) -> None:
        name = steps.case_number(number, self.now, 1)
        chosen = plan.id if process(number).plans_a_change else None
        self.case = steps.open_case(number, name, "งาน", actor(by), self.now, plan=chosen)
        self.wrote = {by}
        self.started = True

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
        if contents(case) != contents(before) or event.what == "submitted":
            self.wrote.add(by)
        if len(case.submissions) > len(before.submissions):
            self.shown = contents(case)
            assert steps_of[case.step].kind == "approve"
            assert case.submissions[-1].step == case.step

    @rule(hours=st.integers(1, 60))
    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(by=PEOPLE, chair=PEOPLE, secretary=PEOPLE)
    def appoint(self, by: str, chair: str, secretary: str) -> None:
        group = Group(order="๑/๒๕๖๙", dated=START.date(), chair=chair, secretary=secretary)
        before = set(self.wrote)
        self.move(lambda c: steps.appoint(c, group, OFFICE, actor(by), self.now))
        self.wrote = before  # entering the order proposes nothing

    @rule(by=PEOPLE)
    def study(self, by: str) -> None:
        self.move(lambda c: steps.study(c, STUDY, actor(by), self.now), by)

    @rule(by=PEOPLE, slug=SLUGS, text=st.sampled_from("12"))
    def attach(self, by: str, slug: str, text: str) -> None:
        wanted = paper(slug, text=text)
        self.move(lambda c: steps.attach(c, wanted, actor(by), self.now), by)

    @precondition(lambda self: self.started and self.case.papers)
    @rule(by=PEOPLE, place=st.integers(0, 5))
    def detach(self, by: str, place: int) -> None:
        number = self.case.papers[place % len(self.case.papers)].number
        self.move(lambda c: steps.detach(c, number, actor(by), self.now), by)

    @rule(by=PEOPLE, plan=st.none() | PLANS)
    def submit(self, by: str, plan: Plan | None) -> None:
        chosen = plan.id if plan else None
        self.move(lambda c: steps.submit(c, chosen, actor(by), self.now), by)

    @rule(by=PEOPLE, plan=PLANS, run_open=RUN_OPEN)
    def plan_again(self, by: str, plan: Plan, run_open: bool | None) -> None:
        before = self.case
        if self.move(
            lambda c: steps.attach_plan(c, plan.id, actor(by), self.now, run_open=run_open), by
        ):
            if self.case != before:
                self.approved = None
                self.wrote.add(by)
            assert self.case.plan == plan.id

    @rule(by=PEOPLE, kind=KINDS, plan=PLANS, to_step=st.none() | st.integers(0, 5))
    def decide(self, by: str, kind: DecisionKind, plan: Plan, to_step: int | None) -> None:
        before, shown = self.case, self.case.plan or ""
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
                to_step=to_step if kind == "return" else None,
            )
            text = json.dumps(decision_content(draft))
            logged = log_entry(case, text, by, self.now, len(self.log) + 1)
            self.log[logged.seq] = logged
            sealed = deciding.seal(draft, logged.seq, logged.hash)
            return deciding.decide(case, sealed, OFFICE, planned_by=maker)

        if self.move(change):
            assert directs(by, bangkok_date(self.now))
            assert by not in self.wrote
            assert by != maker
            decision = self.case.decisions[-1]
            assert decision.dossier == before.submissions[-1].dossier
            if kind == "approve":
                assert contents(before) == self.shown
                assert plan.id == shown or not shown
                self.approved = Approved(shown, by, self.now)
            if kind == "return":
                assert self.case.step == decision.to_step
                assert to_step in (None, self.case.step)
                assert self.case.step < before.step

    @rule(by=PEOPLE)
    def notify(self, by: str) -> None:
        self.move(
            lambda c: steps.notify(
                c, actor(by), self.now, to=["โรงเรียน"], how="หนังสือ", message="แจ้ง"
            )
        )

    @rule(by=PEOPLE, kind=RECORDS, done=st.booleans())
    def record(self, by: str, kind: RecordKind, done: bool) -> None:
        made = entry(kind, self.now)
        self.move(lambda c: steps.record_entry(c, made, actor(by), self.now, done=done), by)

    @rule(by=PEOPLE)
    def publish(self, by: str) -> None:
        before = self.case
        made = entry("publication", self.now)
        if self.move(lambda c: steps.publish(c, made, actor(by), self.now), by):
            assert any(e.what == "approved" and e.step == before.step for e in before.events)

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

    @rule(by=PEOPLE, run_open=RUN_OPEN)
    def evaluate(self, by: str, run_open: bool | None) -> None:
        def change(case: Case) -> Case:
            made: Evaluation = evaluation(self.now)
            return steps.evaluate(case, made, actor(by), self.now, run_open=run_open)

        self.move(change, by)

    @rule(by=PEOPLE, run_open=RUN_OPEN)
    def revise(self, by: str, run_open: bool | None) -> None:
        before = self.case
        if self.move(lambda c: steps.revise(c, "แก้ไข", actor(by), self.now, run_open=run_open)):
            assert self.case.step < before.step
            self.approved = None

    @rule(by=PEOPLE, run_open=RUN_OPEN, really=st.integers(0, 9))
    def withdraw(self, by: str, run_open: bool | None, really: int) -> None:
        before = self.case
        if really:
            return  # or else most walks end here
        if self.move(lambda c: steps.withdraw(c, "ยกเลิก", actor(by), self.now, run_open=run_open)):
            assert by == before.proposer
            assert run_open is False

    @precondition(lambda self: self.started and self.case.state == "open")
    @rule(times=st.integers(1, 6))
    def do_the_next_thing_well(self, times: int) -> None:
        """So that walks get far: what the manual wants next, by somebody who may."""
        for _ in range(times):
            if self.case.state != "open":
                return
            if process(self.case.process).steps[self.case.step].kind == "approve" and not any(
                e.what == "approved" for e in self.case.events[-1:]
            ):
                self.decide("boss", "approve", PLAN if self.case.plan == PLAN.id else OTHER, None)
                continue
            plan = PLAN if self.case.plan in (None, PLAN.id) else OTHER
            walker = Walker(self.case, self.now, plan)

            def well(_: Case, walker: Walker = walker) -> Case:
                walker.next_thing()
                return walker.case

            self.move(well, walker.doer().username)

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


Walks.TestCase.settings = settings(
    max_examples=150,
    stateful_step_count=40,
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
        machine.do_the_next_thing_well(1)
    assert machine.gate(PLAN, chain_ok=True)
    machine.the_gate_opens_exactly_for_what_was_approved()


def test_the_machine_can_close_a_case_of_every_process() -> None:
    for number in NUMBERS:
        machine = Walks()
        machine.open(number, "eng1", PLAN)
        for _ in range(20):
            machine.do_the_next_thing_well(1)
            machine.nothing_is_skipped()
        assert machine.case.state == "closed"
