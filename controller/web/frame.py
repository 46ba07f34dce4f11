"""The frame around every page: who is signed in, where one can go, the language, signing out."""

from __future__ import annotations

from dataclasses import dataclass

from nicegui import ui

from controller.accounts.actor import ROLES, Actor, may
from controller.errors import Text
from controller.web.drawing import put
from controller.web.visit import Visit


@dataclass(frozen=True)
class Entry:
    """One entry of the menu, for those who have the permission; None: for everybody."""

    path: str
    name: Text
    permission: str | None = None


MENU = (
    Entry("/", Text(th="หน้าแรก", en="Home")),
    Entry("/cases", Text(th="เรื่อง", en="Cases"), "read_history"),
    Entry("/sites", Text(th="หน่วยงาน", en="Sites"), "show_inventory"),
    Entry("/devices", Text(th="อุปกรณ์", en="Devices"), "read_history"),
    Entry("/health", Text(th="สถานะเครือข่าย", en="Health"), "show_health"),
    Entry("/alerts", Text(th="การแจ้งเตือน", en="Alerts"), "list_alerts"),
    Entry("/topology", Text(th="ผังเครือข่าย", en="Topology"), "show_topology"),
    Entry("/register", Text(th="ครุภัณฑ์", en="Register"), "show_inventory"),
    Entry("/plans", Text(th="แผน", en="Plans"), "read_history"),
    Entry("/runs", Text(th="การดำเนินการ", en="Runs"), "read_history"),
    Entry("/manual", Text(th="คู่มือ", en="Manual")),
    Entry("/forms", Text(th="แบบฟอร์ม", en="Forms"), "show_form"),
    Entry("/surveys", Text(th="แบบสอบถาม", en="Surveys"), "show_form"),
    Entry("/notices", Text(th="การแจ้ง", en="Notices"), "send_notices"),
    Entry("/audit-log", Text(th="บันทึกตรวจสอบ", en="Audit log"), "verify_audit_log"),
    Entry("/reports", Text(th="รายงาน", en="Reports"), "read_history"),
)


def build_frame(visit: Visit, actor: Actor) -> None:
    """Put the style sheet, the header and the menu on the page being built."""
    ui.add_head_html('<link rel="stylesheet" href="/static/style.css">')
    roles = [visit.w(ROLES[role]) for role in sorted(actor.roles)]
    here = visit.address.partition("?")[0]
    put(
        visit,
        "frame.html",
        office=visit.context.office().short,
        entries=[entry for entry in MENU if _is_for(entry, actor)],
        here=max((e.path for e in MENU if _is_below(here, e.path)), key=len, default=""),
        actor=actor,
        roles=", ".join(roles),
        address=visit.address,
        manages=may(actor, "manage_accounts"),
    ).classes("frame")


def _is_for(entry: Entry, actor: Actor) -> bool:
    return entry.permission is None or may(actor, entry.permission)


def _is_below(address: str, path: str) -> bool:
    return address == path or (path != "/" and address.startswith(path + "/"))
