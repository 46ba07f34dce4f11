"""Every finding in a list that can be narrowed, and the audits there were."""

from __future__ import annotations

from urllib.parse import urlencode

from controller.accounts.actor import Actor
from controller.compliance.finding import VERDICT_NAMES
from controller.errors import Text
from controller.operations.list_findings import FindingQuery, list_audits, list_findings
from controller.operations.show_site import list_sites
from controller.web.drawing import put
from controller.web.page import page
from controller.web.parts.compliance_look import LOOK
from controller.web.visit import Visit

AT_ONCE = 100
_SHOWN = ("verdict", "severity", "rule", "site", "device", "select")
WHY = {
    "asked": Text(th="สั่งตรวจ", en="asked for"),
    "schedule": Text(th="ตามกำหนดเวลา", en="on schedule"),
    "rollout": Text(th="หลังปรับค่า", en="after a rollout"),
    "change": Text(th="มีการเปลี่ยนแปลง", en="after a change"),
}


@page("/compliance/findings", Text(th="ผลการตรวจ", en="Findings"))
async def build(visit: Visit, actor: Actor) -> None:
    """What fails or is unknown, the most severe first; the filters stand in the address."""
    asked = {name: visit.query[name][:200] for name in _SHOWN if visit.query.get(name)}
    query = FindingQuery(
        selector=asked.get("select", ""),
        **{name: asked.get(name, "") for name in _SHOWN if name != "select"},
    )
    at = _whole(visit.query.get("page", ""))
    found = await visit.ask(list_findings, query, skip=(at - 1) * AT_ONCE, most=AT_ONCE)
    sites = {one.site.site: one.site for one in await visit.ask(list_sites)}
    devices = {one.device: visit.context.inventory().device(one.device) for one in found.findings}
    put(
        visit,
        "compliance/findings.html",
        **LOOK,
        found=found,
        asked=asked,
        sites=sites,
        site_of={name: sites.get(device.site) for name, device in devices.items() if device},
        titles={one.id: one.title.text for one in visit.context.rulebook().rules},
        rules={one.id: one for one in visit.context.rulebook().rules},
        page=at,
        pages=max(1, -(-found.total // AT_ONCE)),
        leads=lambda number: "/compliance/findings?" + urlencode({**asked, "page": str(number)}),
        of_school=actor.of_school,
        choices={name: words for name, words in VERDICT_NAMES.items() if name != "not_applicable"},
    )


@page("/compliance/audits", Text(th="การตรวจที่ผ่านมา", en="Audits"))
async def build_audits(visit: Visit, actor: Actor) -> None:
    """The last audits: when, why, of what, what came of it."""
    found = await visit.ask(list_audits)
    put(visit, "compliance/audits.html", **LOOK, audits=found, why=WHY)


def _whole(text: str) -> int:
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) < 6 else 1
