"""Stored plans: the canonical bytes, and beside them where they came from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, exists, insert, select

from controller.errors import InputError, NotFound, Text
from controller.plans.plan import Plan
from controller.plans.provenance import Provenance
from controller.store.canonical import canonical
from controller.store.dialect import insert_new
from controller.store.paging import Key, paged
from controller.store.tables import cases, plan_devices, plans

_SHORTEST = 4
_SUMMARY = (
    plans.c.id,
    plans.c.office,
    plans.c.selector,
    plans.c.devices,
    plans.c.made_by,
    plans.c.at,
    plans.c.commit_id,
    plans.c.edited,
)
_FIND = select(plans).where(plans.c.id >= bindparam("low"), plans.c.id < bindparam("high")).limit(2)
_LIST = select(*_SUMMARY)
_MAKERS = select(plans.c.id, plans.c.made_by).where(
    plans.c.id.in_(bindparam("wanted", expanding=True))
)
_CASES = select(cases.c.number).where(cases.c.plan == bindparam("wanted")).order_by(cases.c.opened)
_UNPROPOSED = (
    select(*_SUMMARY)
    .where(
        plans.c.made_by == bindparam("maker"),
        plans.c.devices > 0,
        ~exists().where(cases.c.plan == plans.c.id),
    )
    .order_by(plans.c.at.desc(), plans.c.id)
    .limit(bindparam("most"))
)
_ADD = insert_new(plans)
_ADD_DEVICES = insert(plan_devices)
# Below the number of parameters the databases take in one statement.
_AT_ONCE = 500


@dataclass(frozen=True)
class PlanSummary:
    """What a list of plans shows. `devices` counts those the plan changes."""

    id: str
    office: str
    selector: str
    devices: int
    by: str
    at: datetime
    commit: str | None
    edited: tuple[str, ...]


@dataclass(frozen=True)
class StoredPlan(PlanSummary):
    """A plan as stored. `plan_bytes` is what counts: recompute the id from it, trust no key."""

    plan_bytes: bytes


def save_plan(
    conn: Connection, plan: Plan, *, provenance: Provenance, by: str, at: datetime
) -> bool:
    """Store a plan; False when it was there already, which then keeps its first provenance."""
    row = {
        "id": plan.id,
        "content": plan.canonical(),
        "office": plan.office,
        "selector": plan.selector,
        "devices": len(plan.devices),
        "made_by": by,
        "at": at,
        "commit_id": provenance.commit,
        "edited": canonical(list(provenance.edited)),
    }
    if conn.execute(_ADD(conn), row).rowcount != 1:
        return False
    names = [{"plan": plan.id, "device": device.device} for device in plan.devices]
    if names:
        conn.execute(_ADD_DEVICES, names)
    return True


def load_plan(conn: Connection, id_or_prefix: str) -> StoredPlan:
    """The plan with this id, or the only one whose id begins so (4 digits or more).

    Errors: `NotFound` for none, `InputError` for several or for what is no id.
    """
    prefix = id_or_prefix.strip().lower()
    if not re.fullmatch(rf"[0-9a-f]{{{_SHORTEST},64}}", prefix):
        raise InputError(
            Text(
                th=f"{id_or_prefix!r} ไม่ใช่รหัสแผน",
                en=f"{id_or_prefix!r} is no plan id",
            ),
            hint=Text(
                th=f"ใช้เลขฐานสิบหกตั้งแต่ {_SHORTEST} หลักขึ้นไป ดูได้จาก khaen plan list",
                en=f"give {_SHORTEST} or more hexadecimal digits, as khaen plan list shows them",
            ),
        )
    found = conn.execute(_FIND, {"low": prefix, "high": prefix + "g"}).all()
    if not found:
        raise NotFound(Text(th=f"ไม่พบแผน {prefix}", en=f"there is no plan {prefix}"))
    if len(found) > 1:
        raise InputError(
            Text(
                th=f"มีมากกว่าหนึ่งแผนที่ขึ้นต้นด้วย {prefix}",
                en=f"more than one plan begins with {prefix}",
            ),
            hint=Text(th="ระบุจำนวนหลักให้มากขึ้น", en="give more digits"),
        )
    return StoredPlan(**_summary(found[0]), plan_bytes=bytes(found[0].content))


def list_plans(
    conn: Connection, most: int = 100, *, after: Key | None = None
) -> tuple[PlanSummary, ...]:
    """The newest plans, newest first, that come `after` the time and id of the last seen."""
    found = paged(_LIST, (plans.c.at, plans.c.id), after=after, most=most)
    return tuple(PlanSummary(**_summary(row)) for row in conn.execute(found))


def makers(conn: Connection, ids: Iterable[str]) -> dict[str, str]:
    """plan id -> who made it, for those of the ids that are stored."""
    wanted = sorted(set(ids))
    found: dict[str, str] = {}
    for at in range(0, len(wanted), _AT_ONCE):
        rows = conn.execute(_MAKERS, {"wanted": wanted[at : at + _AT_ONCE]})
        found |= {row.id: row.made_by for row in rows}
    return found


def cases_with(conn: Connection, plan: str) -> tuple[str, ...]:
    """The numbers of the cases that hold the plan now, oldest first."""
    return tuple(conn.execute(_CASES, {"wanted": plan}).scalars())


def unproposed(conn: Connection, by: str, most: int = 20) -> tuple[PlanSummary, ...]:
    """The newest plans somebody made that no case holds, and that would change something."""
    found = conn.execute(_UNPROPOSED, {"maker": by, "most": most})
    return tuple(PlanSummary(**_summary(row)) for row in found)


def _summary(row: Row[*tuple[Any, ...]]) -> dict[str, Any]:
    return {
        "id": row.id,
        "office": row.office,
        "selector": row.selector,
        "devices": row.devices,
        "by": row.made_by,
        "at": row.at,
        "commit": row.commit_id,
        "edited": tuple(json.loads(row.edited)),
    }
