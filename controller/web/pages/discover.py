"""Look for devices: which prefixes, how far it is, and the difference of the inventory to take."""

from __future__ import annotations

from nicegui import ui

from controller.accounts.actor import Actor, require
from controller.errors import Text
from controller.operations.discover_devices import MOST, Discovery, discover_devices
from controller.web.drawing import put
from controller.web.page import page
from controller.web.visit import Visit


@page("/discover", Text(th="ค้นหาอุปกรณ์", en="Discover devices"))
async def build(visit: Visit, actor: Actor) -> None:
    """`?prefix=` begins with that prefix, `?site=` with the known devices of that site."""
    require(actor, "discover_devices")
    put(visit, "discover.html", most=f"{MOST:,}")
    _Desk(visit).build(visit.query.get("prefix", "")[:500], visit.query.get("site", "")[:63])


class _Desk:
    """What is asked for, and the search that goes on."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._done = (0, 0)

    def build(self, prefix: str, site: str) -> None:
        """Put everything that is pressed on the page."""
        t = self._visit.t
        sites = {s.site: t(s.name_th, s.name_en) for s in self._visit.context.inventory().sites}
        with ui.element("section").classes("card stacked"):
            self._prefixes = (
                ui.input(
                    t("ช่วงที่อยู่ IPv4 คั่นด้วยช่องว่าง", "IPv4 prefixes, separated by spaces"),
                    value=prefix,
                )
                .props('outlined placeholder="10.23.0.0/24"')
                .classes("full")
            )
            self._known = ui.checkbox(
                t(
                    "เดินตามเพื่อนบ้านจากอุปกรณ์ในทะเบียนด้วย",
                    "Walk outward from the devices of the inventory too",
                ),
                value=True,
            )
            self._site = ui.select(
                {"": t("ทุกหน่วยงาน", "every site"), **sites},
                label=t("เฉพาะอุปกรณ์ของหน่วยงาน", "Devices of this site only"),
                value=site if site in sites else "",
            ).props("outlined").classes("full")  # fmt: skip
            self._start = ui.button(
                t("เริ่มค้นหา", "Start looking"), on_click=self._visit.pressed(self._look)
            ).props("unelevated")
        self._working = ui.element("div").classes("card").props("role=status")
        with self._working:
            self._words = ui.label()
            self._bar = ui.linear_progress(0, show_value=False).props("rounded size=.75rem")
        self._working.set_visibility(False)
        self._clock = ui.timer(0.5, self._move, active=False)
        self._result = ui.element("div").classes("wide").props("aria-live=polite")

    async def _look(self) -> None:
        self._done = (0, 0)
        self._words.text = self._visit.t("กำลังถามอุปกรณ์ …", "asking the devices …")
        self._bar.value = 0
        self._working.set_visibility(True)
        self._start.disable()
        self._clock.activate()
        self._result.clear()
        try:
            found = await self._visit.ask(
                discover_devices,
                self._prefixes.value.replace(",", " ").split(),
                known=self._known.value,
                site=self._site.value or None,
                asked=self._asked,
            )
        finally:
            self._clock.deactivate()
            self._working.set_visibility(False)
            self._start.enable()
        with self._result:
            self._show(found)

    def _show(self, found: Discovery) -> None:
        t = self._visit.t
        put(self._visit, "discovered_figures.html", found=found, compared=found.compared)
        if found.diff:
            with ui.element("div").classes("filters"):
                ui.button(
                    t("ดาวน์โหลดเป็นไฟล์", "Download as a file"),
                    on_click=lambda: ui.download(found.diff.encode(), "inventory.diff"),
                ).props("unelevated")
                ui.button(
                    t("คัดลอก", "Copy"), on_click=lambda: ui.clipboard.write(found.diff)
                ).props("outline")
        put(
            self._visit,
            "discovered.html",
            found=found,
            compared=found.compared,
            command="git apply inventory.diff",
        )

    def _asked(self, done: int, of: int) -> None:
        self._done = (done, of)

    def _move(self) -> None:
        done, of = self._done
        if of:
            self._bar.value = done / of
            self._words.text = self._visit.t(
                f"ถามแล้ว {done} จาก {of} ที่อยู่", f"asked {done} of {of} addresses"
            )
