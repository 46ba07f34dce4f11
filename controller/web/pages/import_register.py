"""Take a site's register from Excel: hand over a file, read what would change, confirm."""

from __future__ import annotations

from datetime import date

from nicegui import ui

from controller.accounts.actor import Actor, require
from controller.errors import InputError, Text
from controller.inventory.asset import KIND_NAMES, STATE_NAMES
from controller.inventory.register import COLUMN_NAMES, written_price
from controller.inventory.register_changes import ROW_KINDS, Change
from controller.operations.import_assets import Preview, import_assets, preview_assets
from controller.web.drawing import draw, put
from controller.web.page import page
from controller.web.pages.devices import site_names
from controller.web.parts.file_choice import put_file_choice
from controller.web.visit import Visit

LARGEST = 5_000_000
_SHOWN = 300
_WORDS = {"kind": KIND_NAMES, "state": STATE_NAMES}
_SHOWN_KINDS = ("added", "changed", "removed")


@page("/register/import", Text(th="นำเข้าทะเบียนครุภัณฑ์", en="Import the register"))
async def build(visit: Visit, actor: Actor) -> None:
    """`?site=` begins with that site."""
    require(actor, "import_assets")
    names = await site_names(visit)
    put(visit, "import_register.html", columns=COLUMN_NAMES.values())
    chosen = visit.query.get("site", "")
    _Desk(visit, names).build(chosen if chosen in names else None)


class _Desk:
    """What was handed over, what it would change, and the button that writes it."""

    def __init__(self, visit: Visit, names: dict[str, str]) -> None:
        self._visit = visit
        self._names = names
        self._content = b""
        self._preview: Preview | None = None

    def build(self, site: str | None) -> None:
        """Put everything that is pressed on the page."""
        t = self._visit.t
        with ui.element("section").classes("card stacked"):
            options = {s: f"{name} ({s})" for s, name in self._names.items()}
            self._site = ui.select(
                options,
                value=site,
                label=t("หน่วยงานเจ้าของทะเบียน", "Whose register"),
                with_input=True,
                on_change=self._visit.pressed(self._look),
            ).props("outlined").classes("full")  # fmt: skip
            self._whole = ui.checkbox(
                t(
                    "แฟ้มนี้เป็นทะเบียนทั้งหมดของหน่วยงาน: ลบรายการที่ไม่อยู่ในแฟ้ม",
                    "The file is the site's whole register: remove rows it does not have",
                ),
                on_change=self._visit.pressed(self._look),
            )
            put_file_choice(
                t("เลือกแฟ้ม .xlsx หรือ .csv", "Choose a .xlsx or .csv file"),
                self._took,
                self._rejected,
                largest=LARGEST,
                accept=".xlsx,.csv",
            )
        self._told = ui.html("", sanitize=False).classes("wide").props("aria-live=polite")
        self._write = ui.button(
            t("เขียนลงทะเบียน", "Write it to the register"),
            on_click=self._visit.pressed(self._apply),
        ).props("unelevated")  # fmt: skip
        self._write.set_visibility(False)

    async def _took(self, _: str, content: bytes) -> None:
        self._content = content
        await self._visit.pressed(self._look)()

    def _rejected(self) -> None:
        told = Text(
            th="รับเฉพาะแฟ้ม .xlsx หรือ .csv ที่ไม่เกิน 5 MB",
            en="only a .xlsx or .csv file of up to 5 MB is taken",
        )
        self._visit.tell_error(InputError(told))

    async def _look(self) -> None:
        """The preview of what is chosen now; nothing until both site and file are."""
        self._write.set_visibility(False)
        self._preview = None
        if not self._content or not self._site.value:
            if self._content:
                ui.notify(self._visit.t("เลือกหน่วยงานก่อน", "Choose the site first"))
            return
        whole = bool(self._whole.value)
        self._told.content = ""
        preview = await self._visit.ask(
            preview_assets, self._site.value, self._content, whole=whole
        )
        self._preview = preview
        changed = [row for row in preview.rows if row.kind in _SHOWN_KINDS]
        self._told.content = draw(
            self._visit,
            "import_preview.html",
            preview=preview,
            rows=changed[:_SHOWN],
            more=len(changed) - _SHOWN,
            faults=preview.faults[:_SHOWN],
            kinds=ROW_KINDS,
            columns=COLUMN_NAMES,
            shown=self._shown,
        )
        self._write.set_visibility(not preview.faults and not preview.changes_nothing)

    async def _apply(self) -> None:
        preview = self._preview
        if preview is None:
            return
        self._write.disable()
        try:
            done = await self._visit.ask(
                import_assets, preview.site, self._content, preview.digest, whole=preview.whole
            )
        finally:
            self._write.enable()
        self._write.set_visibility(False)
        self._content, self._preview = b"", None
        self._told.content = draw(self._visit, "import_done.html", done=done, kinds=ROW_KINDS)

    def _shown(self, change: Change, value: object) -> str:
        """A value as the page shows it."""
        if change.column == "price" and isinstance(value, int):
            return written_price(value)
        if change.column in _WORDS:
            return self._visit.w(_WORDS[change.column][str(value)])
        if isinstance(value, date):
            return self._visit.day(value)
        return str(value) or "-"
