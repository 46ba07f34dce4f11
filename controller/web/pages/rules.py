"""The rules: what the office asks of its devices, one rule in its own words, and trying them."""

from __future__ import annotations

from nicegui import ui

from controller.accounts.actor import Actor
from controller.compliance.finding import VERDICT_NAMES
from controller.compliance.wording import detail_words
from controller.errors import InputError, Text
from controller.health.rules import SEVERITIES
from controller.inventory.device import ROLE_NAMES
from controller.operations.list_rules import list_rules
from controller.operations.show_rule import show_rule
from controller.operations.try_rules import try_rules
from controller.platforms.grammars import readable_platforms
from controller.web.drawing import draw, put
from controller.web.page import page
from controller.web.visit import Visit

TONES = {"critical": "bad", "warning": "warn", "notice": ""}
VERDICT_TONES = {
    "pass": "good", "fail": "bad", "unknown": "warn", "waived": "warn", "not_applicable": "",
}  # fmt: skip
STATES = {
    "later": Text(th="ยังไม่เริ่มใช้", en="not yet in force"),
    "grace": Text(th="ช่วงผ่อนผัน เกณฑ์เดิมใช้ได้", en="grace: the old one will do"),
    "now": Text(th="ใช้แล้ว", en="in force"),
}
GROUNDS = {
    "law": Text(th="กฎหมาย", en="Law"),
    "manual": Text(th="คู่มือ", en="Manual"),
    "standard": Text(th="มาตรฐาน", en="Standard"),
    "office": Text(th="สำนักงาน", en="Office"),
}
_LARGEST = 2_000_000
_LOOK = {"tones": TONES, "severities": SEVERITIES, "states": STATES, "grounds": GROUNDS}


@page("/rules", Text(th="เกณฑ์", en="Rules"))
async def build(visit: Visit, actor: Actor) -> None:
    """All of them by file; `?severity=` and `?word=` make them fewer."""
    severity = visit.query.get("severity", "")
    word = visit.query.get("word", "").strip().lower()[:64]
    found = await visit.ask(list_rules)
    shown = [
        one
        for one in found
        if severity in ("", one.rule.severity)
        and word in f"{one.rule.id} {one.rule.title.th} {one.rule.title.en}".lower()
    ]
    files: dict[str, list[object]] = {}
    for one in shown:
        files.setdefault(one.file, []).append(one)
    put(
        visit,
        "rules/list.html",
        files=files,
        shown=len(shown),
        severity=severity,
        word=word,
        of_school=actor.of_school,
        **_LOOK,
    )


@page("/rules/{rule}", Text(th="เกณฑ์", en="Rule"))
async def one_rule(visit: Visit, actor: Actor) -> None:
    """One rule as its file writes it, what it rests on, and who is excused from it."""
    found = await visit.ask(show_rule, visit.path["rule"])
    put(visit, "rules/rule.html", one=found.seen, text=found.text, **_LOOK)


@page("/try-rules", Text(th="ทดลองตรวจด้วยเกณฑ์", en="Try the rules"))
async def trying(visit: Visit, actor: Actor) -> None:
    """A configuration that is pasted is judged; nothing of it is kept."""
    t = visit.t
    put(visit, "rules/try.html")
    with ui.element("section").classes("card"):
        platform = ui.select(
            list(readable_platforms()),
            label=t("แพลตฟอร์ม", "Platform"),
            value="cisco_ios",
        ).props("outlined dense")
        role = ui.select(
            {name: visit.w(words) for name, words in ROLE_NAMES.items()},
            label=t("บทบาท", "Role"),
            value="access",
        ).props("outlined dense")
        device = ui.input(t("หรือเป็นของอุปกรณ์ในทะเบียน", "Or of a device of the inventory")).props(
            "outlined dense"
        )
        text = ui.textarea(t("ค่าของอุปกรณ์", "Configuration")).props("outlined rows=12")
        text.classes("full")

        async def judge() -> None:
            if len(text.value or "") > _LARGEST:
                raise InputError(Text(th="ข้อความยาวเกินไป", en="the text is too long"))
            found = await visit.ask(
                try_rules,
                text.value or "",
                platform.value,
                device=(device.value or "").strip(),
                role=role.value,
            )
            told.set_content(
                draw(
                    visit,
                    "rules/tried.html",
                    found=found,
                    verdicts=VERDICT_NAMES,
                    verdict_tones=VERDICT_TONES,
                    detail_words=detail_words,
                    **_LOOK,
                )
            )

        ui.button(t("ตรวจ", "Judge"), on_click=visit.pressed(judge)).props("unelevated")
    told = ui.html("", sanitize=False).props("aria-live=polite").classes("wide")
