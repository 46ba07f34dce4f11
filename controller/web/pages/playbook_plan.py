"""Plan a playbook that changes devices: what it is told, which devices, what it would do."""

from __future__ import annotations

from nicegui import ui

from controller.accounts.actor import Actor, require
from controller.errors import Text
from controller.operations.plan_playbook import plan_playbook
from controller.operations.show_playbook import show_playbook
from controller.plans.plan import LEFT_OUT_WORDS, Accepted
from controller.playbooks.meta import Meta
from controller.web.drawing import put
from controller.web.page import page
from controller.web.parts.parameter_fields import ParameterFields
from controller.web.parts.plan_desk import PlanDesk
from controller.web.visit import Visit


@page("/playbooks/{name}/plan", Text(th="วางแผนรันเพลย์บุ๊ก", en="Plan a playbook"))
async def build(visit: Visit, actor: Actor) -> None:
    """`?select=` begins with that selector, `?accept=` with those reasons opened.

    Any other word of the query is a parameter's value to begin with.
    """
    require(actor, "plan_playbook")
    found = await visit.ask(show_playbook, visit.path["name"])
    one = found.seen.playbook
    put(visit, "playbooks/plan.html", one=one)
    if one.meta.risk == "read":
        return
    desk = _Desk(visit, one.name, one.meta)
    usual = "platform=" + ",".join(one.meta.platforms)
    desk.build(visit.query.get("select", usual), visit.query.get("accept", "").split(","))
    await desk.preview()


class _Desk(PlanDesk):
    """Plans what a playbook would do."""

    def __init__(self, visit: Visit, name: str, meta: Meta) -> None:
        super().__init__(visit)
        self._name = name
        self._meta = meta

    def compute_words(self) -> str:
        """What the button says."""
        return self.visit.t("ตรวจล่วงหน้าและคำนวณแผน", "Look beforehand and make the plan")

    def more_choices(self) -> None:
        """What the playbook is told."""
        self._parameters = ParameterFields(self.visit, self._meta, dict(self.visit.query))

    def more_buttons(self) -> None:
        """None: what a playbook would do only the devices can tell."""

    async def compute(self, select: str, accepted: tuple[Accepted, ...]) -> None:
        """Go to the plan; stay, and say why, where it changes nothing."""
        given = self._parameters.values
        plan = await self.visit.ask(
            plan_playbook,
            self._name,
            select,
            given,
            accepted,
            asked=self.asked,
            window=self.window,
        )
        if plan.devices:
            ui.navigate.to(f"/plans/{plan.id}")
            return
        with self.result:
            put(self.visit, "playbooks/planned.html", plan=plan, words=LEFT_OUT_WORDS)
