"""Whom each device saw at its ports when it was last walked."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from controller.facts.neighbour import Neighbour, Surroundings
from controller.store.canonical import storable
from controller.store.health_tables import neighbours
from controller.store.parts import in_parts

_PARTS = tuple(part.name for part in fields(Neighbour))


@dataclass(frozen=True, slots=True)
class Walked:
    """What a device said of its surroundings, and when."""

    at: datetime
    seen: Surroundings


def save_neighbours(conn: Connection, device: str, at: datetime, seen: Surroundings) -> None:
    """Keep what the device saw, in place of what it saw before."""
    dialect = sqlite if conn.dialect.name == "sqlite" else postgresql
    added = dialect.insert(neighbours)
    kept = {
        "name": seen.name,
        "macs": seen.macs,
        "neighbours": [
            {name: value for name in _PARTS if (value := getattr(one, name))}
            for one in seen.neighbours
        ],
    }
    written = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
    conn.execute(
        added.on_conflict_do_update(
            index_elements=[neighbours.c.device],
            set_={"at": added.excluded.at, "content": added.excluded.content},
        ),
        {"device": device, "at": at, "content": storable(written)},
    )


def load_neighbours(conn: Connection, devices: Collection[str] | None = None) -> dict[str, Walked]:
    """device -> what it last saw; of all devices when None. Who was never walked is absent."""
    if devices is None:
        return {r.device: Walked(r.at, _read(r.content)) for r in conn.execute(select(neighbours))}
    found: dict[str, Walked] = {}
    for names in in_parts(devices):
        some = neighbours.c.device.in_(names)
        for row in conn.execute(select(neighbours).where(some)):
            found[row.device] = Walked(row.at, _read(row.content))
    return found


def refreshed(conn: Connection, kept: dict[str, Walked]) -> dict[str, Walked]:
    """As `load_neighbours` for all, reading only the rows that are newer than those in `kept`.

    `kept` is brought up to date, for the next time.
    """
    times = {r.device: r.at for r in conn.execute(select(neighbours.c.device, neighbours.c.at))}
    old = dict(kept)
    newer = [device for device, at in times.items() if device not in old or old[device].at != at]
    read = load_neighbours(conn, newer) if len(newer) < len(times) else load_neighbours(conn)
    for gone in set(old) - set(times):
        kept.pop(gone, None)
    kept.update(read)
    return {**{device: one for device, one in old.items() if device in times}, **read}


def forget_neighbours(conn: Connection, devices: Collection[str]) -> None:
    """Take these devices' rows away: they have left the inventory."""
    for names in in_parts(devices):
        conn.execute(delete(neighbours).where(neighbours.c.device.in_(names)))


def _read(written: str) -> Surroundings:
    """What a row holds; of a damaged one nothing, as if the device had not been walked."""
    try:
        kept = json.loads(written)
        seen = tuple(
            Neighbour(**{**one, "capabilities": tuple(one.get("capabilities", ()))})
            for one in kept["neighbours"]
        )
        return Surroundings(kept["name"], tuple(kept["macs"]), seen)
    except (ValueError, TypeError, KeyError):
        return Surroundings()
