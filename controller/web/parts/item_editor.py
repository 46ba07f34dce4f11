"""The items of a specification: one chosen at a time, its fields and its criteria."""

from __future__ import annotations

from typing import Any

from nicegui import events, ui

from controller.inventory.asset import KIND_NAMES
from controller.procurement.drafting import free_id, in_force_on
from controller.procurement.typed import (
    TITLES,
    TypedCriterion,
    TypedItem,
    TypedSpecification,
    typed_criterion,
)
from controller.specs.baseline import Baseline
from controller.web.drawing import draw
from controller.web.parts.clause_editor import ClauseEditor
from controller.web.parts.typed_fields import Changed, put_choice, put_line, put_lines
from controller.web.visit import Visit

_OWN = "-"


class ItemEditor:
    """The items on the page. `changed` is told of every keystroke."""

    def __init__(self, visit: Visit, typed: TypedSpecification, changed: Changed) -> None:
        self._visit = visit
        self._typed = typed
        self._changed = changed
        self._at = 0
        with ui.element("section").classes("card stack wide"):
            ui.html(draw(visit, "specification/part.html", part="items"), sanitize=False)
            self._whole = ui.element("div").classes("stack wide")
        self._build()

    def show(self, at: int) -> None:
        """Show this item, counted from 0."""
        self._at = at
        self._build()

    def _build(self) -> None:
        self._whole.clear()
        items = self._typed.items
        self._at = min(self._at, max(0, len(items) - 1))
        t = self._visit.t
        with self._whole:
            if len(items) > 1:
                options = {i: f"{i + 1}. {item.th}" for i, item in enumerate(items)}
                label = t("รายการที่แก้ไข", "Item being edited")
                chooser = ui.select(options, label=label, value=self._at, on_change=self._chosen)
                chooser.props("outlined stack-label hide-bottom-space").classes("wide")
            if items:
                self._item(items[self._at])
            self._more()

    def _item(self, item: TypedItem) -> None:
        t, w, changed = self._visit.t, self._visit.w, self._changed
        baseline = self._visit.context.baselines().baseline(item.baseline)
        put_line(w(TITLES["th"]), item, "th", changed)
        with ui.element("div").classes("pair"):
            put_line(w(TITLES["quantity"]), item, "quantity", changed)
            put_line(w(TITLES["unit"]), item, "unit", changed)
        hint = ""
        if baseline is not None and baseline.ceiling is not None:
            hint = t(f"ราคาตามเกณฑ์ {baseline.ceiling:,}", f"ceiling {baseline.ceiling:,}")
        with ui.element("div").classes("pair"):
            put_line(w(TITLES["price"]), item, "price", changed, hint=hint)
            label = t("ที่มาของราคา", "Source of the price")
            put_line(label, item, "price_source", changed)
        if baseline is None:
            kinds = {kind: w(name) for kind, name in KIND_NAMES.items()}
            put_choice(w(TITLES["kind"]), item, "kind", kinds, changed)
        with ui.expansion(t("หน่วยงานที่ใช้", "Places")).classes("wide"):
            put_lines(
                t("หน่วยงานละบรรทัด", "One site a line"),
                item,
                "places",
                changed,
                hint=t(
                    "หน่วยงาน จำนวน เลขครุภัณฑ์ที่ทดแทน เช่น kkn-school-a 4 7440-010-0001/63",
                    "site, quantity, register numbers replaced: kkn-school-a 4 7440-010-0001/63",
                ),
            )
        ui.html(draw(self._visit, "specification/part.html", part="criteria"), sanitize=False)
        ClauseEditor(self._visit, item, baseline, changed)
        ui.button(t("ลบรายการนี้", "Remove this item"), on_click=self._remove).props(
            "flat color=negative"
        )

    def _more(self) -> None:
        t = self._visit.t
        context = self._visit.context
        found = in_force_on(context.baselines(), context.today())
        options = {one.ref: f"{self._visit.w(one.title)} ({one.id})" for one in found}
        options[_OWN] = t("รายการที่ไม่มีในเกณฑ์ใด", "Equipment no edition knows")
        chooser = ui.select(
            options,
            label=t("เพิ่มรายการจากเกณฑ์พื้นฐาน", "Add an item by its baseline"),
            with_input=True,
            on_change=self._add,
        )
        chooser.props("outlined stack-label hide-bottom-space").classes("wide")

    async def _chosen(self, event: events.ValueChangeEventArguments[Any]) -> None:
        self._at = int(event.value or 0)
        self._build()

    async def _add(self, event: events.ValueChangeEventArguments[Any]) -> None:
        baseline = self._visit.context.baselines().baseline(str(event.value))
        taken = [item.id for item in self._typed.items]
        if baseline is None and event.value != _OWN:
            return
        self._typed.items.append(
            blank_item(free_id("item", taken)) if baseline is None else item_by(baseline, taken)
        )
        self.show(len(self._typed.items) - 1)
        await self._changed()

    async def _remove(self) -> None:
        del self._typed.items[self._at]
        self._build()
        await self._changed()


def item_by(baseline: Baseline, taken: list[str], quantity: int = 1, places: str = "") -> TypedItem:
    """An item as the baseline has it; its id is none of `taken`. Without a ceiling, no price."""
    return TypedItem(
        id=free_id(baseline.id, taken),
        th=baseline.th,
        kind=baseline.kind,
        unit=baseline.unit,
        quantity=str(quantity),
        price=f"{baseline.ceiling:f}" if baseline.ceiling is not None else "",
        baseline=baseline.ref,
        places=places,
        criteria=[typed_criterion(criterion) for criterion in baseline.criteria],
    )


def blank_item(id_: str) -> TypedItem:
    """An item that leans on nothing."""
    return TypedItem(id=id_, kind="other", criteria=[TypedCriterion(id="add")])
