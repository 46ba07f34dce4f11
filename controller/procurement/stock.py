"""What the office has: rows of the register and managed devices, each equipment once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from controller.inventory.asset import Asset
from controller.inventory.device import Device
from controller.procurement.need import ROLE_KINDS, Unit

SERVING = frozenset({"in-use", "repair"})
SPARE = "spare"


@dataclass(frozen=True)
class Stock:
    """The units that serve, in the order of site and name; (site, kind) -> spares on the shelf."""

    units: tuple[Unit, ...]
    spares: Counter[tuple[str, str]]


def stock_of(assets: Iterable[Asset], devices: Iterable[Device]) -> Stock:
    """Every row in use or in repair, and every managed device.

    A device is found in the register by its number, else by its serial. It counts even where its
    row says it is gone: it still answers. What is lost, disposed of or spare counts for nothing.
    """
    rows = {row.number: row for row in assets}
    serials = {row.serial: row for row in rows.values() if row.serial}
    units, taken = [], set()
    for device in devices:
        row = rows.get(device.asset or "") or serials.get(device.serial or "")
        if row is not None and row.number in taken:
            row = None
        if row is not None:
            taken.add(row.number)
        units.append(_managed(device, row))
    spares: Counter[tuple[str, str]] = Counter()
    for row in rows.values():
        if row.number in taken:
            continue
        if row.state in SERVING:
            units.append(_unmanaged(row))
        elif row.state == SPARE:
            spares[row.site, row.kind] += 1
    return Stock(tuple(sorted(units, key=lambda unit: (unit.site, unit.kind, unit.name))), spares)


def _managed(device: Device, row: Asset | None) -> Unit:
    if row is None:
        return Unit(
            number="",
            device=device.name,
            site=device.site,
            kind=ROLE_KINDS[device.role],
            model=device.model or "",
            serial=device.serial or "",
        )
    return Unit(
        number=row.number,
        device=device.name,
        site=device.site,
        kind=row.kind,
        brand=row.brand,
        model=row.model or device.model or "",
        serial=row.serial or device.serial or "",
        acquired=row.acquired,
        state=row.state,
        room=row.room,
    )


def _unmanaged(row: Asset) -> Unit:
    return Unit(
        row.number, "", row.site, row.kind, row.brand, row.model, row.serial,
        row.acquired, row.state, row.room,
    )  # fmt: skip
