"""A case as people see it: its steps, which are done, who may act next, and what that takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from controller.accounts.actor import ROLES
from controller.errors import Text
from controller.inventory.office import Office, OfficeRole
from controller.processes.capacity import deciders
from controller.processes.case import Case, StepKind
from controller.processes.deadlines import due
from controller.processes.history import happened_here
from controller.processes.manual import MANUAL, Manual, Step
from controller.processes.needs import NEEDED, FormView, forms_at, in_words, missing
from controller.processes.walk import command, doers, process_of

HAPPENED: dict[str, Text] = {
    "opened": Text(th="เปิดเรื่อง", en="opened"),
    "appointed": Text(th="แต่งตั้งคณะทำงาน", en="working group appointed"),
    "planned": Text(th="แนบแผน", en="plan attached"),
    "studied": Text(th="บันทึกผลการศึกษา", en="study written down"),
    "attached": Text(th="แนบเอกสาร", en="paper attached"),
    "detached": Text(th="นำเอกสารออก", en="paper taken off"),
    "submitted": Text(th="เสนอพิจารณา", en="submitted"),
    "approved": Text(th="อนุมัติ", en="approved"),
    "returned": Text(th="ส่งกลับแก้ไข", en="returned for revision"),
    "refused": Text(th="ไม่อนุมัติ", en="refused"),
    "voided": Text(th="เปลี่ยนแผน กลับไปขั้นวางแผน", en="another plan: back to the plan step"),
    "revised": Text(th="ดึงเรื่องกลับมาแก้ไข", en="pulled back for revision"),
    "withdrawn": Text(th="ถอนเรื่อง", en="withdrawn"),
    "notified": Text(th="แจ้งผู้เกี่ยวข้อง", en="people concerned told"),
    "recorded": Text(th="บันทึกผล", en="entry recorded"),
    "ended": Text(th="บันทึกผลและจบขั้นตอน", en="entry recorded, step ended"),
    "executed": Text(th="ดำเนินการกับอุปกรณ์", en="carried out on the devices"),
    "rolled-back": Text(th="นำการเปลี่ยนแปลงออก", en="taken back"),
    "evaluated": Text(th="สรุปประเมินผล", en="evaluated"),
    "closed": Text(th="สรุปประเมินผลและปิดเรื่อง", en="evaluated and closed"),
}


@dataclass(frozen=True)
class StepView:
    """One step of a case.

    Of the current step `needs` says what it takes, `missing` what of it is not there yet, `who`
    who may act (user names, or words when the office was not given), `command` what to type and
    `due` by when; of a step that is done `at` and `by` say when it ended last, and by whom.
    `forms` are those that must or may be attached, with what is attached.
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
    due: date | None = None
    missing: tuple[Text, ...] = ()
    forms: tuple[FormView, ...] = ()


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
    return tuple(_view(case, i, step, office, day, manual) for i, step in enumerate(steps))


def _view(
    case: Case, index: int, step: Step, office: Office | None, day: date | None, manual: Manual
) -> StepView:
    forms = forms_at(case, index, manual)
    if case.state == "open" and index == case.step:
        return StepView(
            index=index,
            kind=step.kind,
            name=step.title,
            state="current",
            needs=in_words(tuple(NEEDED[need] for need in step.needs)) if step.needs else None,
            who=_who(case, step, office, day),
            command=command(case, manual),
            due=due(case, manual),
            missing=missing(case, manual),
            forms=forms,
        )
    # A step the case was sent back over has to be done again, one it was withdrawn at never ends.
    if index > case.step or (index == case.step and case.state == "withdrawn"):
        return StepView(index, step.kind, step.title, "waiting", forms=forms)
    last = next((event for event in reversed(case.events) if event.step == index), None)
    return StepView(
        index=index,
        kind=step.kind,
        name=step.title,
        state="done",
        at=last.at if last else None,
        by=last.actor if last else "",
        forms=forms,
    )


def movers(
    case: Case,
    office: Office,
    day: date,
    *,
    planned_by: str | None = None,
    manual: Manual = MANUAL,
) -> tuple[str, ...]:
    """The user names of everybody an open case waits for on `day`; nobody once it has ended."""
    if case.state != "open":
        return ()
    step = process_of(case, manual).steps[case.step]
    if step.kind == "approve":
        if happened_here(case, "approved"):
            return tuple(_people(case))
        return deciders(office, case, day, planned_by)
    return tuple(_at_step(case, step, office, day))


def _who(case: Case, step: Step, office: Office | None, day: date | None) -> Text:
    if step.kind == "approve":
        if happened_here(case, "approved"):
            names = ", ".join(_people(case))
            return Text(th=names, en=names)
        return _deciders(case, office, day)
    roles = _roles(step)
    if office is not None and day is not None:
        people, roles = _at_step(case, step, office, day), ()
    else:
        people = list(doers(case, step))
    return Text(
        th=", ".join([*people, *(ROLES[role].th for role in roles)]),
        en=", ".join([*people, *(ROLES[role].en for role in roles)]),
    )


def _roles(step: Step) -> tuple[OfficeRole, ...]:
    """The director may enter an order, but is not whom the case waits for."""
    return () if step.kind == "appoint" else step.roles


def _at_step(case: Case, step: Step, office: Office, day: date) -> list[str]:
    by_role = [p.username for p in office.people for r in _roles(step) if p.holds(r, day)]
    return list(dict.fromkeys([*doers(case, step), *by_role]))


def _people(case: Case) -> list[str]:
    """The people of the case: they do what is left once the director has decided."""
    group = case.group
    members = [group.chair, *group.members, group.secretary] if group else []
    return list(dict.fromkeys([case.proposer, *members]))


def _deciders(case: Case, office: Office | None, day: date | None) -> Text:
    if office is None or day is None:
        return NEEDED["decision"]
    names = ", ".join(deciders(office, case, day))
    if names:
        return Text(th=names, en=names)
    return Text(th="วันนี้ไม่มีผู้พิจารณาได้", en="nobody may decide today")
