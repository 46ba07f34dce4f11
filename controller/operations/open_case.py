"""Open a case of a process, with a plan where there is one."""

from __future__ import annotations

from datetime import datetime

from controller.accounts.actor import Actor, require
from controller.errors import DeviceBusy, InputError, Refused, Text, UnsafePlan
from controller.operations.context import Context
from controller.operations.read_plan import trusted_plan
from controller.plans.plan import Plan, PlaybookRun
from controller.processes import steps
from controller.processes.case import Case
from controller.processes.deadlines import cycle_year
from controller.processes.evidence import unfit
from controller.processes.manual import MANUAL, runnable
from controller.store import audit_log, cases, plans, registers
from controller.store.engine import Connection
from controller.thai import bangkok_date, buddhist_year, fiscal_year


def open_case(
    context: Context, actor: Actor, process: str, plan_id: str | None, title: str
) -> Case:
    """A new case with the next number of its register; the devices of its plan are reserved.

    `plan_id` may be the first digits; most processes have none. Without a title the process's own
    name is used. Errors: `UnsafePlan` for a plan with reasons against it, `InputError` for one
    that changes nothing, `DeviceBusy` naming the case that has a device already, `Refused` for a
    second case of a yearly cycle.
    """
    require(actor, "open_case")
    now = context.clock()
    year = buddhist_year(bangkok_date(now))
    named = title.strip() or runnable(MANUAL.process(process)).name
    with context.store.begin() as conn:
        plan = None if plan_id is None else trusted_plan(plans.load_plan(conn, plan_id))
        if plan is not None:
            require_fit(plan, process)
        _require_own_year(conn, process, now)
        running = registers.next_number(conn, f"case-{process}", year)
        number = steps.case_number(process, now, running)
        case = steps.open_case(process, number, named, actor, now, plan=plan.id if plan else None)
        cases.insert_case(conn, case)
        if plan is not None:
            reserve_devices(cases.reserve(conn, number, [d.device for d in plan.devices]))
        audit_log.append(
            conn,
            actor=actor.username,
            action="open_case",
            subject=number,
            content={"process": process, "plan": plan.id if plan else None, "title": named},
            at=now,
        )
    return case


def _require_own_year(conn: Connection, process: str, now: datetime) -> None:
    """Pass when a process that runs once a fiscal year has no case of this year yet."""
    if MANUAL.process(process).cycle is None:
        return
    year = fiscal_year(bangkok_date(now))
    for case in cases.list_cases(conn):
        same = case.process == process and cycle_year(case) == year
        if same and case.state in {"open", "closed"}:
            raise Refused(
                Text(
                    th=f"ปีงบประมาณ {year} มีเรื่อง {case.number} ของกระบวนงาน {process} แล้ว",
                    en=f"fiscal year {year} has case {case.number} of process {process} already",
                ),
                hint=Text(
                    th=f"ทำต่อในเรื่องนั้น: khaen case show {case.number}",
                    en=f"go on in that case: khaen case show {case.number}",
                ),
            )


def require_fit(plan: Plan, process: str) -> None:
    """Pass when a plan can be put to the director in a case of this process.

    Errors: `InputError` when it changes nothing, or when its playbook belongs to another process;
    `UnsafePlan` with every reason against it.
    """
    if not plan.devices:
        raise InputError(Text(th="แผนนี้ไม่เปลี่ยนอุปกรณ์ใด จึงไม่ต้องเสนอ", en="the plan changes no device"))
    if plan.playbook is not None and plan.playbook.process != process:
        raise _other_process(plan.playbook, process)
    reasons = tuple(unfit(plan))
    if reasons:
        raise UnsafePlan(
            Text(
                th="เสนอแผนนี้ไม่ได้: " + "; ".join(r.th for r in reasons),
                en="this plan cannot be proposed: " + "; ".join(r.en for r in reasons),
            ),
            hint=Text(
                th='แก้แบบค่าแล้ววางแผนใหม่ หรือรับเหตุผลอย่างเปิดเผยด้วย --accept "ชื่อการตรวจ: เหตุผล"',
                en='mend the template and plan again, or accept openly: --accept "check: why"',
            ),
        )


def _other_process(run: PlaybookRun, process: str) -> InputError:
    return InputError(
        Text(
            th=f"เพลย์บุ๊ก {run.name} ใช้ในกระบวนงาน {run.process} ไม่ใช่ {process}",
            en=f"the playbook {run.name} belongs to process {run.process}, not {process}",
        ),
        hint=Text(
            th=f"เปิดเรื่องของกระบวนงาน {run.process}: khaen case open {run.process}",
            en=f"open a case of process {run.process}: khaen case open {run.process}",
        ),
    )


def reserve_devices(taken: dict[str, str]) -> None:
    """Pass when no device was taken. Errors: `DeviceBusy` naming device and case."""
    if not taken:
        return
    told = ", ".join(f"{device} ({case})" for device, case in sorted(taken.items())[:5])
    raise DeviceBusy(
        Text(
            th=f"อุปกรณ์อยู่ในเรื่องอื่นที่ยังไม่ปิด: {told}",
            en=f"devices belong to another open case: {told}",
        ),
        hint=Text(
            th="ปิดเรื่องนั้นก่อน หรือวางแผนโดยไม่รวมอุปกรณ์นั้น",
            en="close that case first, or plan without those devices",
        ),
    )
