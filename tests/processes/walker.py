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
from controller.processes.manual import MANUAL, process
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
        )
        written = json.dumps(decision_content(draft), ensure_ascii=False)
        logged = log_entry(self.case, written, by, self.now, len(self.log) + 1)
        self.case = deciding.decide(
            self.case, deciding.seal(draft, logged.seq, logged.hash), OFFICE
        )
        self.log[logged.seq] = logged

    def next_thing(self) -> None:
        """The next thing the current step needs: forms first, so that the last need can end it."""
        case, who, now = self.case, self.doer(), self.now
        step = process(case.process).steps[case.step]
        missing = forms_missing(case)
        if missing:
            number = f"{missing[0].slug}-{len(case.events)}"
            self.case = steps.attach(case, paper(missing[0].slug, number), who, now)
            return
        needs = lacking(case, step)
        match needs[0] if needs else step.needs[-1]:
            case "order":
                self.case = steps.appoint(case, GROUP, OFFICE, who, now)
            case "study" if needs:
                self.case = steps.study(case, STUDY, who, now)
            case "plan" | "study":
                self.case = steps.submit(
                    case, self.plan.id if "plan" in step.needs else None, who, now
                )
            case "decision":
                self.decide()
            case "notice":
                self.case = steps.notify(
                    case, who, now, to=["โรงเรียนตัวอย่าง ก"], how="หนังสือ", message="แจ้งเพื่อทราบ"
                )
            case "run":
                run = f"run-{next(self.runs)}"
                self.case = steps.executed(case, run, "apply", {"confirmed": 1}, who.username, now)
            case "work":
                self.case = steps.record_entry(case, entry("work", now), who, now, done=True)
            case "follow-up":
                self.case = steps.record_entry(case, entry("follow-up", now), who, now, done=True)
            case "summary":
                self.case = steps.evaluate(case, evaluation(now), who, now, run_open=False)
            case "publication":
                self.case = steps.publish(case, entry("publication", now), who, now)

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
