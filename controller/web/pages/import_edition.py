"""Take an edition of price criteria from a file: choose it, read what would change, confirm."""

from __future__ import annotations

from nicegui import ui

from controller.accounts.actor import Actor, require
from controller.errors import InputError, Text
from controller.operations.import_edition import (
    EditionPreview,
    import_edition,
    preview_edition,
)
from controller.operations.list_editions import list_editions
from controller.web.drawing import draw, put
from controller.web.page import page
from controller.web.parts.file_choice import put_file_choice
from controller.web.parts.spec_look import LOOK
from controller.web.visit import Visit

LARGEST = 5_000_000
_SHOWN = 300


@page("/specs/import", Text(th="นำเข้าเกณฑ์ราคา", en="Import price criteria"))
async def build(visit: Visit, actor: Actor) -> None:
    """The file is the whole of one edition: a newer one, or one that is there, corrected."""
    require(actor, "import_edition")
    put(visit, "specs/import.html", editions=await visit.ask(list_editions))
    _Desk(visit).build()


class _Desk:
    """What was handed over, what it would change, and the button that writes it."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._file = ("", b"")
        self._preview: EditionPreview | None = None

    def build(self) -> None:
        """Put everything that is pressed on the page."""
        t = self._visit.t
        with ui.element("section").classes("card stacked"):
            put_file_choice(
                t("เลือกแฟ้ม .xlsx หรือ .yaml", "Choose a .xlsx or .yaml file"),
                self._took,
                self._rejected,
                largest=LARGEST,
                accept=".xlsx,.yaml,.yml",
            )
        self._told = ui.html("", sanitize=False).classes("wide").props("aria-live=polite")
        self._write = ui.button(
            t("เขียนลงไฟล์เกณฑ์", "Write it"), on_click=self._visit.pressed(self._apply)
        ).props("unelevated")
        self._write.set_visibility(False)

    async def _took(self, name: str, content: bytes) -> None:
        self._file = (name, content)
        await self._visit.pressed(self._look)()

    def _rejected(self) -> None:
        told = Text(
            th="รับเฉพาะแฟ้ม .xlsx หรือ .yaml ที่ไม่เกิน 5 MB",
            en="only a .xlsx or .yaml file of up to 5 MB is taken",
        )
        self._visit.tell_error(InputError(told))

    async def _look(self) -> None:
        self._write.set_visibility(False)
        self._preview = None
        self._told.content = ""
        preview = await self._visit.ask(preview_edition, *self._file)
        self._preview = preview
        self._told.content = draw(
            self._visit,
            "specs/import_preview.html",
            preview=preview,
            changes=[c for c in preview.changes if c.kind != "same"],
            problems=preview.problems[:_SHOWN],
            **LOOK,
        )
        self._write.set_visibility(bool(preview.paths))

    async def _apply(self) -> None:
        preview = self._preview
        if preview is None:
            return
        self._write.disable()
        try:
            done = await self._visit.ask(import_edition, *self._file, preview.digest)
        finally:
            self._write.enable()
        self._write.set_visibility(False)
        self._preview = None
        self._told.content = draw(self._visit, "specs/import_done.html", done=done)
