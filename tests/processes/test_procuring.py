"""The gate of a procurement opens on an explicit yes to exactly this specification."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from controller.errors import NotApproved
from controller.processes import steps
from controller.processes.approval import Verdict
from controller.processes.case import Case, Paper
from controller.processes.history import decided_at
from controller.processes.procuring import (
    insist_on_approval,
    may_procure,
    may_work,
    specification_paper,
)
from controller.store.audit_entry import Entry
from tests.processes.example import OFFICE
from tests.processes.walker import Walker, begin

GATE = 2


def _specification(case: Case, sha256: str = "a" * 64) -> Paper:
    return Paper(
        kind="specification",
        number="specification",
        title="คุณลักษณะเฉพาะ",
        sha256=sha256,
        step=case.step,
        by="-",
        at=case.opened,
    )


@dataclass
class Approved:
    """A case of 2.4 whose specification was approved, and what the gate is shown of it."""

    walker: Walker

    @property
    def case(self) -> Case:
        return self.walker.case

    @property
    def entry(self) -> Entry | None:
        decision = decided_at(self.case, GATE)
        return self.walker.log.get(decision.audit_seq) if decision else None

    def work(self, *, entry: Entry | None = None, chain: bool | None = True) -> Verdict:
        return may_work(self.case, entry or self.entry, chain, OFFICE, self.walker.now)


def walked(*, specified: bool = True, to: int = GATE + 1) -> Approved:
    walker = begin("2.4")
    while walker.case.step < 1:
        walker.next_thing()
    if specified:
        walker.case = steps.attach(
            walker.case, _specification(walker.case), walker.doer(), walker.now
        )
    while walker.case.step < to:
        walker.next_thing()
    return Approved(walker)


def test_it_opens_on_the_approved_specification() -> None:
    there = walked()
    assert there.work() == Verdict(open=True, reasons=())
    assert may_procure(there.case, there.entry, OFFICE, there.walker.now).open is True


def test_it_is_shut_before_the_approval() -> None:
    there = walked(to=GATE)
    assert there.work().open is False
    with pytest.raises(NotApproved, match="ยังใช้ดำเนินการไม่ได้"):
        insist_on_approval(there.work(), there.case)


def test_it_is_shut_without_a_specification() -> None:
    verdict = walked(specified=False).work()
    assert verdict.open is False
    assert [r.en for r in verdict.reasons] == ["the case has no specification"]


def test_it_is_shut_for_another_process() -> None:
    there = walked()
    there.walker.case = there.case.model_copy(update={"process": "3.3"})
    assert there.work().open is False


def test_another_specification_shuts_it() -> None:
    there = walked()
    paper = specification_paper(there.case)
    papers = tuple(
        p.model_copy(update={"sha256": "b" * 64}) if p == paper else p for p in there.case.papers
    )
    there.walker.case = there.case.model_copy(update={"papers": papers})
    told = [r.en for r in there.work().reasons]
    assert "this specification is not the one that was put before the director" in told
    assert may_procure(there.case, there.entry, OFFICE, there.walker.now).open is False


def test_pulling_the_case_back_shuts_it() -> None:
    there = walked()
    walker = there.walker
    walker.case = steps.revise(walker.case, "แก้ข้อกำหนด", walker.doer(), walker.now, run_open=False)
    assert there.work().open is False
    changed = _specification(walker.case, "c" * 64)
    walker.case = steps.attach(walker.case, changed, walker.doer(), walker.now)
    walker.case = steps.submit(walker.case, None, walker.doer(), walker.now)
    assert there.work().open is False
    walker.decide()
    assert there.work().open is True


def test_the_chain_must_be_known_to_be_whole() -> None:
    there = walked()
    assert there.work(chain=None).open is None
    assert there.work(chain=False).open is False


def test_a_decision_the_log_does_not_hold_shuts_it() -> None:
    there = walked()
    entry = there.entry
    assert entry is not None
    altered = replace(entry, content={**entry.content, "kind": "refuse"})
    assert there.work(entry=altered).open is False
    assert may_procure(there.case, None, OFFICE, there.walker.now).open is False


def test_an_approval_of_a_specification_does_not_expire() -> None:
    there = walked()
    there.walker.now += timedelta(days=900)
    assert there.work().open is True


def test_a_closed_case_is_shown_but_not_worked_in() -> None:
    there = walked()
    while there.case.state == "open":
        there.walker.next_thing()
    assert there.work().open is False
    assert may_procure(there.case, there.entry, OFFICE, there.walker.now).open is True
