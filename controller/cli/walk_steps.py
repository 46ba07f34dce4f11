"""One rehearsed case: whatever the manual's data asks of a step is done by the person who may."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any

from controller.cli.walk_forms import attach_forms
from controller.cli.walk_stage import Stage
from controller.operations.apply_plan import apply_plan
from controller.operations.appoint_group import Appointment, appoint_group
from controller.operations.decide_case import Verdict, decide_case
from controller.operations.evaluate_case import evaluate_case
from controller.operations.notify_case import notify_case
from controller.operations.open_case import open_case
from controller.operations.plan_change import plan_change
from controller.operations.print_document import possible, print_document
from controller.operations.record_case import record_case
from controller.operations.replan_case import replan_case
from controller.operations.show_case import show_case
from controller.operations.study_case import study_case
from controller.operations.submit_case import submit_case
from controller.processes.case import Case, Objective, Result, StepKind, Study
from controller.processes.manual import Process, Step

# A school of the sample for each process that ends on devices: none reserves another's.
TARGETS = {"2.2": "site=kkn-school-b role=access", "2.3": "site=kkn-school-c role=access"}
DAYS = timedelta(days=60)


@dataclass
class Walked:
    """How far a case came and what was made on the way."""

    process: str
    of: int
    case: str = ""
    steps: int = 0
    decisions: int = 0
    state: str = ""
    forms: list[str] = field(default_factory=list)
    papers: list[str] = field(default_factory=list)
    files: int = 0

    def row(self) -> dict[str, Any]:
        """The same for programs."""
        return dict(vars(self))


class Walk:
    """Cases walked to their end; each step ended by what the manual says it needs."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self._ends: dict[StepKind, Callable[[Case, Step], Case]] = {
            "appoint": self._appoint,
            "plan": self._plan,
            "approve": self._approve,
            "notify": self._notify,
            "execute": self._execute,
            "monitor": self._monitor,
            "evaluate": self._evaluate,
        }

    def through(self, process: Process) -> Walked:
        """A case of `process` from its opening to its end, with every form and paper."""
        walked, self.stage.drawn = Walked(process.number, len(process.steps)), 0
        case = open_case(
            self.stage.context, self.stage.people["engineer1"], process.number, None, ""
        )
        walked.case = case.number
        while case.state == "open":
            step = process.steps[case.step]
            case = self._return_once(case, step)
            if process.steps[case.step] is not step:
                continue
            new = attach_forms(self.stage, case, step)
            walked.forms += [slug for slug in new if slug not in walked.forms]
            before = case.step
            case = self._ends[step.kind](case, step)
            if case.state == "open" and case.step == before:
                break  # the step did not end: the table shows how far the case came
            walked.steps = before + 1
        walked.state, walked.decisions = case.state, len(case.decisions)
        walked.papers = self._print(case)
        walked.files = self.stage.drawn
        return walked

    def _appoint(self, case: Case, _: Step) -> Case:
        group = Appointment(chair="officer1", secretary="engineer2", members=("engineer1",))
        return appoint_group(self.stage.context, self.stage.people["engineer1"], case.number, group)

    def _plan(self, case: Case, step: Step) -> Case:
        engineer = self.stage.people["engineer1"]
        if "plan" in step.needs and case.plan is None:
            plan = plan_change(self.stage.context, engineer, TARGETS[case.process])
            replan_case(self.stage.context, engineer, case.number, plan.id)
        if "study" in step.needs:
            study_case(self.stage.context, engineer, case.number, self._study(case))
        return submit_case(self.stage.context, engineer, case.number)

    def _approve(self, case: Case, step: Step) -> Case:
        read = case.submissions[-1].dossier[:12]
        moved = self._decide(case, Verdict("approve", "เห็นชอบตามเสนอ", seen=read))
        if "publication" in step.needs:
            return record_case(
                self.stage.context,
                self.stage.people["engineer1"],
                case.number,
                "publication",
                on=self.stage.context.today(),
                text="เผยแพร่ข้อมูลสารสนเทศบนเว็บไซต์สำนักงาน",
                place="เว็บไซต์สำนักงาน หน้าข้อมูลสารสนเทศ",
            )
        return moved

    def _return_once(self, case: Case, step: Step) -> Case:
        """The first time a case is put to the director it comes back, to be put again."""
        if step.kind != "approve" or case.decisions:
            return case
        return self._decide(case, Verdict("return", "ขอให้ระบุผู้ติดต่อของโรงเรียนให้ครบ"))

    def _decide(self, case: Case, verdict: Verdict) -> Case:
        director = self.stage.people["director"]
        return decide_case(
            self.stage.context, director, case.number, verdict, self.stage.passwords["director"]
        )

    def _notify(self, case: Case, _: Step) -> Case:
        return notify_case(
            self.stage.context,
            self.stage.people["engineer1"],
            case.number,
            ("ผู้อำนวยการโรงเรียนตัวอย่าง ก", "ผู้อำนวยการโรงเรียนตัวอย่าง ข"),
            "file",
            f"สำนักงานจะดำเนินการเรื่อง {case.title} ตามแผนที่ได้รับความเห็นชอบแล้ว",
        )

    def _execute(self, case: Case, step: Step) -> Case:
        engineer = self.stage.people["engineer1"]
        if "run" in step.needs:
            apply_plan(self.stage.context, engineer, case.number)
            return show_case(self.stage.context, engineer, case.number)
        return self._record(case, "work", "ดำเนินการตามแผนครบทุกรายการ")

    def _monitor(self, case: Case, _: Step) -> Case:
        return self._record(case, "follow-up", "ติดตามผลแล้ว เป็นไปตามแผน")

    def _record(self, case: Case, kind: Any, text: str) -> Case:
        engineer, today = self.stage.people["engineer1"], self.stage.context.today()
        record_case(
            self.stage.context, engineer, case.number, kind, on=today, text=f"{text} (ครั้งที่ 1)"
        )
        return record_case(
            self.stage.context, engineer, case.number, kind, on=today, text=text, done=True
        )

    def _evaluate(self, case: Case, step: Step) -> Case:
        if "notice" in step.needs:
            case = self._notify(case, step)
        known = case.study.objectives if case.study else ()
        return evaluate_case(
            self.stage.context,
            self.stage.people["engineer1"],
            case.number,
            results="ดำเนินการแล้วเสร็จตามวัตถุประสงค์",
            problems="บางโรงเรียนเข้าดำเนินการได้เฉพาะหลังเลิกเรียน",
            suggestions="กำหนดวันเข้าพื้นที่พร้อมกับปฏิทินของโรงเรียน",
            objectives=[
                Result(objective=o.text, target=o.target, reached="met", note="ครบถ้วน")
                for o in known
            ],
        )

    def _study(self, case: Case) -> Study:
        today = self.stage.context.today()
        return Study(
            reason=f"กลุ่มได้ศึกษาสภาพปัจจุบันและความต้องการของสถานศึกษาเพื่อ{case.title}แล้ว",
            work="ดำเนินการตามขั้นตอนของคู่มือปฏิบัติงาน โดยไม่กระทบการเรียนการสอน",
            objectives=(
                Objective(text="สถานศึกษาในสังกัดได้รับบริการครบทุกแห่ง", target="ร้อยละ 100"),
                Objective(text="ผู้รับบริการมีความพึงพอใจ", target="ค่าเฉลี่ยไม่น้อยกว่า 3.51"),
            ),
            budget=Decimal(85000),
            begins=today,
            ends=today + DAYS,
        )

    def _print(self, case: Case) -> list[str]:
        engineer = self.stage.people["engineer1"]
        papers = possible(self.stage.context, engineer, case.number)
        for paper in papers:
            printed = print_document(self.stage.context, engineer, case.number, paper)
            self.stage.write(printed.stem, printed.files)
        return list(papers)
