"""How a device's configuration changed: its versions, one of them, two of them side by side."""

from __future__ import annotations

from controller.accounts.actor import Actor, may, require
from controller.backups.sides import unified
from controller.errors import Text
from controller.operations.show_configuration import (
    compare_configurations,
    list_configurations,
    show_configuration,
)
from controller.operations.show_device import show_device
from controller.web.drawing import put
from controller.web.page import page
from controller.web.pages.devices import WHY
from controller.web.visit import Visit


@page("/devices/{name}/configuration", Text(th="การตั้งค่าของอุปกรณ์", en="Configuration"))
async def build(visit: Visit, actor: Actor) -> None:
    """`?version=` one version whole; `?old=` and `?new=` two, by default the last two."""
    require(actor, "read_history")
    name = visit.path["name"]
    found = await visit.ask(show_device, name)
    versions = await visit.ask(list_configurations, name)
    old, new = visit.query.get("old"), visit.query.get("new")
    whole = compared = None
    if visit.query.get("version") or len(versions) == 1:
        whole = await visit.ask(show_configuration, name, visit.query.get("version"))
    elif versions:
        compared = await visit.ask(compare_configurations, name, old or None, new or None)
    put(
        visit,
        "configuration.html",
        found=found,
        versions=versions,
        why=WHY,
        whole=whole,
        compared=compared,
        may_restore=may(actor, "restore_configuration"),
        lines=list(unified(compared.pairs)) if compared else [],
    )
