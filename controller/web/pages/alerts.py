"""Alerts: the list, and one with its history and what one can do about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from nicegui import ui

from controller.accounts.actor import Actor, may
from controller.errors import Text
from controller.health.rules import SEVERITIES, usual_rules
from controller.operations.acknowledge_alert import acknowledge_alert
from controller.operations.close_alert import close_alert
from controller.operations.comment_alert import comment_alert
from controller.operations.list_alerts import AlertQuery, list_alerts, rule_title
from controller.operations.repair_alert import repair_alert
from controller.operations.show_alert import AlertView, show_alert
from controller.operations.show_site import list_sites
from controller.web.drawing import put
from controller.web.page import page
from controller.web.parts.alert_tones import ALERT_TONES
from controller.web.parts.asking import Answers, Asked, Question, ask_in_dialog
from controller.web.visit import Visit

AT_ONCE = 50
_SHOWN = ("severity", "site", "district", "rule", "device", "state", "all", "shadows")
DID = {
    "acknowledged": Text(th="รับทราบ", en="acknowledged"),
    "comment": Text(th="ความเห็น", en="comment"),
    "closed": Text(th="ปิดด้วยมือ", en="closed by hand"),
    "case": Text(th="เปิดเรื่องซ่อม", en="opened a repair case"),
}
_WORDS = Question("words", Text(th="ข้อความ", en="Words"), "lines")
_ACKNOWLEDGE = Asked(
    Text(th="รับทราบการแจ้งเตือน", en="Acknowledge the alert"),
    Text(th="รับทราบ", en="Acknowledge"),
    (
        Question(
            "words", Text(th="กำลังทำอะไร (ไม่บังคับ)", en="What you are doing (optional)"), "lines"
        ),
    ),
)
_COMMENT = Asked(Text(th="เขียนความเห็น", en="Comment"), Text(th="บันทึก", en="Save"), (_WORDS,))
_CLOSE = Asked(
    Text(th="ปิดการแจ้งเตือน", en="Close the alert"),
    Text(th="ปิดการแจ้งเตือน", en="Close it"),
    (
        Question(
            "words",
            Text(th="เหตุผล", en="Reason"),
            "lines",
            hint=Text(
                th="ถ้ายังผิดปกติอยู่ การสำรวจครั้งถัดไปจะแจ้งเตือนใหม่",
                en="If it is still wrong the next polls open another",
            ),
        ),
    ),
    grave=True,
)
_REPAIR = Asked(
    Text(th="แจ้งซ่อมจากการแจ้งเตือนนี้", en="Have it repaired"),
    Text(th="แจ้งซ่อมและเปิดเรื่อง", en="Request it and open a case"),
    (
        Question("place", Text(th="สถานที่ตั้ง (อาคาร/ห้อง)", en="Building and room")),
        Question(
            "phone",
            Text(th="โทรศัพท์ที่ติดต่อได้", en="Telephone"),
            hint=Text(th="เว้นว่าง: ใช้ของผู้ประสานงาน", en="Empty: that of the site's contact"),
        ),
    ),
)


@page("/alerts", Text(th="การแจ้งเตือน", en="Alerts"))
async def build_list(visit: Visit, actor: Actor) -> None:
    """The open alerts, the worst first; the filters stand in the address."""
    asked = {name: visit.query[name][:100] for name in _SHOWN if visit.query.get(name)}
    state = asked.get("state", "")
    query = AlertQuery(
        every="all" in asked,
        severity=asked.get("severity", ""),
        site=asked.get("site", ""),
        district=asked.get("district", ""),
        rule=asked.get("rule", ""),
        device=asked.get("device", ""),
        acknowledged={"new": False, "known": True}.get(state),
        shadows="shadows" in asked,
    )
    at = _whole(visit.query.get("page", ""))
    found = await visit.ask(list_alerts, query, skip=(at - 1) * AT_ONCE, most=AT_ONCE)
    sites = {s.site.site: s.site for s in await visit.ask(list_sites)}
    put(
        visit,
        "alerts.html",
        found=found,
        asked=asked,
        sites=sites,
        districts=sorted({s.district for s in sites.values()}),
        site_name=lambda name: (
            visit.t(sites[name].name_th, sites[name].name_en) if name in sites else name
        ),
        rules=usual_rules().rules,
        rule_title=rule_title,
        severities=SEVERITIES,
        tones=ALERT_TONES,
        page=at,
        pages=max(1, -(-found.total // AT_ONCE)),
        leads=lambda number: "/alerts?" + urlencode({**asked, "page": str(number)}),
        of_school=actor.of_school,
    )


@page("/alerts/{number}", Text(th="การแจ้งเตือน", en="Alert"))
async def build(visit: Visit, actor: Actor) -> None:
    """One alert: what, where, since when, who did what; its shadows."""
    found = await visit.ask(show_alert, visit.path["number"])
    put(
        visit,
        "alert.html",
        found=found,
        alert=found.alert,
        severities=SEVERITIES,
        tones=ALERT_TONES,
        may_see_case=may(actor, "read_history"),
    )
    _put_moves(visit, actor, found)
    put(visit, "alert_history.html", found=found, alert=found.alert, did=DID)


def _put_moves(visit: Visit, actor: Actor, found: AlertView) -> None:
    alert = found.alert
    is_open = alert.cleared is None

    def offer(asked: Asked, work: Callable[[Answers], Any], *, first: bool = False) -> None:
        async def done(given: Answers) -> None:
            await work(given)
            ui.navigate.to(f"/alerts/{alert.id}")

        button = ui.button(
            visit.w(asked.title if asked is _COMMENT else asked.button),
            on_click=lambda: ask_in_dialog(visit, asked, done),
        )
        button.props("color=primary" if first else "outline color=primary")

    with ui.element("div").classes("filters"):
        if is_open and alert.acknowledged is None and may(actor, "acknowledge_alert"):
            offer(
                _ACKNOWLEDGE,
                lambda g: visit.ask(acknowledge_alert, alert.id, g["words"]),
                first=True,
            )
        if is_open and alert.case is None and found.device and may(actor, "repair_alert"):
            offer(
                _REPAIR,
                lambda g: visit.ask(repair_alert, alert.id, place=g["place"], phone=g["phone"]),
            )
        if may(actor, "comment_alert"):
            offer(_COMMENT, lambda g: visit.ask(comment_alert, alert.id, g["words"]))
        if is_open and may(actor, "close_alert"):
            offer(_CLOSE, lambda g: visit.ask(close_alert, alert.id, g["words"]))


def _whole(text: str) -> int:
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) < 6 else 1
