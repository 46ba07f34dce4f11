"""What a device would be judged by."""

from __future__ import annotations

from controller.accounts.actor import Actor, may
from controller.errors import Text
from controller.operations.show_evidence import show_evidence
from controller.web.drawing import put
from controller.web.page import page
from controller.web.visit import Visit

MOST_VALUES = 8


@page("/devices/{name}/evidence", Text(th="ข้อเท็จจริงของอุปกรณ์", en="What is known of a device"))
async def build(visit: Visit, actor: Actor) -> None:
    """Facts by the names rules use, the equipment, and what is on record."""
    found = await visit.ask(show_evidence, visit.path["name"])
    put(
        visit,
        "evidence.html",
        found=found,
        told=[row for row in found.rows if row.values],
        untold=[row.known.name for row in found.rows if not row.values],
        most=MOST_VALUES,
        may_read_model=may(actor, "import_models"),
    )
