"""A case as people see it: its steps, which are done, who may act next, and what that takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from controller.errors import Text
from controller.inventory.office import Office
from controller.processes.case import Case, StepKind
from controller.processes.deciding import deciders
from controller.processes.manual import MANUAL, Manual, Need, Step
from controller.processes.walk import COMMANDS, process_of

# The event that ends a step of each kind.
_ENDS: dict[StepKind, frozenset[str]] = {
    "appoint": frozenset({"appointed"}),
    "plan": frozenset({"submitted"}),
    "approve": frozenset({"approved", "refused"}),
    "notify": frozenset({"notified"}),
    "execute": frozenset({"executed", "rolled-back"}),
    "monitor": frozenset(),
    "evaluate": frozenset({"evaluated", "closed"}),
}
_NEEDS: dict[Need, Text] = {
    "order": Text(
        th="เลขที่และวันที่คำสั่งแต่งตั้ง ประธาน กรรมการ เลขานุการ",
        en="number and date of the order, chair, members, secretary",
    ),
    "plan": Text(th="แผนการเปลี่ยนแปลง", en="a change plan"),
    "decision": Text(
        th="ผลการพิจารณาของผู้อำนวยการหรือผู้รักษาราชการแทน ซึ่งไม่ใช่ผู้เสนอ",
        en="a decision of the director or who acts for them, not a proposer",
    ),
    "notice": Text(th="แจ้งใคร อย่างไร ว่าอะไร", en="who was told, how, and what"),
    "run": Text(th="ดำเนินการตามแผนที่อนุมัติกับอุปกรณ์", en="the approved plan carried out on the devices"),
    "summary": Text(th="ผลการดำเนินงาน ปัญหา ข้อเสนอแนะ", en="results, problems and suggestions"),
}
HAPPENED: dict[str, Text] = {
    "opened": Text(th="เปิดเรื่อง", en="opened"),
    "appointed": Text(th="แต่งตั้งคณะทำงาน", en="working group appointed"),
    "planned": Text(th="แนบแผน", en="plan attached"),
    "submitted": Text(th="เสนอพิจารณา", en="submitted"),
    "approved": Text(th="อนุมัติ", en="approved"),
    "returned": Text(th="ส่งกลับแก้ไข", en="returned for revision"),
    "refused": Text(th="ไม่อนุมัติ", en="refused"),
    "voided": Text(th="เปลี่ยนแผน กลับไปขั้นวางแผน", en="another plan: back to the plan step"),
    "notified": Text(th="แจ้งผู้เกี่ยวข้อง", en="people concerned told"),
    "executed": Text(th="ดำเนินการกับอุปกรณ์", en="carried out on the devices"),
    "rolled-back": Text(th="นำการเปลี่ยนแปลงออก", en="taken back"),
    "evaluated": Text(th="สรุปประเมินผล", en="evaluated"),
    "closed": Text(th="สรุปประเมินผลและปิดเรื่อง", en="evaluated and closed"),
}


@dataclass(frozen=True)
class StepView:
    """One step of a case.

    Of the current step `needs` says what it takes, `who` who may act (user names, or words when
    the office was not given) and `command` what to type; of a step that is done `at` and `by` say
    when it ended last, and by whom.
    """

    index: int
    kind: StepKind
    name: Text
    state: Literal["done", "current", "waiting"]
    needs: Text | None = None
    who: Text | None = None
    command: str = ""
    at: datetime | None = None
    by: str = ""


def timeline(
    case: Case,
    office: Office | None = None,
    day: date | None = None,
    *,
    manual: Manual = MANUAL,
) -> tuple[StepView, ...]:
    """The steps of the case's process, in order.

    With `office` and `day` the current approval names who may decide on that day. A refused case
    has no current step: what came after the refusal waits for ever. Errors: `NotFound`.
    """
    steps = process_of(case, manual).steps
    return tuple(_view(case, i, step, office, day) for i, step in enumerate(steps))


def _view(case: Case, index: int, step: Step, office: Office | None, day: date | None) -> StepView:
    if case.state == "open" and index == case.step:
        return StepView(
            index=index,
            kind=step.kind,
            name=step.title,
            state="current",
            needs=_needs(step),
            who=_who(case, step, office, day),
            command=COMMANDS[step.kind].format(case=case.number),
        )
    # A step the case was sent back over has to be done again.
    if index > case.step:
        return StepView(index, step.kind, step.title, "waiting")
    ended = [e for e in case.events if e.step == index and e.what in _ENDS[step.kind]]
    last = ended[-1] if ended else None
    return StepView(
        index=index,
        kind=step.kind,
        name=step.title,
        state="done",
        at=last.at if last else None,
        by=last.actor if last else "",
    )


def _needs(step: Step) -> Text | None:
    if not step.needs:
        return None
    needed = [_NEEDS[need] for need in step.needs]
    return Text(th="; ".join(n.th for n in needed), en="; ".join(n.en for n in needed))


def _who(case: Case, step: Step, office: Office | None, day: date | None) -> Text:
    if step.kind == "approve":
        return _deciders(case, office, day)
    people = [case.proposer] if case.group is None or step.kind == "plan" else []
    if case.group is not None:
        people += [case.group.chair, *case.group.members, case.group.secretary]
    names = ", ".join(dict.fromkeys(people))
    return Text(th=names, en=names)


def _deciders(case: Case, office: Office | None, day: date | None) -> Text:
    if office is None or day is None:
        return _NEEDS["decision"]
    names = ", ".join(deciders(office, case, day))
    if names:
        return Text(th=names, en=names)
    return Text(th="วันนี้ไม่มีผู้พิจารณาได้", en="nobody may decide today")
