"""One rule: what it rests on, the devices that do not keep it, the sites."""

from __future__ import annotations

from controller.accounts.actor import Actor
from controller.compliance.finding import VERDICTS
from controller.compliance.rule import Rule
from controller.errors import Text
from controller.operations.show_compliance import show_rule_compliance
from controller.web.drawing import put
from controller.web.page import page
from controller.web.parts.audit_button import mends
from controller.web.parts.compliance_look import LOOK, trend_picture
from controller.web.visit import Visit

AT_ONCE = 100
KINDS = {
    "law": Text(th="กฎหมาย", en="Law"),
    "manual": Text(th="คู่มือการปฏิบัติงาน", en="Manual"),
    "standard": Text(th="มาตรฐาน", en="Standard"),
    "office": Text(th="ประกาศของสำนักงาน", en="The office"),
}


@page("/compliance/rules/{rule}", Text(th="เกณฑ์", en="Rule"))
async def build(visit: Visit, actor: Actor) -> None:
    """The findings that are no pass, the worst first, a page at a time."""
    found = await visit.ask(show_rule_compliance, visit.path["rule"])
    inventory = visit.context.inventory()
    shown = [one for one in found.findings if one.verdict != "pass"]
    shown.sort(key=lambda one: (VERDICTS.index(one.verdict), one.device))
    pages = max(1, -(-len(shown) // AT_ONCE))
    at = min(_whole(visit.query.get("page", "")), pages)
    rows = shown[(at - 1) * AT_ONCE : at * AT_ONCE]
    devices = {one.device: inventory.device(one.device) for one in rows}
    put(
        visit,
        "compliance/rule.html",
        **LOOK,
        found=found,
        tally=found.tally,
        trend=trend_picture(found.trend),
        counted=f"/compliance/findings?rule={found.rule.id}&",
        may_mend=mends(actor, found.tally) and _has_lines(found.rule),
        kinds=KINDS,
        rows=[(one, inventory.site_of(d) if (d := devices[one.device]) else None) for one in rows],
        page=at,
        pages=pages,
        leads=lambda number: f"/compliance/rules/{found.rule.id}?page={number}",
        of_school=actor.of_school,
    )


def _has_lines(rule: Rule) -> bool:
    """Whether the rule is about a configuration, so that lines can mend what fails it."""
    return any(check.configuration is not None for check in rule.checks)


def _whole(text: str) -> int:
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) < 6 else 1
