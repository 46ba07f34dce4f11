"""What a memo is about: the case, what of it was put to the director, and how papers look."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from controller import thai
from controller.documents.blocks import Block, Paragraph
from controller.documents.compose.look import Look
from controller.documents.compose.wording import changed, decision_on, item_name
from controller.inventory.office import Office
from controller.plans.plan import Plan
from controller.processes.case import Case, Decision, Evaluation, Submission
from controller.processes.manual import Manual, Process, Step


@dataclass(frozen=True)
class Matter:
    """One submission of a case. `plan` is its change plan, None where there is none or unknown."""

    case: Case
    submission: Submission
    office: Office
    process: Process
    look: Look
    manual: Manual
    plan: Plan | None = None

    @property
    def devices(self) -> int | None:
        """How many devices the change plan changes; None without one."""
        return None if self.plan is None else len(self.plan.devices)

    @property
    def step(self) -> Step:
        """The approve step it was put to."""
        return self.process.steps[self.submission.step]

    @cached_property
    def evaluation(self) -> Evaluation | None:
        """The evaluation put forward; None where it is the plan that is put forward."""
        for step in reversed(self.process.steps[: self.submission.step]):
            if step.kind == "evaluate":
                return self.case.evaluations[-1] if self.case.evaluations else None
            if step.kind == "plan":
                return None
        return None

    @cached_property
    def earlier(self) -> Submission | None:
        """What was put to the same step the last time before, None at the first."""
        before = [
            s
            for s in self.case.submissions
            if s.step == self.submission.step and s.at < self.submission.at
        ]
        return before[-1] if before else None

    @cached_property
    def approved(self) -> Decision | None:
        """The approval of an earlier step, by which the work was done."""
        before = [
            d
            for d in self.case.decisions
            if d.kind == "approve" and d.at < self.submission.at and d.step != self.submission.step
        ]
        return before[-1] if before else None

    def named_papers(self) -> Iterator[str]:
        """The papers with number and revision, as a list of what is attached names them."""
        revisions = {(p.number, p.sha256): p.revision for p in self.case.papers}
        for item in self.submission.items:
            kind, _, number = item.key.partition("/")
            if kind == "paper":
                # Of a paper that was changed since, the case no longer knows which revision it was.
                revision = revisions.get((number, item.sha256), 1)
                again = f" (แก้ไขครั้งที่ {self.look.count(revision - 1)})" if revision > 1 else ""
                yield f"{item_name(item.key, item.title, self.look)}{again}"

    def baht(self, label: str) -> str:
        """The budget asked for, in figures and words, after `label`; empty without a budget."""
        budget = self.case.study.budget if self.case.study else None
        if not budget:
            return ""
        return f"{label}{self.look.money(budget)} บาท ({thai.baht_text(budget)})"


def sent_back(matter: Matter) -> Iterator[Block]:
    """That the case was put forward before, how that ended, and what changed since; or nothing."""
    earlier, case, look = matter.earlier, matter.case, matter.look
    if earlier is None:
        return
    told = f"เรื่องนี้ได้เสนอแล้วเมื่อวันที่ {look.day_of(earlier.at)}"
    decision = decision_on(case, earlier)
    if decision and decision.kind == "return":
        told += (
            f" และ{decision.title} ได้ส่งกลับให้แก้ไขเมื่อวันที่ {look.day_of(decision.at)} "
            f"โดยมีความเห็นว่า “{decision.comment}”"
        )
    yield Paragraph(f"{told} จึงเสนอเพื่อพิจารณาอีกครั้ง", indent=True)
    yield Paragraph(f"สิ่งที่เปลี่ยนจากครั้งก่อน: {changed(earlier, matter.submission, look)}", indent=True)
