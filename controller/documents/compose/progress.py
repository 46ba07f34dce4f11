"""Progress against the master plan as tables: money and indicators, project by project."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from controller.documents.blocks import Block, Heading, Table, TableColumn
from controller.documents.compose.columns import numbered
from controller.documents.compose.look import Look
from controller.processes.forms.catalogue import form
from controller.processes.forms.progress import IndicatorProgress, ProjectProgress
from controller.processes.forms.reading import shown

# What nobody reported is not nothing.
_UNKNOWN = "ยังไม่รายงาน"
_REPORT = "progress_monitoring"


def progress_blocks(projects: Sequence[ProjectProgress], look: Look) -> Iterator[Block]:
    """The money of every project in one table, then the indicators in another."""
    yield Heading("การใช้จ่ายงบประมาณรายโครงการ", 3)
    yield Table(
        numbered(
            TableColumn("โครงการ", 6),
            TableColumn("งบประมาณ\n(บาท)", 3, "right"),
            TableColumn("ใช้ไป\n(บาท)", 3, "right"),
            TableColumn("ร้อยละ", 2, "right"),
            TableColumn("สถานะ", 3, "center"),
        ),
        tuple(
            (look.count(n), _name(one), *_money(one, look), _option("standing", one.standing, look))
            for n, one in enumerate(projects, start=1)
        ),
    )
    indicators = [(one, indicator) for one in projects for indicator in one.indicators]
    if indicators:
        yield Heading("ผลตามตัวชี้วัด", 3)
        yield Table(
            numbered(
                TableColumn("โครงการ", 2),
                TableColumn("ตัวชี้วัด", 6),
                TableColumn("เป้าหมาย", 2, "right"),
                TableColumn("ผล", 2, "right"),
                TableColumn("ร้อยละ", 2, "right"),
            ),
            tuple(
                (look.count(n), one.code or "-", _named(indicator), *_reached(indicator, look))
                for n, (one, indicator) in enumerate(indicators, start=1)
            ),
        )


def _name(one: ProjectProgress) -> str:
    name = " ".join(filter(None, (one.code, one.title))) or "-"
    return name if one.planned else f"{name} (ไม่มีในแผน)"


def _money(one: ProjectProgress, look: Look) -> tuple[str, str, str]:
    return (
        "-" if one.budget is None else look.money(one.budget),
        _UNKNOWN if one.spent is None else look.money(one.spent),
        _share(one.percent, look),
    )


def _named(indicator: IndicatorProgress) -> str:
    unit = f" ({indicator.unit})" if indicator.unit else ""
    return " ".join(filter(None, (indicator.code, indicator.text))) + unit


def _reached(indicator: IndicatorProgress, look: Look) -> tuple[str, str, str]:
    return (
        "-" if indicator.target is None else look.digits(f"{indicator.target:,f}"),
        _UNKNOWN if indicator.actual is None else look.digits(f"{indicator.actual:,f}"),
        _share(indicator.percent, look),
    )


def _share(percent: Decimal | None, look: Look) -> str:
    return "-" if percent is None else look.digits(f"{percent:,.2f}")


def _option(name: str, value: str, look: Look) -> str:
    """The words of a choice of the report's form."""
    field = form(_REPORT).field(name)
    if field is None or not value:
        return _UNKNOWN
    return look.words(shown(field, value, thai_digits=look.thai_digits))
