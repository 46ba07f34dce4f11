"""What the rules leave of a device's configuration."""

from __future__ import annotations

from controller.accounts.actor import Actor
from controller.errors import Text
from controller.operations.show_unclaimed_lines import show_unclaimed_lines
from controller.web.drawing import put
from controller.web.page import page
from controller.web.visit import Visit


@page(
    "/compliance/devices/{device}/unclaimed",
    Text(th="บรรทัดที่ไม่มีเกณฑ์กล่าวถึง", en="Lines no rule speaks of"),
)
async def build(visit: Visit, actor: Actor) -> None:
    """The lines in their sections, with their numbers."""
    found = await visit.ask(show_unclaimed_lines, visit.path["device"])
    put(visit, "compliance/unclaimed.html", found=found)
