"""The two forms of process 2.8 with what was measured filled in.

Only what is known: what nobody measured or said stays empty for whoever fills the form in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from controller.documents.compose.evaluation.figures import Figures
from controller.documents.compose.evaluation.summary import findings, proposals
from controller.documents.compose.evaluation.yearly import Yearly
from controller.health.evaluation.ages import REPLACEABLE
from controller.health.evaluation.capacity import main_uplinks
from controller.health.evaluation.uptime import LITTLE
from controller.inventory.site import Site
from controller.processes.forms.survey import GroupResult, RatingResult, Results

# How much fits the fields of the form.
_SUMMARY, _SUGGESTIONS = 1500, 1000
_LEVELS = {"highest": "highest", "high": "high", "moderate": "medium", "low": "low"}


def site_draft(yearly: Yearly, figures: Figures, site: Site, computers: int) -> dict[str, object]:
    """Of `network_evaluation`: the site, its keeper, counts from the registers, findings."""
    contact = site.contacts[0] if site.contacts else None
    values: dict[str, object] = {
        "site": site.name_th,
        "keeper": contact.title if contact else None,
        "phone": contact.phone if contact else None,
        "computers": computers or None,
        "access_points": sum(device.role == "wireless" for device in site.devices) or None,
        "findings": [
            {"side": side, "found": found, "suggestion": suggestion}
            for side, found, suggestion in _site_findings(yearly, figures, site.site)
        ],
    }
    return {name: value for name, value in values.items() if value not in (None, [])}


def report_draft(yearly: Yearly, figures: Figures, schools: int) -> dict[str, object]:
    """Of `evaluation_report`: the period, how it was evaluated, results, summary, suggestions."""
    now = yearly.now
    methods = (
        ("measured", now.uptime.measured),
        ("survey", bool(yearly.surveys)),
        ("visit", yearly.visits is not None),
    )
    parts = ([yearly.visits] if yearly.visits else []) + [one.results for one in yearly.surveys]
    values: dict[str, object] = {
        "subject": "ระบบเครือข่ายคอมพิวเตอร์และระบบสื่อสารโทรคมนาคม " + figures.year(now.asked),
        "from": str(now.period.first),
        "until": str(now.period.last),
        "methods": [name for name, used in methods if used],
        "population": schools or None,
        "evaluated": yearly.visited,
        "respondents": sum(one.results.answers for one in yearly.surveys) or None,
        "results": [row for results in parts for row in _rows(results)],
        "summary": _lines(findings(yearly, figures), _SUMMARY),
        "suggestions": _lines(proposals(yearly, figures), _SUGGESTIONS),
    }
    return {name: value for name, value in values.items() if value not in (None, [], "")}


def _site_findings(yearly: Yearly, figures: Figures, key: str) -> Iterator[tuple[str, str, str]]:
    """(side, what was found, what follows) of one site, worst first."""
    now, count = yearly.now, figures.look.count
    portion = next((one for one in now.uptime.sites if one.key == key), None)
    if portion is None:
        return
    if (portion.share.coverage or 0.0) < LITTLE:
        yield (
            "equipment",
            f"วัดสถานะอุปกรณ์ได้ร้อยละ {figures.coverage(portion.share)} ของเวลา",
            "ตรวจการเปิด SNMP และเส้นทางจากสำนักงานถึงอุปกรณ์",
        )
    if portion.share.down > 0:
        cut = portion.cut_off
        gone = f" ทั้งหน่วยงานถูกตัดขาด {figures.hours(cut.down)} ชั่วโมง" if cut and cut.down else ""
        yield (
            "equipment",
            f"อุปกรณ์พร้อมใช้งานร้อยละ {figures.availability(portion.share)}{gone}",
            "ตรวจหาสาเหตุ ณ สถานที่" if gone else "",
        )
    link = main_uplinks(now.capacity.uplinks).get(key)
    if link and link.p95 is not None:
        full = link in now.capacity.full
        used = f"ใช้ถึงร้อยละ {figures.percent(link.p95)} ในชั่วโมงที่ใช้มาก"
        told = f"ลิงก์ขึ้น {figures.speed(link.speed)} {used}"
        yield "internet", told, "พิจารณาเพิ่มความเร็ว" if full else ""
    again = [one for one in now.incidents.recurring if one.site == key] if now.incidents else []
    for one in again[:3]:
        told = f"{one.device}: {yearly.names.rule(one.rule)} {count(one.count)} ครั้ง"
        yield "equipment", told, "แก้ที่ต้นเหตุ"
    if old := sum(one.site == key for one in now.ages.replaceable):
        yield (
            "equipment",
            f"อุปกรณ์อายุตั้งแต่ {count(REPLACEABLE)} ปีขึ้นไป {count(old)} ตัว",
            "วางแผนจัดหาทดแทน",
        )


def _rows(results: Results) -> Iterator[dict[str, object]]:
    rated: Iterable[GroupResult | RatingResult] = (
        results.groups if len(results.groups) > 1 else results.ratings
    )
    for one in rated:
        if one.mean is None or one.level is None:
            continue
        row: dict[str, object] = {
            "side": one.title.th,
            "mean": str(one.mean),
            "level": _LEVELS.get(one.level.en, "lowest"),
        }
        yield row | ({} if one.sd is None else {"deviation": str(one.sd)})


def _lines(told: Iterable[str], most: int) -> str:
    """As many of the lines as fit."""
    kept = ""
    for line in told:
        longer = f"{kept}\n{line}".strip()
        if len(longer) > most:
            break
        kept = longer
    return kept
