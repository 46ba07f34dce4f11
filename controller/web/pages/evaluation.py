"""The evaluation of a year (process 2.8): figures beside the year before, files, attaching."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from nicegui import ui

from controller.accounts.actor import Actor, may, require
from controller.documents.compose.evaluation.availability import worst
from controller.documents.compose.evaluation.yearly import Yearly
from controller.errors import Text
from controller.health.evaluation.evaluation import Step, compared
from controller.health.evaluation.period import Period
from controller.health.evaluation.uptime import Portion, Share
from controller.health.rules import rules_of
from controller.operations.report_evaluation import (
    asked_period,
    attach_evaluation,
    report_evaluation,
)
from controller.operations.show_case import list_cases
from controller.thai import SHORT_MONTHS, buddhist_year, fiscal_year
from controller.web.drawing import put
from controller.web.page import page
from controller.web.parts.asking import Answers, Asked, Question, ask_in_dialog
from controller.web.visit import Visit

_YEARS = 5
_PROCESS = "2.8"
_STEPS = {
    "availability": Text(th="ความพร้อมใช้งาน", en="Availability"),
    "coverage": Text(th="วัดได้จากเวลาทั้งหมด", en="Measured, of all time"),
    "incidents": Text(th="เหตุขัดข้อง (ครั้ง)", en="Incidents"),
    "to_acknowledge": Text(th="ค่ากลางเวลารับทราบ", en="Median time to acknowledge"),
    "to_clear": Text(th="ค่ากลางเวลากลับสู่ปกติ", en="Median time to clear"),
    "uplink": Text(th="ลิงก์ขึ้นใช้เฉลี่ย (ค่ากลาง)", en="Mean use of uplinks (median)"),
    "full": Text(th="ลิงก์ขึ้นที่เต็ม", en="Full uplinks"),
}


@dataclass(frozen=True)
class Row:
    """A figure as the page writes it, and whether it got better (1), worse (-1) or neither."""

    name: Text
    now: str
    before: str
    change: str
    verdict: int


@page("/reports/evaluation", Text(th="ผลประเมินระบบเครือข่าย", en="Evaluation of the network"))
async def build(visit: Visit, actor: Actor) -> None:
    """`?year=` is the fiscal year (B.E.), or `?from=&to=` two days."""
    require(actor, "report_evaluation")
    asked = visit.query.get("year", "")
    first, last = visit.query.get("from", ""), visit.query.get("to", "")
    days = bool(first or last)
    year = int(asked) if asked.isascii() and asked.isdigit() and not days else None
    period = asked_period(visit.context, year, first, last)
    yearly = await visit.ask(report_evaluation, period)
    query = {"from": first, "to": last} if days else {"year": str(period.year)}
    now = yearly.now
    this = fiscal_year(visit.context.today())
    put(
        visit,
        "evaluation.html",
        period=period,
        evaluation=now,
        query=urlencode(query),
        fields=query,
        years=range(this, this - _YEARS, -1),
        rows=[_row(visit, step) for step in compared(now, yearly.before)],
        months=[
            (_month(visit, month.first), share)
            for month, share in zip(now.period.months(), now.uptime.months, strict=True)
        ],
        districts=[(_district(visit, one.key), one) for one in now.uptime.districts],
        services=[(_service(visit, one.key), one) for one in now.uptime.services],
        worst=[(_site(visit, one.key), one) for one in worst(now.uptime.sites)],
        sites=[(_site(visit, one.key), one) for one in now.uptime.sites],
        yearly=yearly,
        percent=_percent,
        hours=_hours,
        unmeasured=_unmeasured(yearly),
    )
    if may(actor, "attach_file"):
        await _offer_attaching(visit, period)


async def _offer_attaching(visit: Visit, period: Period) -> None:
    open_ones = {
        case.number: f"{case.number} {case.title}"
        for case in await visit.ask(list_cases)
        if case.process == _PROCESS and case.state == "open"
    }
    if not open_ones:
        return
    asked = Asked(
        Text(th="แนบรายงานกับเรื่อง", en="Attach the report to a case"),
        Text(th="แนบรายงาน", en="Attach it"),
        (
            Question(
                "case",
                Text(th="เรื่องตามกระบวนงาน 2.8", en="Case of process 2.8"),
                "choice",
                next(iter(open_ones)),
                open_ones,
            ),
        ),
    )

    async def attach(given: Answers) -> None:
        case = await visit.ask(attach_evaluation, str(given["case"]), period)
        ui.navigate.to(f"/cases/{case.number}")

    with ui.element("div").classes("filters"):
        ui.button(visit.w(asked.title), on_click=lambda: ask_in_dialog(visit, asked, attach)).props(
            "color=primary"
        )


def _row(visit: Visit, step: Step) -> Row:
    change = step.change
    written = "-" if change is None else _written(visit, step, change, signed=True)
    moved = 0 if change is None or written.lstrip("+-").startswith("0 ") else change * step.better
    return Row(
        _STEPS[step.name],
        "-" if step.now is None and step.watched[0] else _written(visit, step, step.now),
        "-" if step.before is None and step.watched[1] else _written(visit, step, step.before),
        written,
        (moved > 0) - (moved < 0),
    )


def _written(visit: Visit, step: Step, value: float | None, *, signed: bool = False) -> str:
    if value is None:
        return visit.t("ไม่ได้วัด", "not measured")
    sign = "+" if signed else ""
    if step.kind == "share":
        return f"{value * 100:{sign}.2f} %" if signed else f"{_percent(value)} %"
    if step.kind == "minutes":
        return f"{value:{sign},.0f} " + visit.t("นาที", "min")
    return f"{value:{sign},.0f}"


def _month(visit: Visit, day: date) -> str:
    """`ต.ค. 2568`, in English `2025-10`."""
    return visit.t(f"{SHORT_MONTHS[day.month - 1]} {buddhist_year(day)}", f"{day:%Y-%m}")


def _percent(share: float | None) -> str:
    """Two decimals; what is below the whole never reads 100."""
    if share is None:
        return "-"
    return f"{min(share * 100, 99.99) if share < 1 else 100:.2f}"


def _hours(one: Portion | Share) -> str:
    """Hours down: of a portion for each of its devices that was measured."""
    if isinstance(one, Share):
        return f"{one.down / 3600:,.1f}"
    seen = one.devices - one.never
    return f"{one.share.down / seen / 3600:,.1f}" if seen else "-"


def _unmeasured(yearly: Yearly) -> list[Text]:
    """What nobody measured, in words."""
    now = yearly.now
    told = (
        (now.uptime.measured, Text(th="สถานะอุปกรณ์", en="status of devices")),
        (now.incidents is not None, Text(th="เหตุขัดข้อง", en="incidents")),
        (bool(now.capacity.uplinks), Text(th="ปริมาณการใช้ลิงก์ขึ้น", en="use of uplinks")),
        (bool(now.capacity.ports), Text(th="พอร์ตที่ใช้งาน", en="ports in use")),
        (bool(now.capacity.clients), Text(th="เครื่องลูกข่ายไร้สาย", en="wireless clients")),
        (bool(now.capacity.power), Text(th="กำลังไฟ PoE", en="power over Ethernet")),
        (bool(sum(now.ages.bands)), Text(th="อายุอุปกรณ์", en="age of devices")),
        (bool(yearly.surveys), Text(th="ความพึงพอใจ", en="satisfaction")),
    )
    return [words for known, words in told if not known]


def _site(visit: Visit, key: str) -> str:
    site = visit.context.inventory().site(key)
    return visit.t(site.name_th, site.name_en) if site else key


def _district(visit: Visit, key: str) -> str:
    return visit.w(visit.context.office().district_name(key))


def _service(visit: Visit, key: str) -> str:
    services = rules_of(visit.context.inventory().watching).services
    return next((visit.t(one.th, one.en) for one in services if one.service == key), key)
