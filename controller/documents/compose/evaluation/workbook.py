"""The figures of the evaluation as sheets, numbers as numbers, with Excel's own charts.

What was not measured is an empty cell.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from controller.documents.compose.evaluation.availability import month_names
from controller.documents.compose.evaluation.figures import UNMEASURED, Figures
from controller.documents.compose.evaluation.schools import schools
from controller.documents.compose.evaluation.summary import comparison_table
from controller.documents.compose.evaluation.yearly import Yearly
from controller.documents.compose.look import Look
from controller.documents.sheet import Sheet, SheetChart, SheetColumn, Value
from controller.health.evaluation.uptime import Portion

# Words of a sheet stand with 0-9; its numbers get their digits from their format.
_WORDS = Figures(Look(thai_digits=False))
_NUMBER = SheetColumn("ลำดับ", "integer", 7)


def yearly_sheets(yearly: Yearly) -> tuple[Sheet, ...]:
    """The sheets, from the comparison with the year before down to single devices."""
    uptime, names = yearly.now.uptime, yearly.names
    return (
        _summary(yearly),
        _months(yearly),
        _portions("อำเภอ", uptime.districts, names.district),
        _portions("บริการ", uptime.services, names.service),
        _schools(yearly),
        _devices(yearly),
        *_incidents(yearly),
        _uplinks(yearly),
        _firmware(yearly),
        _cases(yearly),
    )


def _summary(yearly: Yearly) -> Sheet:
    table = comparison_table(yearly, _WORDS)
    return Sheet(
        "เปรียบเทียบกับปีก่อน",
        (
            _NUMBER,
            SheetColumn("รายการ", width=38),
            *(SheetColumn(column.title, width=28) for column in table.columns[2:]),
        ),
        tuple((number, *row[1:]) for number, row in enumerate(table.rows, start=1)),
    )


def _months(yearly: Yearly) -> Sheet:
    now, before = yearly.now, yearly.before
    alerts = now.incidents.months if now.incidents else None
    rows: list[tuple[Value, ...]] = []
    for index, name in enumerate(month_names(now.period)):
        share = now.uptime.months[index]
        earlier = before.uptime.months[index] if index < len(before.uptime.months) else None
        rows.append(
            (
                name,
                _percent(share.availability),
                _percent(earlier.availability if earlier else None),
                _percent(share.coverage),
                sum(alerts[index].values()) if alerts else None,
            )
        )
    return Sheet(
        "รายเดือน",
        (
            SheetColumn("เดือน"),
            SheetColumn(f"พร้อมใช้งาน {_WORDS.year(now.asked)} (ร้อยละ)", "decimal", 22),
            SheetColumn(f"พร้อมใช้งาน {_WORDS.year(before.asked)} (ร้อยละ)", "decimal", 22),
            SheetColumn("วัดได้ (ร้อยละ)", "decimal", 16),
            SheetColumn("เหตุ (ครั้ง)", "integer", 14),
        ),
        tuple(rows),
        chart=SheetChart("ความพร้อมใช้งานรายเดือน (ร้อยละ)", "line", 0, (1, 2)),
    )


def _portions(title: str, portions: Sequence[Portion], name: Callable[[str], str]) -> Sheet:
    return Sheet(
        title,
        (
            _NUMBER,
            SheetColumn(title, width=30),
            SheetColumn("อุปกรณ์ (ตัว)", "integer", 14),
            SheetColumn("ไม่เคยวัดได้ (ตัว)", "integer", 18),
            SheetColumn("พร้อมใช้งาน (ร้อยละ)", "decimal", 20),
            SheetColumn("ติดต่อไม่ได้ต่อตัว (ชม.)", "decimal", 22),
            SheetColumn("วัดได้ (ร้อยละ)", "decimal", 16),
        ),
        tuple(
            (
                number,
                name(one.key),
                one.devices,
                one.never,
                _percent(one.share.availability),
                _hours(one.share.down / (one.devices - one.never)) if one.share.measured else None,
                _percent(one.share.coverage),
            )
            for number, one in enumerate(portions, start=1)
        ),
        chart=SheetChart("เวลาที่ติดต่อไม่ได้เฉลี่ยต่ออุปกรณ์ (ชั่วโมง)", "bar", 1, (5,)),
    )


def _schools(yearly: Yearly) -> Sheet:
    return Sheet(
        "หน่วยงาน",
        (
            _NUMBER,
            SheetColumn("อำเภอ", width=20),
            SheetColumn("หน่วยงาน", width=36),
            SheetColumn("อุปกรณ์ (ตัว)", "integer", 14),
            SheetColumn("พร้อมใช้งาน (ร้อยละ)", "decimal", 20),
            SheetColumn("วัดได้ (ร้อยละ)", "decimal", 16),
            SheetColumn("ตัดขาด (ชม.)", "decimal", 16),
            SheetColumn("เหตุ (ครั้ง)", "integer", 14),
            SheetColumn("ลิงก์ขึ้น P95 (ร้อยละ)", "decimal", 20),
            SheetColumn("5 ปีขึ้นไป (ตัว)", "integer", 16),
        ),
        tuple(
            (
                number,
                yearly.names.district(one.district),
                yearly.names.site(one.site),
                one.devices,
                _percent(one.share.availability),
                _percent(one.share.coverage),
                _hours(one.cut_off.down) if one.cut_off and one.cut_off.measured else None,
                one.incidents,
                _percent(one.uplink),
                one.old,
            )
            for number, one in enumerate(schools(yearly), start=1)
        ),
    )


def _devices(yearly: Yearly) -> Sheet:
    shares = yearly.now.uptime.devices
    aged = {one.device: one for one in yearly.now.ages.devices}
    return Sheet(
        "อุปกรณ์",
        (
            _NUMBER,
            SheetColumn("หน่วยงาน", width=36),
            SheetColumn("อุปกรณ์", width=24),
            SheetColumn("ประเภท", width=18),
            SheetColumn("รุ่น", width=24),
            SheetColumn("อายุ (ปี)", "decimal", 12),
            SheetColumn("พร้อมใช้งาน (ร้อยละ)", "decimal", 20),
            SheetColumn("ติดต่อไม่ได้ (ชม.)", "decimal", 18),
            SheetColumn("บำรุงรักษา (ชม.)", "decimal", 18),
            SheetColumn("วัดได้ (ร้อยละ)", "decimal", 16),
        ),
        tuple(
            (
                number,
                yearly.names.site(one.site),
                one.device,
                yearly.names.role(one.role),
                aged[one.device].model or None,
                _places(aged[one.device].years, 1),
                _percent(shares[one.device].availability),
                _hours(shares[one.device].down) if shares[one.device].measured else None,
                _hours(shares[one.device].excluded),
                _percent(shares[one.device].coverage),
            )
            for number, one in enumerate(yearly.placed, start=1)
        ),
    )


def _incidents(yearly: Yearly) -> tuple[Sheet, ...]:
    found = yearly.now.incidents
    if found is None:
        return (Sheet("เหตุขัดข้อง", (SheetColumn("เหตุขัดข้อง", width=30),), ((UNMEASURED,),)),)
    keys = [one.key for one in found.severities]
    months = Sheet(
        "เหตุรายเดือน",
        (
            SheetColumn("เดือน"),
            *(SheetColumn(yearly.names.severity(key), "integer", 14) for key in keys),
        ),
        tuple(
            (name, *(month.get(key, 0) for key in keys))
            for name, month in zip(month_names(yearly.now.period), found.months, strict=True)
        ),
        chart=SheetChart(
            "จำนวนเหตุรายเดือน (ครั้ง)", "bar", 0, tuple(range(1, len(keys) + 1)), stacked=True
        )
        if keys
        else None,
    )
    rules = Sheet(
        "ลักษณะเหตุ",
        (
            _NUMBER,
            SheetColumn("ลักษณะเหตุ", width=34),
            SheetColumn("จำนวน (ครั้ง)", "integer", 14),
            SheetColumn("รับทราบ (ครั้ง)", "integer", 14),
            SheetColumn("ค่ากลางรับทราบ (นาที)", "decimal", 22),
            SheetColumn("ค่ากลางกลับสู่ปกติ (นาที)", "decimal", 24),
            SheetColumn("ยังไม่ปกติ (ครั้ง)", "integer", 18),
        ),
        tuple(
            (
                number,
                yearly.names.rule(one.key),
                one.count,
                one.acknowledged,
                _places(one.to_acknowledge, 1),
                _places(one.to_clear, 1),
                one.open,
            )
            for number, one in enumerate(found.rules, start=1)
        ),
        chart=SheetChart("จำนวนเหตุตามลักษณะ (ครั้ง)", "bar", 1, (2,)),
    )
    return months, rules


def _uplinks(yearly: Yearly) -> Sheet:
    return Sheet(
        "ลิงก์ขึ้น",
        (
            _NUMBER,
            SheetColumn("หน่วยงาน", width=36),
            SheetColumn("อุปกรณ์", width=24),
            SheetColumn("พอร์ต", width=20),
            SheetColumn("ความเร็ว (Mbps)", "decimal", 18),
            *(
                SheetColumn(f"{way} {what} (ร้อยละ)", "decimal", 20)
                for way in ("ขาเข้า", "ขาออก")
                for what in ("เฉลี่ย", "P95", "สูงสุด")
            ),
        ),
        tuple(
            (
                number,
                yearly.names.site(one.site),
                one.device,
                one.port,
                _places(one.speed / 1e6, 2),
                *(
                    _percent(value)
                    for use in (one.incoming, one.outgoing)
                    for value in ((use.mean, use.p95, use.peak) if use else (None,) * 3)
                ),
            )
            for number, one in enumerate(yearly.now.capacity.uplinks, start=1)
        ),
    )


def _firmware(yearly: Yearly) -> Sheet:
    return Sheet(
        "เฟิร์มแวร์",
        (
            _NUMBER,
            SheetColumn("แพลตฟอร์ม", width=18),
            SheetColumn("รุ่น", width=28),
            SheetColumn("เฟิร์มแวร์", width=28),
            SheetColumn("จำนวน (ตัว)", "integer", 14),
            SheetColumn("ใหม่สุดที่พบ", width=16),
        ),
        tuple(
            (
                number,
                one.platform,
                one.model,
                one.version,
                one.devices,
                "ใช่" if one.newest else "ไม่ใช่",
            )
            for number, one in enumerate(yearly.now.ages.firmware, start=1)
        ),
    )


def _cases(yearly: Yearly) -> Sheet:
    titles = ("เปิด", "ปิด", "ส่งกลับ", "ไม่เห็นชอบ", "ถอน", "ค้าง", "เกินกำหนด")
    return Sheet(
        "เรื่องตามกระบวนงาน",
        (SheetColumn("กระบวนงาน"), *(SheetColumn(title, "integer", 14) for title in titles)),
        tuple(
            (p.process, p.opened, p.closed, p.returned, p.refused, p.withdrawn, p.open, p.late)
            for p in yearly.cases.processes
        ),
    )


def _percent(share: float | None) -> Decimal | None:
    return None if share is None else _places(share * 100, 2)


def _hours(seconds: float) -> Decimal | None:
    return _places(seconds / 3600, 1)


def _places(value: float | None, places: int) -> Decimal | None:
    return None if value is None else Decimal(f"{value:.{places}f}")
