"""One device by the rules, down to the very lines of its configuration."""

from __future__ import annotations

from functools import partial

from controller.accounts.actor import Actor
from controller.compliance.finding import VERDICTS
from controller.errors import Text
from controller.operations.show_device_compliance import DeviceCompliance, show_device_compliance
from controller.web.drawing import put
from controller.web.page import page
from controller.web.parts.audit_button import mends, offer_audit
from controller.web.parts.compliance_look import LOOK, marks, placed
from controller.web.visit import Visit

# So many things a finding rests on are shown of one.
_MOST = 30
_GROUPS = {
    "fail": Text(th="ไม่ผ่าน", en="Fails"),
    "unknown": Text(th="ไม่ทราบผล", en="Unknown"),
    "waived": Text(th="ผ่อนผัน", en="Waived"),
    "pass": Text(th="ผ่าน", en="Passes"),
    "not_applicable": Text(th="ไม่เกี่ยวข้อง", en="Not applicable"),
}


@page("/compliance/devices/{device}", Text(th="การปฏิบัติตามเกณฑ์", en="Compliance"))
async def build(visit: Visit, actor: Actor) -> None:
    """Findings by verdict; behind them the configuration with the lines that are wrong marked."""
    found = await visit.ask(show_device_compliance, visit.path["device"])
    gaps = _gaps(found)
    site = visit.context.inventory().site_of(found.device)
    may_mend = mends(actor, found.tally)
    put(visit, "compliance/device_head.html", found=found, site=site, may_mend=may_mend)
    offer_audit(visit, actor, f"name={found.device.name}")
    put(
        visit,
        "compliance/device.html",
        **LOOK,
        found=found,
        tally=found.tally,
        trend=None,
        counted="",
        groups=[
            (verdict, _GROUPS[verdict], rows, verdict in ("pass", "not_applicable"))
            for verdict in VERDICTS
            if (rows := [one for one in found.findings if one.standing.verdict == verdict])
        ],
        most=_MOST,
        lines=found.lines,
        place=partial(placed, found.lines),
        marks=marks(found.marked or {}, gaps),
        told={**gaps, **(found.marked or {})},
        titles={one.rule.id: one.rule.title.text for one in found.findings},
    )


def _gaps(found: DeviceCompliance) -> dict[int, tuple[str, ...]]:
    """Line number of a section -> the rules that miss a line in it."""
    gaps: dict[int, tuple[str, ...]] = {}
    for one in found.findings:
        if one.standing.verdict != "fail" or not found.lines:
            continue
        for detail in one.standing.finding.details:
            at = placed(found.lines, detail.path) if detail.kind == "missing" else None
            if at is not None and one.rule.id not in gaps.get(at, ()):
                gaps[at] = (*gaps.get(at, ()), one.rule.id)
    return gaps
