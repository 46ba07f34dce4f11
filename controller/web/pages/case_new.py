"""Open a case of any process, with a plan where it changes devices."""

from __future__ import annotations

from nicegui import ui

from controller.accounts.actor import Actor, require
from controller.errors import InputError, Text
from controller.operations.open_case import open_case
from controller.operations.read_plan import list_plans
from controller.processes.manual import MANUAL
from controller.web.drawing import put
from controller.web.moves.matter import plan_options
from controller.web.page import page
from controller.web.parts.asking import tell_in
from controller.web.parts.flow_chart import put_flow_chart
from controller.web.visit import Visit


@page("/cases/new", Text(th="เปิดเรื่อง", en="Open a case"))
async def build(visit: Visit, actor: Actor) -> None:
    """`?process=` and `?plan=` choose beforehand; the page of a plan leads here with its id."""
    require(actor, "open_case")
    plans = plan_options(visit, await visit.ask(list_plans))
    plan = next((p for p in plans if p.startswith(visit.query.get("plan", "-"))), None)
    processes = {p.number: f"{p.number} {visit.w(p.title)}" for p in MANUAL.processes if p.runnable}
    asked_for = visit.query.get("process", "2.3" if plan else "")
    put(visit, "case/new.html")
    with ui.element("div").classes("two"):
        with ui.element("section").classes("card stack"):
            process = ui.select(
                processes,
                label=visit.t("กระบวนงาน", "Process"),
                value=asked_for if asked_for in processes else None,
                with_input=True,
            )
            title = ui.input(visit.t("ชื่อเรื่อง", "Title"))
            title.props["hint"] = visit.t(
                "เว้นว่างเพื่อใช้ชื่อกระบวนงาน", "leave empty to use the name of the process"
            )
            chosen = ui.select(
                plans,
                label=visit.t("แผนการเปลี่ยนแปลง", "Change plan"),
                value=plan,
                with_input=True,
                clearable=True,
            )
            for element in (process, title, chosen):
                # What was chosen stands beside the input, not in it, so that it is read whole.
                element.props(
                    "outlined stack-label hide-bottom-space", remove="hide-selected fill-input"
                ).classes("wide")
            told = ui.element("div").props("role=alert aria-live=assertive").classes("wide")

            async def pressed() -> None:
                told.clear()
                wanted = chosen.value if _plans(process.value) else None
                with tell_in(visit, told):
                    if not process.value:
                        raise InputError(Text(th="ยังไม่ได้เลือกกระบวนงาน", en="no process is chosen"))
                    opened = await visit.ask(open_case, process.value, wanted, title.value or "")
                    ui.navigate.to(f"/cases/{opened.number}")

            ui.button(visit.t("เปิดเรื่อง", "Open the case"), on_click=pressed).props("color=primary")
        chart = ui.element("section").classes("card")

    def show() -> None:
        chosen.set_visibility(_plans(process.value))
        chart.set_visibility(bool(process.value))
        chart.clear()
        if process.value:
            with chart:
                put_flow_chart(visit, MANUAL.process(process.value))

    process.on_value_change(show)
    show()


def _plans(number: str | None) -> bool:
    """Whether cases of the process carry a change plan."""
    return bool(number) and MANUAL.process(str(number)).plans_a_change
