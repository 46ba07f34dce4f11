"""The criteria of one item: a list to choose from, the one being edited open in its place."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from nicegui import events, ui

from controller.procurement.drafting import free_id
from controller.procurement.typed import TITLES, TypedCriterion, TypedItem, typed_criterion
from controller.specs.attribute import Attribute, attributes
from controller.specs.baseline import Baseline
from controller.specs.meeting import FITTING
from controller.specs.units import UNITS, alike
from controller.web.parts.typed_fields import Changed, put_choice, put_line, put_lines
from controller.web.visit import Visit

OPERATORS = {
    "judged": ("คณะกรรมการพิจารณา", "people judge it"),
    "at-least": ("ไม่น้อยกว่า", "at least"),
    "at-most": ("ไม่มากกว่า", "at most"),
    "equals": ("เท่ากับ", "equals"),
    "one-of": ("อย่างใดอย่างหนึ่ง", "one of"),
    "includes": ("ต้องมีครบ", "includes"),
    "is": ("เป็น", "is"),
}
"""What the operators are called, in both languages."""
_SHOWN = 90


class ClauseEditor:
    """One item's criteria on the page. `changed` is told of every keystroke."""

    def __init__(
        self, visit: Visit, item: TypedItem, baseline: Baseline | None, changed: Changed
    ) -> None:
        self._visit = visit
        self._item = item
        self._baseline = baseline
        self._changed = changed
        self._open = ""
        self._whole = ui.element("div").classes("stack wide")
        self._build()

    def _build(self) -> None:
        self._whole.clear()
        with self._whole:
            for number, one in enumerate(self._item.criteria, 1):
                self._row(number, one)
                if one.id == self._open:
                    with ui.element("div").classes("card clause"):
                        self._panel(one)
            self._more()

    def _row(self, number: int, one: TypedCriterion) -> None:
        text = one.text or self._visit.t("(ยังไม่มีข้อความ)", "(no words yet)")
        shown = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
        mark = "" if self._of_baseline(one) else self._visit.t(" · เพิ่ม", " · added")
        button = ui.button(f"{number}. {shown}{mark}", on_click=self._chosen(one.id))
        opened = "true" if one.id == self._open else "false"
        button.props(f"flat align=left no-caps aria-expanded={opened}").classes("clause-row")

    def _panel(self, one: TypedCriterion) -> None:
        t, w = self._visit.t, self._visit.w
        put_lines(w(TITLES["text"]), one, "text", self._changed)
        with ui.element("div").classes("pair"):
            self._attribute(one)
            self._operator(one)
            if one.operator != "judged":
                self._value(one)
        if not self._of_baseline(one) or one.reason or self._baseline is None:
            label = t("เหตุผลที่เพิ่มหรือปรับ", "Why it is added or changed")
            put_lines(label, one, "reason", self._changed)
        elif self._baseline is not None:
            label = t("เหตุผล (เมื่อต่างจากเกณฑ์พื้นฐาน)", "Why (where it differs from the baseline)")
            put_lines(label, one, "reason", self._changed)
        with ui.element("div").classes("pair"):
            put_line(w(TITLES["points"]), one, "weight", self._changed)
            ui.checkbox(
                t("บังคับ: ไม่ผ่านข้อนี้คือไม่ผ่าน", "Mandatory: an offer without it fails"),
                value=one.mandatory,
                on_change=self._mandatory(one),
            )
        with ui.element("div").classes("filters"):
            self._button(t("เลื่อนขึ้น", "Up"), one, self._move(-1))
            self._button(t("เลื่อนลง", "Down"), one, self._move(1))
            beneath = self._baseline.criterion(one.id) if self._baseline else None
            if beneath is not None:
                self._button(t("กลับเป็นตามเกณฑ์", "As the baseline has it"), one, self._restore)
            self._button(t("ลบข้อนี้", "Remove"), one, self._remove).props("color=negative")
            ui.button(t("เสร็จ", "Done"), on_click=self._chosen("")).props("outline")

    def _attribute(self, one: TypedCriterion) -> None:
        known = {
            a.id: f"{a.th if self._visit.language == 'th' else a.en}" for a in _asked(self._item)
        }
        options = {"": self._visit.t("(ไม่มี ให้คนพิจารณา)", "(none: people judge it)"), **known}

        async def chosen() -> None:
            attribute = attributes().get(one.attribute)
            one.operator = FITTING[attribute.kind][0] if attribute else "judged"
            one.value, one.unit = "", attribute.unit if attribute else ""
            self._build()
            await self._changed()

        field = put_choice(
            self._visit.t("คุณสมบัติที่เปรียบเทียบ", "Attribute that is compared"),
            one,
            "attribute",
            options,
            chosen,
        )
        field.props("use-input input-debounce=0")

    def _operator(self, one: TypedCriterion) -> None:
        attribute = attributes().get(one.attribute)
        fitting = FITTING[attribute.kind] if attribute else ()
        names: tuple[str, ...] = ("judged", *fitting)
        options = {name: self._visit.t(*OPERATORS[name]) for name in names}

        async def chosen() -> None:
            self._build()
            await self._changed()

        label = self._visit.t("เทียบแบบ", "Held as")
        put_choice(label, one, "operator", options, chosen)

    def _value(self, one: TypedCriterion) -> None:
        t, attribute = self._visit.t, attributes().get(one.attribute)
        label = t("ค่าที่กำหนด", "Value asked for")
        kind = attribute.kind if attribute else "words"
        if attribute is not None and kind == "yes-no":
            options = {"yes": t("มี/ใช่", "yes"), "no": t("ไม่มี/ไม่ใช่", "no")}
            put_choice(label, one, "value", {"": "-", **options}, self._changed)
        elif attribute is not None and kind == "level" and one.operator != "one-of":
            options = {"": "-", **{level[0]: level[0] for level in attribute.levels}}
            put_choice(label, one, "value", options, self._changed)
        elif attribute is not None and kind == "set":
            hint = ", ".join(attribute.members)
            put_line(
                label, one, "value", self._changed, hint=t(f"คั่นด้วย , จาก {hint}", f"of {hint}")
            )
        else:
            put_line(label, one, "value", self._changed)
        if attribute is not None and kind == "amount":
            units = {name: unit.th for name, unit in UNITS.items() if alike(name, attribute.unit)}
            put_choice(t("หน่วยของค่า", "Unit of the value"), one, "unit", units, self._changed)

    def _more(self) -> None:
        t = self._visit.t
        with ui.element("div").classes("filters"):
            ui.button(t("เพิ่มข้อกำหนด", "Add a criterion"), on_click=self._add).props("outline")
        here = {one.id for one in self._item.criteria}
        left = [c for c in (self._baseline.criteria if self._baseline else ()) if c.id not in here]
        if left:
            ui.select(
                {c.id: c.text for c in left},
                label=t("นำข้อของเกณฑ์ที่ตัดออกกลับมา", "Take back a criterion of the baseline"),
                on_change=self._take_back,
            ).props("outlined stack-label hide-bottom-space").classes("wide")

    def _of_baseline(self, one: TypedCriterion) -> bool:
        return self._baseline is None or self._baseline.criterion(one.id) is not None

    def _chosen(self, id_: str) -> Callable[[], None]:
        def choose() -> None:
            self._open = "" if id_ == self._open else id_
            self._build()

        return choose

    def _mandatory(
        self, one: TypedCriterion
    ) -> Callable[[events.ValueChangeEventArguments[Any]], Awaitable[None]]:
        async def set_(event: events.ValueChangeEventArguments[Any]) -> None:
            one.mandatory = bool(event.value)
            await self._changed()

        return set_

    def _button(
        self, words: str, one: TypedCriterion, work: Callable[[TypedCriterion], None]
    ) -> ui.button:
        async def pressed() -> None:
            work(one)
            self._build()
            await self._changed()

        return ui.button(words, on_click=pressed).props("flat")

    def _move(self, by: int) -> Callable[[TypedCriterion], None]:
        def move(one: TypedCriterion) -> None:
            at = self._item.criteria.index(one)
            to = min(max(at + by, 0), len(self._item.criteria) - 1)
            self._item.criteria.insert(to, self._item.criteria.pop(at))

        return move

    def _remove(self, one: TypedCriterion) -> None:
        self._item.criteria.remove(one)
        self._open = ""

    def _restore(self, one: TypedCriterion) -> None:
        beneath = self._baseline.criterion(one.id) if self._baseline else None
        if beneath is not None:
            self._item.criteria[self._item.criteria.index(one)] = typed_criterion(beneath)

    async def _add(self) -> None:
        id_ = free_id("add", (one.id for one in self._item.criteria))
        self._item.criteria.append(TypedCriterion(id=id_))
        self._open = id_
        self._build()
        await self._changed()

    async def _take_back(self, event: events.ValueChangeEventArguments[Any]) -> None:
        found = self._baseline.criterion(str(event.value)) if self._baseline else None
        if found is not None:
            self._item.criteria.append(typed_criterion(found))
            self._build()
            await self._changed()


def _asked(item: TypedItem) -> list[Attribute]:
    """What may be asked of the item's kind of equipment."""
    return [a for a in attributes().values() if not a.kinds or item.kind in a.kinds]
