"""The chapters on how much was measured and how much of it was up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from controller.documents.blocks import (
    Bar,
    Block,
    Chart,
    Heading,
    Line,
    Lines,
    Paragraph,
    Table,
    TableColumn,
)
from controller.documents.compose.columns import numbered
from controller.documents.compose.evaluation.figures import UNMEASURED, Figures
from controller.documents.compose.evaluation.yearly import Yearly
from controller.health.evaluation.period import Period
from controller.health.evaluation.uptime import Portion, Share
from controller.thai import SHORT_MONTHS

_MOST_SITES = 10
_MOST_DEVICES = 10


def coverage_blocks(yearly: Yearly, figures: Figures) -> Iterator[Block]:
    """How much of the period was measured, by district: what every other figure rests on."""
    uptime, count = yearly.now.uptime, figures.look.count
    whole = uptime.whole
    if not uptime.measured:
        yield Paragraph(
            f"ในช่วงที่ประเมินไม่มีการวัดสถานะอุปกรณ์เลย อุปกรณ์ในทะเบียน {count(whole.devices)} ตัว "
            "จึงไม่มีตัวเลขความพร้อมใช้งาน เหตุขัดข้อง และปริมาณการใช้งานในรายงานนี้ "
            "ให้เปิดการสำรวจสถานะเพื่อให้มีข้อมูลในปีถัดไป",
            indent=True,
        )
        return
    yield Paragraph(
        f"ระบบสำรวจสถานะอุปกรณ์เครือข่ายในความดูแล {count(whole.devices)} ตัว "
        f"ในหน่วยงาน {count(len(uptime.sites))} แห่ง "
        f"วัดได้ร้อยละ {figures.coverage(whole.share)} ของเวลาทั้งหมดที่อยู่นอกช่วงบำรุงรักษาที่ได้รับอนุมัติ "
        f"เวลาที่เหลือไม่ทราบสถานะ และไม่นับเป็นพร้อมใช้หรือไม่พร้อมใช้"
        + (f" มีอุปกรณ์ {count(whole.never)} ตัวที่ไม่เคยวัดได้เลย" if whole.never else "")
        + (
            f" และมีข้อมูลของอุปกรณ์ที่ไม่อยู่ในทะเบียนแล้ว {count(uptime.strangers)} ตัว ซึ่งไม่นำมานับ"
            if uptime.strangers
            else ""
        ),
        indent=True,
    )
    yield Table(
        numbered(
            TableColumn("อำเภอ", 5),
            TableColumn("อุปกรณ์ (ตัว)", 3, "right"),
            TableColumn("ไม่เคยวัดได้\n(ตัว)", 3, "right"),
            TableColumn("วัดได้ร้อยละของเวลา", 4, "right"),
        ),
        tuple(
            (
                count(n),
                yearly.names.district(one.key),
                count(one.devices),
                count(one.never),
                figures.coverage(one.share),
            )
            for n, one in enumerate(uptime.districts, start=1)
        ),
        ("", "รวม", count(whole.devices), count(whole.never), figures.coverage(whole.share)),
    )


def availability_blocks(yearly: Yearly, figures: Figures) -> Iterator[Block]:
    """By month beside the year before, by district, by service, the worst sites and devices."""
    uptime = yearly.now.uptime
    if not uptime.measured:
        yield Paragraph(UNMEASURED, indent=True)
        return
    whole = uptime.whole
    yield Paragraph(
        f"ความพร้อมใช้งานคือร้อยละของเวลาที่วัดได้ซึ่งอุปกรณ์ตอบ ไม่รวมช่วงบำรุงรักษาที่ได้รับอนุมัติ "
        f"ภาพรวมร้อยละ {figures.availability(whole.share)} "
        f"หรือติดต่อไม่ได้เฉลี่ยตัวละ {figures.hours(_down_each(whole))} ชั่วโมงตลอดช่วงที่วัด "
        f"อยู่ในช่วงบำรุงรักษารวม {figures.hours(whole.share.excluded)} ชั่วโมง-อุปกรณ์",
        indent=True,
    )
    yield _months(yearly, figures)
    yield _table("อำเภอ", uptime.districts, yearly.names.district, whole, figures)
    yield Chart(
        "เวลาที่ติดต่อไม่ได้เฉลี่ยต่ออุปกรณ์ รายอำเภอ (ชั่วโมง)",
        _bars(uptime.districts, yearly.names.district, figures),
        max((_down_each(one) for one in uptime.districts), default=0.0) or 1.0,
    )
    yield _table("บริการ", uptime.services, yearly.names.service, None, figures)
    if troubled := worst(uptime.sites):
        yield Heading("หน่วยงานที่ติดต่อไม่ได้นานที่สุด (เฉลี่ยต่ออุปกรณ์)", 3)
        yield _table("หน่วยงาน", troubled, yearly.names.site, None, figures)
    yield from _devices(yearly, figures)
    yield Paragraph(figures.footnote, align="left", small=True)


def worst(portions: Sequence[Portion]) -> tuple[Portion, ...]:
    """The portions whose devices were down longest on average, those that were at all."""
    down = [one for one in portions if one.share.down > 0]
    return tuple(sorted(down, key=lambda one: (-_down_each(one), one.key))[:_MOST_SITES])


def month_names(period: Period) -> tuple[str, ...]:
    """The months of a period, short."""
    return tuple(SHORT_MONTHS[month.first.month - 1] for month in period.months())


def _down_each(one: Portion) -> float:
    seen = one.devices - one.never
    return one.share.down / seen if seen else 0.0


def _months(yearly: Yearly, figures: Figures) -> Lines:
    now, before = yearly.now, yearly.before
    drawn = [Line(figures.year(now.asked), _percents(now.uptime.months))]
    if before.uptime.measured:
        earlier = _percents(before.uptime.months)
        room = len(now.uptime.months)
        # A part of a year stands beside the same months of the year before.
        drawn.append(Line(figures.year(before.asked), (*earlier, *(None,) * room)[:room]))
    values = [value for line in drawn for value in line.values if value is not None]
    # A percent of room below, so that a year without a fault has an axis that ends at 100.
    low = min(min(values, default=0.0), 99.0)
    names = month_names(now.period)
    said = ", ".join(
        f"{name} {UNMEASURED if value is None else figures.percent(value / 100, 2)}"
        for name, value in zip(names, drawn[0].values, strict=True)
    )
    return Lines(
        "ความพร้อมใช้งานรายเดือน (ร้อยละ)",
        names,
        tuple(drawn),
        figures.ticks(low, 100.0),
        f"แผนภูมิเส้น ความพร้อมใช้งานรายเดือน ร้อยละ: {said}",
    )


def _percents(shares: Sequence[Share]) -> tuple[float | None, ...]:
    found = (share.availability for share in shares)
    return tuple(None if value is None else value * 100 for value in found)


def _table(
    title: str,
    portions: Sequence[Portion],
    name: Callable[[str], str],
    whole: Portion | None,
    figures: Figures,
) -> Table:
    return Table(
        numbered(
            TableColumn(title, 6),
            TableColumn("อุปกรณ์\n(ตัว)", 2, "right"),
            TableColumn("พร้อมใช้งาน\n(ร้อยละ)", 3, "right"),
            TableColumn("ติดต่อไม่ได้\nต่อตัว (ชม.)", 3, "right"),
            TableColumn("วัดได้\n(ร้อยละ)", 2, "right"),
        ),
        tuple(
            (figures.look.count(n), name(one.key), *_cells(one, figures))
            for n, one in enumerate(portions, start=1)
        ),
        ("", "รวม", *_cells(whole, figures)) if whole else (),
    )


def _cells(one: Portion, figures: Figures) -> tuple[str, str, str, str]:
    return (
        figures.look.count(one.devices),
        figures.availability(one.share),
        figures.hours(_down_each(one)) if one.share.measured else UNMEASURED,
        figures.coverage(one.share),
    )


def _bars(
    portions: Sequence[Portion], name: Callable[[str], str], figures: Figures
) -> tuple[Bar, ...]:
    return tuple(
        Bar(
            name(one.key),
            _down_each(one) if one.share.measured else 0.0,
            figures.hours(_down_each(one)) if one.share.measured else UNMEASURED,
        )
        for one in portions
    )


def _devices(yearly: Yearly, figures: Figures) -> Iterator[Block]:
    devices = yearly.now.uptime.devices
    down = sorted(
        (one for one in yearly.placed if devices[one.device].down > 0),
        key=lambda one: (-devices[one.device].down, one.device),
    )[:_MOST_DEVICES]
    if not down:
        return
    yield Heading("อุปกรณ์ที่ติดต่อไม่ได้นานที่สุด", 3)
    yield Table(
        numbered(
            TableColumn("อุปกรณ์", 4),
            TableColumn("หน่วยงาน", 6),
            TableColumn("พร้อมใช้งาน\n(ร้อยละ)", 3, "right"),
            TableColumn("ติดต่อไม่ได้\n(ชม.)", 3, "right"),
        ),
        tuple(
            (
                figures.look.count(n),
                one.device,
                yearly.names.site(one.site),
                figures.availability(devices[one.device]),
                figures.hours(devices[one.device].down),
            )
            for n, one in enumerate(down, start=1)
        ),
    )
