"""The moves of a case, but for the decision: each takes the case and gives the case after it.

Nothing here reads a clock or a store: the moment, the office and what is known of runs are passed
in. Every move leaves an event; no move changes an earlier one. Moves with a subject of their own
stand in files of their own, and are named here so that callers find them all in one place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from controller.accounts.actor import Actor
from controller.errors import InputError, Refused, Text
from controller.inventory.office import Office
from controller.processes.capacity import standing
from controller.processes.carrying import executed
from controller.processes.case import Case, Group
from controller.processes.evaluating import evaluate
from controller.processes.groups import check_group
from controller.processes.history import approval
from controller.processes.manual import MANUAL, Manual, Process, runnable
from controller.processes.moving import finish, finish_if_complete, record, written
from controller.processes.papers import attach, detach
from controller.processes.recording import publish, record_entry
from controller.processes.studying import study
from controller.processes.turning import revise, withdraw
from controller.processes.walk import (
    process_of,
    require_complete,
    require_doer,
    require_member,
    require_need,
    require_no_run,
    require_step,
    step_of,
)
from controller.thai import bangkok_date, buddhist_year

__all__ = [
    "appoint",
    "attach",
    "attach_plan",
    "case_number",
    "detach",
    "evaluate",
    "executed",
    "notify",
    "open_case",
    "publish",
    "record_entry",
    "revise",
    "study",
    "submit",
    "withdraw",
]

_PLAN_ID = re.compile(r"[0-9a-f]{64}")


def case_number(process: str, at: datetime, running: int) -> str:
    """The number of a case opened at `at`: `2569-2.3-0001`.

    `running` is gap-free within the register `case-PROCESS` of that Buddhist year.
    """
    return f"{buddhist_year(bangkok_date(at))}-{process}-{running:04d}"


def open_case(
    process: str,
    number: str,
    title: str,
    actor: Actor,
    at: datetime,
    *,
    plan: str | None = None,
    manual: Manual = MANUAL,
) -> Case:
    """A new case of `process`, proposed by `actor`, with a plan id where there is one already.

    Errors: `NotFound` for a process the manual has not, `Refused` for one still to do and for a
    plan in a process that changes no devices, `InputError` for an empty title or no plan id.
    """
    named = runnable(manual.process(process))
    if plan is not None:
        _require_planning(named, manual)
    case = Case(
        number=number,
        process=process,
        title=written(title, Text(th="ชื่อเรื่อง", en="the title")),
        state="open",
        step=0,
        plan=None if plan is None else _plan_id(plan),
        proposer=actor.username,
        opened=at,
    )
    return record(case, "opened", actor.username, at, case.plan or "")


def appoint(
    case: Case,
    group: Group,
    office: Office,
    actor: Actor,
    at: datetime,
    *,
    manual: Manual = MANUAL,
) -> Case:
    """The case with its working group, appointed by a dated order; then the next step.

    The proposer enters it, or the director or who acts for them; a group that is appointed anew
    may do so too. Errors: `Refused` at another step, `NotAllowed`, `InputError` naming everything
    wrong with the group.
    """
    step = require_step(case, "appoint", manual)
    day = bangkok_date(at)
    if standing(office, actor.username, day) is None:
        require_doer(case, actor, step)
    check_group(group, office, day)
    note = f"{group.order} ({group.dated.isoformat()})"
    return finish(case, "appointed", actor.username, at, note, manual=manual, group=group)


def submit(
    case: Case,
    plan: str | None,
    actor: Actor,
    at: datetime,
    *,
    manual: Manual = MANUAL,
) -> Case:
    """The plan step ended: the case, with the id of `plan` or the one it has, goes on.

    Before an approve step everything in it is put before the director. Errors: `Refused` at
    another step, or naming all that is missing; `NotAllowed` for people outside the case,
    `InputError` for something that is no plan id.
    """
    step = require_step(case, "plan", manual)
    require_doer(case, actor, step)
    if plan is not None:
        _require_planning(process_of(case, manual), manual)
        case = case.model_copy(update={"plan": _plan_id(plan)})
    require_complete(case, manual)
    return finish(case, "submitted", actor.username, at, case.plan or "", manual=manual)


def attach_plan(
    case: Case,
    plan: str,
    actor: Actor,
    at: datetime,
    *,
    run_open: bool | None,
    manual: Manual = MANUAL,
) -> Case:
    """The case after planning again.

    The same id changes nothing and keeps an approval that still holds. Another id, or an approval
    that has expired, sends the case back to its plan step with an event `voided`. Before the plan
    step has ended the new plan just takes the old one's place. Errors: `Refused` while a run is
    open or may be, and in a process that changes no devices; `NotAllowed`, `InputError` for
    something that is no plan id.
    """
    step_of(case, manual)
    require_member(case, actor, proposer_too=True)
    _require_planning(process_of(case, manual), manual)
    new = _plan_id(plan)
    held = approval(case, manual)
    expired = held is not None and (held.expires is None or held.expires <= at)
    if new == case.plan and not expired:
        return case
    require_no_run(case, run_open)
    back = _plan_step(case, manual)
    if back is None or back == case.step:
        return record(case, "planned", actor.username, at, new, plan=new)
    note = f"{case.plan} → {new}"
    return record(case, "voided", actor.username, at, note, plan=new, step=back)


def notify(
    case: Case,
    actor: Actor,
    at: datetime,
    *,
    to: Sequence[str],
    how: str,
    message: str,
    manual: Manual = MANUAL,
) -> Case:
    """The people concerned were told: who, how, and what.

    Where the step needs more than the notice it stays. Errors: `Refused` at another step, and for
    the last thing a step needs while forms are missing; `NotAllowed` outside the group,
    `InputError` when one of the three is missing.
    """
    step = require_need(case, "notice", manual)
    require_doer(case, actor, step)
    people = [written(person, Text(th="ผู้รับแจ้ง", en="who was told")) for person in to or [""]]
    way = written(how, Text(th="วิธีแจ้ง", en="how they were told"))
    words = written(message, Text(th="ข้อความ", en="the message"))
    note = f"ถึง (to): {', '.join(people)}\nโดย (by): {way}\nข้อความ (message): {words}"
    return finish_if_complete(case, "notified", actor.username, at, note, manual=manual)


def _require_planning(process: Process, manual: Manual) -> None:
    if process.plans_a_change:
        return
    others = [p.number for p in manual.processes if p.plans_a_change]
    raise Refused(
        Text(
            th=f"กระบวนงาน {process.number} ไม่มีการเปลี่ยนแปลงอุปกรณ์ จึงแนบแผนการเปลี่ยนแปลงไม่ได้",
            en=f"process {process.number} changes no devices: a case of it has no change plan",
        ),
        hint=Text(
            th=f"งานที่เปลี่ยนการตั้งค่าอุปกรณ์ให้เปิดเรื่องตามกระบวนงาน {' หรือ '.join(others)}",
            en=f"open a case of process {' or '.join(others)} for work that changes devices",
        ),
    )


def _plan_step(case: Case, manual: Manual) -> int | None:
    """The nearest step at or before the current one that ends with a plan."""
    steps = process_of(case, manual).steps
    return next((i for i in range(case.step, -1, -1) if "plan" in steps[i].needs), None)


def _plan_id(text: str) -> str:
    if _PLAN_ID.fullmatch(text):
        return text
    raise InputError(
        Text(th=f"“{text}” ไม่ใช่รหัสแผน", en=f"“{text}” is no plan id"),
        hint=Text(
            th="รหัสแผนเป็นเลขฐานสิบหก 64 ตัว ดูได้จาก `khaen plan list`",
            en="a plan id is 64 hexadecimal digits; `khaen plan list` shows them",
        ),
    )
