"""The audits there were, and how many findings had which verdict at the end of each day."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import Connection, insert, select

from controller.compliance.scores import Tally
from controller.store.canonical import canonical
from controller.store.compliance_tables import audit_tallies, audits
from controller.store.dialect import insert_over

Why = Literal["asked", "schedule", "rollout", "change"]
Scope = Literal["office", "district", "site", "rule"]
OFFICE = ""
"""The name of the one tally of scope `office`."""


@dataclass(frozen=True, slots=True)
class AuditRecord:
    """One audit: of so many `devices`, `judged` of them anew, the others as they were.

    `rulebook` is the digest of the rules, `tally` what stood on those devices afterwards.
    """

    id: int
    at: datetime
    by: str
    why: Why
    selector: str
    devices: int
    judged: int
    changed: int
    rulebook: str
    tally: Tally


def start_audit(
    conn: Connection, *, at: datetime, by: str, why: Why, selector: str, devices: int, rulebook: str
) -> int:
    """Keep that an audit was made; gives its number."""
    row = {
        "at": at,
        "by": by,
        "why": why,
        "selector": selector,
        "devices": devices,
        "rulebook": rulebook,
        "content": "{}",
    }
    done = conn.execute(insert(audits).returning(audits.c.id), [row])
    return int(done.scalar_one())


def end_audit(conn: Connection, audit: int, *, judged: int, changed: int, tally: Tally) -> None:
    """Keep what came of it."""
    content = canonical({"judged": judged, "changed": changed, "tally": asdict(tally)})
    conn.execute(audits.update().where(audits.c.id == audit).values(content=content))


def list_audits(
    conn: Connection, most: int = 50, *, before: int | None = None
) -> list[AuditRecord]:
    """The audits, newest first; `before` the number of the last one seen."""
    asked = select(audits).order_by(audits.c.id.desc()).limit(most)
    if before is not None:
        asked = asked.where(audits.c.id < before)
    return [_read(row) for row in conn.execute(asked)]


def save_tallies(conn: Connection, day: date, tallies: Mapping[tuple[Scope, str], Tally]) -> None:
    """Keep how things stand at the end of a day, over what was kept of that day before."""
    rows = [
        {"day": day.isoformat(), "scope": scope, "name": name, **asdict(tally)}
        for (scope, name), tally in tallies.items()
    ]
    if rows:
        conn.execute(_OVER(conn), rows)


def trend(
    conn: Connection, scope: Scope, name: str, since: date, until: date | None = None
) -> tuple[tuple[date, Tally], ...]:
    """The tallies of one scope and name, by day; days without an audit are absent."""
    kept = audit_tallies.c
    asked = (
        select(audit_tallies)
        .where(kept.scope == scope, kept.name == name, kept.day >= since.isoformat())
        .order_by(kept.day)
    )
    if until is not None:
        asked = asked.where(kept.day <= until.isoformat())
    return tuple((date.fromisoformat(r.day), _tally(r._mapping)) for r in conn.execute(asked))


def tallies_on(
    conn: Connection, scope: Scope, since: date
) -> dict[str, tuple[tuple[date, Tally], ...]]:
    """name -> the tallies by day, for every name of a scope."""
    kept = audit_tallies.c
    asked = (
        select(audit_tallies)
        .where(kept.scope == scope, kept.day >= since.isoformat())
        .order_by(kept.name, kept.day)
    )
    found: dict[str, list[tuple[date, Tally]]] = {}
    for row in conn.execute(asked):
        found.setdefault(row.name, []).append((date.fromisoformat(row.day), _tally(row._mapping)))
    return {name: tuple(rows) for name, rows in found.items()}


_OVER = insert_over(audit_tallies)


def _tally(row: Mapping[Any, Any]) -> Tally:
    return Tally(
        **{
            name: row[name]
            for name in ("passed", "failed", "waived", "unknown", "not_applicable", "score")
        }
    )


def _read(row: Any) -> AuditRecord:
    content = json.loads(row.content)
    return AuditRecord(
        id=row.id,
        at=row.at,
        by=row.by,
        why=row.why,
        selector=row.selector,
        devices=row.devices,
        judged=content.get("judged", 0),
        changed=content.get("changed", 0),
        rulebook=row.rulebook,
        tally=Tally(**content.get("tally", {})),
    )
