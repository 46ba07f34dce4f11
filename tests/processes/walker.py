"""Walks a case of any process by its data: what the step needs next, done well by who may."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from controller.accounts.actor import Actor
from controller.plans.plan import Plan
from controller.processes import deciding, steps
from controller.processes.approval import decision_content
from controller.processes.case import Case, DecisionKind
from controller.processes.manual import MANUAL, Manual
from controller.processes.needs import forms_missing, lacking
from controller.store.audit_entry import Entry
from tests.processes.example import (
    DAYS,
    GROUP,
    OFFICE,
    PLAN,
    START,
    STUDY,
    actor,
    entry,
    evaluation,
    log_entry,
    paper,
)

NUMBERS = [entry.number for entry in MANUAL.processes]


@dataclass
class Walker:
    """A case, the moment it is, and the audit log of its decisions."""

    case: Case
    now: datetime = START
    plan: Plan = PLAN
    manual: Manual = MANUAL
    log: dict[int, Entry] = field(default_factory=dict)
    runs: count[int] = field(default_factory=lambda: count(1))

    def doer(self) -> Actor:
        """Somebody who may act now, but for deciding: the secretary, else the proposer."""
        return actor(self.case.group.secretary if self.case.group else self.case.proposer)

    def decide(
        self,
        kind: DecisionKind = "approve",
        by: str = "boss",
        *,
        comment: str = "เหตุผล",
        seen: str = "",
        to_step: int | None = None,
    ) -> None:
        """A decision, drafted, logged, sealed and made."""
        draft = deciding.draft_decision(
            self.case,
            kind,
            comment=comment,
            plan=self.plan,
            actor=actor(by),
            office=OFFICE,
            at=self.now,
            approval_days=DAYS,
            seen=seen,
            to_step=to_step,
            manual=self.manual,
        )
        written = json.dumps(decision_content(draft), ensure_ascii=False)
        logged = log_entry(self.case, written, by, self.now, len(self.log) + 1)
        sealed = deciding.seal(draft, logged.seq, logged.hash)
        self.case = deciding.decide(self.case, sealed, OFFICE, manual=self.manual)
        self.log[logged.seq] = logged

    def next_thing(self) -> None:
        """The next thing the current step needs: forms first, so that the last need can end it."""
        case, who, now, manual = self.case, self.doer(), self.now, self.manual
        step = manual.process(case.process).steps[case.step]
        unfilled = forms_missing(case, manual)
        if unfilled:
            number = f"{unfilled[0].slug}-{len(case.events)}"
            whole = paper(unfilled[0].slug, number)
            self.case = steps.attach(case, whole, who, now, manual=manual)
            return
        needs = lacking(case, step)
        match needs[0] if needs else step.needs[-1]:
            case "order":
                self.case = steps.appoint(case, GROUP, OFFICE, who, now, manual=manual)
            case "study" if needs:
                self.case = steps.study(case, STUDY, who, now, manual=manual)
            case "plan" | "study":
                plan = self.plan.id if "plan" in step.needs else None
                self.case = steps.submit(case, plan, who, now, manual=manual)
            case "decision":
                self.decide()
            case "notice":
                to, how = ["โรงเรียนตัวอย่าง ก"], "หนังสือ"
                self.case = steps.notify(
                    case, who, now, to=to, how=how, message="แจ้งเพื่อทราบ", manual=manual
                )
            case "run":
                run = f"run-{next(self.runs)}"
                done = {"confirmed": 1}
                self.case = steps.executed(case, run, "apply", done, "eng1", now, manual=manual)
            case "work" | "follow-up" as kind:
                made = entry(kind, now)
                self.case = steps.record_entry(case, made, who, now, done=True, manual=manual)
            case "summary":
                results = evaluation(now)
                self.case = steps.evaluate(case, results, who, now, run_open=False, manual=manual)
            case "publication":
                self.case = steps.publish(case, entry("publication", now), who, now, manual=manual)

    def until(self, step: int) -> Walker:
        """Walk on, an hour for each thing, until the case stands at `step`."""
        for _ in range(60):
            if self.case.state != "open" or self.case.step == step:
                return self
            self.now += timedelta(hours=1)
            self.next_thing()
        raise AssertionError(f"{self.case.number} never came to step {step}")

    def to_the_end(self) -> Walker:
        """Walk on until the case has ended."""
        return self.until(-1)


def begin(number: str, proposer: str = "eng1") -> Walker:
    """A case of this process, just opened."""
    name = steps.case_number(number, START, 1)
    return Walker(steps.open_case(number, name, "งานตัวอย่าง", actor(proposer), START))
