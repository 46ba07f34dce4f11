"""How the network is: devices by status, sites with trouble first, who polls."""

from __future__ import annotations

from controller.accounts.actor import Actor, may
from controller.errors import Text
from controller.operations.poll_devices import poll_devices
from controller.operations.show_health import STATUSES, HealthView, show_health
from controller.web.drawing import put
from controller.web.page import page
from controller.web.visit import Visit

STATUS_WORDS = {
    "up": Text(th="ใช้งานได้", en="up"),
    "down": Text(th="ติดต่อไม่ได้", en="down"),
    "unknown": Text(th="ไม่ทราบ", en="unknown"),
    "unwatched": Text(th="ไม่ได้เฝ้าดู", en="not watched"),
}
STATUS_LOOKS = {"up": "good", "down": "bad", "unknown": "warn", "unwatched": "wait"}


@page("/health", Text(th="สถานะเครือข่าย", en="Network health"))
async def build(visit: Visit, actor: Actor) -> None:
    """`?site=` only one site, with every device of it."""
    site = visit.query.get("site") or None
    found = await visit.ask(show_health, site)
    put(
        visit,
        "health.html",
        found=found,
        site=site,
        statuses=STATUSES,
        words=STATUS_WORDS,
        looks=STATUS_LOOKS,
        cycle=_cycle(found),
        troubled=[one for one in found.sites if one.counts["down"] or one.counts["unknown"]],
    )
    if may(actor, "poll_devices"):
        _button(visit, site)


def _button(visit: Visit, site: str | None) -> None:
    from nicegui import ui

    async def poll() -> None:
        button.props("loading")
        try:
            polled = await visit.ask(poll_devices, f"site={site}" if site else "all")
        finally:
            button.props(remove="loading")
        silent = sum(row.status != "up" for row in polled.health.values())
        visit.tell(
            f"สำรวจ {len(polled.asked)} เครื่อง ไม่ตอบหรือไม่ทราบ {silent} เครื่อง",
            f"asked {len(polled.asked)} devices; {silent} silent or unknown",
        )
        ui.navigate.reload()

    button = ui.button(visit.t("สำรวจเดี๋ยวนี้", "Poll now"), on_click=visit.pressed(poll)).classes(
        "plain"
    )


def _cycle(found: HealthView) -> dict[str, object] | None:
    """What the pollers said of their last share: when, and how long it took."""
    said = [poller.cycle for poller in found.pollers if poller.cycle.get("at")]
    if not said:
        return None
    newest = max(said, key=lambda one: str(one["at"]))
    return {"at": newest["at"], "seconds": newest["seconds"], "pollers": len(found.pollers)}
