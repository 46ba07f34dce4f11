"""Offers of a case: the file for bidders, opening several at once, one offer in its own words."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from nicegui import ui

from controller.accounts.actor import Actor, may
from controller.errors import InputError, KhaenError, Problem, Text
from controller.operations.context import Context
from controller.operations.list_offers import Offers, OfferShown, list_offers, show_offer
from controller.operations.open_offer import open_offer
from controller.processes.case import Case
from controller.thai import money
from controller.web.drawing import draw, put
from controller.web.hints import on_page
from controller.web.page import page
from controller.web.parts.file_choice import put_file_choice
from controller.web.visit import Visit

LARGEST = 5_000_000
MOST_PROBLEMS = 200
ACCEPT = ".xlsx,.csv,.yaml,.yml"


@page("/cases/{number}/offers", Text(th="ข้อเสนอ", en="Offers"))
async def build(visit: Visit, actor: Actor) -> None:
    """The offers that were opened, and for who may the place to open others."""
    found = await visit.ask(list_offers, visit.path["number"])
    whole = ui.element("div")
    with whole:
        _list(visit, found)
    if may(actor, "open_offer") and found.case.state == "open":
        _Desk(visit, found.case.number, whole).build()


@page("/cases/{number}/offers/{offer}", Text(th="ข้อเสนอ", en="Offer"))
async def one_offer(visit: Visit, actor: Actor) -> None:
    """One offer, by its bidder or the beginning of its hash."""
    found, one = await visit.ask(show_offer, visit.path["number"], visit.path["offer"])
    put(
        visit,
        "offers/offer.html",
        case=found.case,
        specification=found.specification,
        one=one,
        money=money,
    )


def _list(visit: Visit, found: Offers) -> None:
    put(
        visit,
        "offers/list.html",
        case=found.case,
        specification=found.specification,
        offers=found.offers,
        clauses=len([*found.specification.clauses()]),
        money=money,
    )


@dataclass(frozen=True)
class _Sent:
    """What became of one file."""

    name: str
    bidder: str = ""
    unstated: int = 0
    error: KhaenError | None = None
    hint: str = ""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every fault of the file."""
        return self.error.problems if isinstance(self.error, InputError) else ()

    def place(self, problem: Problem) -> str:
        """The cell, or line and column, without the name of the file."""
        cell = problem.path.partition(" ▸ ")[2]
        return cell or f"{problem.line}:{problem.column}"


class _Desk:
    """The place to open offers: a reason where one replaces another, files, what became of them."""

    def __init__(self, visit: Visit, number: str, whole: ui.element) -> None:
        self._visit = visit
        self._number = number
        self._whole = whole
        self._sent: list[_Sent] = []
        # Files that are chosen together come at once; each is opened after the one before.
        self._turn = asyncio.Lock()

    def build(self) -> None:
        """Put everything that is pressed on the page."""
        t = self._visit.t
        with ui.element("section").classes("card stacked"):
            put(self._visit, "offers/open.html")
            put_file_choice(
                t("เลือกแฟ้มข้อเสนอ (หลายแฟ้มได้)", "Choose files of offers"),
                self._took,
                self._rejected,
                largest=LARGEST,
                accept=ACCEPT,
                several=True,
            )
            self._reason = (
                ui.textarea(t("เหตุผล ถ้าเปิดแทนฉบับเดิม", "Reason, to replace an earlier one"))
                .props("outlined autogrow maxlength=1000")
                .classes("full")
            )
        self._told = ui.html("", sanitize=False).classes("wide").props("aria-live=polite")

    async def _took(self, name: str, content: bytes) -> None:
        async with self._turn:
            self._sent.insert(0, await self._opened(name, content))
            self._told.content = draw(
                self._visit, "offers/sent.html", sent=self._sent, most=MOST_PROBLEMS
            )
            if self._sent[0].bidder:
                found = await self._visit.ask(list_offers, self._number)
                self._whole.clear()
                with self._whole:
                    _list(self._visit, found)

    async def _opened(self, name: str, content: bytes) -> _Sent:
        try:
            one = await self._visit.ask(
                _open, self._number, name, content, self._reason.value or ""
            )
        except KhaenError as error:
            hint = on_page(self._visit.w(error.hint), self._visit.language) if error.hint else ""
            return _Sent(name, error=error, hint=hint)
        if one.earlier:
            # A reason is for one offer: the next that replaces another needs its own.
            self._reason.value = ""
        return _Sent(name, one.offer.bidder, len(one.unstated))

    def _rejected(self) -> None:
        told = Text(
            th="รับเฉพาะแฟ้ม .xlsx .csv หรือ .yaml ที่ไม่เกิน 5 MB",
            en="only a .xlsx, .csv or .yaml file of up to 5 MB is taken",
        )
        self._visit.tell_error(InputError(told))


def _open(
    context: Context, actor: Actor, number: str, name: str, content: bytes, reason: str
) -> OfferShown:
    """Open the offer and show it as it was read."""
    case = open_offer(context, actor, number, name, content, reason)
    return show_offer(context, actor, number, _newest(case))[1]


def _newest(case: Case) -> str:
    papers = [paper for paper in case.papers if paper.kind == "offer"]
    return max(papers, key=lambda paper: paper.at).sha256
