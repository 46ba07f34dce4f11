"""What is known of each device now: one row, written after every poll of it."""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Insert, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from controller.facts.identity import Identity
from controller.facts.measured import Measured, Memory, PoeBudget, Processor, Sensor
from controller.health.observed import PortTable, Reached
from controller.store.canonical import storable
from controller.store.health_tables import device_health
from controller.store.parts import in_parts

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceHealth:
    """One device now.

    `status` since `since`, as the poll at `at` left it; `missed` polls in a row without an answer.
    `identity`, `measured` (without its ports) and `ports` are of the last answer, at `answered`: a
    device that is down has old ones. `details` is when it was last asked what it is.
    """

    device: str
    status: Reached
    since: datetime
    at: datetime
    answered: datetime | None = None
    missed: int = 0
    round_trip: float | None = None
    details: datetime | None = None
    why: str = ""
    identity: Identity = field(default_factory=Identity)
    measured: Measured = field(default_factory=Measured)
    ports: PortTable = field(default_factory=PortTable)


def read_health(
    conn: Connection, devices: Collection[str] | None = None, *, ports: bool = True
) -> dict[str, DeviceHealth]:
    """What is known of these devices by name; of all when None. Who was never polled is absent.

    Without `ports` their table stays empty, which spares most of the reading.
    """
    query = select(*(c for c in device_health.c if ports or c.name != "ports"))
    if devices is None:
        return {row.device: _read(row, ports) for row in conn.execute(query)}
    found: dict[str, DeviceHealth] = {}
    for names in in_parts(devices):
        for row in conn.execute(query.where(device_health.c.device.in_(names))):
            found[row.device] = _read(row, ports)
    return found


def statuses(conn: Connection) -> dict[str, tuple[Reached, datetime, datetime]]:
    """device -> status, since when, when last polled; without reading what was measured."""
    asked = select(
        device_health.c.device, device_health.c.status, device_health.c.since, device_health.c.at
    )
    return {row.device: (row.status, row.since, row.at) for row in conn.execute(asked)}


def identities(conn: Connection) -> dict[str, Identity]:
    """device -> what it says it is, of every polled device; without what was measured."""
    asked = select(device_health.c.device, device_health.c.identity)
    return {row.device: _known(Identity, json.loads(row.identity)) for row in conn.execute(asked)}


def read_measured(conn: Connection) -> dict[str, tuple[Reached, float | None, Measured]]:
    """device -> status, round trip in seconds, and what it last said, its ports left out."""
    kept = device_health.c
    asked = select(kept.device, kept.status, kept.round_trip, kept.measured)
    return {
        row.device: (row.status, row.round_trip, _measured_read(json.loads(row.measured)))
        for row in conn.execute(asked)
    }


def count_by_status(conn: Connection) -> dict[str, int]:
    """status -> number of devices."""
    asked = select(device_health.c.status, func.count()).group_by(device_health.c.status)
    return dict(conn.execute(asked).all())


def save_health(conn: Connection, rows: Iterable[DeviceHealth]) -> None:
    """Write what is known of these devices in place of what was."""
    values = [_written(row) for row in rows]
    if values:
        conn.execute(_UPSERT[conn.dialect.name], values)


def forget_health(conn: Connection, devices: Collection[str]) -> None:
    """Take these devices' rows away: they have left the inventory."""
    for names in in_parts(devices):
        conn.execute(delete(device_health).where(device_health.c.device.in_(names)))


def _upsert(insert: Any) -> Insert:
    added = insert(device_health)
    others = {c.name: added.excluded[c.name] for c in device_health.c if c.name != "device"}
    done: Insert = added.on_conflict_do_update(index_elements=[device_health.c.device], set_=others)
    return done


_UPSERT = {"sqlite": _upsert(sqlite.insert), "postgresql": _upsert(postgresql.insert)}


def _written(row: DeviceHealth) -> dict[str, Any]:
    return {
        "device": row.device,
        "status": row.status,
        "since": row.since,
        "at": row.at,
        "answered": row.answered,
        "missed": row.missed,
        "round_trip": row.round_trip,
        "details": row.details,
        "why": storable(row.why),
        "identity": storable(_json(asdict(row.identity))),
        "measured": storable(_json(_measured_written(row.measured))),
        "ports": zlib.compress(_json(_ports_written(row.ports)).encode("utf-8", "replace"), 1),
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _measured_written(measured: Measured) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    if measured.uptime is not None:
        kept["uptime"] = measured.uptime
    if measured.clients is not None:
        kept["clients"] = measured.clients
    for name in _LISTS:
        if rows := getattr(measured, name):
            kept[name] = [[getattr(row, part) for part in _PARTS[name]] for row in rows]
    return kept


def _ports_written(ports: PortTable) -> dict[str, Any]:
    return {
        "rates": {
            column: {index: round(rate, 3) for index, rate in rates.items()}
            for column, rates in ports.rates.items()
        },
        **{name: getattr(ports, name) for name in _PORT_COLUMNS},
    }


_LISTS: dict[str, type[Any]] = {
    "processors": Processor,
    "memories": Memory,
    "sensors": Sensor,
    "poe": PoeBudget,
}
_PARTS = {name: tuple(f.name for f in fields(kind)) for name, kind in _LISTS.items()}
_PORT_COLUMNS = tuple(f.name for f in fields(PortTable) if f.name != "rates")


def _read(row: Any, ports: bool) -> DeviceHealth:
    return DeviceHealth(
        device=row.device,
        status=row.status,
        since=row.since,
        at=row.at,
        answered=row.answered,
        missed=row.missed,
        round_trip=row.round_trip,
        details=row.details,
        why=row.why,
        identity=_known(Identity, json.loads(row.identity)),
        measured=_measured_read(json.loads(row.measured)),
        ports=_ports_read(row.ports) if ports else PortTable(),
    )


def _ports_read(kept: bytes) -> PortTable:
    return _known(PortTable, json.loads(zlib.decompress(kept)))


def _measured_read(kept: dict[str, Any]) -> Measured:
    lists: dict[str, Any] = {
        name: tuple(kind(*parts) for parts in kept.get(name, ())) for name, kind in _LISTS.items()
    }
    return Measured(uptime=kept.get("uptime"), clients=kept.get("clients"), **lists)


def _known(kind: type[T], kept: dict[str, Any]) -> T:
    """The value from what was kept; what another version of the program wrote more is left out."""
    names = {f.name for f in fields(kind)}  # type: ignore[arg-type]
    return kind(**{name: value for name, value in kept.items() if name in names})
