"""What the rules found as sheets, numbers as numbers: nothing is left out here."""

from __future__ import annotations

from controller.compliance.finding import VERDICT_NAMES
from controller.compliance.scores import Tally
from controller.documents.compose.compliance.audited import Audited
from controller.documents.compose.compliance.words import KINDS, Words
from controller.documents.compose.look import Look
from controller.documents.sheet import Sheet, SheetChart, SheetColumn, Value
from controller.thai import bangkok_date, short_date

# Words of a sheet stand with 0-9; its numbers get their digits from their format.
_WORDS = Words(Look(thai_digits=False))
_NUMBER = SheetColumn("ลำดับ", "integer", 7)
_COUNTS = tuple(
    SheetColumn(name, "integer", 12)
    for name in ("คะแนน", "ผ่าน", "ไม่ผ่าน", "ผ่อนผัน", "ไม่ทราบ", "ไม่เกี่ยวข้อง")
)


def compliance_sheets(audited: Audited) -> tuple[Sheet, ...]:
    """From the scores of the sites down to every single finding that is no pass."""
    return (
        _sites(audited),
        _districts(audited),
        _rules(audited),
        _heat(audited),
        _devices(audited),
        _findings(audited),
        _trend(audited),
        _waivers(audited),
    )


def _numbers(tally: Tally) -> tuple[Value, ...]:
    return (
        tally.score,
        tally.passed,
        tally.failed,
        tally.waived,
        tally.unknown,
        tally.not_applicable,
    )


def _sites(audited: Audited) -> Sheet:
    return Sheet(
        "หน่วยงาน",
        (_NUMBER, SheetColumn("หน่วยงาน", width=36), SheetColumn("อำเภอ", width=20), *_COUNTS),
        tuple(
            (n, one.name, one.district, *_numbers(one.tally))
            for n, one in enumerate(audited.sites, start=1)
        ),
        (None, "รวม", None, *_numbers(audited.tally)),
        shaded=(3,),
    )


def _districts(audited: Audited) -> Sheet:
    return Sheet(
        "อำเภอ",
        (_NUMBER, SheetColumn("อำเภอ", width=30), *_COUNTS),
        tuple(
            (n, name, *_numbers(tally))
            for n, (name, tally) in enumerate(audited.districts, start=1)
        ),
        chart=SheetChart("คะแนนรายอำเภอ", "bar", 1, (2,)),
        shaded=(2,),
    )


def _rules(audited: Audited) -> Sheet:
    return Sheet(
        "เกณฑ์",
        (
            _NUMBER,
            SheetColumn("รหัส", width=26),
            SheetColumn("เกณฑ์", width=44),
            SheetColumn("ระดับ", width=14),
            SheetColumn("อ้างอิง", width=44),
            *_COUNTS,
            SheetColumn("หน่วยงานที่ไม่ผ่าน", "integer", 16),
        ),
        tuple(
            (
                n,
                one.rule.id,
                one.rule.title.th,
                _WORDS.severity(one.rule),
                "\n".join(f"{KINDS[why.kind]} {why.reference}" for why in one.rule.why),
                *_numbers(one.tally),
                one.sites,
            )
            for n, one in enumerate(audited.rules, start=1)
        ),
        shaded=(5,),
    )


def _heat(audited: Audited) -> Sheet:
    """The score of every rule at every site; a rule that concerns nothing there has none."""
    rules = [one.rule.id for one in audited.rules]
    rows = []
    for site in audited.sites:
        cells = [audited.cells.get((rule, site.site)) for rule in rules]
        rows.append((site.name, site.tally.score, *(c.score if c else None for c in cells)))
    return Sheet(
        "เกณฑ์ x หน่วยงาน",
        (
            SheetColumn("หน่วยงาน", width=36),
            SheetColumn("คะแนน", "integer", 10),
            *(SheetColumn(rule, "integer", 14) for rule in rules),
        ),
        tuple(rows),
        shaded=tuple(range(1, len(rules) + 2)),
        held=2,
    )


def _devices(audited: Audited) -> Sheet:
    rows: list[tuple[Value, ...]] = [
        (site.name, one.device, one.role, one.model or None, *_numbers(one.tally))
        for site in audited.sites
        for one in site.devices
    ]
    return Sheet(
        "อุปกรณ์",
        (
            SheetColumn("หน่วยงาน", width=36),
            SheetColumn("อุปกรณ์", width=24),
            SheetColumn("ประเภท", width=22),
            SheetColumn("รุ่น", width=22),
            *_COUNTS,
        ),
        tuple(rows),
        shaded=(4,),
    )


def _findings(audited: Audited) -> Sheet:
    names = {one.site: one.name for one in audited.sites}
    return Sheet(
        "รายการที่ไม่ผ่าน",
        (
            SheetColumn("หน่วยงาน", width=36),
            SheetColumn("อุปกรณ์", width=24),
            SheetColumn("เกณฑ์", width=44),
            SheetColumn("ผล", width=12),
            SheetColumn("ตั้งแต่", "date"),
            SheetColumn("สิ่งที่พบ", width=60),
        ),
        tuple(
            (
                names.get(one.site, one.site),
                one.device,
                audited.title(one.rule),
                VERDICT_NAMES[one.verdict].th,
                bangkok_date(one.since),
                one.told,
            )
            for one in audited.listed
        ),
    )


def _trend(audited: Audited) -> Sheet:
    return Sheet(
        "แนวโน้ม",
        (SheetColumn("วันที่", width=18), *_COUNTS),
        tuple((short_date(day), *_numbers(tally)) for day, tally in audited.trend),
        chart=SheetChart("คะแนนรายวัน", "line", 0, (1,)),
    )


def _waivers(audited: Audited) -> Sheet:
    return Sheet(
        "การผ่อนผัน",
        (
            SheetColumn("รหัส", width=26),
            SheetColumn("เกณฑ์", width=44),
            SheetColumn("อุปกรณ์ที่เลือก", width=30),
            SheetColumn("เหตุผล", width=44),
            SheetColumn("ผู้อนุญาต", width=30),
            SheetColumn("เรื่อง", width=20),
            SheetColumn("ถึงวันที่", "date"),
            SheetColumn("รายการที่ใช้", "integer", 14),
            SheetColumn("สถานะ", width=16),
        ),
        tuple(
            (
                one.waiver.id,
                audited.title(one.waiver.rule),
                one.waiver.select,
                one.waiver.reason,
                one.waiver.approved_by,
                one.waiver.case,
                one.waiver.until,
                one.findings,
                "สิ้นสุดแล้ว" if one.expired else "ใช้อยู่",
            )
            for one in audited.waivers
        ),
    )
