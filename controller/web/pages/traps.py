"""What devices told by themselves: the newest traps, and who else sent something."""

from __future__ import annotations

from controller.accounts.actor import Actor
from controller.errors import Text
from controller.operations.list_traps import list_traps
from controller.platforms.trap_kinds import kind_title, kinds
from controller.web.drawing import put
from controller.web.page import page
from controller.web.visit import Visit

AT_ONCE = 100
_BAD = ("link_down", "too_hot", "fan", "power_supply", "on_battery", "poe_budget")
_NOTABLE = ("cold_start", "configuration_changed", "authentication_failure", "hardware_changed")


@page("/traps", Text(th="การแจ้งจากอุปกรณ์", en="Traps"))
async def build(visit: Visit, actor: Actor) -> None:
    """The newest traps; the filters stand in the address."""
    device = visit.query.get("device", "")[:64]
    kind = visit.query.get("kind", "")[:64]
    found = await visit.ask(list_traps, device=device, kind=kind, most=AT_ONCE)
    put(
        visit,
        "traps.html",
        found=found,
        device=device,
        kind=kind,
        kinds=kinds(),
        title=kind_title,
        tones={**dict.fromkeys(_BAD, "bad"), **dict.fromkeys(_NOTABLE, "warn")},
        of_school=actor.of_school,
    )
