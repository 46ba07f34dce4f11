"""Where a site's switches are nearly full, and how many more would make room."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from controller.errors import Text
from controller.procurement.need import Evidence, Extra, Unit, Untold
from controller.thai import short_date

KIND = "switch"
FULL = 0.9


@dataclass(frozen=True, slots=True)
class PortUse:
    """Ports of a switch with a link, of those it has, as it last told on `day`."""

    used: int
    total: int
    day: date


def growth(units: Sequence[Unit], ports: Mapping[str, PortUse]) -> tuple[list[Extra], list[Untold]]:
    """Per site whose switches are full to FULL or more: as many switches as bring it below that.

    The new ones are taken to be as large as most there are. Switches that tell no ports are left
    out of the sum, and told of.
    """
    by_site: dict[str, list[Unit]] = {}
    silent = []
    for unit in units:
        if unit.kind != KIND:
            continue
        told = ports.get(unit.device) if unit.device else None
        if told is None or told.total <= 0:
            silent.append(unit)
        else:
            by_site.setdefault(unit.site, []).append(unit)
    found = [
        extra
        for site, here in by_site.items()
        if (extra := _extra(site, [(unit, ports[unit.device]) for unit in here])) is not None
    ]
    return found, [Untold("growth", NO_PORTS, tuple(silent))] if silent else []


def _extra(site: str, here: Sequence[tuple[Unit, PortUse]]) -> Extra | None:
    used, total = sum(use.used for _, use in here), sum(use.total for _, use in here)
    if used < total * FULL:
        return None
    sizes = Counter(use.total for _, use in here)
    size = max(sizes, key=lambda ports: (sizes[ports], ports))
    # Below FULL, not at it, so that what is bought today is not needed again tomorrow.
    more = max(1, ceil((used / FULL - total) / size))
    if used >= (total + more * size) * FULL:
        more += 1
    left = 100 * used / (total + more * size)
    words = Text(
        th=(
            f"ใช้พอร์ต {used} จาก {total} ช่อง ({100 * used / total:.0f} %) "
            f"เพิ่มขนาด {size} ช่อง {more} เครื่องแล้วใช้ {left:.0f} %"
        ),
        en=(
            f"{used} of {total} ports are in use ({100 * used / total:.0f} %); "
            f"with {more} more of {size} ports it is {left:.0f} %"
        ),
    )
    lines = [Evidence("growth", words, max(use.day for _, use in here))]
    lines += [
        Evidence(
            "growth",
            Text(
                th=f"{unit.device} ใช้ {use.used} จาก {use.total} ช่อง ณ {short_date(use.day)}",
                en=f"{unit.device}: {use.used} of {use.total} ports on {use.day}",
            ),
            use.day,
        )
        for unit, use in here
    ]
    return Extra(site, KIND, more, tuple(lines))


NO_PORTS = Text(
    th="สวิตช์ยังไม่บอกจำนวนพอร์ตที่ใช้", en="the switch has not told how many ports are in use"
)
