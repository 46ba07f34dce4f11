"""Read delivered devices: ask each what it is, and hold every fact against the offer that won."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from controller.accounts.actor import Actor, require
from controller.connections import pins
from controller.connections.session import DeviceSession
from controller.connections.snmp.engine import SnmpError, SnmpTarget
from controller.connections.snmp.gufo import GufoEngine
from controller.connections.snmp.pieces import Shown, read_pieces
from controller.documents.reading import read_grids
from controller.errors import DeviceError, InputError, Text
from controller.inventory.device import Device
from controller.inventory.register import plain
from controller.operations.context import Context
from controller.operations.delivery_papers import (
    Ordered,
    case_of,
    deliveries_of,
    delivery_of,
    keep_delivery,
    ordered_in,
    require_unaccepted,
)
from controller.operations.import_assets import faulty
from controller.platforms.registry import PLATFORMS
from controller.platforms.systems import pushed_as
from controller.platforms.told_ids import as_words
from controller.platforms.watched import watched_platforms
from controller.processes.case import Case
from controller.procurement.acceptance import kept_ticks
from controller.procurement.delivery import Delivery, Piece
from controller.procurement.delivery_list import Line, Names, checked_lines, read_list
from controller.procurement.proving import Told, checks_of, ports_in_words
from controller.store.engine import Connection

Progress = Callable[[int, int], None]
_ROLES = {
    "switch": "access", "access-point": "wireless", "router": "router", "firewall": "firewall",
    "ups": "power", "printer": "printer", "camera": "camera", "server": "server",
}  # fmt: skip


def read_delivery(
    context: Context,
    actor: Actor,
    number: str,
    listed: bytes | Sequence[Line] | None,
    *,
    document: str = "",
    again: int | None = None,
    asked: Progress | None = None,
) -> Delivery:
    """Ask every device of the list what it is, and keep the delivery as a paper of the case.

    `listed` is an XLSX or CSV file, or lines; None asks those of the delivery `again` once more.
    `again` replaces that delivery, and ticks stay where nothing changed. Nothing on a device is
    changed; one that does not answer is left to people, with why. Errors: `NotFound`,
    `NotApproved`; `InputError` with every fault of the list; `Refused` once it was accepted.
    """
    require(actor, "read_delivery")
    case = case_of(context, number)
    with context.store.read() as conn:
        ordered = ordered_in(context, conn, case, to_act=True)
    before = None if again is None else delivery_of(context, case, again)
    if before is not None:
        require_unaccepted(before)
    lines = _lines(context, ordered, listed, before)
    shown = asyncio.run(_ask(context, lines, asked))
    facts = _log_in(context, lines)
    pieces = [
        _piece(ordered, n, line, shown[n - 1], facts.get(n)) for n, line in enumerate(lines, 1)
    ]
    others = deliveries_of(context, case)
    delivery = Delivery(
        number=before.number if before else max((d.number for d in others), default=0) + 1,
        case=number,
        specification=ordered.specification.sha256,
        comparison=ordered.comparison,
        offer=ordered.offer.sha256,
        bidder=ordered.offer.bidder,
        document=document or (before.document if before else ""),
        by=actor.username,
        at=context.clock(),
        pieces=kept_ticks(before, pieces) if before else tuple(pieces),
        prices={i.item: i.price for i in ordered.offer.items if i.price is not None},
    )
    told = {"pieces": len(pieces), "answered": sum(not p.trouble for p in pieces)}

    def check(conn: Connection, now: Case) -> None:
        ordered_in(context, conn, now, to_act=True)
        if before is not None:
            require_unaccepted(delivery_of(context, now, before.number))

    keep_delivery(context, actor, "read_delivery", delivery, told | delivery.counts, check=check)
    return delivery


def _lines(
    context: Context,
    ordered: Ordered,
    listed: bytes | Sequence[Line] | None,
    before: Delivery | None,
) -> tuple[Line, ...]:
    names = _names(context, ordered)
    if listed is None:
        if before is None:
            raise InputError(
                Text(th="ไม่มีรายการของที่ส่งมอบ", en="there is no list of what was delivered"),
                hint=Text(th="ให้แฟ้ม XLSX หรือ CSV", en="give an XLSX or CSV file"),
            )
        listed = [_line(piece) for piece in before.pieces]
    if isinstance(listed, bytes):
        read = read_list(read_grids(listed), names)
    else:
        read = checked_lines(listed, names)
    if read.faults:
        raise faulty(read.faults)
    return read.lines


def _line(piece: Piece) -> Line:
    stated = piece.check("serial")
    return Line(
        piece.item, piece.site, piece.address, piece.platform if piece.address else "", piece.room,
        stated.offered if stated else "", piece.name,
    )  # fmt: skip


def _names(context: Context, ordered: Ordered) -> Names:
    items: dict[str, str] = {}
    for number, item in enumerate(ordered.specification.items, start=1):
        items |= {plain(word): item.id for word in (item.id, str(number), item.th)}
    sites = {
        plain(word): site.site
        for site in context.inventory().sites
        for word in (site.site, site.name_th, site.name_en)
    }
    return Names(items, sites, watched_platforms())


async def _ask(
    context: Context, lines: Sequence[Line], asked: Progress | None
) -> list[Shown | SnmpError | None]:
    engine = GufoEngine()
    try:
        return await read_pieces(
            engine,
            [_targets(context, line) for line in lines],
            at_once=context.settings.health.at_once,
            done=asked,
        )
    finally:
        engine.close()


def _targets(context: Context, line: Line) -> list[SnmpTarget]:
    """Every access of the settings, as a way to ask this piece."""
    if not line.address:
        return []
    ways = (_nobody(line, snmp=name) for name in context.settings.snmp.access)
    found = ((way.snmp or "", context.snmp_target(way)) for way in ways)
    # The target is named after its access: so the one that answered tells which it was.
    return [replace(target, name=name) for name, target in found if target is not None]


def _nobody(line: Line, name: str = "?", snmp: str | None = None) -> Device:
    """A piece nobody has named yet, as something to connect to."""
    return Device.model_construct(
        name=name, platform=line.platform, role="access", address=line.address, snmp=snmp
    )


def _log_in(context: Context, lines: Sequence[Line]) -> dict[int, dict[str, Any] | DeviceError]:
    """What those of a platform we push to say when one logs in, by number of the line."""
    named = {
        f"delivered-{n}": line
        for n, line in enumerate(lines, 1)
        if line.address and line.platform in PLATFORMS
    }
    if not named:
        return {}
    devices = [_nobody(line, name) for name, line in named.items()]
    # Whatever key it shows is new: it is pinned under its own name once it has one.
    for name in named:
        pins.forget(context.folder, name)
    try:
        told = context.fleet(devices).each(_facts, context.secrets())
    finally:
        for name in named:
            pins.forget(context.folder, name)
    return {int(name.removeprefix("delivered-")): facts for name, facts in told.items()}


def _facts(session: DeviceSession) -> dict[str, Any]:
    return session.facts()


def _piece(
    ordered: Ordered,
    number: int,
    line: Line,
    shown: Shown | SnmpError | None,
    facts: dict[str, Any] | DeviceError | None,
) -> Piece:
    item = ordered.specification.item(line.item)
    assert item is not None  # noqa: S101  a line names an item of the specification
    seen = _seen(shown, facts)
    platform = line.platform
    if not platform and isinstance(shown, Shown):
        found = pushed_as(shown.answering.identity.platform)
        platform = found if found in watched_platforms() else ""
    stated = line.serial
    if isinstance(facts, dict) and not stated and isinstance(shown, Shown):
        # Asked twice, it must say the same twice.
        stated = _word(facts, "serial_number")
    return Piece(
        key=str(number),
        item=item.id,
        site=line.site,
        room=line.room,
        address=line.address,
        name=line.name,
        platform=platform,
        role=_ROLES.get(item.kind, ""),
        interface=shown.answering.interface if isinstance(shown, Shown) else "",
        access=_access(shown),
        brand=seen.brand if seen else "",
        model=seen.model if seen else "",
        serial=(seen.serial if seen else "") or line.serial,
        version=seen.version if seen else "",
        ports=ports_in_words(seen.hardware) if seen else "",
        trouble=_trouble(line, shown, facts),
        checks=tuple(checks_of(item, ordered.offer.item(item.id), seen, stated)),
    )


def _seen(
    shown: Shown | SnmpError | None, facts: dict[str, Any] | DeviceError | None
) -> Told | None:
    """What was told over SNMP; what that leaves out, by logging in."""
    logged = facts if isinstance(facts, dict) else {}
    if not isinstance(shown, Shown):
        if not logged:
            return None
        return Told(
            _word(logged, "vendor"), _word(logged, "model"), _word(logged, "serial_number"),
            _word(logged, "os_version"),
        )  # fmt: skip
    told = shown.answering.identity
    return Told(
        as_words(told.vendor) or _word(logged, "vendor"),
        as_words(told.model) or _word(logged, "model"),
        as_words(told.serial) or _word(logged, "serial_number"),
        as_words(told.version) or _word(logged, "os_version"),
        shown.hardware,
    )


def _word(facts: dict[str, Any], key: str) -> str:
    value = facts.get(key)
    told = as_words(value) if isinstance(value, str) else ""
    return "" if told == "Unknown" else told


def _access(shown: Shown | SnmpError | None) -> str:
    return shown.answering.target.name if isinstance(shown, Shown) else ""


def _trouble(
    line: Line, shown: Shown | SnmpError | None, facts: dict[str, Any] | DeviceError | None
) -> str:
    if not line.address:
        return ""
    told = []
    if shown is None:
        told.append("khaen.toml ไม่มี [snmp.access] จึงถามไม่ได้")
    elif isinstance(shown, SnmpError):
        told.append(f"SNMP: {shown.message.th}")
    if isinstance(facts, DeviceError):
        told.append(f"เข้าสู่ระบบไม่ได้: {facts.message.th}")
    return "; ".join(told)
