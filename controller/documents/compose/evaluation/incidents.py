"""The chapter on what went wrong: alerts by rule, month, school, and what came back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from controller.documents.blocks import Block, Heading, Paragraph, Stack, Stacks, Table, TableColumn
from controller.documents.compose.columns import numbered
from controller.documents.compose.evaluation.availability import month_names
from controller.documents.compose.evaluation.figures import UNMEASURED, Figures
from controller.documents.compose.evaluation.yearly import Yearly
from controller.health.evaluation.incidents import Incidents, Spell

_MOST_SITES = _MOST_RECURRING = 10
_MOST_SHADES = 5


def incident_blocks(yearly: Yearly, figures: Figures) -> Iterator[Block]:
    """Numbers, the middle times to acknowledge and to clear, where and how often."""
    found = yearly.now.incidents
    if found is None:
        yield Paragraph(
            f"{UNMEASURED} เนื่องจากไม่มีการเฝ้าดูอุปกรณ์ในช่วงนี้ การไม่มีการแจ้งเตือนจึงมิได้แปลว่าไม่มีเหตุ",
            indent=True,
        )
        return
    yield Paragraph(_told(found, figures), indent=True)
    if not found.whole.count:
        return
    names = yearly.names
    yield _months(yearly, found, figures)
    yield _table("ลักษณะเหตุ", found.rules, names.rule, found.whole, figures)
    yield Heading("หน่วยงานที่เกิดเหตุมากที่สุด", 3)
    yield _table("หน่วยงาน", found.sites[:_MOST_SITES], names.site, None, figures)
    yield from _recurring(yearly, found, figures)


def _told(found: Incidents, figures: Figures) -> str:
    whole, count = found.whole, figures.look.count
    if not whole.count:
        words = "ในช่วงที่เฝ้าดูไม่มีการแจ้งเตือนที่นับเป็นเหตุ"
    else:
        words = (
            f"มีการแจ้งเตือนที่นับเป็นเหตุ {count(whole.count)} ครั้ง "
            f"รับทราบแล้ว {count(whole.acknowledged)} ครั้ง "
            f"ครึ่งหนึ่งรับทราบภายใน {figures.time(whole.to_acknowledge)} "
            f"และกลับสู่ปกติภายใน {figures.time(whole.to_clear)} "
            f"เมื่อสิ้นช่วงยังไม่กลับสู่ปกติ {count(whole.open)} ครั้ง"
        )
    return (
        f"{words} ไม่นับการแจ้งเตือนที่เป็นผลของเหตุอื่น {count(found.shadows)} ครั้ง "
        f"และที่เกิดในช่วงบำรุงรักษา {count(found.quiet)} ครั้ง"
    )


def _months(yearly: Yearly, found: Incidents, figures: Figures) -> Stacks:
    keys = [one.key for one in _by_weight(found.severities)][:_MOST_SHADES]
    totals = [sum(month.values()) for month in found.months]
    names = month_names(yearly.now.period)
    said = ", ".join(
        f"{name} {figures.look.count(total)}" for name, total in zip(names, totals, strict=True)
    )
    return Stacks(
        "จำนวนเหตุรายเดือน (ครั้ง)",
        tuple(yearly.names.severity(key) for key in keys),
        tuple(
            Stack(
                name,
                tuple(float(month.get(key, 0)) for key in keys),
                figures.look.count(total),
            )
            for name, month, total in zip(names, found.months, totals, strict=True)
        ),
        float(max(totals, default=1)) or 1.0,
        f"แผนภูมิแท่ง จำนวนเหตุรายเดือน: {said}",
    )


def _by_weight(severities: Sequence[Spell]) -> list[Spell]:
    order = {"critical": 0, "major": 1, "warning": 2, "minor": 3, "info": 4}
    return sorted(severities, key=lambda one: (order.get(one.key, len(order)), one.key))


def _table(
    title: str,
    spells: Sequence[Spell],
    name: Callable[[str], str],
    whole: Spell | None,
    figures: Figures,
) -> Table:
    return Table(
        numbered(
            TableColumn(title, 5),
            TableColumn("จำนวน\n(ครั้ง)", 2, "right"),
            TableColumn("ค่ากลาง\nรับทราบ", 3, "right"),
            TableColumn("ค่ากลาง\nกลับสู่ปกติ", 4, "right"),
            TableColumn("ยังไม่ปกติ\n(ครั้ง)", 3, "right"),
        ),
        tuple(
            (figures.look.count(n), name(one.key), *_cells(one, figures))
            for n, one in enumerate(spells, start=1)
        ),
        ("", "รวม", *_cells(whole, figures)) if whole else (),
    )


def _cells(one: Spell, figures: Figures) -> tuple[str, str, str, str]:
    return (
        figures.look.count(one.count),
        figures.time(one.to_acknowledge),
        figures.time(one.to_clear),
        figures.look.count(one.open),
    )


def _recurring(yearly: Yearly, found: Incidents, figures: Figures) -> Iterator[Block]:
    if not found.recurring:
        return
    yield Heading("อุปกรณ์ที่เกิดเหตุเดิมซ้ำ", 3)
    yield Table(
        numbered(
            TableColumn("อุปกรณ์", 4),
            TableColumn("หน่วยงาน", 5),
            TableColumn("ลักษณะเหตุ", 4),
            TableColumn("ครั้ง", 2, "right"),
        ),
        tuple(
            (
                figures.look.count(n),
                one.device,
                yearly.names.site(one.site),
                yearly.names.rule(one.rule),
                figures.look.count(one.count),
            )
            for n, one in enumerate(found.recurring[:_MOST_RECURRING], start=1)
        ),
    )
