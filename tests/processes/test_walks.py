"""Whatever people do, in whatever order, in any process: nothing is skipped, nothing is forged.

A machine lets random people make random moves in a case of a random process. Beside it runs a much
simpler account of what was given, written and approved, kept from the moves that went through and
from a table of who directs when.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    precondition,
    rule,
)

from controller.plans.plan import Plan
from controller.processes import deciding, steps
from controller.processes.approval import decision_content
from controller.processes.case import Case, DecisionKind, Evaluation, Group, RecordKind
from controller.processes.manual import MANUAL, process
from controller.thai import bangkok_date
from tests.processes.account import APPROVAL_DAYS, PLAN_MAKERS, Account, Approved, contents, directs
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

NAMES = ["boss", "deputy", "lead", "eng1", "eng2", "root", "old-boss", "retired"]
# An empty name is whoever may act just then, an empty slug a file, and None what the step asks for:
# or else most moves would be refused and no walk would get far.
PEOPLE = st.sampled_from([*NAMES, *[""] * 8])
PLANS = st.sampled_from([PLAN, OTHER])
SLUGS = st.sampled_from(["", *MANUAL.forms, *MANUAL.annexes]) | st.none()
KINDS: st.SearchStrategy[DecisionKind] = st.sampled_from(
    ["approve", "approve", "approve", "return", "return", "refuse"]
)
RECORDS: st.SearchStrategy[RecordKind | None] = st.sampled_from([None, None, "work", "follow-up"])
RUN_OPEN = st.sampled_from([False, False, False, False, True, None])


class Walks(Account):
    """One case, many people."""

    @initialize(
        number=st.sampled_from([*NUMBERS, "2.2", "2.3", "2.3"]),
        by=st.sampled_from(NAMES),
        plan=PLANS,
        far=st.integers(0, 5),
    )
    def open(self, number: str, by: str, plan: Plan, far: int) -> None:
        name = steps.case_number(number, self.now, 1)
        chosen = plan.id if process(number).plans_a_change else None
        self.case = steps.open_case(number, name, "งาน", actor(by), self.now, plan=chosen)
        self.wrote = {by}
        self.started = True
        for _ in range(20):  # walks begin anywhere
            if self.case.step < min(far, len(process(number).steps) - 1):
                self.do_the_next_thing_well(1)

    @rule(hours=st.integers(1, 60))
    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(by=PEOPLE, people=st.permutations(NAMES[:6]))
    def appoint(self, by: str, people: list[str]) -> None:
        chair, member, secretary, *_ = people
        group = Group(
            order="๑/๒๕๖๙",
            dated=START.date(),
            chair=chair,
            members=(member,),
            secretary=secretary,
        )
        actor_ = actor(self.who(by))
        before = set(self.wrote)
        self.move(lambda c: steps.appoint(c, group, OFFICE, actor_, self.now))
        self.wrote = before  # entering the order proposes nothing

    @rule(by=PEOPLE)
    def study(self, by: str) -> None:
        by = self.who(by)
        self.move(lambda c: steps.study(c, STUDY, actor(by), self.now), by)

    @rule(by=PEOPLE, slug=SLUGS, text=st.sampled_from("12"))
    def attach(self, by: str, slug: str | None, text: str) -> None:
        by = self.who(by)
        step = process(self.case.process).steps[self.case.step]
        asked = [*step.forms, *step.may, ""]
        wanted = paper(
            asked[len(self.case.events) % len(asked)] if slug is None else slug, text=text
        )
        self.move(lambda c: steps.attach(c, wanted, actor(by), self.now), by)

    @precondition(lambda self: self.started and self.case.papers)
    @rule(by=PEOPLE, place=st.integers(0, 5))
    def detach(self, by: str, place: int) -> None:
        by = self.who(by)
        number = self.case.papers[place % len(self.case.papers)].number
        self.move(lambda c: steps.detach(c, number, actor(by), self.now), by)

    @rule(by=PEOPLE, plan=st.none() | PLANS)
    def submit(self, by: str, plan: Plan | None) -> None:
        by = self.who(by)
        chosen = plan.id if plan else None
        self.move(lambda c: steps.submit(c, chosen, actor(by), self.now), by)

    @rule(by=PEOPLE, plan=PLANS, run_open=RUN_OPEN)
    def plan_again(self, by: str, plan: Plan, run_open: bool | None) -> None:
        by = self.who(by)
        before = self.case
        if self.move(
            lambda c: steps.attach_plan(c, plan.id, actor(by), self.now, run_open=run_open), by
        ):
            if self.case != before:
                self.approved = None
                self.wrote.add(by)
            assert self.case.plan == plan.id

    @rule(
        by=st.sampled_from(NAMES[:3]), kind=KINDS, plan=PLANS, to_step=st.none() | st.integers(0, 5)
    )
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
        by = self.who(by)
        self.move(
            lambda c: steps.notify(
                c, actor(by), self.now, to=["โรงเรียน"], how="หนังสือ", message="แจ้ง"
            )
        )

    @rule(by=PEOPLE, kind=RECORDS, done=st.booleans())
    def record(self, by: str, kind: RecordKind | None, done: bool) -> None:
        by = self.who(by)
        monitors = process(self.case.process).steps[self.case.step].kind == "monitor"
        made = entry(kind or ("follow-up" if monitors else "work"), self.now)
        self.move(lambda c: steps.record_entry(c, made, actor(by), self.now, done=done), by)

    @rule(by=PEOPLE)
    def publish(self, by: str) -> None:
        by = self.who(by)
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
        by = self.who(by)

        def change(case: Case) -> Case:
            made: Evaluation = evaluation(self.now)
            return steps.evaluate(case, made, actor(by), self.now, run_open=run_open)

        self.move(change, by)

    @rule(by=PEOPLE, run_open=RUN_OPEN)
    def revise(self, by: str, run_open: bool | None) -> None:
        by = self.who(by)
        before = self.case
        if self.move(lambda c: steps.revise(c, "แก้ไข", actor(by), self.now, run_open=run_open)):
            assert self.case.step < before.step
            self.approved = None

    @rule(by=PEOPLE, run_open=RUN_OPEN, really=st.integers(0, 19))
    def withdraw(self, by: str, run_open: bool | None, really: int) -> None:
        by = self.who(by)
        before = self.case
        if really:
            return  # or else most walks end here
        if self.move(lambda c: steps.withdraw(c, "ยกเลิก", actor(by), self.now, run_open=run_open)):
            assert by == before.proposer
            assert run_open is False

    @precondition(lambda self: self.started and self.case.state == "open")
    @rule(times=st.integers(1, 2))
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


Walks.TestCase.settings = settings(
    max_examples=80,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestWalks = Walks.TestCase


@pytest.mark.parametrize("seed", range(8))
def test_long_walks_keep_the_same_account(seed: int) -> None:
    """Hypothesis finds short ways to break things; these go on for long, every process in turn."""
    chance = random.Random(seed)
    for number in NUMBERS:
        machine = Walks()
        by, plan = chance.choice(NAMES[2:5]), chance.choice([PLAN, OTHER])
        machine.open(number, by, plan, chance.randrange(6))
        for _ in range(60):
            if machine.case.state != "open":
                break
            take_a_turn(machine, chance)
            machine.nothing_is_skipped()
            machine.the_gate_opens_exactly_for_what_was_approved()


def take_a_turn(machine: Walks, chance: random.Random) -> None:
    """One move, mostly by somebody who may, at a moment of its own."""
    by = chance.choice([*NAMES[:5], *[""] * 10])
    idle = chance.choice([False] * 9 + [None])
    slug = chance.choice([None, None, None, "", *MANUAL.forms])
    kind: DecisionKind = chance.choice(["approve", "approve", "return"])
    shown = PLAN if machine.case.plan in (None, PLAN.id) else OTHER
    machine.wait(chance.randint(1, 9))
    moves: list[Callable[[], object]] = [
        lambda: machine.appoint(by, chance.sample(NAMES[:6], 6)),
        lambda: machine.study(by),
        lambda: machine.attach(by, slug, chance.choice("12")),
        lambda: machine.attach(by, slug, chance.choice("12")),
        lambda: machine.case.papers and machine.detach(by, chance.randrange(6)),
        lambda: machine.submit(by, None),
        lambda: machine.plan_again(by, chance.choice([shown, shown, PLAN, OTHER]), idle),
        lambda: machine.decide(
            chance.choice(NAMES[:3]), kind, shown, chance.choice([None, 1, 3, 4])
        ),
        lambda: machine.decide("boss", kind, shown, None),
        lambda: machine.notify(by),
        lambda: machine.record(by, None, chance.choice([True, False])),
        lambda: machine.publish(by),
        lambda: machine.record_a_run(
            chance.choice(["apply", "apply", "rollback"]),
            chance.choice([{"confirmed": 1}, {"failed": 1}]),
            chance.randrange(99),
        ),
        lambda: machine.evaluate(by, idle),
        lambda: chance.random() < 0.2 and machine.revise(by, idle),
        lambda: chance.random() < 0.3 and machine.do_the_next_thing_well(1),
    ]
    chance.choice(moves)()


def test_the_machine_can_reach_an_open_gate() -> None:
    """Without this the account above could be true of nothing."""
    machine = Walks()
    machine.open("2.3", "eng1", PLAN, 0)
    for _ in range(4):
        machine.the_gate_opens_exactly_for_what_was_approved()
        machine.do_the_next_thing_well(1)
    assert machine.gate(PLAN, chain_ok=True)
    machine.the_gate_opens_exactly_for_what_was_approved()


def test_the_machine_can_close_a_case_of_every_process() -> None:
    for number in NUMBERS:
        machine = Walks()
        machine.open(number, "eng1", PLAN, 0)
        for _ in range(20):
            machine.do_the_next_thing_well(1)
            machine.nothing_is_skipped()
        assert machine.case.state == "closed"
