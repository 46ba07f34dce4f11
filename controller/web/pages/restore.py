"""Put a version of a configuration back: which device gets it, and what would change."""

from __future__ import annotations

from nicegui import ui

from controller.accounts.actor import Actor, require
from controller.errors import Text
from controller.operations.restore_configuration import restore_configuration
from controller.operations.show_configuration import show_configuration
from controller.plans.plan import ACCEPTABLE, Accepted
from controller.plans.wording import SAFETY_WORDS
from controller.web.drawing import put
from controller.web.page import page
from controller.web.visit import Visit


@page("/devices/{name}/restore", Text(th="กู้คืนการตั้งค่า", en="Put a configuration back"))
async def build(visit: Visit, actor: Actor) -> None:
    """`?version=` which one (the newest without), `?accept=CHECK,CHECK` with those opened."""
    require(actor, "restore_configuration")
    name = visit.path["name"]
    found = await visit.ask(show_configuration, name, visit.query.get("version"))
    put(visit, "restore.html", found=found)
    _Desk(visit, name, found.version.id).build(visit.query.get("accept", "").split(","))


class _Desk:
    """What is chosen and pressed on the page."""

    def __init__(self, visit: Visit, name: str, version: str) -> None:
        self._visit = visit
        self._name = name
        self._version = version

    def build(self, accept: list[str]) -> None:
        """Put everything that is pressed on the page."""
        t = self._visit.t
        with ui.element("section").classes("card"):
            self._to = ui.select(
                self._targets(), value=self._name, label=t("นำไปใช้กับ", "On which device"),
                with_input=True,
            ).props("outlined").classes("full")  # fmt: skip
            told = t(
                "ยอมรับเหตุผลคัดค้านอย่างเปิดเผย (ถ้ามี)",
                "Accept a reason against in the open (if any)",
            )
            self._why: dict[str, ui.input] = {}
            with ui.expansion(told, value=bool(set(accept) & ACCEPTABLE)).classes("full"):
                for check in sorted(ACCEPTABLE):
                    feared = self._visit.w(SAFETY_WORDS[check])
                    ui.label(feared)
                    self._why[check] = (
                        ui.input(placeholder=t("ยอมรับเพราะ …", "accepted because …"))
                        .props(f'outlined dense aria-label="{feared}"')
                        .classes("full")
                    )
            ui.button(
                t("ถามอุปกรณ์และจัดทำแผน", "Ask the device and make the plan"),
                on_click=self._visit.pressed(self._plan),
            ).props("unelevated")

    def _targets(self) -> dict[str, str]:
        """Devices of the same platform: the same one first, then its site, then the others."""
        inventory = self._visit.context.inventory()
        devices = {device.name: device for device in inventory.devices}
        own = devices[self._name]
        same = [d for d in devices.values() if d.platform == own.platform]
        same.sort(key=lambda d: (d.name != own.name, d.site != own.site, d.name))
        as_before = self._visit.t("เครื่องเดิม", "the same one")
        return {
            d.name: f"{d.name} ({as_before})" if d.name == own.name else f"{d.name} · {d.site}"
            for d in same
        }

    async def _plan(self) -> None:
        given = {check: field.value.strip() for check, field in self._why.items()}
        accepted = tuple(Accepted(check=c, why=why) for c, why in given.items() if why)
        to = None if self._to.value in {None, self._name} else str(self._to.value)
        plan = await self._visit.ask(restore_configuration, self._name, self._version, to, accepted)
        ui.navigate.to(f"/plans/{plan.id}")
