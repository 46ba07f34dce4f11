"""Make a plan: choose devices, see which they are, ask them, read what would change."""

from __future__ import annotations

from nicegui import ui

from controller.accounts.actor import Actor, require
from controller.errors import Text
from controller.inventory.selector import KEYS
from controller.operations.plan_change import plan_change
from controller.operations.predict_change import predict_change
from controller.plans.plan import Accepted
from controller.web.drawing import put
from controller.web.page import page
from controller.web.parts.change_groups import put_change_groups
from controller.web.parts.plan_desk import EXAMPLES, PlanDesk
from controller.web.visit import Visit


@page("/plans/new", Text(th="วางแผนใหม่", en="Make a plan"))
async def build(visit: Visit, actor: Actor) -> None:
    """`?select=` begins with that selector, `?accept=CHECK,CHECK` with those reasons opened."""
    require(actor, "plan_change")
    put(visit, "new_plan.html", keys=KEYS, examples=EXAMPLES)
    desk = _Desk(visit)
    desk.build(visit.query.get("select", ""), visit.query.get("accept", "").split(","))
    await desk.preview()


class _Desk(PlanDesk):
    """Plans what the templates say."""

    def compute_words(self) -> str:
        """What the button says."""
        return self.visit.t("ถามอุปกรณ์และคำนวณแผน", "Ask the devices and make the plan")

    def more_choices(self) -> None:
        """None: the templates say all."""

    def more_buttons(self) -> None:
        """Look ahead without asking any device."""
        self.add_button(
            self.visit.t("ดูล่วงหน้าจากข้อมูลสำรอง", "Look ahead from backups"), self._predict
        )

    async def compute(self, select: str, accepted: tuple[Accepted, ...]) -> None:
        """Keep the plan and go to its page."""
        plan = await self.visit.ask(
            plan_change, select, accepted, asked=self.asked, window=self.window
        )
        ui.navigate.to(f"/plans/{plan.id}")

    async def _predict(self) -> None:
        self.begin(self.visit.t("กำลังคำนวณจากข้อมูลสำรอง …", "computing from backups …"))
        try:
            plan = await self.visit.ask(predict_change, self.selector)
        finally:
            self.end()
        with self.result:
            put_change_groups(self.visit, plan)
