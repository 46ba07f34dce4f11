"""Where the devices of a site run something else than was intended."""

from __future__ import annotations

from controller.accounts.actor import Actor, may, require
from controller.errors import Text
from controller.operations.show_drift import DRIFT_WORDS, show_drift
from controller.web.drawing import put
from controller.web.page import page
from controller.web.visit import Visit


@page("/drift", Text(th="ค่าที่คลาดเคลื่อน", en="Drift"))
async def build(visit: Visit, actor: Actor) -> None:
    """`?site=` the devices of that site; without, the sites to choose from."""
    require(actor, "show_drift")
    sites = sorted(visit.context.inventory().sites, key=lambda site: site.site)
    wanted = visit.query.get("site", "")
    chosen = next((site for site in sites if site.site == wanted), None)
    found = await visit.ask(show_drift, f"site={chosen.site}") if chosen else None
    put(
        visit,
        "drift.html",
        sites=sites,
        chosen=chosen,
        found=found,
        words=DRIFT_WORDS,
        may_plan=may(actor, "plan_change"),
    )
