"""Take models from NetBox device types: hand over files, read what would change, confirm."""

from __future__ import annotations

from nicegui import ui

from controller.accounts.actor import Actor, require
from controller.errors import InputError, Text
from controller.inventory.asset import KIND_NAMES
from controller.operations.import_models import (
    DESCRIBED,
    ModelsPreview,
    import_models,
    preview_models,
)
from controller.web.drawing import draw, put
from controller.web.page import page
from controller.web.parts.file_choice import put_file_choice
from controller.web.parts.model_changes import drawn_changes
from controller.web.visit import Visit
from controller.workspace.device_types import LARGEST


@page("/models/import", Text(th="นำเข้ารุ่นอุปกรณ์", en="Import models"))
async def build(visit: Visit, actor: Actor) -> None:
    """A file, or several after one another, or a ZIP of them; nothing is written until pressed."""
    require(actor, "import_models")
    put(visit, "model_import.html")
    _Desk(visit).build()


class _Desk:
    """What was handed over, what it would change, and the button that writes it."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._files: dict[str, bytes] = {}
        self._preview: ModelsPreview | None = None

    def build(self) -> None:
        """Put everything that is pressed on the page."""
        t = self._visit.t
        with ui.element("section").classes("card stacked"):
            kinds = {"": t("ตามทะเบียน หรือยังไม่ระบุ", "As the register has it, else none")}
            kinds |= {DESCRIBED: t("ตามคำอธิบายในแต่ละแฟ้ม", "By the words of each file")}
            kinds |= {kind: self._visit.w(text) for kind, text in KIND_NAMES.items()}
            self._kind = ui.select(
                kinds,
                value="",
                label=t("ประเภทของทุกไฟล์ที่เลือก", "What all of the files are"),
                on_change=self._visit.pressed(self._look),
            ).props("outlined").classes("full")  # fmt: skip
            self._overwrite = ui.checkbox(
                t(
                    "แทนค่าที่ต่างกัน รวมถึงค่าที่มีผู้เขียนไว้เอง",
                    "Replace what differs, also what a person wrote",
                ),
                on_change=self._visit.pressed(self._look),
            )
            put_file_choice(
                t(
                    "เลือกไฟล์ .yaml หรือ .zip (เลือกเพิ่มได้อีก)",
                    "Choose a .yaml or .zip file (more may follow)",
                ),
                self._took,
                self._rejected,
                largest=LARGEST,
                accept=".yaml,.yml,.zip",
            )
        self._told = ui.html("", sanitize=False).classes("wide").props("aria-live=polite")
        with ui.row():
            self._write = ui.button(
                t("เขียนลง specs/models", "Write it to specs/models"),
                on_click=self._visit.pressed(self._apply),
            ).props("unelevated")  # fmt: skip
            self._clear = ui.button(
                t("เริ่มใหม่", "Start again"), on_click=self._visit.pressed(self._forget)
            ).props("outline")  # fmt: skip
        self._buttons(write=False, clear=False)

    def _buttons(self, *, write: bool, clear: bool) -> None:
        self._write.set_visibility(write)
        self._clear.set_visibility(clear)

    async def _took(self, name: str, content: bytes) -> None:
        self._files[name] = content
        await self._visit.pressed(self._look)()

    def _rejected(self) -> None:
        told = Text(
            th="รับเฉพาะแฟ้ม .yaml หรือ .zip ที่ไม่เกิน 5 MB",
            en="only a .yaml or .zip file of up to 5 MB is taken",
        )
        self._visit.tell_error(InputError(told))

    async def _forget(self) -> None:
        self._files, self._preview, self._told.content = {}, None, ""
        self._buttons(write=False, clear=False)

    async def _look(self) -> None:
        """The preview of what is chosen now; nothing until there is a file."""
        self._preview, self._told.content = None, ""
        self._buttons(write=False, clear=bool(self._files))
        if not self._files:
            return
        preview = await self._visit.ask(
            preview_models,
            self._files,
            kind=str(self._kind.value or ""),
            overwrite=bool(self._overwrite.value),
        )
        self._preview = preview
        self._told.content = drawn_changes(self._visit, preview)
        self._buttons(write=not preview.faults and not preview.changes_nothing, clear=True)

    async def _apply(self) -> None:
        preview = self._preview
        if preview is None:
            return
        self._write.disable()
        try:
            done = await self._visit.ask(
                import_models,
                self._files,
                preview.digest,
                kind=str(self._kind.value or ""),
                overwrite=bool(self._overwrite.value),
            )
        finally:
            self._write.enable()
        await self._forget()
        self._told.content = draw(self._visit, "parts/models_written.html", done=done)
