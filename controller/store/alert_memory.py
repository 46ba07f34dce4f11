"""What is remembered of a device between polls, so that a killed process forgets nothing."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from controller.health.standing import Key
from controller.store.canonical import canonical, storable, time_text, time_value
from controller.store.health_tables import alert_memory
from controller.store.parts import in_parts


@dataclass(frozen=True, slots=True)
class Memory:
    """Since when what is wrong (not opened yet) or well (not cleared yet).

    `changes`: when the device (under an empty key) or a port (under its ifIndex) went up or down.
    `version` of its firmware, first seen at `version_since`.
    """

    wrong: Mapping[Key, datetime] = field(default_factory=dict)
    well: Mapping[Key, datetime] = field(default_factory=dict)
    changes: Mapping[str, tuple[datetime, ...]] = field(default_factory=dict)
    version: str = ""
    version_since: datetime | None = None


def load_memory(conn: Connection, devices: Collection[str]) -> dict[str, Memory]:
    """device -> what is remembered of it; those nothing is remembered of are left out."""
    found: dict[str, Memory] = {}
    for names in in_parts(devices):
        some = alert_memory.c.device.in_(names)
        for row in conn.execute(select(alert_memory).where(some)):
            found[row.device] = _read(row.content)
    return found


def suspects(conn: Connection, rules: Collection[str]) -> frozenset[str]:
    """The devices with one of these rules wrong and its grace still running."""
    found = set()
    for row in conn.execute(select(alert_memory).where(alert_memory.c.content.contains('"wrong"'))):
        if any(rule in rules for rule, _ in _read(row.content).wrong):
            found.add(row.device)
    return frozenset(found)


def save_memory(conn: Connection, changed: Mapping[str, Memory]) -> None:
    """Keep what is remembered of these devices in place of what was; nothing leaves no row."""
    gone = [device for device, memory in changed.items() if memory == Memory()]
    if gone:
        conn.execute(delete(alert_memory).where(alert_memory.c.device.in_(gone)))
    rows = [
        {"device": device, "content": _write(memory)}
        for device, memory in changed.items()
        if memory != Memory()
    ]
    if not rows:
        return
    dialect = sqlite if conn.dialect.name == "sqlite" else postgresql
    added = dialect.insert(alert_memory)
    conn.execute(
        added.on_conflict_do_update(
            index_elements=[alert_memory.c.device], set_={"content": added.excluded.content}
        ),
        rows,
    )


def _write(memory: Memory) -> str:
    kept: dict[str, object] = {}
    for name, times in (("wrong", memory.wrong), ("well", memory.well)):
        if times:
            kept[name] = [[rule, part, time_text(at)] for (rule, part), at in times.items()]
    if memory.changes:
        kept["changes"] = {p: [time_text(at) for at in ats] for p, ats in memory.changes.items()}
    if memory.version_since is not None:
        kept["version"] = [memory.version, time_text(memory.version_since)]
    return storable(canonical(kept))


def _read(content: str) -> Memory:
    kept = json.loads(content)
    version, since = kept.get("version", ("", None))
    return Memory(
        {(rule, part): time_value(at) for rule, part, at in kept.get("wrong", ())},
        {(rule, part): time_value(at) for rule, part, at in kept.get("well", ())},
        {p: tuple(time_value(at) for at in ats) for p, ats in kept.get("changes", {}).items()},
        version,
        None if since is None else time_value(since),
    )
