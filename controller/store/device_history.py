"""What happened to one device: the cases and runs that touched it, and what it last said of itself.

Every question is answered from indexes on the device's name, however many plans there are.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, or_, select, union
from sqlalchemy.dialects import postgresql, sqlite

from controller.store.canonical import canonical, storable, time_text, time_value
from controller.store.parts import in_parts
from controller.store.tables import (
    cases,
    device_facts,
    plan_devices,
    reservations,
    run_devices,
    runs,
)

_WANTED: BindParameter[str] = bindparam("wanted")
_MOST: BindParameter[int] = bindparam("most")
_TOUCHING = union(
    select(reservations.c.case_number).where(reservations.c.device == _WANTED),
    select(cases.c.number)
    .join(plan_devices, plan_devices.c.plan == cases.c.plan)
    .where(plan_devices.c.device == _WANTED),
    select(runs.c.case_number)
    .join(run_devices, run_devices.c.run == runs.c.id)
    .where(run_devices.c.device == _WANTED),
).subquery()
_CASES = (
    select(cases.c.number, cases.c.process, cases.c.state, cases.c.opened, cases.c.content)
    .join(_TOUCHING, _TOUCHING.c.case_number == cases.c.number)
    .order_by(cases.c.opened.desc(), cases.c.number.desc())
    .limit(_MOST)
)
_RUNS = (
    select(
        runs.c.id,
        runs.c.kind,
        runs.c.case_number,
        runs.c.started,
        run_devices.c.state,
        run_devices.c.reason,
    )
    .join(runs, runs.c.id == run_devices.c.run)
    .where(run_devices.c.device == _WANTED)
    .order_by(runs.c.started.desc(), runs.c.id.desc())
    .limit(_MOST)
)
_LOOK = select(device_facts).where(device_facts.c.device == _WANTED)


@dataclass(frozen=True)
class TouchingCase:
    """A case whose plan changes the device, that reserved it or carried something out on it."""

    number: str
    process: str
    title: str
    state: str
    opened: datetime


@dataclass(frozen=True)
class TouchingRun:
    """A run the device was in; `state` and `reason` are the device's own in it."""

    run: str
    kind: str
    case: str
    started: datetime
    state: str
    reason: str


@dataclass(frozen=True)
class Look:
    """What a device said of itself at a moment: NAPALM's facts, and interfaces by name.

    `ntp` are the time servers it asks, `users` its accounts with their level; None when it did not
    say. `interfaces_at` is when it named its interfaces, where that was not at `at` too.
    """

    device: str
    at: datetime
    facts: dict[str, Any]
    interfaces: dict[str, dict[str, Any]]
    ntp: list[dict[str, Any]] | None = None
    users: dict[str, int] | None = None
    interfaces_at: datetime | None = None


def touching_cases(conn: Connection, device: str, most: int = 50) -> tuple[TouchingCase, ...]:
    """The newest cases that touched the device, newest first."""
    found = conn.execute(_CASES, {"wanted": device, "most": most})
    return tuple(
        TouchingCase(r.number, r.process, json.loads(r.content)["title"], r.state, r.opened)
        for r in found
    )


def touching_runs(conn: Connection, device: str, most: int = 50) -> tuple[TouchingRun, ...]:
    """The newest runs the device was in, newest first."""
    found = conn.execute(_RUNS, {"wanted": device, "most": most})
    return tuple(
        TouchingRun(r.id, r.kind, r.case_number, r.started, r.state, r.reason) for r in found
    )


def touched_between(conn: Connection, device: str, since: datetime, until: datetime) -> bool:
    """Whether a run changed the device, or may have, at some time in between."""
    query = (
        select(runs.c.id)
        .join(run_devices, run_devices.c.run == runs.c.id)
        .where(
            run_devices.c.device == device,
            run_devices.c.state.not_in(("waiting", "refused", "drifted")),
            runs.c.started <= until,
            or_(runs.c.ended.is_(None), runs.c.ended >= since),
        )
        .limit(1)
    )
    return conn.execute(query).first() is not None


def save_look(conn: Connection, look: Look) -> None:
    """Keep what the device said, in place of what it said before."""
    dialect = sqlite if conn.dialect.name == "sqlite" else postgresql
    before = look.interfaces_at
    content = canonical(
        {
            "facts": look.facts,
            "interfaces": look.interfaces,
            "ntp": look.ntp,
            "users": look.users,
            "interfaces_at": None if before is None else time_text(before),
        }
    )
    values = {"device": look.device, "at": look.at, "content": storable(content)}
    added = dialect.insert(device_facts)
    conn.execute(
        added.on_conflict_do_update(
            index_elements=[device_facts.c.device],
            set_={"at": added.excluded.at, "content": added.excluded.content},
        ),
        values,
    )


def last_look(conn: Connection, device: str) -> Look | None:
    """What the device last said of itself; None when it was never looked at."""
    row = conn.execute(_LOOK, {"wanted": device}).first()
    if row is None:
        return None
    return _read_look(row)


def last_looks(conn: Connection, devices: Collection[str]) -> dict[str, Look]:
    """Device -> what it last said of itself; who was never looked at is absent."""
    found: dict[str, Look] = {}
    for names in in_parts(devices):
        for row in conn.execute(select(device_facts).where(device_facts.c.device.in_(names))):
            found[row.device] = _read_look(row)
    return found


def _read_look(row: Any) -> Look:
    """What was kept; of an older or damaged row what can be read."""
    try:
        content = json.loads(row.content)
    except ValueError:
        content = {}
    kept = content if isinstance(content, dict) else {}
    ports = _mapping(kept.get("interfaces"))
    ntp, users = kept.get("ntp"), kept.get("users")
    before = kept.get("interfaces_at")
    return Look(
        device=row.device,
        at=row.at,
        facts=_mapping(kept.get("facts")),
        interfaces={name: _mapping(told) for name, told in ports.items()},
        ntp=[_mapping(peer) for peer in ntp] if isinstance(ntp, list) else None,
        users=users if isinstance(users, dict) else None,
        interfaces_at=time_value(before) if isinstance(before, str) else None,
    )


def _mapping(kept: object) -> dict[str, Any]:
    return kept if isinstance(kept, dict) else {}
