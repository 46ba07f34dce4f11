"""One run of a playbook as it goes: its devices, and what every task said."""

from __future__ import annotations

import time

from nicegui import ui

from controller.accounts.actor import SCHEDULE, Actor, may
from controller.errors import KhaenError, Text
from controller.operations.show_playbook_run import PlaybookRunView, show_playbook_run
from controller.operations.stop_playbook_run import stop_playbook_run
from controller.playbooks.running import PLAYBOOK_STATES
from controller.web.drawing import draw
from controller.web.page import page
from controller.web.parts.playbook_rows import (
    device_rows,
    playbook_shares,
    run_colour,
    task_rows,
)
from controller.web.parts.playbook_watch import watch_playbook
from controller.web.parts.run_watch import OWN
from controller.web.visit import Visit


@page("/playbook-runs/{run}", Text(th="การรันเพลย์บุ๊ก", en="Run of a playbook"))
async def build(visit: Visit, actor: Actor) -> None:
    """The run; it keeps itself up to date while it goes on. `?device=` all that one device said."""
    await _Shown(visit, actor, visit.path["run"], visit.query.get("device", "")[:64]).build()


class _Shown:
    """The page's parts, and what each of them shows now."""

    def __init__(self, visit: Visit, actor: Actor, run: str, device: str) -> None:
        self._visit = visit
        self._actor = actor
        self._run = run
        self._device = device
        self._watch = watch_playbook(run)
        self._asked = time.monotonic()

    async def build(self) -> None:
        """Put the page together; it goes on by itself only while the run does."""
        view = await self._look(own=True)
        self._head = ui.html("", sanitize=False).classes("wide").props("aria-live=polite")
        self._buttons = ui.element("div").classes("filters")
        self._body = ui.html("", sanitize=False).classes("wide")
        self._show(view)
        if not view.going_on:
            return
        if may(self._actor, "run_playbook"):
            self._stop_button()
        self._clock = ui.timer(1.0, self._tick)

    async def _look(self, *, own: bool) -> PlaybookRunView:
        """All of the run in short, or all that one device said."""
        if self._device:
            return await self._visit.ask(show_playbook_run, self._run, device=self._device)
        return await self._watch.look(self._visit, own=own)

    async def _tick(self) -> None:
        own = time.monotonic() - self._asked > OWN
        try:
            view = await self._look(own=own)
        except KhaenError as error:
            self._clock.deactivate()
            self._visit.tell_error(error)
            return
        if own:
            self._asked = time.monotonic()
        self._show(view)
        if not view.going_on:
            self._clock.deactivate()
            self._buttons.clear()

    def _show(self, view: PlaybookRunView) -> None:
        """Send what looks different from what stands on the page; nothing else."""
        record = view.record
        head = draw(
            self._visit,
            "playbook_run.html",
            view=view,
            record=record,
            state=PLAYBOOK_STATES[record.state],
            colour=run_colour(record.state, good=view.good),
            note=Text(th=record.note_th, en=record.note_en),
            shares=playbook_shares(view.counts),
            program=SCHEDULE.username,
            device=self._device,
        )
        body = draw(
            self._visit,
            "playbook_run_device.html" if self._device else "playbook_run_devices.html",
            run=record.id,
            device=self._device,
            rows=[row for row in device_rows(view) if self._device in ("", row.device)],
            tasks=task_rows(view.results) if not self._device else (),
            said=task_rows(view.results[-_MOST_SAID:]) if self._device else (),
            some=len(view.results),
        )
        for part, drawn in ((self._head, head), (self._body, body)):
            if part.content != drawn:
                part.content = drawn

    def _stop_button(self) -> None:
        t = self._visit.t

        async def stop() -> None:
            await self._visit.ask(stop_playbook_run, self._run)
            self._visit.tell("ขอให้หยุดแล้ว", "asked to stop")

        with self._buttons:
            ui.button(t("หยุดการรัน", "Stop the run"), on_click=self._visit.pressed(stop)).props(
                "outline color=negative"
            )


_MOST_SAID = 300
