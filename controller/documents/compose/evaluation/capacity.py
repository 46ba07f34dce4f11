"""The chapters on how full the network is, and how old its devices are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from controller.documents.blocks import (
    Bar,
    Block,
    Chart,
    Heading,
    Paragraph,
    Stack,
    Stacks,
    Table,
    TableColumn,
)
from controller.documents.compose.columns import numbered
from controller.documents.compose.evaluation.figures import UNMEASURED, Figures
from controller.documents.compose.evaluation.yearly import Yearly
from controller.health.evaluation.ages import BANDS, REPLACEABLE, Ages
from controller.health.evaluation.capacity import BUSY, FULL, Capacity, Uplink, Use

_MOST = 15
_FEW = 10


def capacity_blocks(yearly: Yearly, figures: Figures) -> Iterator[Block]:
    """Uplinks with the fullest first, ports, wireless clients, power over Ethernet."""
    found = yearly.now.capacity
    if not found.uplinks:
        yield Paragraph(
            f"ปริมาณการใช้ลิงก์ขึ้นของหน่วยงาน: {UNMEASURED} "
            "(ต้องระบุพอร์ตลิงก์ขึ้นในทะเบียน และมีการสำรวจสถานะในช่วงนี้)",
            indent=True,
        )
    else:
        yield from _uplinks(yearly, found, figures)
    yield from _others(yearly, found, figures)


def _uplinks(yearly: Yearly, found: Capacity, figures: Figures) -> Iterator[Block]:
    count = figures.look.count
    yield Paragraph(
        f"วัดลิงก์ขึ้นได้ {count(len(found.uplinks))} ลิงก์ เต็ม (ใช้ตั้งแต่ร้อยละ {count(round(FULL * 100))} "
        f"ของความเร็ว ที่เปอร์เซ็นไทล์ที่ {count(95)}) {count(len(found.full))} ลิงก์ "
        f"และหนาแน่น (ตั้งแต่ร้อยละ {count(round(BUSY * 100))}) {count(len(found.busy))} ลิงก์ "
        "ตารางแสดงทิศทางที่ใช้มากกว่าของแต่ละลิงก์",
        indent=True,
    )
    shown = found.uplinks[:_MOST]
    yield Table(
        numbered(
            TableColumn("หน่วยงาน", 6),
            TableColumn("ความเร็ว", 3, "right"),
            TableColumn("เฉลี่ย\n(ร้อยละ)", 2, "right"),
            TableColumn("P95\n(ร้อยละ)", 2, "right"),
            TableColumn("สูงสุด\n(ร้อยละ)", 2, "right"),
            TableColumn("วัดได้\n(ร้อยละ)", 2, "right"),
        ),
        tuple(
            (
                count(n),
                yearly.names.site(one.site),
                figures.speed(one.speed),
                *_use(one.busiest, figures),
            )
            for n, one in enumerate(shown, start=1)
        ),
    )
    yield Chart(
        "ลิงก์ขึ้นที่ใช้มากที่สุด เปอร์เซ็นไทล์ที่ 95 (ร้อยละของความเร็ว)"
        if not figures.look.thai_digits
        else "ลิงก์ขึ้นที่ใช้มากที่สุด เปอร์เซ็นไทล์ที่ ๙๕ (ร้อยละของความเร็ว)",
        tuple(_bar(one, yearly, figures) for one in found.uplinks[:_FEW] if one.p95 is not None),
        1.0,
    )


def _use(use: Use | None, figures: Figures) -> tuple[str, str, str, str]:
    if use is None:
        return (UNMEASURED,) * 4
    return (
        figures.percent(use.mean),
        "-" if use.p95 is None else figures.percent(use.p95),
        figures.percent(use.peak),
        figures.percent(use.coverage),
    )


def _bar(one: Uplink, yearly: Yearly, figures: Figures) -> Bar:
    p95 = one.p95 or 0.0
    return Bar(yearly.names.site(one.site), p95, figures.percent(p95))


def _others(yearly: Yearly, found: Capacity, figures: Figures) -> Iterator[Block]:
    count, names = figures.look.count, yearly.names
    ports, used = sum(p.ports for p in found.ports), sum(p.used for p in found.ports)
    if ports:
        yield Paragraph(
            f"พอร์ตของอุปกรณ์ที่วัดได้ {count(ports)} พอร์ต เคยมีการเชื่อมต่อในช่วงนี้ {count(used)} พอร์ต "
            f"(ร้อยละ {figures.percent(used / ports)})",
            indent=True,
        )
    else:
        yield Paragraph(f"พอร์ตที่ใช้งาน: {UNMEASURED}", indent=True)
    if found.clients:
        most = found.clients[0]
        yield Paragraph(
            f"เครื่องลูกข่ายไร้สายวัดได้ {count(len(found.clients))} แห่ง "
            f"มากที่สุดที่{names.site(most.site)} เฉลี่ยพร้อมกัน {count(round(most.mean))} เครื่อง "
            f"และสูงสุดต่ออุปกรณ์หนึ่งตัว {count(round(most.peak))} เครื่อง",
            indent=True,
        )
    else:
        yield Paragraph(f"จำนวนผู้ใช้ไร้สาย: {UNMEASURED}", indent=True)
    near = [one for one in found.power if one.budget > 0 and one.peak / one.budget >= FULL]
    if found.power:
        yield Paragraph(
            f"กำลังไฟ PoE วัดได้ {count(len(found.power))} ตัว "
            f"ใช้ถึงร้อยละ {count(round(FULL * 100))} ของกำลังที่จ่ายได้ {count(len(near))} ตัว"
            + (": " + ", ".join(one.device for one in near[:_FEW]) if near else ""),
            indent=True,
        )
    else:
        yield Paragraph(f"กำลังไฟ PoE: {UNMEASURED}", indent=True)


def age_blocks(yearly: Yearly, figures: Figures) -> Iterator[Block]:
    """Bands of years by role, what may be replaced, and which firmware runs."""
    found, count = yearly.now.ages, figures.look.count
    known = sum(found.bands)
    if known:
        old = len(found.replaceable)
        yield Paragraph(
            f"ทราบอายุจากทะเบียนครุภัณฑ์ {count(known)} ตัว ไม่ทราบ {count(found.unknown)} ตัว "
            f"ในจำนวนที่ทราบ อายุตั้งแต่ {count(REPLACEABLE)} ปีขึ้นไป "
            f"ซึ่งอยู่ในเกณฑ์จัดหาทดแทนได้ {count(old)} ตัว "
            f"(ร้อยละ {figures.percent(old / known) if old else count(0)})",
            indent=True,
        )
        yield _bands(yearly, found, figures)
        yield from _oldest(yearly, found, figures)
    else:
        yield Paragraph(
            f"ไม่ทราบอายุของอุปกรณ์ทั้ง {count(found.unknown)} ตัว "
            "เพราะไม่พบเลขครุภัณฑ์หรือหมายเลขเครื่องในทะเบียนครุภัณฑ์",
            indent=True,
        )
    yield from _firmware(found, figures)


def _bands(yearly: Yearly, found: Ages, figures: Figures) -> Stacks:
    count = figures.look.count
    names = (
        f"ต่ำกว่า {count(BANDS[0])} ปี",
        *(f"{count(a)}-{count(b)} ปี" for a, b in pairwise(BANDS)),
        f"{count(BANDS[-1])} ปีขึ้นไป",
        "ไม่ทราบ",
    )
    roles: dict[str, Counter[int]] = {}
    for one in found.devices:
        at = len(BANDS) + 1 if one.years is None else sum(one.years >= b for b in BANDS)
        roles.setdefault(one.role, Counter())[at] += 1
    ordered = sorted(roles.items(), key=lambda item: -item[1].total())
    said = "; ".join(
        f"{yearly.names.role(role)} "
        + ", ".join(f"{name} {count(counts[i])}" for i, name in enumerate(names) if counts[i])
        for role, counts in ordered
    )
    return Stacks(
        "อายุอุปกรณ์ตามประเภท (สัดส่วนของจำนวน)",
        names,
        tuple(
            Stack(
                yearly.names.role(role),
                tuple(float(counts[i]) for i in range(len(names))),
                f"{count(counts.total())} ตัว",
            )
            for role, counts in ordered
        ),
        None,
        f"แผนภูมิแท่ง สัดส่วนอายุอุปกรณ์: {said}",
    )


def _oldest(yearly: Yearly, found: Ages, figures: Figures) -> Iterator[Block]:
    old = Counter(one.site for one in found.replaceable)
    if not old:
        return
    yield Heading("หน่วยงานที่มีอุปกรณ์อยู่ในเกณฑ์จัดหาทดแทนมากที่สุด", 3)
    whole = Counter(one.site for one in found.devices)
    yield Table(
        numbered(
            TableColumn("หน่วยงาน", 6),
            TableColumn("อุปกรณ์ทั้งหมด (ตัว)", 3, "right"),
            TableColumn(f"{figures.look.count(REPLACEABLE)} ปีขึ้นไป (ตัว)", 3, "right"),
        ),
        tuple(
            (
                figures.look.count(n),
                yearly.names.site(site),
                figures.look.count(whole[site]),
                figures.look.count(number),
            )
            for n, (site, number) in enumerate(
                sorted(old.items(), key=lambda item: (-item[1], item[0]))[:_FEW], start=1
            )
        ),
    )


def _firmware(found: Ages, figures: Figures) -> Iterator[Block]:
    count = figures.look.count
    if not found.firmware:
        yield Paragraph(f"รุ่นเฟิร์มแวร์: {UNMEASURED}", indent=True)
        return
    behind = sum(one.devices for one in found.firmware if not one.newest)
    said = sum(one.devices for one in found.firmware)
    yield Paragraph(
        f"อุปกรณ์ที่บอกรุ่นเฟิร์มแวร์ {count(said)} ตัว (ไม่บอก {count(found.silent)} ตัว) "
        f"มี {count(behind)} ตัวที่รุ่นเก่ากว่ารุ่นใหม่สุดที่พบในสำนักงานของอุปกรณ์แบบเดียวกัน",
        indent=True,
    )
    yield Table(
        numbered(
            TableColumn("อุปกรณ์", 6),
            TableColumn("เฟิร์มแวร์", 5),
            TableColumn("จำนวน\n(ตัว)", 2, "right"),
            TableColumn("ใหม่สุด\nที่พบ", 2, "center"),
        ),
        tuple(
            (
                count(n),
                " ".join(filter(None, (one.platform, one.model))) or "-",
                one.version,
                count(one.devices),
                "✓" if one.newest else "",
            )
            for n, one in enumerate(found.firmware[:_MOST], start=1)
        ),
    )
