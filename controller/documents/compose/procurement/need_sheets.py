"""What is needed as sheets, numbers as numbers: every unit with its evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from controller.documents.compose.look import Look
from controller.documents.compose.procurement.need_report import evidence_text
from controller.documents.sheet import Sheet, SheetColumn, Value
from controller.inventory.asset import STATE_NAMES
from controller.procurement.need import CAUSE_NAMES, Needs, kind_name

# Words of a sheet stand with 0-9; its numbers get their digits from their format.
_LOOK = Look(thai_digits=False)
_SITE = SheetColumn("หน่วยงาน", width=36)
_KIND = SheetColumn("ประเภท", width=20)


def need_sheets(needs: Needs, sites: Mapping[str, str]) -> tuple[Sheet, ...]:
    """Sites by kinds, every line, every unit to replace or add, how much is unknown where."""
    return _matrix(needs, sites), _lines(needs, sites), _units(needs, sites), _unknown(needs, sites)


def _matrix(needs: Needs, sites: Mapping[str, str]) -> Sheet:
    kinds = tuple(needs.kinds)
    counts = {(line.site, line.kind): line.quantity for line in needs.lines}
    return Sheet(
        "สรุป",
        (
            _SITE,
            *(SheetColumn(kind_name(kind).th, "integer", 14) for kind in kinds),
            SheetColumn("รวม", "integer", 12),
        ),
        tuple(
            (sites.get(site, site), *(counts.get((site, kind)) for kind in kinds), total)
            for site, total in needs.sites.items()
        ),
        ("รวม", *(needs.kinds[kind] for kind in kinds), needs.quantity),
        held=1,
    )


def _lines(needs: Needs, sites: Mapping[str, str]) -> Sheet:
    return Sheet(
        "จำนวน",
        (
            _SITE,
            _KIND,
            SheetColumn("ทดแทน", "integer", 12),
            SheetColumn("เพิ่ม", "integer", 12),
            SheetColumn("รวม", "integer", 12),
            SheetColumn("มีสำรอง (ไม่ได้หักออก)", "integer", 22),
        ),
        tuple(
            (
                sites.get(line.site, line.site),
                kind_name(line.kind).th,
                len(line.worn),
                line.quantity - len(line.worn),
                line.quantity,
                line.spares,
            )
            for line in needs.lines
        ),
        (
            "รวม",
            None,
            sum(len(line.worn) for line in needs.lines),
            sum(line.quantity - len(line.worn) for line in needs.lines),
            needs.quantity,
            None,
        ),
    )


def _units(needs: Needs, sites: Mapping[str, str]) -> Sheet:
    rows: list[tuple[Value, ...]] = []
    for line in needs.lines:
        name, kind = sites.get(line.site, line.site), kind_name(line.kind).th
        for worn in line.worn:
            unit = worn.unit
            state = STATE_NAMES.get(unit.state)
            rows.append(
                (
                    name, kind, unit.number or None, unit.device or None, unit.brand or None,
                    unit.model or None, unit.serial or None, unit.acquired,
                    state.th if state else None, unit.room or None, 1,
                    ", ".join(CAUSE_NAMES[cause].th for cause in worn.causes),
                    evidence_text(worn, _LOOK),
                )
            )  # fmt: skip
        for extra in line.extras:
            told = "\n".join(one.words.th for one in extra.evidence)
            cause = CAUSE_NAMES[extra.evidence[0].cause].th
            rows.append((name, kind, *(None,) * 8, extra.quantity, cause, told))
    return Sheet(
        "รายการและหลักฐาน",
        (
            _SITE,
            _KIND,
            SheetColumn("เลขครุภัณฑ์", width=22),
            SheetColumn("อุปกรณ์", width=20),
            SheetColumn("ยี่ห้อ", width=14),
            SheetColumn("รุ่น", width=20),
            SheetColumn("หมายเลขเครื่อง", width=20),
            SheetColumn("วันที่ได้มา", "date"),
            SheetColumn("สถานะ", width=12),
            SheetColumn("สถานที่ตั้ง", width=24),
            SheetColumn("จำนวน", "integer", 10),
            SheetColumn("สาเหตุ", width=28),
            SheetColumn("หลักฐาน", width=70),
        ),
        tuple(rows),
        held=3,
    )


def _unknown(needs: Needs, sites: Mapping[str, str]) -> Sheet:
    """How many by site and kind: each by its number would bury the sheets that are read."""
    counted = [(one, Counter((unit.site, unit.kind) for unit in one.units)) for one in needs.untold]
    return Sheet(
        "ยังไม่ทราบ",
        (
            SheetColumn("สาเหตุที่ตรวจ", width=24),
            SheetColumn("เหตุที่ไม่ทราบ", width=60),
            _SITE,
            _KIND,
            SheetColumn("รายการ", "integer", 12),
        ),
        tuple(
            (
                CAUSE_NAMES[one.cause].th,
                one.words.th,
                sites.get(site, site),
                kind_name(kind).th,
                count,
            )
            for one, counts in counted
            for (site, kind), count in counts.items()
        ),
    )
