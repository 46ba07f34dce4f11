"""Run a playbook that reads: on which devices, with what, and only a look if one wants."""

from __future__ import annotations

from nicegui import ui

from controller.accounts.actor import Actor, require
from controller.errors import Text
from controller.operations.run_playbook import run_playbook
from controller.operations.show_playbook import show_playbook
from controller.web.drawing import put
from controller.web.page import page
from controller.web.parts.parameter_fields import ParameterFields
from controller.web.visit import Visit


@page("/playbooks/{name}/run", Text(th="รันเพลย์บุ๊ก", en="Run a playbook"))
async def build(visit: Visit, actor: Actor) -> None:
    """`?select=` begins with that selector; any other word is a parameter's value to begin with."""
    require(actor, "run_playbook")
    found = await visit.ask(show_playbook, visit.path["name"])
    one = found.seen.playbook
    put(visit, "playbooks/run.html", one=one)
    if one.meta.risk == "change":
        return
    t = visit.t
    usual = "platform=" + ",".join(one.meta.platforms)
    with ui.element("section").classes("card stacked"):
        select = (
            ui.input(t("อุปกรณ์ที่เลือก", "Selected devices"), value=visit.query.get("select", usual))
            .props(f'outlined hint="{t("เช่น", "for example")} site=kkn-school-a role=access"')
            .classes("full")
        )
        parameters = ParameterFields(visit, one.meta, dict(visit.query))
        check = ui.checkbox(
            t("ตรวจล่วงหน้าเท่านั้น (โหมดตรวจล่วงหน้า)", "Only look at what would be done (check mode)")
        )

        async def begin() -> None:
            made = await visit.ask(
                run_playbook,
                one.name,
                str(select.value or ""),
                given=parameters.values,
                check=bool(check.value),
                by_worker=True,
            )
            ui.navigate.to(f"/playbook-runs/{made.record.id}")

        ui.button(t("รัน", "Run it"), on_click=visit.pressed(begin)).props("unelevated")
