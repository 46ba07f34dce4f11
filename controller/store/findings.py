"""What the rules found: what stands now on each device, and each time it became different."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from controller.compliance.finding import Detail, Finding, Verdict
from controller.errors import Text
from controller.store.canonical import storable
from controller.store.compliance_tables import audited_devices, finding_changes, findings
from controller.store.dialect import insert_over
from controller.store.parts import in_parts


@dataclass(frozen=True, slots=True)
class Standing:
    """A finding as it stands, with this verdict `since` then."""

    finding: Finding
    since: datetime

    @property
    def device(self) -> str:
        """The device."""
        return self.finding.device

    @property
    def rule(self) -> str:
        """The id of the rule."""
        return self.finding.rule

    @property
    def verdict(self) -> Verdict:
        """The verdict."""
        return self.finding.verdict


@dataclass(frozen=True, slots=True)
class Change:
    """The verdict of a rule on a device became this one."""

    at: datetime
    device: str
    rule: str
    verdict: Verdict
    audit: int


def standing(
    conn: Connection,
    *,
    devices: Collection[str] | None = None,
    rules: Collection[str] | None = None,
    verdicts: Collection[Verdict] | None = None,
) -> list[Standing]:
    """The findings that stand, by device and rule; None leaves all in."""
    asked = select(findings).order_by(findings.c.device, findings.c.rule)
    if rules is not None:
        asked = asked.where(findings.c.rule.in_(sorted(rules)))
    if verdicts is not None:
        asked = asked.where(findings.c.verdict.in_(sorted(verdicts)))
    if devices is None:
        return [_read(row) for row in conn.execute(asked)]
    found: list[Standing] = []
    for names in in_parts(devices):
        found += [_read(row) for row in conn.execute(asked.where(findings.c.device.in_(names)))]
    return found


def verdicts_now(conn: Connection) -> list[tuple[str, str, Verdict]]:
    """(device, rule, verdict) of every finding that stands, without its details."""
    asked = select(findings.c.device, findings.c.rule, findings.c.verdict)
    return [(row[0], row[1], row[2]) for row in conn.execute(asked)]


def verdicts_by_device(conn: Connection, rules: Collection[str]) -> list[tuple[str, Verdict, int]]:
    """(device, verdict, how many) of what stands of these rules."""
    kept = findings.c
    asked = (
        select(kept.device, kept.verdict, func.count())
        .where(kept.rule.in_(sorted(rules)))
        .group_by(kept.device, kept.verdict)
    )
    return [(row[0], row[1], row[2]) for row in conn.execute(asked)]


def verdicts_by_rule(conn: Connection) -> list[tuple[str, Verdict, int]]:
    """(rule, verdict, how many) of everything that stands."""
    kept = findings.c
    asked = select(kept.rule, kept.verdict, func.count()).group_by(kept.rule, kept.verdict)
    return [(row[0], row[1], row[2]) for row in conn.execute(asked)]


def changes(
    conn: Connection,
    *,
    device: str = "",
    rule: str = "",
    since: datetime | None = None,
    most: int = 100,
) -> list[Change]:
    """When verdicts became others, newest first; empty words leave all in."""
    kept = finding_changes.c
    asked = select(kept.at, kept.device, kept.rule, kept.verdict, kept.audit)
    if device:
        asked = asked.where(kept.device == device)
    if rule:
        asked = asked.where(kept.rule == rule)
    if since is not None:
        asked = asked.where(kept.at >= since)
    asked = asked.order_by(kept.at.desc(), kept.id.desc()).limit(most)
    return [Change(*row) for row in conn.execute(asked)]


def judged_keys(conn: Connection) -> dict[str, tuple[str, datetime]]:
    """device -> the digest of what was known when it was last judged whole, and when that was."""
    asked = select(audited_devices.c.device, audited_devices.c.key, audited_devices.c.at)
    return {row.device: (row.key, row.at) for row in conn.execute(asked)}


def judged_at(conn: Connection, devices: Collection[str]) -> dict[str, datetime]:
    """device -> when it was last judged whole; those that never were are left out."""
    asked = select(audited_devices.c.device, audited_devices.c.at)
    found: dict[str, datetime] = {}
    for names in in_parts(devices):
        rows = conn.execute(asked.where(audited_devices.c.device.in_(names)))
        found |= {row.device: row.at for row in rows}
    return found


def save_findings(
    conn: Connection,
    audit: int,
    at: datetime,
    judged: Mapping[str, Sequence[Finding]],
    *,
    whole: bool,
) -> list[Finding]:
    """Let these findings stand; gives those whose verdict is another one than before.

    `whole`: the devices were judged by every rule there is, so what stands of others goes.
    """
    before = _before(conn, judged)
    new: list[dict[str, Any]] = []
    other: list[dict[str, Any]] = []
    changed: list[Finding] = []
    for device, found in judged.items():
        stood = before.get(device, {})
        for finding in found:
            details = _written(finding)
            old = stood.pop(finding.rule, None)
            row = {
                "device": device,
                "rule": finding.rule,
                "verdict": finding.verdict,
                "since": at,
                "details": details,
            }
            if old is None:
                new.append(row)
                changed.append(finding)
            elif old[0] != finding.verdict:
                other.append(row)
                changed.append(finding)
            elif old[1] != details:
                other.append({**row, "since": old[2]})
    if new:
        conn.execute(insert(findings), new)
    if other:
        conn.execute(_REPLACE, [{f"new_{k}": v for k, v in row.items()} for row in other])
    if changed:
        conn.execute(
            insert(finding_changes),
            [
                {"audit": audit, "at": at, "device": f.device, "rule": f.rule, "verdict": f.verdict}
                for f in changed
            ],
        )
    if whole:
        _forget(conn, before)
    return changed


def mark_judged(conn: Connection, audit: int, at: datetime, keys: Mapping[str, str]) -> None:
    """Remember that these devices were judged whole, and what was known of them (`key`)."""
    rows = [{"device": d, "at": at, "audit": audit, "key": key} for d, key in keys.items()]
    if rows:
        conn.execute(_MARK(conn), rows)


def forget_devices(conn: Connection, kept: Collection[str]) -> None:
    """Take what stands of devices away that are none of these: they have left the inventory."""
    known = set(conn.execute(select(findings.c.device).distinct()).scalars())
    known |= set(conn.execute(select(audited_devices.c.device)).scalars())
    for names in in_parts(known - set(kept)):
        conn.execute(delete(findings).where(findings.c.device.in_(names)))
        conn.execute(delete(audited_devices).where(audited_devices.c.device.in_(names)))


_MARK = insert_over(audited_devices)
_REPLACE = (
    update(findings)
    .where(findings.c.device == bindparam("new_device"), findings.c.rule == bindparam("new_rule"))
    .values(
        verdict=bindparam("new_verdict"),
        since=bindparam("new_since"),
        details=bindparam("new_details"),
    )
)


def _before(
    conn: Connection, devices: Collection[str]
) -> dict[str, dict[str, tuple[str, str, datetime]]]:
    asked = select(
        findings.c.device, findings.c.rule, findings.c.verdict, findings.c.details, findings.c.since
    )
    found: dict[str, dict[str, tuple[str, str, datetime]]] = {}
    for names in in_parts(devices):
        for row in conn.execute(asked.where(findings.c.device.in_(names))):
            found.setdefault(row[0], {})[row[1]] = (row[2], row[3], row[4])
    return found


def _forget(conn: Connection, left: Mapping[str, Mapping[str, object]]) -> None:
    """Take the findings of rules away that are rules no more."""
    for device, rules in left.items():
        if rules:
            named = findings.c.rule.in_(sorted(rules))
            conn.execute(delete(findings).where(findings.c.device == device, named))


def _written(finding: Finding) -> str:
    """JSON of what is beside the verdict; empty where there is nothing."""
    content: dict[str, Any] = {}
    if finding.details:
        content["details"] = [_detail(d) for d in finding.details]
    if finding.due:
        content["due"] = finding.due.isoformat()
    if finding.waiver:
        content["waiver"] = finding.waiver
    if finding.expired:
        content["expired"] = finding.expired
    if not content:
        return ""
    return storable(json.dumps(content, ensure_ascii=False, separators=(",", ":")))


def _detail(detail: Detail) -> list[Any]:
    words = [detail.words.th, detail.words.en] if detail.words else None
    return [detail.kind, list(detail.path), detail.line, detail.number, words]


def _read(row: Any) -> Standing:
    content = json.loads(row.details) if row.details else {}
    due = content.get("due")
    finding = Finding(
        rule=row.rule,
        device=row.device,
        verdict=row.verdict,
        details=tuple(_details(content.get("details", ()))),
        due=date.fromisoformat(due) if due else None,
        waiver=content.get("waiver", ""),
        expired=content.get("expired", ""),
    )
    return Standing(finding, row.since)


def _details(rows: Iterable[Sequence[Any]]) -> Iterable[Detail]:
    for kind, path, line, number, words in rows:
        yield Detail(
            kind, tuple(path), line, number, Text(th=words[0], en=words[1]) if words else None
        )
