"""Ask a device what its model can do: read what that would change, confirm."""

from __future__ import annotations

from nicegui import ui

from controller.accounts.actor import Actor, require
from controller.errors import Text
from controller.operations.import_models import ModelsPreview
from controller.operations.read_model import keep_model, read_model
from controller.operations.show_device import show_device
from controller.web.drawing import draw, put
from controller.web.page import page
from controller.web.parts.model_changes import drawn_changes
from controller.web.visit import Visit


@page("/devices/{name}/model", Text(th="อ่านข้อมูลรุ่นจากอุปกรณ์", en="Read the model from the device"))
async def build(visit: Visit, actor: Actor) -> None:
    """The device is asked when the button is pressed, and nothing is written until the other is."""
    require(actor, "import_models")
    name = visit.path["name"]
    found = await visit.ask(show_device, name)
    put(visit, "model_read.html", device=found.device)
    _Desk(visit, name).build()


class _Desk:
    """What the device told, what that would change, and the button that writes it."""

    def __init__(self, visit: Visit, device: str) -> None:
        self._visit = visit
        self._device = device
        self._preview: ModelsPreview | None = None
        self._overwrites = False

    def build(self) -> None:
        """Put everything that is pressed on the page."""
        t, pressed = self._visit.t, self._visit.pressed
        with ui.element("section").classes("card stacked"):
            self._overwrite = ui.checkbox(
                t(
                    "แทนค่าที่ต่างกัน รวมถึงค่าที่มีผู้เขียนไว้เอง",
                    "Replace what differs, also what a person wrote",
                )
            )
            self._ask = ui.button(
                t("สอบถามอุปกรณ์เดี๋ยวนี้", "Ask the device now"), on_click=pressed(self._look)
            ).props("outline")  # fmt: skip
        self._told = ui.html("", sanitize=False).classes("wide").props("aria-live=polite")
        self._write = ui.button(
            t("เขียนลง specs/models", "Write it to specs/models"), on_click=pressed(self._apply)
        ).props("unelevated")  # fmt: skip
        self._write.set_visibility(False)

    async def _look(self) -> None:
        self._preview, self._told.content = None, ""
        self._write.set_visibility(False)
        self._ask.props("loading")
        self._overwrites = bool(self._overwrite.value)
        try:
            preview = await self._visit.ask(read_model, self._device, overwrite=self._overwrites)
        finally:
            self._ask.props(remove="loading")
        self._preview = preview
        self._told.content = drawn_changes(self._visit, preview)
        self._write.set_visibility(not preview.changes_nothing)

    async def _apply(self) -> None:
        preview = self._preview
        if preview is None:
            return
        self._write.props("loading")
        try:
            done = await self._visit.ask(
                keep_model, self._device, preview.digest, overwrite=self._overwrites
            )
        finally:
            self._write.props(remove="loading")
        self._write.set_visibility(False)
        self._preview = None
        self._told.content = draw(self._visit, "parts/models_written.html", done=done)
