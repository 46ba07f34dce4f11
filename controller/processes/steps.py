"""The moves of a case, but for the decision: each takes the case and gives the case after it.

Nothing here reads a clock or a store: the moment, the office and what is known of runs are passed
in. Every move leaves an event; no move changes an earlier one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

from controller.accounts.actor import Actor
from controller.errors import InputError, Text
from controller.inventory.office import Office
from controller.processes.case import Case, Group
from controller.processes.deciding import approval, standing
from controller.processes.groups import check_group
from controller.processes.manual import MANUAL, Manual, runnable
from controller.processes.walk import (
    ahead,
    process_of,
    record,
    require_member,
    require_no_run,
    require_step,
    step_of,
    written,
)
from controller.thai import bangkok_date, buddhist_year

_PLAN_ID = re.compile(r"[0-9a-f]{64}")
# A device in any other state at the end of a run is work that is left.
_DONE: dict[str, frozenset[str]] = {
    "apply": frozenset({"confirmed"}),
    "rollback": frozenset({"confirmed", "rolled_back"}),
}


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

    Errors: `NotFound` for a process the manual has not, `Refused` for one still to do,
    `InputError` for an empty title or something that is no plan id.
    """
    runnable(manual.process(process))
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

    The proposer enters it, or the director or who acts for them. Errors: `Refused` at another
    step, `NotAllowed`, `InputError` naming everything wrong with the group.
    """
    require_step(case, "appoint", manual)
    day = bangkok_date(at)
    if standing(office, actor.username, day) is None:
        require_member(case, actor)
    check_group(group, office, day)
    note = f"{group.order} ({group.dated.isoformat()})"
    return record(case, "appointed", actor.username, at, note, group=group, **ahead(case, manual))


def submit(
    case: Case,
    plan: str | None,
    actor: Actor,
    at: datetime,
    *,
    manual: Manual = MANUAL,
) -> Case:
    """The plan step ended: the case, with the id of `plan` or the one it has, goes on.

    Errors: `Refused` at another step, `NotAllowed` for people outside the case, `InputError`
    without a plan where the manual asks for one.
    """
    step = require_step(case, "plan", manual)
    require_member(case, actor, proposer_too=True)
    chosen = case.plan if plan is None else _plan_id(plan)
    if "plan" in step.needs and chosen is None:
        raise InputError(
            Text(
                th=f"เรื่อง {case.number} ยังไม่มีแผนการเปลี่ยนแปลง",
                en=f"case {case.number} has no plan yet",
            ),
            hint=Text(
                th="สร้างแผนด้วย `khaen plan` แล้วระบุรหัสแผนเมื่อเสนอ (--plan)",
                en="make one with `khaen plan` and name its id here (--plan)",
            ),
        )
    return record(
        case, "submitted", actor.username, at, chosen or "", plan=chosen, **ahead(case, manual)
    )


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
    open or may be, `NotAllowed`, `InputError` for something that is no plan id.
    """
    step_of(case, manual)
    require_member(case, actor, proposer_too=True)
    new = _plan_id(plan)
    held = approval(case)
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

    Errors: `Refused` at another step, `NotAllowed` outside the group, `InputError` when one of
    the three is missing.
    """
    require_step(case, "notify", manual)
    require_member(case, actor)
    people = [written(person, Text(th="ผู้รับแจ้ง", en="who was told")) for person in to or [""]]
    way = written(how, Text(th="วิธีแจ้ง", en="how they were told"))
    words = written(message, Text(th="ข้อความ", en="the message"))
    note = f"ถึง (to): {', '.join(people)}\nโดย (by): {way}\nข้อความ (message): {words}"
    return record(case, "notified", actor.username, at, note, **ahead(case, manual))


def executed(
    case: Case,
    run: str,
    kind: Literal["apply", "rollback"],
    outcomes: Mapping[str, int],
    actor: str,
    at: datetime,
    *,
    manual: Manual = MANUAL,
) -> Case:
    """The case after a run has ended, as the program records it.

    `outcomes` counts the plan's devices by their final state. When all are done the case goes on
    to its evaluation; otherwise it stays, so that the rest can be applied, planned again, or
    reported as not done. Taking a change back always goes on. Recording a run twice changes
    nothing. Errors: `Refused` for a case that is not being carried out.
    """
    what = "executed" if kind == "apply" else "rolled-back"
    if any(e.what == what and e.note.startswith(f"{run}: ") for e in case.events):
        return case
    step = step_of(case, manual)
    running = "run" in step.needs
    if not running and not (kind == "rollback" and step.kind == "evaluate"):
        require_step(case, "execute", manual)
    present = {state for state, count in outcomes.items() if count}
    complete = bool(present) and present <= _DONE[kind]
    counts = ", ".join(f"{state} {outcomes[state]}" for state in sorted(present))
    moves = running and (complete or kind == "rollback")
    return record(
        case, what, actor, at, f"{run}: {counts}", **(ahead(case, manual) if moves else {})
    )


def close(
    case: Case,
    actor: Actor,
    at: datetime,
    *,
    results: str,
    problems: str,
    suggestions: str,
    run_open: bool | None,
    manual: Manual = MANUAL,
) -> Case:
    """The case evaluated: results, problems and suggestions; at the last step it is closed.

    A case whose run ended with devices left over can be evaluated too, and says so. Errors:
    `Refused` at another step or while a run is open or may be, `NotAllowed`, `InputError`.
    """
    step = step_of(case, manual)
    require_member(case, actor)
    require_no_run(case, run_open)
    lines = [
        f"ผลการดำเนินงาน (results): {written(results, Text('ผลการดำเนินงาน', 'the results'))}",
        f"ปัญหา (problems): {written(problems, Text('ปัญหาที่พบ', 'the problems'))}",
        "ข้อเสนอแนะ (suggestions): " + written(suggestions, Text("ข้อเสนอแนะ", "the suggestions")),
    ]
    if step.kind == "execute" and _has_run(case) and "step" in ahead(case, manual):
        case = case.model_copy(update=ahead(case, manual))
        lines.append("ดำเนินการไม่ครบทุกเครื่อง (not every device was done)")
    require_step(case, "evaluate", manual)
    after = ahead(case, manual)
    what = "closed" if after.get("state") == "closed" else "evaluated"
    return record(case, what, actor.username, at, "\n".join(lines), **after)


def _has_run(case: Case) -> bool:
    """Whether the plan approved last was carried out at least once, whatever came of it."""
    approved = max((i for i, e in enumerate(case.events) if e.what == "approved"), default=None)
    return approved is not None and any(e.what == "executed" for e in case.events[approved:])


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
