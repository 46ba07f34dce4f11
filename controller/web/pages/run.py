"""One run as it goes: devices and batches move without the page being loaded again."""

from __future__ import annotations

import time

from nicegui import ui
from nicegui.elements.html import Html

from controller.accounts.actor import Actor, may
from controller.errors import KhaenError, Text
from controller.operations.follow_run import Outcome
from controller.operations.stop_run import stop_run
from controller.operations.verify_devices import verify_devices
from controller.plans.outcome import FINAL, RUN_KIND_WORDS, RUN_STATE_WORDS, STATES, reason_words
from controller.web.drawing import draw
from controller.web.page import page
from controller.web.parts.run_rows import PROBLEMS, Section, changed, counted, sections, shares
from controller.web.parts.run_watch import OWN, watch
from controller.web.visit import Visit

LARGE = 60
"""A run of more devices than this shows a batch that has ended folded up."""


@page("/runs/{run}", Text(th="การดำเนินการ", en="Run"))
async def build(visit: Visit, actor: Actor) -> None:
    """The run with its problems first; it keeps itself up to date while it goes on."""
    shown = _Shown(visit, actor, visit.path["run"])
    await shown.build()


class _Shown:
    """The page's parts, and what each of them shows now."""

    def __init__(self, visit: Visit, actor: Actor, run: str) -> None:
        self._visit = visit
        self._actor = actor
        self._watch = watch(run)
        self._before: dict[str, Section] = {}
        self._parts: dict[str, Html] = {}
        self._asked = time.monotonic()

    async def build(self) -> None:
        """Put the page together; it goes on by itself only while the run does."""
        outcome = await self._watch.look(self._visit, own=True)
        self._head = ui.html("", sanitize=False).classes("wide").props("aria-live=polite")
        self._buttons = ui.element("div").classes("filters")
        for section in sections(outcome.devices):
            self._parts[section.key] = ui.html("", sanitize=False).classes("wide")
        self._show(outcome)
        self._offer(outcome)
        if outcome.run.state == "running":
            self._clock = ui.timer(1.0, self._tick)

    async def _tick(self) -> None:
        own = time.monotonic() - self._asked > OWN
        try:
            outcome = await self._watch.look(self._visit, own=own)
        except KhaenError as error:
            self._clock.deactivate()
            self._visit.tell_error(error)
            return
        if own:
            self._asked = time.monotonic()
        self._show(outcome)
        if outcome.run.state != "running":
            self._clock.deactivate()
            self._offer(outcome)

    def _show(self, outcome: Outcome) -> None:
        """Send what looks different from what stands on the page; nothing else."""
        counts = counted(outcome.devices)
        head = draw(
            self._visit,
            "run.html",
            run=outcome.run,
            good=outcome.good,
            kind=RUN_KIND_WORDS[outcome.run.kind],
            state=RUN_STATE_WORDS[outcome.run.state],
            note=reason_words(outcome.run.note),
            shares=shares(counts),
            devices=len(outcome.devices),
            done=sum(number for name, number in counts.items() if name in FINAL),
            counts=dict.fromkeys(STATES, 0) | counts,
            drifted=[d.device for d in outcome.devices if d.state == "drifted"],
            may_plan=may(self._actor, "plan_change"),
        )
        if self._head.content != head:
            self._head.content = head
        fold = len(outcome.devices) > LARGE
        for section in changed(self._before, sections(outcome.devices)):
            self._before[section.key] = section
            self._parts[section.key].content = draw(
                self._visit,
                "run_problems.html" if section.key == PROBLEMS else "run_batch.html",
                section=section,
                run=outcome.run.id,
                folded=fold and section.ended,
            )

    def _offer(self, outcome: Outcome) -> None:
        """What can be pressed now, by those who may."""
        self._buttons.clear()
        counts = counted(outcome.devices)
        with self._buttons:
            if outcome.run.state == "running" and may(self._actor, "apply_plan"):
                self._stop_button(outcome.run.case)
            elif counts.get("unknown") and may(self._actor, "verify_devices"):
                self._verify_button(outcome.run.case)

    def _stop_button(self, case: str) -> None:
        t = self._visit.t

        async def stop() -> None:
            sure.close()
            await self._visit.ask(stop_run, case)
            self._visit.tell(
                "ขอให้หยุดแล้ว อุปกรณ์ที่เริ่มแล้วจะทำจนจบ", "asked to stop; devices begun go on"
            )

        with ui.dialog() as sure, ui.element("div").classes("card"):
            ui.label(
                t(
                    "หยุดการดำเนินการหรือไม่ อุปกรณ์ที่เริ่มแล้วจะทำจนจบ ที่เหลือจะไม่ถูกแตะต้อง",
                    "Stop the run? Devices begun are finished, the others are left alone.",
                )
            )
            with ui.element("div").classes("filters"):
                ui.button(t("หยุด", "Stop"), on_click=self._visit.pressed(stop)).props(
                    "unelevated color=negative"
                )
                ui.button(t("ทำต่อไป", "Go on"), on_click=sure.close).props("outline")
        ui.button(t("หยุดการดำเนินการ", "Stop the run"), on_click=sure.open).props(
            "outline color=negative"
        )

    def _verify_button(self, case: str) -> None:
        t = self._visit.t

        async def verify() -> None:
            button.disable()
            self._visit.tell("กำลังเข้าไปดูอุปกรณ์ …", "looking at the devices …")
            try:
                await self._visit.ask(verify_devices, case)
            finally:
                button.enable()
            outcome = await self._watch.look(self._visit, own=True)
            self._show(outcome)
            self._offer(outcome)

        button = ui.button(
            t("เข้าไปดูอุปกรณ์ที่ไม่ทราบสถานะ", "Look at the devices that are unknown"),
            on_click=self._visit.pressed(verify),
        ).props("unelevated")
