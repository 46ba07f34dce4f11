"""What was delivered for a case: hand over the list, tick what people checked, accept it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

from nicegui import ui

from controller.accounts.actor import Actor, may
from controller.errors import InputError, Text
from controller.operations.accept_delivery import accept_delivery
from controller.operations.check_delivery import check_delivery
from controller.operations.read_delivery import read_delivery
from controller.operations.show_delivery import DeliveryView, list_deliveries
from controller.procurement.acceptance import Finding
from controller.procurement.delivery import OUTCOMES, Check, Piece
from controller.procurement.delivery_list import COLUMNS
from controller.web.drawing import draw, put
from controller.web.page import page
from controller.web.pages.devices import site_names
from controller.web.parts.file_choice import put_file_choice
from controller.web.visit import Visit

LARGEST = 5_000_000
_MOST_REASONS, _MOST_FAULTS = 30, 300


@page("/cases/{number}/delivery", Text(th="ตรวจรับพัสดุ", en="Delivery"))
async def build(visit: Visit, actor: Actor) -> None:
    """`?no=` is the delivery that is shown, the latest without one."""
    number = visit.path["number"]
    found = await visit.ask(list_deliveries, number)
    wanted = visit.query.get("no", "")
    chosen = next((one for one in found if str(one.delivery.number) == wanted), None)
    shown = chosen or (found[-1] if found else None)
    put(visit, "delivery/head.html", number=number, found=found, view=shown)
    desk = _Desk(visit, actor, number, await site_names(visit))
    if shown is not None:
        desk.show(shown)
    if may(actor, "read_delivery"):
        desk.reading(shown)


@dataclass
class _Desk:
    """Everything that is pressed on the page of one case."""

    visit: Visit
    actor: Actor
    case: str
    sites: dict[str, str]

    def show(self, view: DeliveryView) -> None:
        """One delivery: how it stands, what is left to tick, what came."""
        put(
            self.visit,
            "delivery/stand.html",
            view=view,
            outcomes=OUTCOMES,
            reasons=view.against[:_MOST_REASONS],
            more=len(view.against) - _MOST_REASONS,
        )
        delivery = view.delivery
        if delivery.accepted is None:
            if may(self.actor, "check_delivery") and delivery.left:
                _Ticks(self, view).build()
            if may(self.actor, "accept_delivery") and not view.against:
                self._accepting(view)
        put(self.visit, "delivery/pieces.html", view=view, outcomes=OUTCOMES, sites=self.sites)

    def reading(self, view: DeliveryView | None) -> None:
        """The list of what came as a file, and reading the same devices once more."""
        t, delivery = self.visit.t, view.delivery if view else None
        with ui.element("section").classes("card stacked"):
            put(self.visit, "delivery/reading.html", columns=COLUMNS.values())
            note = ui.input(t("เลขที่ใบส่งของ", "Number of the delivery note"))
            note.props("outlined").classes("full")
            waiting = ui.label(t("กำลังถามอุปกรณ์ …", "asking the devices …")).classes("quiet")
            waiting.set_visibility(False)

            async def read(content: bytes | None, again: int | None) -> None:
                waiting.set_visibility(True)
                try:
                    made = await self.visit.ask(
                        read_delivery, self.case, content, document=note.value or "", again=again
                    )
                finally:
                    waiting.set_visibility(False)
                self.go(made.number)

            async def taken(content: bytes) -> None:
                told.content = ""
                try:
                    await read(content, None)
                except InputError as error:
                    if not error.problems:
                        raise
                    told.content = draw(
                        self.visit,
                        "delivery/faults.html",
                        problems=error.problems[:_MOST_FAULTS],
                        count=len(error.problems),
                    )

            async def took(_: str, content: bytes) -> None:
                await self.visit.pressed(lambda: taken(content))()

            put_file_choice(
                t("เลือกบัญชีส่งมอบ .xlsx หรือ .csv", "Choose the list, .xlsx or .csv"),
                took,
                self._rejected,
                largest=LARGEST,
                accept=".xlsx,.csv",
            )
            told = ui.html("", sanitize=False).classes("wide").props("aria-live=polite")
            if delivery is not None and delivery.accepted is None:
                ui.button(
                    t(
                        f"อ่านครั้งที่ {delivery.number} ใหม่",
                        f"Read delivery {delivery.number} again",
                    ),
                    on_click=self.visit.pressed(lambda: read(None, delivery.number)),
                ).props("outline icon=refresh")

    def go(self, number: int) -> None:
        """The page anew, at this delivery."""
        ui.navigate.to(f"/cases/{self.case}/delivery?no={number}")

    def _accepting(self, view: DeliveryView) -> None:
        t, delivery = self.visit.t, view.delivery

        async def accept() -> None:
            sure.close()
            await self.visit.ask(accept_delivery, self.case, delivery.number)
            self.go(delivery.number)

        with ui.dialog() as sure, ui.element("div").classes("card"):
            ui.label(
                t(
                    f"รับ {len(delivery.pieces)} เครื่องนี้ ออกเลขครุภัณฑ์และลงทะเบียนหรือไม่ "
                    "เมื่อรับแล้วแก้การส่งมอบนี้ไม่ได้อีก",
                    f"Accept these {len(delivery.pieces)} pieces, number and register them? "
                    "The delivery cannot be changed after that.",
                )
            )
            with ui.element("div").classes("filters"):
                ui.button(t("ตรวจรับ", "Accept"), on_click=self.visit.pressed(accept)).props(
                    "unelevated"
                )
                ui.button(t("ยังก่อน", "Not yet"), on_click=sure.close).props("outline")
        ui.button(t("ตรวจรับและลงทะเบียน", "Accept and register"), on_click=sure.open).props(
            "unelevated"
        )

    def _rejected(self) -> None:
        told = Text(
            th="รับเฉพาะแฟ้ม .xlsx หรือ .csv ที่ไม่เกิน 5 MB",
            en="only a .xlsx or .csv file of up to 5 MB is taken",
        )
        self.visit.tell_error(InputError(told))


@dataclass
class _Ticks:
    """The list to tick: one fact of all pieces alike at once, or piece by piece."""

    desk: _Desk
    view: DeliveryView

    def build(self) -> None:
        """Put both ways on the page."""
        t, visit = self.desk.visit.t, self.desk.visit
        with ui.element("section").classes("card stacked delivery-ticks"):
            ui.label(t("ข้อที่ต้องตรวจด้วยคน", "What people must check")).classes("card-title")
            self._alike()
            with_open = {piece.key: self._named(piece) for piece in self._pieces() if piece.open}
            self._note = ui.input(
                t("หมายเหตุของข้อที่กด", "Note for what is pressed"),
            ).props("outlined").classes("full")  # fmt: skip
            self._choice = ui.select(
                with_open,
                label=t("ตรวจทีละเครื่อง", "One piece at a time"),
                on_change=visit.pressed(self._redraw),
            ).props("outlined").classes("full")  # fmt: skip
            self._rows = ui.element("div").classes("wide")

    def _alike(self) -> None:
        """One line for each fact that waits at several pieces, with one button for all."""
        waiting: dict[tuple[str, str], list[Piece]] = {}
        for piece in self._pieces():
            for check in piece.open:
                if check.outcome == "person" and check.tick is None:
                    waiting.setdefault((piece.item, check.about), []).append(piece)
        for (item, about), pieces in waiting.items():
            with ui.element("div").classes("tick-row"):
                ui.label(f"{self._title(item, about)} ({len(pieces)})").classes("wrap")
                ui.button(
                    self.desk.visit.t("ถูกต้องทุกเครื่อง", "Right on all"),
                    on_click=self._press([(piece.key, about) for piece in pieces], right=True),
                ).props("outline")

    async def _redraw(self) -> None:
        piece = self.view.delivery.piece(str(self._choice.value))
        self._rows.clear()
        if piece is None:
            return
        with self._rows:
            for check in piece.open:
                self._row(piece, check)

    def _row(self, piece: Piece, check: Check) -> None:
        t = self.desk.visit.t
        with ui.element("div").classes("tick-row"):
            told = t("เครื่องบอก", "device says")
            words = [
                self._title(piece.item, check.about),
                t("เสนอ", "offered") + f" {check.offered}",
            ]
            if check.told:
                words.append(f"{told} {check.told}")
            if check.how:
                words.append(check.how)
            ui.label(" · ".join(words)).classes("wrap")
            here = [(piece.key, check.about)]
            ui.button(t("ถูกต้อง", "Right"), on_click=self._press(here, right=True)).props(
                "outline color=positive"
            )
            ui.button(t("ไม่ถูกต้อง", "Wrong"), on_click=self._press(here, right=False)).props(
                "outline color=negative"
            )

    def _press(
        self, facts: Iterable[tuple[str, str]], *, right: bool
    ) -> Callable[[], Awaitable[None]]:
        listed = list(facts)

        async def press() -> None:
            note = self._note.value or ""
            findings = [Finding(key, about, right, note) for key, about in listed]
            number = self.view.delivery.number
            await self.desk.visit.ask(check_delivery, self.desk.case, number, findings)
            self.desk.go(number)

        return self.desk.visit.pressed(press)

    def _pieces(self) -> tuple[Piece, ...]:
        return self.view.delivery.pieces

    def _title(self, item: str, about: str) -> str:
        title = self.view.titles.get(item, {}).get(about)
        return self.desk.visit.w(title) if title else about

    def _named(self, piece: Piece) -> str:
        site = self.desk.sites.get(piece.site, piece.site)
        return f"{piece.key}. {piece.serial or piece.address} · {site} ({len(piece.open)})"
