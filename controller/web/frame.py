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
    """One entry of the menu, for those who have the permission; None: for everybody.

    `below`: what a second menu offers on this page and on those it leads to.
    """

    path: str
    name: Text
    permission: str | None = None
    below: tuple[Entry, ...] = ()


DEVICES = (
    Entry("/devices", Text(th="รายการ", en="List"), "read_history"),
    Entry("/configurations", Text(th="ค้นหาในการตั้งค่า", en="Search"), "search_configurations"),
)
HEALTH = (
    Entry("/health", Text(th="ภาพรวม", en="Overview"), "show_health"),
    Entry("/alerts", Text(th="การแจ้งเตือน", en="Alerts"), "list_alerts"),
    Entry("/topology", Text(th="ผังเครือข่าย", en="Topology"), "show_topology"),
    Entry("/availability", Text(th="ความพร้อมใช้งาน", en="Availability"), "show_availability"),
    Entry("/maintenance", Text(th="ช่วงบำรุงรักษา", en="Maintenance"), "list_alerts"),
    Entry("/traps", Text(th="การแจ้งจากอุปกรณ์", en="Traps"), "list_traps"),
    Entry("/discover", Text(th="ค้นหาอุปกรณ์", en="Discover"), "discover_devices"),
)
COMPLIANCE = (
    Entry("/compliance", Text(th="ภาพรวม", en="Overview"), "show_compliance"),
    Entry("/compliance/findings", Text(th="ผลการตรวจ", en="Findings"), "show_compliance"),
    Entry("/rules", Text(th="เกณฑ์", en="Rules"), "show_compliance"),
    Entry("/compliance/remediate", Text(th="แก้ไขให้ตรงเกณฑ์", en="Mend"), "remediate_devices"),
    Entry("/drift", Text(th="ค่าที่คลาดเคลื่อน", en="Drift"), "show_drift"),
    Entry("/compliance/audits", Text(th="การตรวจที่ผ่านมา", en="Audits"), "read_history"),
    Entry("/schedule", Text(th="กำหนดเวลาทำงาน", en="Schedule"), "show_schedule"),
    Entry("/workers", Text(th="ตัวทำงานเบื้องหลัง", en="Workers"), "show_workers"),
)
PLAYBOOKS = (
    Entry("/playbooks", Text(th="รายการ", en="List"), "show_playbooks"),
    Entry("/playbook-runs", Text(th="การรัน", en="Runs of playbooks"), "read_history"),
)
PROCUREMENT = (
    Entry("/needs", Text(th="ความต้องการ", en="Needs"), "list_needs"),
    Entry("/specs", Text(th="เกณฑ์ราคา", en="Price criteria"), "show_specs"),
    Entry("/models", Text(th="รุ่นอุปกรณ์", en="Models"), "show_inventory"),
)
MENU = (
    Entry("/", Text(th="หน้าแรก", en="Home")),
    Entry("/cases", Text(th="เรื่อง", en="Cases"), "read_history"),
    Entry("/sites", Text(th="หน่วยงาน", en="Sites"), "show_inventory"),
    Entry("/devices", Text(th="อุปกรณ์", en="Devices"), "read_history", DEVICES),
    Entry("/health", Text(th="สถานะเครือข่าย", en="Health"), "show_health", HEALTH),
    Entry(
        "/compliance",
        Text(th="ตรวจตามเกณฑ์", en="Compliance"),
        "show_compliance",
        COMPLIANCE,
    ),
    Entry("/specs", Text(th="จัดหา", en="Procurement"), "show_specs", PROCUREMENT),
    Entry("/register", Text(th="ครุภัณฑ์", en="Register"), "show_inventory"),
    Entry("/plans", Text(th="แผน", en="Plans"), "read_history"),
    Entry("/playbooks", Text(th="เพลย์บุ๊ก", en="Playbooks"), "show_playbooks", PLAYBOOKS),
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
    at = max(MENU, key=lambda entry: len(_nearest(here, entry)))
    put(
        visit,
        "frame.html",
        office=visit.context.office().short,
        entries=[entry for entry in MENU if _is_for(entry, actor)],
        here=at.path if _nearest(here, at) else "",
        below=[entry for entry in at.below if _nearest(here, at) and _is_for(entry, actor)],
        part=_nearest(here, at),
        actor=actor,
        roles=", ".join(roles),
        address=visit.address,
        manages=may(actor, "manage_accounts"),
    ).classes("frame")


def _is_for(entry: Entry, actor: Actor) -> bool:
    return entry.permission is None or may(actor, entry.permission)


def _nearest(address: str, entry: Entry) -> str:
    """The path of the entry, or of one in its second menu, that the address is at or below."""
    paths = [entry.path, *(one.path for one in entry.below)]
    return max((path for path in paths if _is_below(address, path)), key=len, default="")


def _is_below(address: str, path: str) -> bool:
    return address == path or (path != "/" and address.startswith(path + "/"))
