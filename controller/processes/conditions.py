"""The conditions of the gate, each a small function that yields what it has against opening.

An objection is `sure` when the condition is known not to hold, and not sure when nobody can tell.
Both keep the gate shut.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from controller.errors import Text
from controller.inventory.office import Office
from controller.processes.capacity import proposers, standing
from controller.processes.case import Case, Decision
from controller.processes.dossier import differences, dossier_id, items_of, submission_to
from controller.processes.evidence import ChangePlan, LoggedEntry, differing, plan_id, unfit
from controller.processes.history import approvals, decided_at, gate_step, work_gate_step
from controller.processes.manual import Manual, Process
from controller.thai import bangkok_date


@dataclass(frozen=True)
class Question:
    """Everything the gate looks at. `kind` is what it is asked for; `work` changes no device.

    `outdated` are words for what the plan rests on beside files, and is not what it was.
    """

    case: Case
    plan: ChangePlan | None
    entry: LoggedEntry | None
    chain_ok: bool | None
    office: Office
    inputs_now: Mapping[str, str | None]
    now: datetime
    kind: Literal["apply", "rollback", "work"]
    planned_by: str | None
    manual: Manual
    outdated: tuple[Text, ...] = ()

    @property
    def decision(self) -> Decision | None:
        """The last decision at the approve step before the run or the work, whatever it says."""
        return decided_at(self.case, self.gate) if self.gate >= 0 else None

    @property
    def gate(self) -> int:
        """The approve step before the run, or before other work; -1 where nobody knows one."""
        known = (p for p in self.manual.processes if p.number == self.case.process)
        process = next(known, None)
        find = work_gate_step if self.kind == "work" else gate_step
        step = find(process) if process else None
        return -1 if step is None else step


@dataclass(frozen=True)
class Against:
    """One thing against opening the gate."""

    text: Text
    sure: bool = True
    about_inputs: bool = False


Condition = Callable[[Question], Iterator[Against]]


def standing_at_the_run(question: Question) -> Iterator[Against]:
    """The case is open and stands at the step that carries the plan out."""
    case = question.case
    if case.state != "open":
        yield _no(f"เรื่อง {case.number} ไม่ได้เปิดอยู่", f"case {case.number} is {case.state}, not open")
    process = next((p for p in question.manual.processes if p.number == case.process), None)
    if process is None or not process.runnable:
        yield _no(
            f"กระบวนงาน {case.process} ดำเนินการในระบบไม่ได้",
            f"process {case.process} cannot be run",
        )
    elif not _at_the_run(process, case.step, question.kind):
        yield _no(
            f"เรื่อง {case.number} ยังไม่อยู่ที่ขั้นตอนดำเนินการ",
            f"case {case.number} does not stand at the step that carries the plan out",
        )


def group_appointed(question: Question) -> Iterator[Against]:
    """A working group was appointed."""
    if question.case.group is None:
        yield _no("ยังไม่ได้แต่งตั้งคณะทำงาน", "no working group has been appointed")


def plan_of_the_case(question: Question) -> Iterator[Against]:
    """The plan given is the plan of the case and of the decision, and is fit to be carried out."""
    if question.plan is None:
        yield Against(
            Text(th="ไม่พบแผนของเรื่องนี้", en="the plan of the case is not there"), sure=False
        )
        return
    given = plan_id(question.plan)
    if given != question.case.plan:
        yield _no(
            f"แผนที่จะใช้ ({given[:12]}) ไม่ใช่แผนของเรื่อง ({_short(question.case.plan)})",
            f"the plan given ({given[:12]}) is not the plan of the case "
            f"({_short(question.case.plan)})",
        )
    decision = question.decision
    if decision is not None and decision.plan != given:
        yield _no(
            f"แผนที่จะใช้ ({given[:12]}) ไม่ใช่แผนที่พิจารณา ({_short(decision.plan)})",
            f"the plan given ({given[:12]}) is not the plan decided on ({_short(decision.plan)})",
        )
    yield from (Against(reason) for reason in unfit(question.plan))
    run = getattr(question.plan, "playbook", None)
    if run is not None and run.process != question.case.process:
        yield _no(
            f"เพลย์บุ๊ก {run.name} ใช้ในกระบวนงาน {run.process} ไม่ใช่ {question.case.process}",
            f"the playbook {run.name} belongs to process {run.process}, "
            f"not {question.case.process}",
        )


def approved(question: Question) -> Iterator[Against]:
    """The last word on the case is an approval, of this case."""
    case, decision = question.case, question.decision
    if decision is None:
        yield _no("ยังไม่มีผลการพิจารณา", "nobody has decided on the case")
        return
    if decision.kind != "approve":
        yield _no(
            "ผลการพิจารณาล่าสุดไม่ใช่การอนุมัติ",
            f"the last decision is “{decision.kind}”, not an approval",
        )
    if decision.case != case.number:
        yield _no(
            f"ผลการพิจารณาเป็นของเรื่อง {decision.case}",
            f"the decision is about case {decision.case}",
        )
    held = approvals(case).get(question.gate)
    if held is None:
        yield _no(
            "ตามลำดับเหตุการณ์ของเรื่องไม่มีการอนุมัติที่ยังมีผล (อาจเปลี่ยนแผนหรือดึงเรื่องกลับหลังอนุมัติ)",
            "the history of the case does not end with an approval (voided by another plan, "
            "or pulled back?)",
        )
    elif (held.actor, held.at) != (decision.actor, decision.at):
        yield _no(
            "ลำดับเหตุการณ์ของเรื่องไม่ตรงกับผลการพิจารณา",
            "the history of the case tells of another approval than the decision",
        )


def dossier_as_decided(question: Question) -> Iterator[Against]:
    """What the director decided on is on record whole, and is what the case holds now."""
    case, decision = question.case, question.decision
    if decision is None:
        return
    if not decision.dossier:
        again = f"`khaen case revise {case.number}`"
        yield _no(
            f"ผลการพิจารณาไม่ได้ระบุสิ่งที่เสนอทั้งชุด ดึงเรื่องกลับมาเสนอใหม่ด้วย {again}",
            f"the decision names no dossier; pull the case back with {again} and submit it again",
        )
        return
    if decision.step != question.gate:
        yield _no(
            "ผลการพิจารณาไม่ได้ระบุขั้นตอนที่พิจารณา",
            "the decision does not name the step it was made at",
        )
    submission = submission_to(case, question.gate)
    if submission is None or submission.dossier != decision.dossier:
        yield _no(
            "สิ่งที่เสนอไว้ล่าสุดไม่ใช่สิ่งที่พิจารณา",
            "what was submitted last is not what was decided on",
        )
        return
    if dossier_id(submission.items) != submission.dossier:
        yield _no("รายการสิ่งที่เสนอถูกแก้ไข", "the list of what was submitted has been altered")
    if submission.at > decision.at:
        yield _no("เสนอเรื่องหลังการพิจารณา", "the case was submitted after the decision")
    # What came at later steps, papers and records of the work, was not there to decide on.
    later = {f"paper/{p.number}" for p in case.papers if p.step > question.gate}
    later |= {f"record/{n}" for n, r in enumerate(case.records, 1) if r.step > question.gate}
    later |= {
        f"evaluation/{n}" for n, e in enumerate(case.evaluations, 1) if e.step > question.gate
    }
    for change in differences(submission.items, items_of(case)):
        if change.what != "added" or change.key not in later:
            yield _no(
                f"“{change.title}” ({change.key}) ไม่ตรงกับที่อนุมัติ",
                f"{change.key} is not what was decided on ({change.what})",
            )


def in_time(question: Question) -> Iterator[Against]:
    """The decision was made in the past, after the case was opened, and says when it expires."""
    decision = question.decision
    if decision is None:
        return
    moments = (question.now, decision.at, decision.expires, question.case.opened)
    if any(moment is None or moment.tzinfo is None for moment in moments):
        yield Against(
            Text(
                th="ไม่ทราบเวลาหรือวันหมดอายุของการอนุมัติ",
                en="the moment or the expiry of the approval is not known",
            ),
            sure=False,
        )
        return
    if decision.at > question.now:
        yield _no(
            "เวลาที่พิจารณาอยู่ในอนาคต (ตรวจนาฬิกาของเครื่อง)",
            "the decision was made in the future (check this machine's clock)",
        )
    if decision.at < question.case.opened:
        yield _no("เวลาที่พิจารณาอยู่ก่อนเปิดเรื่อง", "the decision is older than the case")


def not_expired(question: Question) -> Iterator[Against]:
    """The approval still counts today."""
    decision = question.decision
    moments = (question.now, decision.expires if decision else None)
    if decision is None or any(moment is None or moment.tzinfo is None for moment in moments):
        return
    if decision.expires is not None and decision.expires <= question.now:
        day = bangkok_date(decision.expires).isoformat()
        again = f"`khaen case replan {question.case.number} --plan {_short(question.case.plan)}`"
        yield _no(
            f"การอนุมัติหมดอายุแล้วเมื่อ {day} เสนอใหม่ด้วย {again}",
            f"the approval expired on {day}; have it decided again with {again}",
        )


def by_another_person(question: Question) -> Iterator[Against]:
    """Whoever decided stands not behind the proposal."""
    decision = question.decision
    behind = proposers(question.case, question.planned_by, made=decision)
    if decision and decision.actor in behind:
        yield _no(
            f"{decision.actor} เป็นผู้เสนอเรื่องหรือผู้ทำแผน จึงอนุมัติเองไม่ได้",
            f"{decision.actor} proposed the case or made the plan, and so cannot approve it",
        )


def by_the_director(question: Question) -> Iterator[Against]:
    """Whoever decided was the director, or acted for them, on the day of the decision."""
    decision = question.decision
    if decision is None or decision.at.tzinfo is None:
        return
    day = bangkok_date(decision.at)
    held = standing(question.office, decision.actor, day)
    if held is None:
        yield _no(
            f"{decision.actor} ไม่ได้เป็นผู้อำนวยการและไม่มีคำสั่งรักษาราชการแทน ในวันที่ {day.isoformat()}",
            f"{decision.actor} was neither the director nor acting by an order "
            f"on {day.isoformat()}",
        )
    elif (held.role, held.acting_order) != (decision.role, decision.acting_order):
        by_file = _capacity(held.role, held.acting_order)
        claimed = _capacity(decision.role, decision.acting_order)
        yield _no(
            f"ตามทะเบียนสำนักงาน {decision.actor} พิจารณาในฐานะ {by_file} ไม่ใช่ {claimed}",
            f"by the office file {decision.actor} decided as {by_file}, not as {claimed}",
        )


def as_logged(question: Question) -> Iterator[Against]:
    """The audit log holds the same decision, word for word."""
    decision = question.decision
    if decision is None:
        return
    if question.entry is None:
        yield _no("ไม่พบผลการพิจารณานี้ในบันทึกตรวจสอบ", "the audit log has no entry of this decision")
        return
    names = ", ".join(differing(decision, question.entry))
    if names:
        yield _no(
            f"ผลการพิจารณาไม่ตรงกับบันทึกตรวจสอบ รายการที่ต่าง: {names}",
            f"the decision is not what the audit log says; these differ: {names}",
        )


def chain_verified(question: Question) -> Iterator[Against]:
    """The chain of the audit log was verified."""
    if question.chain_ok is None:
        yield Against(
            Text(
                th="ยังไม่ได้ตรวจสอบความถูกต้องของบันทึกตรวจสอบ",
                en="it is not known whether the audit log is intact",
            ),
            sure=False,
        )
    elif question.chain_ok is not True:
        yield _no("บันทึกตรวจสอบถูกแก้ไข", "the audit log has been altered")


def inputs_unchanged(question: Question) -> Iterator[Against]:
    """Every file the plan was computed from is what it was, and there are no others."""
    if question.kind != "apply" or question.plan is None:
        return
    then = {entry.path: entry.sha256 for entry in question.plan.inputs}
    now = question.inputs_now
    for path in sorted({*then, *now}):
        if path not in now:
            yield _input(f"ยังไม่ได้ตรวจไฟล์ {path}", f"{path} was not looked at", sure=False)
        elif path not in then:
            yield _input(f"มีไฟล์ใหม่ {path}", f"{path} is new since the plan")
        elif now[path] is None:
            yield _input(f"ไม่พบไฟล์ {path}", f"{path} is missing")
        elif now[path] != then[path]:
            yield _input(f"ไฟล์ {path} ถูกแก้ไขหลังวางแผน", f"{path} has changed since the plan")


def nothing_outdated(question: Question) -> Iterator[Against]:
    """What else the plan rests on is what it was: programs, and what they are told."""
    if question.kind == "apply":
        yield from (Against(text, about_inputs=True) for text in question.outdated)


CONDITIONS: tuple[Condition, ...] = (
    standing_at_the_run,
    group_appointed,
    plan_of_the_case,
    approved,
    dossier_as_decided,
    in_time,
    not_expired,
    by_another_person,
    by_the_director,
    as_logged,
    chain_verified,
    inputs_unchanged,
    nothing_outdated,
)


def _at_the_run(process: Process, step: int, kind: str) -> bool:
    if not 0 <= step < len(process.steps):
        return False
    if "run" in process.steps[step].needs:
        return True
    before = any("run" in earlier.needs for earlier in process.steps[:step])
    return kind == "rollback" and before and process.steps[step].kind == "evaluate"


def _no(th: str, en: str) -> Against:
    return Against(Text(th=th, en=en))


def _input(th: str, en: str, *, sure: bool = True) -> Against:
    return Against(Text(th=th, en=en), sure=sure, about_inputs=True)


def _short(plan: str | None) -> str:
    return plan[:12] if plan else "-"


def _capacity(role: str, order: str | None) -> str:
    return f"{role} {order}" if order else role
