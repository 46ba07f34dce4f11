"""The evaluation of a year on a terminal, and as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import typer

from controller.cli import output
from controller.documents.compose.evaluation.availability import worst
from controller.documents.compose.evaluation.figures import UNMEASURED, Figures
from controller.documents.compose.evaluation.yearly import Yearly
from controller.documents.compose.look import Look
from controller.health.evaluation.evaluation import Evaluation, Step, compared
from controller.health.evaluation.uptime import Portion, Share

_FIGURES = Figures(Look(thai_digits=False))
_STEPS = {
    "availability": ("ความพร้อมใช้งาน %", "availability %"),
    "coverage": ("วัดได้ % ของเวลา", "measured % of the time"),
    "incidents": ("เหตุ (ครั้ง)", "incidents"),
    "to_acknowledge": ("ค่ากลางรับทราบ (นาที)", "median minutes to acknowledge"),
    "to_clear": ("ค่ากลางกลับสู่ปกติ (นาที)", "median minutes to clear"),
    "uplink": ("ลิงก์ขึ้นใช้เฉลี่ย ค่ากลาง %", "median mean use of uplinks %"),
    "full": ("ลิงก์ขึ้นที่เต็ม", "full uplinks"),
}


def evaluation_json(yearly: Yearly) -> dict[str, Any]:
    """The evaluation for programs: shares from 0 to 1, times in seconds; null is not measured."""
    return {
        **_evaluation(yearly.now),
        "year_before": _evaluation(yearly.before),
        "comparison": [{**asdict(s), "change": s.change} for s in _steps(yearly)],
        "cases": asdict(yearly.cases),
        "surveys": [
            {
                "number": one.number,
                "title": one.title,
                "closed": one.closed,
                "answers": one.results.answers,
                "mean": one.results.overall.mean,
            }
            for one in yearly.surveys
        ],
        "visited": yearly.visited,
    }


def show_evaluation(yearly: Yearly) -> None:
    """Print the main figures beside the year before, and the worst places."""
    now = yearly.now
    output.say(
        f"การประเมินตั้งแต่ {now.period.first} ถึง {now.period.last} "
        f"อุปกรณ์ {now.uptime.whole.devices} ตัว",
        f"evaluation of {now.period.first} to {now.period.last}, "
        f"{now.uptime.whole.devices} devices",
    )
    if not now.uptime.measured:
        output.say("ในช่วงนี้ไม่ได้วัดสถานะอุปกรณ์", "nothing was measured in this period")
    output.table(
        (
            output.words("รายการ", "figure"),
            output.words("ช่วงนี้", "now"),
            output.words("ปีก่อน", "a year before"),
        ),
        [
            (output.words(*_STEPS[s.name]), *map(_value, (s, s), (s.now, s.before), s.watched))
            for s in _steps(yearly)
        ],
    )
    for one in worst(now.uptime.sites)[:5]:
        typer.echo(
            f"  {one.key}  {_FIGURES.percent(one.share.availability, 2)} %  "
            f"{yearly.names.site(one.key)}"
        )


def _steps(yearly: Yearly) -> tuple[Step, ...]:
    return compared(yearly.now, yearly.before)


def _value(step: Step, value: float | None, watched: bool) -> str:
    if value is None:
        return "-" if watched else output.words(UNMEASURED, "not measured")
    if step.kind == "share":
        return _FIGURES.percent(value, 2)
    return f"{value:,.0f}"


def _evaluation(one: Evaluation) -> dict[str, Any]:
    uptime = one.uptime
    return {
        "first": one.period.first,
        "last": one.period.last,
        "fiscal_year": one.asked.year,
        "unfinished": one.unfinished,
        "whole": _portion(uptime.whole),
        "months": [
            {"month": month.first, **_share(share)}
            for month, share in zip(one.period.months(), uptime.months, strict=True)
        ],
        "districts": [_portion(portion) for portion in uptime.districts],
        "sites": [_portion(portion) for portion in uptime.sites],
        "services": [_portion(portion) for portion in uptime.services],
        "incidents": asdict(one.incidents) if one.incidents else None,
        "capacity": asdict(one.capacity),
        "ages": {
            "bands": one.ages.bands,
            "unknown": one.ages.unknown,
            "replaceable": [asdict(aged) for aged in one.ages.replaceable],
            "firmware": [asdict(firmware) for firmware in one.ages.firmware],
        },
    }


def _portion(one: Portion) -> dict[str, Any]:
    cut = one.cut_off.down if one.cut_off and one.cut_off.measured else None
    return {
        "key": one.key,
        "devices": one.devices,
        "never": one.never,
        **_share(one.share),
        "cut_off": cut,
    }


def _share(share: Share) -> dict[str, Any]:
    return {
        **asdict(share),
        "availability": share.availability,
        "coverage": share.coverage,
        "little": share.little,
    }
