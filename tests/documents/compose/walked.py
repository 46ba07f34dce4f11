"""Cases walked by the engine itself, from the first step of a process to the last."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from controller.processes import steps
from controller.processes.case import Case, Evaluation, Objective, Paper, Record, Result, Study
from controller.processes.forms.catalogue import form
from controller.processes.manual import MANUAL, Step
from controller.processes.papers import attach
from controller.processes.recording import publish, record_entry
from controller.processes.studying import study
from tests.processes.example import GROUP, OFFICE, PLAN, START, actor, decided, opened

MEMBER = actor("eng1")
STUDY = Study(
    reason="จากการสำรวจพบว่าระบบเดิมใช้งานมาเกิน 7 ปี",
    work="ปรับปรุงระบบตามผลการศึกษา",
    objectives=(Objective(text="ระบบใช้งานได้ต่อเนื่อง", target="ร้อยละ 99"),),
)


def walk(number: str) -> Iterator[Case]:
    """Every state of a case of the process, one step after the other, to its end."""
    process = MANUAL.process(number)
    case = opened(number, PLAN if process.plans_a_change else None)
    at = START
    yield case
    while case.state == "open":
        at += timedelta(hours=1)
        before = case.step
        case = _taken(case, process.steps[before], at)
        assert case.state != "open" or case.step == before + 1
        yield case


def _taken(case: Case, step: Step, at: datetime) -> Case:
    """The case after everything the step needs."""
    for place, slug in enumerate(step.forms, start=1):
        case = attach(case, _paper(slug, place, at), MEMBER, at)
    if step.kind == "appoint":
        return steps.appoint(case, GROUP, OFFICE, MEMBER, at)
    if step.kind == "plan":
        return steps.submit(study(case, STUDY, MEMBER, at), None, MEMBER, at)
    if step.kind == "approve":
        case, _ = decided(case, at=at)
        record = _record("publication", at)
        return publish(case, record, MEMBER, at) if "publication" in step.needs else case
    if step.kind == "notify":
        return steps.notify(
            case, MEMBER, at, to=("โรงเรียนตัวอย่าง ก",), how="หนังสือราชการ", message="จะปรับปรุง"
        )
    if step.kind == "evaluate":
        return _evaluated(case, step, at)
    if "run" in step.needs:
        case = steps.executed(case, "run-1", "apply", {"confirmed": 1}, "eng2", at)
    if "work" in step.needs and case.step == _index(case, step):
        case = record_entry(case, _record("work", at), MEMBER, at, done=True)
    if "follow-up" in step.needs:
        case = record_entry(case, _record("follow-up", at), MEMBER, at, done=True)
    return case


def _index(case: Case, step: Step) -> int:
    return MANUAL.process(case.process).steps.index(step)


def _evaluated(case: Case, step: Step, at: datetime) -> Case:
    evaluation = Evaluation(
        results="ปรับปรุงแล้ว",
        problems="ไม่มี",
        suggestions="ควรติดตามทุกปี",
        objectives=(Result(objective="ระบบใช้งานได้ต่อเนื่อง", target="ร้อยละ 99", reached="met"),),
        step=case.step,
        by="eng1",
        at=at,
    )
    if "notice" in step.needs:
        case = steps.notify(
            case, MEMBER, at, to=("ผู้บริหาร",), how="การประชุม", message="แจ้งผลการประเมิน"
        )
    if "publication" in step.needs:
        case = publish(case, _record("publication", at), MEMBER, at)
    return steps.evaluate(case, evaluation, MEMBER, at, run_open=False)


def _paper(slug: str, place: int, at: datetime) -> Paper:
    definition = form(slug)
    return Paper(
        kind="survey" if definition.kind == "survey" else "form",
        number=f"2569-{slug}-{place:04d}",
        title=definition.th,
        sha256=f"{place:x}c" * 32,
        form=slug,
        step=0,
        by="eng1",
        at=at,
    )


def _record(kind: str, at: datetime) -> Record:
    return Record.model_validate(
        {
            "kind": kind,
            "on": START.date(),
            "text": "ดำเนินการแล้ว",
            "place": "เว็บไซต์สำนักงาน" if kind == "publication" else "",
            "step": 0,
            "by": "eng1",
            "at": at,
        }
    )
