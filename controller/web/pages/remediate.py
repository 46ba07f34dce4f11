"""Mend what the rules find wrong: choose devices and rules, ask the devices, get a plan."""

from __future__ import annotations

from nicegui import ui

from controller.accounts.actor import Actor, require
from controller.errors import Text
from controller.operations.remediate_devices import Remediation, remediate_devices
from controller.plans.plan import LEFT_OUT_WORDS, Accepted
from controller.web.drawing import put
from controller.web.page import page
from controller.web.parts.plan_desk import PlanDesk
from controller.web.visit import Visit


@page("/compliance/remediate", Text(th="แก้ไขให้ตรงเกณฑ์", en="Mend failures"))
async def build(visit: Visit, actor: Actor) -> None:
    """`?select=` begins with that selector, `?rule=ID,ID` with those rules chosen."""
    require(actor, "remediate_devices")
    put(visit, "remediate.html")
    desk = _Desk(visit)
    desk.build(visit.query.get("select", ""), ())
    await desk.preview()


class _Desk(PlanDesk):
    """Plans what mends the rules chosen."""

    def more_choices(self) -> None:
        """Which rules; all of them when none is chosen."""
        rules = self.visit.context.rulebook().rules
        options = {
            rule.id: f"{self.visit.w(rule.title.text)} ({rule.id})"
            for rule in rules
            if any(check.configuration is not None for check in rule.checks)
        }
        asked_for = self.visit.query.get("rule", "").split(",")
        self._rules = (
            ui.select(
                options,
                label=self.visit.t("เกณฑ์ (ไม่เลือก = ทุกเกณฑ์)", "Rules (none chosen: all of them)"),
                value=[rule for rule in asked_for if rule in options],
                multiple=True,
                with_input=True,
            )
            .props("outlined use-chips")
            .classes("full")
        )

    def more_buttons(self) -> None:
        """None: what mends a device is worked out from what it runs now, never from a backup."""

    def compute_words(self) -> str:
        """What the button says."""
        return self.visit.t("ตรวจและคำนวณแผนแก้ไข", "Judge and make the plan")

    async def compute(self, select: str, accepted: tuple[Accepted, ...]) -> None:
        """Go to the plan; stay, and say so, where something is left to be mended by hand."""
        rules = tuple(self._rules.value or ())
        made: Remediation = await self.visit.ask(
            remediate_devices, select, rules, accepted, asked=self.asked
        )
        if made.plan.devices and not made.left:
            ui.navigate.to(f"/plans/{made.plan.id}")
            return
        with self.result:
            put(self.visit, "remediated.html", made=made, words=LEFT_OUT_WORDS)
