"""An office with a history: cases at every step, plans, runs, forms. `web_office.py DIR` fills it.

Cases, decisions and forms go through the operations that people use, so that what is stored is what
they store. Only what a device would have said is made up, and runs are written down as finished.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import cycle
from pathlib import Path

from bench.stored_plan import keep
from controller.accounts.actor import Actor
from controller.app import open_app
from controller.operations.appoint_group import Appointment, appoint_group
from controller.operations.context import Context
from controller.operations.decide_case import Verdict, decide_case
from controller.operations.fill_form import fill_form
from controller.operations.log_in import actor_of
from controller.operations.manage_accounts import manage_accounts
from controller.operations.open_case import open_case
from controller.operations.plan_change import store_plan
from controller.operations.predict_change import predict_change
from controller.operations.study_case import study_case
from controller.operations.submit_case import submit_case
from controller.operations.withdraw_case import withdraw_case
from controller.plans.outcome import Run, RunDevice, State
from controller.plans.plan import Plan
from controller.processes.case import Objective, Study
from controller.store import cases as case_rows
from controller.store import runs as run_rows

PEOPLE = ("admin", "engineer1", "engineer2", "officer1", "director", "school1", "school2")
CASES, FORMS, RUNS = 500, 400, 40
FIRST = datetime(2026, 2, 2, 2, 0, tzinfo=UTC)
# How far a case has come, one after the other: a quarter of them is open.
ENDED = ("refused", "withdrawn", "withdrawn")
STAGES = tuple(
    stage
    for open_stage in ("opened", "appointed", "submitted", "approved", "returned")
    for stage in (open_stage, *ENDED)
)
ENDS: tuple[State, ...] = ("confirmed",) * 17 + ("drifted", "failed", "rolled_back")
STUDY = Study(
    reason="เครื่องเดิมใช้งานมาเกินอายุ ครูและนักเรียนใช้งานไม่ได้ตามแผนการเรียน",
    work="สำรวจ จัดหา ติดตั้ง และตรวจรับตามรายการที่แนบ",
    objectives=(Objective(text="ห้องเรียนมีเครือข่ายใช้ครบ", target="ร้อยละ ๙๕"),),
)


def password_of(person: str) -> str:
    """The password a person of the benchmark has."""
    return f"bench-{person}-password"


class _Filler:
    """Writes the history of one office, a few minutes between what happens."""

    def __init__(self, context: Context) -> None:
        self._now = FIRST
        workspace = context.workspace()
        self.context = replace(context, clock=self._tick, workspace=lambda: workspace)

    def _tick(self) -> datetime:
        self._now += timedelta(minutes=7)
        return self._now

    def actor(self, person: str) -> Actor:
        return actor_of(self.context.office(), person, self._now)

    def accounts(self) -> None:
        for person in PEOPLE:
            by = None if person == "admin" else self.actor("admin")
            manage_accounts(self.context, by, person, password_of(person))

    def plan(self, selector: str) -> Plan:
        """A plan for the devices, as they would have answered."""
        engineer = self.actor("engineer1")
        made = predict_change(self.context, engineer, selector)
        plan = made.model_copy(update={"predicted": False})
        store_plan(self.context, engineer, self.context.workspace(), plan)
        return plan

    def case_of_plan(self, plan: Plan, title: str, stage: str) -> str:
        """A case of 2.3; its devices are let go at once, so that others can have them, too."""
        case = open_case(self.context, self.actor("engineer1"), "2.3", plan.id, title)
        with self.context.store.begin() as conn:
            case_rows.release(conn, case.number)
        self._bring_to(case.number, stage)
        return case.number

    def case_of_study(self, number: int, stage: str) -> None:
        title = f"จัดหาครุภัณฑ์คอมพิวเตอร์ รายการที่ {number} สำหรับโรงเรียนในสังกัด"
        engineer = self.actor("engineer1")
        case = open_case(self.context, engineer, "2.4", None, title)
        if stage == "opened":
            return
        self._appoint(case.number)
        if stage not in ENDED:
            study_case(self.context, engineer, case.number, STUDY)
        else:
            withdraw_case(self.context, engineer, case.number, "รวมกับเรื่องอื่นแล้ว")

    def _bring_to(self, number: str, stage: str) -> None:
        engineer, director = self.actor("engineer1"), self.actor("director")
        if stage == "opened":
            return
        self._appoint(number)
        if stage == "appointed":
            return
        submit_case(self.context, engineer, number)
        if stage == "withdrawn":
            withdraw_case(self.context, engineer, number, "ขอแก้ไขแผน")
        verdicts = {"approved": "approve", "returned": "return", "refused": "refuse"}
        if stage in verdicts:
            verdict = Verdict(verdicts[stage], "ตามที่เสนอ")  # type: ignore[arg-type]
            decide_case(self.context, director, number, verdict, password_of("director"))

    def _appoint(self, number: str) -> None:
        wanted = Appointment("officer1", "engineer2", ("engineer1",))
        appoint_group(self.context, self.actor("engineer1"), number, wanted)

    def run(self, case: str, plan: Plan, number: int) -> None:
        """A run of the case that has ended."""
        at = self._tick()
        run = Run(
            id=f"run-{number:04}", kind="apply", case=case, plan=plan.id, by="engineer1",
            state="running", executor="bench", started=at,
        )  # fmt: skip
        with self.context.store.begin() as conn:
            run_rows.create_run(conn, run, self._devices(run, plan, at))
            run_rows.finish_run(conn, run.id, "finished", at=at + timedelta(minutes=5))

    def _devices(self, run: Run, plan: Plan, at: datetime) -> Iterator[RunDevice]:
        for place, (device, state) in enumerate(zip(plan.devices, cycle(ENDS), strict=False)):
            yield RunDevice(
                run=run.id, device=device.device, batch=0 if not place else 1 + place // 50,
                state=state, reason="" if state == "confirmed" else "ค่าบนอุปกรณ์ต่างจากแผน",
                fence=place + 1, before=device.fingerprint, after=device.fingerprint, changed=at,
            )  # fmt: skip

    def forms(self) -> None:
        """Repair requests of two schools."""
        for number in range(FORMS):
            person = PEOPLE[-1 - number % 2]
            fill_form(self.context, self.actor(person), "repair_request", _repair(number))


def _repair(number: int) -> dict[str, object]:
    return {
        "site": f"school-{number % 2 + 1:03}",
        "phone": "043-000-201",
        "kind": "computer",
        "place": "ห้องคอมพิวเตอร์ 1",
        "symptom": f"เปิดเครื่องที่ {number + 1} ไม่ติด หลังไฟฟ้าดับเมื่อคืน",
        "since": "2026-02-02",
        "urgency": "normal",
        "backup": False,
        "reporter": "หัวหน้างานเทคโนโลยีสารสนเทศ",
    }


def _secrets(context: Context) -> None:
    """What devices would show of the office's secrets is left out of pages: they must be known."""
    for name, reference in context.settings.secrets.items():
        kind, _, path = reference.partition("/")
        if kind == "file":
            file = context.root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.touch(mode=0o600)
            file.write_text(f"bench-secret-{name}", encoding="ascii")


def fill(context: Context) -> None:
    """Everything, the largest plan and run first."""
    filler = _Filler(context)
    filler.accounts()
    _secrets(context)
    keep(context)
    sites = sorted({device.site for device in context.inventory().devices})
    whole = filler.plan("all")
    numbered = filler.case_of_plan(whole, "ตั้งค่ามาตรฐานสวิตช์ทุกโรงเรียน", "submitted")
    filler.run(numbered, whole, 0)
    plans = [filler.plan(f"site={site}") for site in sites]
    stages = cycle(STAGES)
    for number in range(CASES - 1):
        stage = next(stages)
        if number % 2:
            filler.case_of_study(number, stage)
            continue
        plan = plans[number // 2 % len(plans)]
        case = filler.case_of_plan(plan, f"ตั้งค่าสวิตช์ ครั้งที่ {number // 2 + 1}", stage)
        if number // 2 < RUNS:
            filler.run(case, plan, number + 1)
    filler.forms()


def main() -> None:
    """Fill the workspace named on the command line."""
    with open_app(Path(sys.argv[1]), apart=True) as context:
        fill(context)


if __name__ == "__main__":
    main()
