"""`khaen home`: what waits for whoever is signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from controller.cli import output, session
from controller.cli.output import Json

if TYPE_CHECKING:
    from controller.operations.show_home import Home


def register(app: typer.Typer) -> None:
    """Add this command to `khaen`."""
    app.command("home")(home)


def home(as_json: Json = False) -> None:
    """Show what waits for you: cases, runs, devices to look at, plans, forms, notices."""
    from controller.operations.show_home import show_home

    with session.signed_in() as (context, actor):
        found = show_home(context, actor)
    if as_json:
        return output.emit_json(_json(found))
    return _show(found)


def _show(found: Home) -> None:
    from controller.plans.outcome import STATE_WORDS

    for one in found.waiting:
        late = output.words(f" เกิน {one.late} วัน", f" {one.late} days late") if one.late else ""
        typer.echo(f"{one.case.number}  {output.words(*one.step.both)}{late}  {one.case.title}")
    for run in found.running:
        output.say(
            f"กำลังดำเนินการ {run.run.id} {run.done}/{run.devices}",
            f"going on: {run.run.id} {run.done}/{run.devices}",
        )
    for bad in found.trouble:
        state = output.words(*STATE_WORDS[bad.state].both)
        typer.echo(f"{bad.case}  {bad.device}  {state}")
    if found.alerts:
        from controller.health.rules import SEVERITIES

        counts = [(output.words(*SEVERITIES[s].both), n) for s, n in found.alerts.items()]
        told = "  ".join(f"{name} {number}" for name, number in counts)
        output.say(f"การแจ้งเตือนจากเครือข่าย: {told}", f"alerts about the network: {told}")
    for plan in found.plans:
        output.say(
            f"แผน {plan.id[:12]} ยังไม่มีเรื่อง ({plan.selector})",
            f"plan {plan.id[:12]} has no case ({plan.selector})",
        )
    for made in found.acted:
        output.say(
            f"{made.case} พิจารณาแทนตามคำสั่ง {made.acting_order}",
            f"{made.case} decided on behalf, order {made.acting_order}",
        )
    for form in found.loose_forms:
        output.say(f"แบบ {form.number} ยังไม่อยู่ในเรื่องใด", f"form {form.number} is in no case")
    for notice in found.undelivered:
        output.say(
            f"ส่งไม่ถึง {notice.recipient} ({notice.case})",
            f"not delivered to {notice.recipient} ({notice.case})",
        )
    for request in found.requests:
        typer.echo(f"{request.form.number}  {output.words(*request.state.both)}")
    if not any(vars(found).values()):
        output.say("ไม่มีอะไรรออยู่", "nothing waits for you")


def _json(found: Home) -> dict[str, Any]:
    return {
        "waiting": [
            {"case": w.case.number, "to_decide": w.to_decide, "due": w.due, "late": w.late}
            for w in found.waiting
        ],
        "open_cases": dict(found.open_cases),
        "late": {case.number: days for case, days in found.late},
        "running": [progress.run.id for progress in found.running],
        "trouble": [vars(one) for one in found.trouble],
        "plans": [plan.id for plan in found.plans],
        "acted": [made.model_dump(mode="json") for made in found.acted],
        "loose_forms": [form.number for form in found.loose_forms],
        "undelivered": [notice.id for notice in found.undelivered],
        "requests": [
            {"form": r.form.number, "standing": r.standing, "state": r.state.both}
            for r in found.requests
        ],
        "alerts": dict(found.alerts),
    }
