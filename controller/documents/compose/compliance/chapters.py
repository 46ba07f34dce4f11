"""The chapters: trend, districts, sites, rules, the heat map, waivers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal

from controller.compliance.heat import Heat, heat
from controller.compliance.scores import Tally
from controller.documents.blocks import (
    Bar,
    Block,
    Chart,
    HeatMap,
    Line,
    Lines,
    Paragraph,
    Shade,
    Table,
    TableColumn,
)
from controller.documents.compose.columns import numbered
from controller.documents.compose.compliance.audited import Audited, RuleResult
from controller.documents.compose.compliance.words import Words
from controller.thai import SHORT_MONTHS

# As many days as there is room for words below the picture.
_DAYS = 10
# As many rules as a heat map has columns; the sheets have all of them.
_RULES = 20
_LEVELS: dict[Heat, Literal[1, 2, 3]] = {"some": 1, "many": 2, "most": 3}
_FULL = 100


def trend_blocks(audited: Audited, words: Words) -> Iterator[Block]:
    """The score by day; nothing before there are two days to compare."""
    known = [(day, t.score) for day, t in audited.trend if t.score is not None]
    if len(known) < 2:
        return
    days = _spread(known)
    low = min(score for _, score in days) // 20 * 20
    ticks = range(min(low, 80), _FULL + 1, 20 if low < 60 else 10)
    names = tuple(_day(day, words) for day, _ in days)
    said = ", ".join(
        f"{name} {words.count(score)}" for name, (_, score) in zip(names, days, strict=True)
    )
    yield Lines(
        f"คะแนนรวมของสำนักงาน (เต็ม {words.count(_FULL)})",
        names,
        (Line("คะแนน", tuple(float(score) for _, score in days)),),
        tuple((float(n), words.count(n)) for n in ticks),
        f"แผนภูมิเส้น คะแนนรวมของสำนักงานรายวัน: {said}",
    )


def district_blocks(audited: Audited, words: Words) -> Iterator[Block]:
    """A bar for each district, the lowest first."""
    scored = [(name, tally) for name, tally in audited.districts if tally.score is not None]
    scored.sort(key=lambda pair: (pair[1].score, pair[0]))
    if scored:
        yield Chart(
            "",
            tuple(Bar(name, float(t.score or 0), words.score(t)) for name, t in scored),
            float(_FULL),
        )


def site_blocks(audited: Audited, words: Words) -> Iterator[Block]:
    """Every site, the worst first."""
    rows = tuple(
        (words.count(n), one.name, one.district, *_cells(one.tally, words))
        for n, one in enumerate((one for one in audited.sites if one.tally.applies), start=1)
    )
    if rows:
        yield Table(
            numbered(TableColumn("หน่วยงาน", 9), TableColumn("อำเภอ", 4), *_columns()),
            rows,
            small=True,
        )
    silent = [one.name for one in audited.sites if one.devices and not one.tally.applies]
    if silent:
        yield Paragraph(
            "ยังไม่มีผลการตรวจ: " + words.few(silent, _DAYS, "แห่ง"), align="left", small=True
        )


def rule_blocks(audited: Audited, words: Words) -> Iterator[Block]:
    """Every rule, the worst first, numbered as in the heat map."""
    rows = tuple(
        (words.count(n), words.title(one.rule), words.severity(one.rule), *_cells(one.tally, words))
        for n, one in enumerate(_ordered(audited), start=1)
    )
    if rows:
        yield Table(
            numbered(TableColumn("เกณฑ์", 9), TableColumn("ระดับ", 3), *_columns()),
            rows,
            small=True,
        )


def heat_blocks(audited: Audited, words: Words) -> Iterator[Block]:
    """The rules most devices fail over the sites that fail any."""
    rules = [one for one in _ordered(audited) if one.tally.failed][:_RULES]
    sites = [one for one in audited.sites if one.tally.failed]
    if not rules or not sites:
        return
    cells, ids = audited.cells, [one.rule.id for one in rules]
    yield Paragraph(
        "ตัวเลขในช่องคือจำนวนอุปกรณ์ที่ไม่ผ่าน ช่องยิ่งเข้มสัดส่วนที่ไม่ผ่านยิ่งมาก ช่องว่างคือผ่านหรือผ่อนผัน "
        "“?” คือไม่ทราบ “-” คือไม่เกี่ยวข้อง เลขบนหัวตารางคือลำดับของเกณฑ์ในข้อก่อนหน้า",
        align="left",
        small=True,
    )
    yield HeatMap(
        "หน่วยงาน",
        tuple(words.count(n) for n in range(1, len(rules) + 1)),
        tuple(
            (site.name, tuple(_shade(cells.get((rule, site.site)), words) for rule in ids))
            for site in sites
        ),
    )


def waiver_blocks(audited: Audited, words: Words) -> Iterator[Block]:
    """Every waiver; those that have run out first."""
    found = sorted(audited.waivers, key=lambda one: (not one.expired, one.waiver.until))
    if not found:
        return
    yield Table(
        numbered(
            TableColumn("เกณฑ์", 7),
            TableColumn("เหตุผล", 6),
            TableColumn("ผู้อนุญาต", 7),
            TableColumn("ถึงวันที่", 4),
            TableColumn("รายการ", 2, "right"),
        ),
        tuple(
            (
                words.count(n),
                words.look.words(audited.title(one.waiver.rule)),
                one.waiver.reason,
                f"{one.waiver.approved_by}\nเรื่อง {one.waiver.case}",
                words.look.short_day(one.waiver.until) + ("\nสิ้นสุดแล้ว" if one.expired else ""),
                words.count(one.findings),
            )
            for n, one in enumerate(found, start=1)
        ),
        small=True,
    )


def _ordered(audited: Audited) -> list[RuleResult]:
    """Most failures first, so that the numbers of the heat map begin with 1."""
    return sorted(
        audited.rules, key=lambda one: (-one.tally.failed, -one.tally.unknown, one.rule.id)
    )


def _columns() -> tuple[TableColumn, ...]:
    names = ("คะแนน", "ผ่าน", "ไม่ผ่าน", "ผ่อนผัน", "ไม่ทราบ")
    return tuple(TableColumn(name, 2, "right") for name in names)


def _cells(tally: Tally, words: Words) -> tuple[str, ...]:
    numbers = (tally.passed, tally.failed, tally.waived, tally.unknown)
    return (words.score(tally), *(words.count(n) for n in numbers))


def _shade(tally: Tally | None, words: Words) -> Shade:
    kind = heat(tally)
    if kind == "none" or tally is None:
        return Shade("-")
    if kind in _LEVELS:
        return Shade(words.count(tally.failed), _LEVELS[kind])
    return Shade("?" if kind == "unknown" else "")


def _spread(days: Sequence[tuple[date, int]]) -> list[tuple[date, int]]:
    """At most so many days as there is room for, evenly, the first and the last among them."""
    last = len(days) - 1
    most = min(len(days), _DAYS)
    return [days[round(n * last / (most - 1))] for n in range(most)]


def _day(day: date, words: Words) -> str:
    return words.look.digits(f"{day.day} {SHORT_MONTHS[day.month - 1]}")
