"""The desk a specification is edited at: its fields, its items, and the lint as one types."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace

from nicegui import ui

from controller.errors import InputError, Text
from controller.operations.draft_specification import draft_text, read_draft
from controller.operations.lint_specification import lint_specification
from controller.operations.write_specification import write_specification
from controller.procurement.differences import TERM_TITLES
from controller.procurement.remark import SEVERITIES, Remark
from controller.procurement.typed import (
    TITLES,
    Fault,
    TypedItem,
    TypedSpecification,
    as_typed,
    read_typed,
)
from controller.specs.specification import Specification
from controller.thai import money
from controller.web.drawing import draw
from controller.web.parts.file_choice import put_file_choice
from controller.web.parts.item_editor import ItemEditor
from controller.web.parts.remarks import MARKS, TONES, naming
from controller.web.parts.typed_fields import put_choice, put_entry, put_line, put_lines
from controller.web.visit import Visit

LARGEST = 2_000_000
_RULES = {
    "price": Text(th="เกณฑ์ราคา", en="lowest price"),
    "price-performance": Text(th="ราคาประกอบเกณฑ์อื่น", en="price and performance"),
}


@dataclass(frozen=True)
class Place:
    """The case it is written into, as it stood when the page was opened.

    `version` is the case's, `kept` the hash of the specification it has, empty for none.
    """

    number: str
    version: str
    kept: str


class SpecDesk:
    """Everything that is typed stands in `typed`; the browser keeps a copy until it is written."""

    def __init__(self, visit: Visit, place: Place, typed: TypedSpecification) -> None:
        self._visit = visit
        self._place = place
        self._typed = typed
        self._asked = 0
        self._read: Specification | None = None
        self._warned: tuple[str, ...] = ()
        actor = visit.actor().username
        self._key = json.dumps(f"khaen-specification:{actor}:{place.number}")

    def build(self) -> None:
        """Put the desk on the page, and look for what was typed before and never written."""
        self._earlier = ui.element("div").classes("note").props("role=status")
        self._earlier.set_visibility(False)
        with ui.element("div").classes("two"):
            self._fields = ui.element("div").classes("stack wide")
            with ui.element("div").classes("spec-lint"):
                told = ui.html("", sanitize=False).classes("wide")
                self._told = told.props("aria-live=polite")
                self._reasons = ui.element("div").classes("stack")
                self._ending()
        self._build_fields()
        ui.timer(0.1, self._look_for_copy, once=True)
        ui.timer(0.1, self.changed, once=True)

    async def add(self, make: Callable[[list[str]], TypedItem]) -> None:
        """Put a further item on the desk; `make` is given the ids that are taken."""
        self._typed.items.append(make([item.id for item in self._typed.items]))
        self._items.show(len(self._typed.items) - 1)
        await self.changed()

    async def changed(self) -> None:
        """Lint what is typed now; a slower answer to what was typed before is let go."""
        self._asked += 1
        turn = self._asked
        specification, faults = read_typed(self._typed, self._visit.context.baselines())
        remarks: tuple[Remark, ...] = ()
        if specification is not None:
            remarks = await self._visit.ask(lint_specification, specification)
        if turn != self._asked:
            return
        self._read = specification
        self._tell(specification, faults, remarks)
        self._keep_copy()

    def _build_fields(self) -> None:
        self._fields.clear()
        t, w, typed = self._visit.t, self._visit.w, self._typed
        with self._fields:
            with ui.element("section").classes("card stack wide"):
                ui.html(draw(self._visit, "specification/part.html", part="whole"), sanitize=False)
                put_line(w(TITLES["title"]), typed, "title", self.changed)
                put_line(w(TITLES["fund"]), typed, "fund", self.changed)
                put_line(w(TITLES["budget"]), typed, "budget", self.changed)
                put_lines(w(TITLES["need"]), typed, "need", self.changed)
                rules = {name: w(told) for name, told in _RULES.items()}
                label = t("หลักเกณฑ์การพิจารณา", "How the winner is found")
                put_choice(label, typed, "rule", rules, self.changed)
                weight = put_line(w(TITLES["weight"]), typed, "price_weight", self.changed)
                weight.bind_visibility_from(typed, "rule", value="price-performance")
                with ui.expansion(t("ข้อยกเว้นมาตรา 9", "Exception of section 9")).classes("wide"):
                    put_line(t("ยี่ห้อที่จำเป็น", "Brand"), typed, "brand", self.changed)
                    put_lines(t("เหตุผล", "Why"), typed, "brand_reason", self.changed)
            self._items = ItemEditor(self._visit, typed, self.changed)
            with ui.element("section").classes("card stack wide"):
                told = t("ข้อความในขอบเขตของงาน (TOR)", "Texts of the terms of reference")
                with ui.expansion(told).classes("wide"):
                    for name, title in TERM_TITLES.items():
                        put_entry(w(title), typed.terms, name, self.changed)
            part = ui.element("section").classes("card stack wide")
            with part, ui.expansion(t("ไฟล์ YAML", "As a file (YAML)")).classes("wide"):
                self._file()

    def _ending(self) -> None:
        t = self._visit.t
        with ui.element("div").classes("filters"):
            self._write = ui.button(
                t("บันทึกลงเรื่อง", "Write it into the case"),
                on_click=self._visit.pressed(self._save),
            ).props("unelevated")
            leave = ui.link(t("กลับไปที่เรื่อง", "Back to the case"), f"/cases/{self._place.number}")
            leave.classes("quiet")

    def _tell(
        self,
        specification: Specification | None,
        faults: tuple[Fault, ...],
        remarks: tuple[Remark, ...],
    ) -> None:
        self._told.content = draw(
            self._visit,
            "specification/live.html",
            whole=specification,
            faults=faults,
            remarks=remarks,
            reasons=self._typed.accepted,
            severities=SEVERITIES,
            tones=TONES,
            marks=MARKS,
            named=naming(self._visit, self._typed),
            money=money,
        )
        self._write.set_enabled(specification is not None)
        warned = tuple(remark.key for remark in remarks if remark.severity == "warning")
        if specification is not None and warned != self._warned:
            self._warned = warned
            self._ask_reasons([r for r in remarks if r.severity == "warning"])

    def _ask_reasons(self, warnings: list[Remark]) -> None:
        """A field for each warning; built anew only when there are others."""
        self._reasons.clear()
        named = naming(self._visit, self._typed)
        with self._reasons:
            for remark in {one.key: one for one in warnings}.values():
                about = named(remark.about)
                words = self._visit.w(remark.text)
                ui.label(f"{about}: {words}" if about else words).classes("wrap")
                label = self._visit.t("เหตุผลที่ยอมรับได้", "Why it is acceptable")
                field = put_entry(label, self._typed.accepted, remark.key, self.changed)
                field.props["aria-label"] = f"{label}: {words}"

    async def _save(self) -> None:
        specification, faults = read_typed(self._typed, self._visit.context.baselines())
        if specification is None:
            raise InputError(faults[0].text)
        # Somebody else may have written one meanwhile: that is told, and nothing typed is lost.
        seen = replace(self._visit.context, seen=(self._place.version,))
        visit = replace(self._visit, context=seen)
        self._write.disable()
        try:
            await visit.ask(write_specification, self._place.number, specification)
        finally:
            self._write.enable()
        ui.run_javascript(f"localStorage.removeItem({self._key})")
        ui.navigate.to(f"/cases/{self._place.number}/specification")

    def _file(self) -> None:
        t = self._visit.t

        async def download() -> None:
            if self._read is None:
                raise InputError(_NOT_YET)
            text = await self._visit.ask(draft_text, self._read)
            ui.download(text.encode(), f"{self._place.number}.yaml")

        async def took(name: str, content: bytes) -> None:
            async def read() -> None:
                whole = await self._visit.ask(read_draft, name, content)
                await self._replace(as_typed(whole))

            await self._visit.pressed(read)()

        def rejected() -> None:
            told = Text(th="รับเฉพาะไฟล์ YAML ไม่เกิน 2 MB", en="only YAML of up to 2 MB is taken")
            self._visit.tell_error(InputError(told))

        ui.button(t("ดาวน์โหลด", "Download"), on_click=self._visit.pressed(download)).props(
            "outline"
        )
        put_file_choice(
            t("อ่านจากไฟล์ (แทนที่ทั้งหมด)", "Read a file (in place of everything)"),
            took,
            rejected,
            largest=LARGEST,
            accept=".yaml,.yml",
        )

    async def _replace(self, typed: TypedSpecification) -> None:
        self._typed = typed
        self._warned = ()
        self._build_fields()
        await self.changed()

    def _keep_copy(self) -> None:
        copy = json.dumps({"kept": self._place.kept, "typed": self._typed.model_dump_json()})
        ui.run_javascript(f"localStorage.setItem({self._key}, {json.dumps(copy)})")

    async def _look_for_copy(self) -> None:
        """Offer what this browser holds of an earlier sitting, when it is of the same paper."""
        found = await ui.run_javascript(f"localStorage.getItem({self._key})")
        try:
            copy = json.loads(found)
            typed = TypedSpecification.model_validate_json(copy["typed"])
        except (TypeError, KeyError, ValueError):
            return
        if copy.get("kept") != self._place.kept or typed == self._typed:
            return
        bar = self._earlier

        async def take() -> None:
            bar.set_visibility(False)
            await self._replace(typed)

        t = self._visit.t
        with bar:
            ui.label(t("มีร่างที่พิมพ์ไว้และยังไม่ได้บันทึก", "There is a draft that was never written"))
            ui.button(t("ใช้ร่างนั้นต่อ", "Go on with it"), on_click=take).props("outline")
            leave = ui.button(t("ทิ้ง", "Leave it")).props("flat")
            leave.on_click(lambda: bar.set_visibility(False))
        bar.set_visibility(True)


_NOT_YET = Text(
    th="ยังอ่านคุณลักษณะไม่ได้ แก้ข้อที่แจ้งไว้ก่อน", en="it cannot be read yet: mend what is told first"
)
