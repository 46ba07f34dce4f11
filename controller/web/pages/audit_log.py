"""The audit log: who did what when, newest first, and whether all of it still stands."""

from __future__ import annotations

import json
from urllib.parse import urlencode

from nicegui import ui

from controller.accounts.actor import Actor
from controller.errors import Text
from controller.operations.verify_audit_log import newest_entries, verify_audit_log
from controller.store.audit_entry import Entry
from controller.web.drawing import draw, put
from controller.web.page import page
from controller.web.parts.audit_words import ACTIONS, in_words
from controller.web.visit import Visit

AT_ONCE = 50
_SOUGHT = ("by", "action", "subject")
_CASE = "25"  # what the number of a case begins with, and nothing else that is a subject


@page("/audit-log", Text(th="บันทึกตรวจสอบ", en="Audit log"))
async def build(visit: Visit, actor: Actor) -> None:
    """The newest entries; `?by=`, `?action=`, `?subject=` narrow, `?before=` goes further back."""
    sought = {name: visit.query.get(name, "").strip()[:128] for name in _SOUGHT}
    before = visit.query.get("before", "")
    found = await visit.ask(
        newest_entries,
        AT_ONCE + 1,
        before=int(before) if before.isdecimal() and len(before) < 16 else None,
        **sought,
    )
    shown = found[::-1][:AT_ONCE]
    narrowed = {name: word for name, word in sought.items() if word}
    put(visit, "audit_log.html")
    _verifying(visit)
    put(
        visit,
        "audit_entries.html",
        sought=sought,
        actions=sorted(ACTIONS.items(), key=lambda pair: visit.w(pair[1])),
        people=visit.context.office().people,
        entries=[(e, in_words(e.action), _address(e), _told(e)) for e in shown],
        older=urlencode({**narrowed, "before": shown[-1].seq}) if len(found) > AT_ONCE else "",
        newest=urlencode(narrowed) if before else None,
    )


def _verifying(visit: Visit) -> None:
    """The button that reads every entry, and the verdict below it."""
    told = ui.html("", sanitize=False).classes("wide").props("role=status")

    async def verify() -> None:
        button.disable()
        try:
            verdict = await visit.ask(verify_audit_log)
        finally:
            button.enable()
        told.content = draw(visit, "audit_verdict.html", verdict=verdict)

    with ui.element("div").classes("filters"):
        button = ui.button(
            visit.t("ตรวจความครบถ้วนทั้งบันทึก", "Prove the whole log"), on_click=visit.pressed(verify)
        ).props("unelevated")
        ui.link(visit.t("ดาวน์โหลด", "Download"), "/audit-log/export").classes("button")


def _address(entry: Entry) -> str:
    """The page about the entry's subject; empty where there is none."""
    subject = entry.subject
    if entry.action in ("plan_change", "plan_playbook", "remediate_devices"):
        return f"/plans/{subject}"
    parts = subject.split("-")
    is_case = len(parts) == 3 and subject.startswith(_CASE) and parts[1].replace(".", "").isdigit()
    return f"/cases/{subject}" if is_case else ""


def _told(entry: Entry) -> str:
    """The entry's content as people can read it; empty when it says nothing more."""
    return json.dumps(entry.content, ensure_ascii=False, indent=1) if entry.content else ""
