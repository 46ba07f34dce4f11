"""The plans kept: what each would do to how many devices, who made it, and from what."""

from __future__ import annotations

from collections import Counter

from nicegui import ui

from controller.accounts.actor import Actor, may
from controller.errors import KhaenError, Text
from controller.operations.back_up_devices import back_up_devices
from controller.operations.read_plan import list_plans
from controller.web.drawing import draw, put
from controller.web.page import page
from controller.web.parts.places import mark, place
from controller.web.visit import Visit

AT_ONCE = 50


@page("/plans", Text(th="แผนการเปลี่ยนแปลง", en="Plans"))
async def build(visit: Visit, actor: Actor) -> None:
    """Newest first; `?by=USERNAME` only the newest that somebody made, `?after=` older ones."""
    by = visit.query.get("by", "")
    found = await visit.ask(
        list_plans, after=place(visit.query.get("after", "")), most=200 if by else AT_ONCE + 1
    )
    more = not by and len(found) > AT_ONCE
    found = found if by else found[:AT_ONCE]
    put(
        visit,
        "plans.html",
        plans=[plan for plan in found if by in ("", plan.by)],
        by=by,
        older=mark(found[-1].at, found[-1].id) if more else "",
        later="after" in visit.query,
        actor=actor,
        may_plan=may(actor, "plan_change"),
    )
    if may(actor, "back_up_devices"):
        _backing_up(visit)


def _backing_up(visit: Visit) -> None:
    """A button that fetches and keeps every device's configuration, and what came of it."""

    async def back_up() -> None:
        button.disable()
        told.content = draw(visit, "backed_up.html", results=None, counts={})
        try:
            results = await visit.ask(back_up_devices, "all")
        except KhaenError:
            told.content = ""
            raise
        finally:
            button.enable()
        counts = Counter(result.state for result in results)
        told.content = draw(visit, "backed_up.html", results=results, counts=counts)

    with ui.element("section").classes("card"):
        put(visit, "back_up.html")
        button = ui.button(
            visit.t("สำรองการตั้งค่าทุกเครื่องเดี๋ยวนี้", "Back up every device now"),
            on_click=visit.pressed(back_up),
        ).props("outline")
        told = ui.html("", sanitize=False).classes("wide").props("role=status")
