"""The appendix: every district and school on a line of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from controller.documents.blocks import Block, Heading, Table, TableColumn
from controller.documents.compose.columns import numbered
from controller.documents.compose.evaluation.figures import UNMEASURED, Figures
from controller.documents.compose.evaluation.yearly import Yearly
from controller.health.evaluation.ages import REPLACEABLE
from controller.health.evaluation.capacity import main_uplinks
from controller.health.evaluation.uptime import Portion, Share


@dataclass(frozen=True, slots=True)
class School:
    """One line. `incidents` is None when nothing was watched, `uplink` when it was not measured,
    `cut_off` when nobody knows which device everything hangs below.

    `old` counts devices of five years and more.
    """

    site: str
    district: str
    devices: int
    share: Share
    incidents: int | None
    uplink: float | None
    cut_off: Share | None
    old: int


def schools(yearly: Yearly) -> tuple[School, ...]:
    """Every site with a device, by district and name."""
    now = yearly.now
    districts = {one.site: one.district for one in yearly.placed}
    alerts = {one.key: one.count for one in now.incidents.sites} if now.incidents else None
    uplinks = main_uplinks(now.capacity.uplinks)
    old = Counter(one.site for one in now.ages.replaceable)
    found = [
        School(
            site=one.key,
            district=districts.get(one.key, ""),
            devices=one.devices,
            share=one.share,
            incidents=_counted(one, alerts),
            uplink=up.p95 if (up := uplinks.get(one.key)) else None,
            cut_off=one.cut_off,
            old=old[one.key],
        )
        for one in now.uptime.sites
    ]
    return tuple(sorted(found, key=lambda one: (one.district, one.site)))


def _counted(one: Portion, alerts: Mapping[str, int] | None) -> int | None:
    """How many alerts; None where nobody looked at the site and none was raised."""
    if alerts is None or (one.share.measured == 0 and one.key not in alerts):
        return None
    return alerts.get(one.key, 0)


def school_blocks(yearly: Yearly, figures: Figures) -> Iterator[Block]:
    """A table for each district."""
    lines = schools(yearly)
    number = 0
    for district in dict.fromkeys(one.district for one in lines):
        yield Heading(f"อำเภอ{yearly.names.district(district)}", 3)
        rows = []
        for one in lines:
            if one.district == district:
                number += 1
                rows.append((figures.look.count(number), *_cells(one, yearly, figures)))
        yield Table(
            numbered(
                TableColumn("หน่วยงาน", 8),
                TableColumn("อุปกรณ์", 2, "right"),
                TableColumn("พร้อมใช้\nร้อยละ", 3, "right"),
                TableColumn("วัดได้\nร้อยละ", 3, "right"),
                TableColumn("ตัดขาด\n(ชม.)", 3, "right"),
                TableColumn("เหตุ\n(ครั้ง)", 2, "right"),
                TableColumn("ลิงก์ขึ้น\nร้อยละ", 3, "right"),
                TableColumn(f"{figures.look.count(REPLACEABLE)} ปี\nขึ้นไป", 2, "right"),
            ),
            tuple(rows),
            small=True,
        )


def _cells(one: School, yearly: Yearly, figures: Figures) -> tuple[str, ...]:
    return (
        yearly.names.site(one.site),
        figures.look.count(one.devices),
        figures.availability(one.share),
        figures.coverage(one.share),
        figures.cut_off(one.cut_off),
        figures.count(one.incidents),
        UNMEASURED if one.uplink is None else figures.percent(one.uplink),
        figures.look.count(one.old),
    )
