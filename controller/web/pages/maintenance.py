"""Maintenance windows: those on and to come, planning one, ending one."""

from __future__ import annotations

from datetime import datetime, time

from nicegui import ui

from controller.accounts.actor import Actor, may
from controller.errors import InputError, Text
from controller.operations.cancel_maintenance import cancel_maintenance
from controller.operations.list_maintenance import list_maintenance
from controller.operations.plan_maintenance import plan_maintenance
from controller.operations.show_device import list_devices
from controller.operations.show_site import list_sites
from controller.store.maintenance import Window
from controller.thai import BANGKOK, arabic_digits, local_time
from controller.web.drawing import put
from controller.web.page import page
from controller.web.parts.asking import Answers, Asked, Question, ask_in_dialog
from controller.web.visit import Visit

RUNS = {
    "apply": Text(th="ดำเนินการตามแผน", en="an approved plan is carried out"),
    "rollback": Text(th="นำการเปลี่ยนแปลงออก", en="a change is taken back"),
}


@page("/maintenance", Text(th="ช่วงบำรุงรักษา", en="Maintenance"))
async def build(visit: Visit, actor: Actor) -> None:
    """What is on and to come, by start."""
    windows = await visit.ask(list_maintenance)
    sites = {s.site.site: s.site for s in await visit.ask(list_sites)}
    put(
        visit,
        "maintenance.html",
        windows=windows,
        now=visit.context.clock(),
        runs=RUNS,
        site_name=lambda name: (
            visit.t(sites[name].name_th, sites[name].name_en) if name in sites else name
        ),
        may_see_runs=may(actor, "read_history"),
    )
    with ui.element("div").classes("filters"):
        if may(actor, "plan_maintenance"):
            await _offer_planning(visit)
        if may(actor, "cancel_maintenance"):
            for window in windows:
                if window.id and window.cancelled_by is None:
                    _offer_cancelling(visit, window)


async def _offer_planning(visit: Visit) -> None:
    sites = await visit.ask(list_sites)
    devices = (await visit.ask(list_devices)).rows
    now = local_time(visit.context.clock())
    asked = Asked(
        Text(th="วางช่วงบำรุงรักษา", en="Plan a maintenance window"),
        Text(th="วางช่วงบำรุงรักษา", en="Plan it"),
        (
            Question(
                "site",
                Text(th="ทั้งหน่วยงาน", en="A whole site"),
                "choice",
                options={s.site.site: visit.t(s.site.name_th, s.site.name_en) for s in sites},
            ),
            Question(
                "devices",
                Text(th="หรือเฉพาะอุปกรณ์", en="Or these devices"),
                "choices",
                options={d.name: d.name for d in devices},
            ),
            Question("day", Text(th="วันที่เริ่ม", en="Day it begins"), "day", now.date()),
            Question("clock", Text(th="เวลาเริ่ม", en="Time it begins"), value=f"{now:%H:%M}"),
            Question("hours", Text(th="กี่ชั่วโมง", en="Hours"), "number", 2),
            Question("reason", Text(th="เหตุผล", en="Reason")),
            Question(
                "approved",
                Text(th="เลขที่เรื่องหรือคำสั่งที่อนุมัติ", en="Case or order it rests on"),
                hint=Text(
                    th="มีเลขที่เท่านั้นจึงไม่นับเวลานี้ในความพร้อมใช้งาน",
                    en="Only with one availability leaves the time out",
                ),
            ),
        ),
    )

    async def plan(given: Answers) -> None:
        starts = _starts(given["day"], given["clock"])
        ends = datetime.fromtimestamp(
            starts.timestamp() + float(given["hours"] or 0) * 3600, starts.tzinfo
        )
        await visit.ask(
            plan_maintenance,
            starts=starts,
            ends=ends,
            reason=given["reason"],
            site=given["site"],
            devices=given["devices"],
            approved=given["approved"],
        )
        ui.navigate.to("/maintenance")

    ui.button(visit.w(asked.title), on_click=lambda: ask_in_dialog(visit, asked, plan)).props(
        "color=primary"
    )


def _offer_cancelling(visit: Visit, window: Window) -> None:
    asked = Asked(
        Text(th=f"ยกเลิกช่วงบำรุงรักษา {window.id}", en=f"Cancel window {window.id}"),
        Text(th="ยกเลิกช่วงนี้", en="End it now"),
        grave=True,
    )

    async def cancel(_: Answers) -> None:
        await visit.ask(cancel_maintenance, window.id)
        ui.navigate.to("/maintenance")

    ui.button(visit.w(asked.title), on_click=lambda: ask_in_dialog(visit, asked, cancel)).props(
        "outline color=primary"
    )


def _starts(day: object, clock: str) -> datetime:
    """The moment a day and a time name on a Thai clock. Errors: `InputError`."""
    try:
        at = time.fromisoformat(arabic_digits(clock.strip()).replace(".", ":").zfill(5))
        return datetime.fromisoformat(f"{day}T{at:%H:%M}").replace(tzinfo=BANGKOK)
    except ValueError:
        raise InputError(
            Text(th="อ่านวันหรือเวลาเริ่มไม่ได้", en="the day or time it begins cannot be read"),
            hint=Text(th="เวลาเขียนเป็น 18:00", en="write the time as 18:00"),
        ) from None
