"""What has happened in an office, written straight into its store: plans, cases, runs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from controller.app import open_app
from controller.operations.context import Context
from controller.plans.build import build_plan
from controller.plans.outcome import Run, RunDevice, State
from controller.plans.plan import Plan
from controller.plans.provenance import Provenance
from controller.processes.case import Case, Event
from controller.settings import Settings
from controller.store import audit_log, cases, notices, plans, runs
from controller.store.notices import Notice
from tests.plans.example import observation

NASTY = "<img src=x onerror=alert(1)>"
INERT = "&lt;img src=x onerror=alert(1)&gt;"
SECRET = "public-in-the-tests"
AT = datetime(2026, 11, 26, 3, 0, tzinfo=UTC)


@dataclass(frozen=True)
class History:
    """The plan, the case and the run that were written."""

    plan: Plan
    case: str
    run: str


def make_history(root: Path, secret: str = SECRET, nasty: str = NASTY) -> History:
    """Write one plan of four devices, the case that proposes it, and an ended run of it.

    What the devices said holds `secret`; `nasty` stands in every text.
    """
    plan = build_plan(
        office="o",
        selector="site=kkn-school-a",
        inputs=(),
        settings=Settings.model_validate({}),
        observations=[
            *(observation(f"kkn-a-sw0{n}") for n in (1, 2, 3)),
            observation("kkn-a-sw04", diff=f"+banner {nasty}\n+hostname odd"),
        ],
    )
    with open_app(root, apart=True) as context:
        return _written(context, plan, secret, nasty)


def _written(context: Context, plan: Plan, secret: str, nasty: str) -> History:
    number = "2569-2.3-0001"
    event = Event(at=AT, actor="engineer1", step=0, what="opened")
    case = Case(
        number=number,
        process="2.3",
        title=f"ปรับค่าสวิตช์ {nasty}",
        state="open",
        step=0,
        plan=plan.id,
        proposer="engineer1",
        opened=AT,
        events=(event,),
    )
    run = Run(
        id=f"{number}-apply-1",
        kind="apply",
        case=number,
        plan=plan.id,
        by="engineer1",
        state="finished",
        executor="e",
        started=AT,
        ended=AT,
        note="หยุด: ทดสอบ / stopped: a test",
    )
    states: tuple[State, ...] = ("confirmed", "drifted", "unknown", "rolled_back")
    with context.store.begin() as conn:
        made = Provenance(commit="a" * 40, edited=("inventory/groups.yaml",))
        plans.save_plan(conn, plan, provenance=made, by="engineer1", at=AT)
        cases.insert_case(conn, case)
        runs.create_run(
            conn,
            run,
            [
                RunDevice(
                    run=run.id,
                    device=d.device,
                    batch=min(n, 1),
                    state=state,
                    reason=f"เหตุ {state} {nasty} / why {state} {nasty}",
                    evidence=json.dumps({"said": [f"the device said {secret} {nasty}"]}),
                )
                for n, (d, state) in enumerate(zip(plan.devices, states, strict=True))
            ],
        )
        audit_log.append(
            conn, actor="engineer1", action="plan_change", subject=plan.id, content={}, at=AT
        )
    return History(plan, number, run.id)


def fill_log(root: Path, case: str) -> None:
    """Write sixty entries about the case, and two notices, one of which did not arrive."""
    with open_app(root, apart=True) as context, context.store.begin() as conn:
        for number in range(60):
            audit_log.append(
                conn,
                actor="officer1",
                action="record_case",
                subject=case,
                content={"said": f"{NASTY} {number}"},
                at=AT,
            )
        for number, state in enumerate(("failed", "delivered")):
            notice = Notice(
                once=f"n{number}",
                kind="notice",
                case=case,
                basis="b",
                batch="x",
                asked_by="officer1",
                recipient=f"ผู้รับ {state} {NASTY}",
                address="",
                channel="line",
                subject="แจ้ง",
                body=f"เนื้อความ {NASTY}",
                created=AT,
                again=AT + timedelta(days=1),
                state=state,  # type: ignore[arg-type]
                attempts=3,
                error="ต่อไม่ได้\ncannot connect" if state == "failed" else "",
            )
            notices.add_notices(conn, [notice])
