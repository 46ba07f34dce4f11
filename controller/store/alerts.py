"""Alerts: what is wrong with which device, since when, and what people did about it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    bindparam,
    case,
    func,
    insert,
    or_,
    select,
    update,
)

from controller.errors import NotFound, Text
from controller.inventory.watching import Severity
from controller.store.canonical import canonical, storable, time_text
from controller.store.dialect import insert_new
from controller.store.health_tables import alert_notes, alerts
from controller.store.paging import Key, paged
from controller.store.parts import in_parts

_NEVER = datetime.min.replace(tzinfo=UTC)
_ADD = insert_new(alerts)
_OPEN = select(alerts).where(alerts.c.cleared.is_(None)).order_by(alerts.c.id)
_ONE = select(alerts).where(alerts.c.id == bindparam("wanted"))
_NOTES = select(alert_notes).where(alert_notes.c.alert == bindparam("wanted"))
_RANK = case({"critical": 0, "warning": 1, "notice": 2}, value=alerts.c.severity, else_=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One alert. Open while `cleared` is None; `port` is empty for the device as a whole.

    `name` is what people call the port or sensor, `words` what is wrong with the figures as it
    opened. `changed` moves with every change: it is the version.
    """

    rule: str
    device: str
    port: str
    site: str
    severity: Severity
    opened: datetime
    words: Text
    name: str = ""
    value: float = 0.0
    limit: float = 0.0
    changed: datetime = _NEVER
    cleared: datetime | None = None
    acknowledged: datetime | None = None
    acknowledged_by: str | None = None
    shadow_of: int | None = None
    case: str | None = None
    muted: bool = False
    noticed: datetime | None = None
    noticed_end: datetime | None = None
    id: int = 0

    @property
    def version(self) -> str:
        """Changes whenever anything about the alert does."""
        return time_text(self.changed)


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody did or wrote about an alert: acknowledged, comment, closed, case, window."""

    at: datetime
    actor: str
    kind: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which alerts. `shadows`: also those that are only the shadow of another one.

    `sites` None means all. `since`, `until`: those that were open at some time in between.
    """

    open: bool = True
    severity: str = ""
    rule: str = ""
    device: str = ""
    sites: frozenset[str] | None = None
    acknowledged: bool | None = None
    shadows: bool = False
    since: datetime | None = None
    until: datetime | None = None


def add_alerts(conn: Connection, found: Iterable[Alert]) -> int:
    """Open alerts, but for those that are open already; how many are new."""
    return sum(conn.execute(_ADD(conn), _row(alert)).rowcount for alert in found)


def open_alerts(conn: Connection, devices: Collection[str] | None = None) -> tuple[Alert, ...]:
    """The open alerts, of these devices or of all, oldest first."""
    if devices is None:
        return tuple(_alert(row) for row in conn.execute(_OPEN))
    found: list[Alert] = []
    for names in in_parts(devices):
        some = _OPEN.where(alerts.c.device.in_(names))
        found += [_alert(row) for row in conn.execute(some)]
    return tuple(found)


def clear_alerts(conn: Connection, wanted: Collection[int], at: datetime) -> None:
    """End alerts; those that have ended keep their end."""
    _change(conn, wanted, alerts.c.cleared.is_(None), cleared=at, changed=at)


def set_muted(conn: Connection, wanted: Collection[int], muted: bool, at: datetime) -> None:
    """Whether maintenance is why nobody is told of these."""
    _change(conn, wanted, alerts.c.muted.is_(not muted), muted=muted, changed=at)


def set_shadows(conn: Connection, shadows: Mapping[int, int | None], at: datetime) -> None:
    """Alert -> the alert it is the shadow of now, or None for one of its own."""
    by_cause: dict[int | None, list[int]] = {}
    for alert, cause in shadows.items():
        by_cause.setdefault(cause, []).append(alert)
    for cause, some in by_cause.items():
        _change(conn, some, None, shadow_of=cause, changed=at)


def claim_notices(
    conn: Connection, wanted: Collection[int], *, end: bool, at: datetime
) -> set[int]:
    """Mark that people are told of these now; those this transaction was the first to mark."""
    column = alerts.c.noticed_end if end else alerts.c.noticed
    ids: set[int] = set()
    for some in in_parts(wanted):
        marked = (
            update(alerts)
            .where(alerts.c.id.in_(some), column.is_(None))
            .values({column: at})
            .returning(alerts.c.id)
        )
        ids |= set(conn.execute(marked).scalars())
    return ids


def recently_cleared(conn: Connection, since: datetime) -> tuple[Alert, ...]:
    """Alerts that ended after a moment, oldest first."""
    query = select(alerts).where(alerts.c.cleared > since).order_by(alerts.c.id)
    return tuple(_alert(row) for row in conn.execute(query))


def ends(conn: Connection, wanted: Collection[int]) -> dict[int, datetime | None]:
    """Alert -> when it ended; None while it is open."""
    found: dict[int, datetime | None] = {}
    for some in in_parts(wanted):
        query = select(alerts.c.id, alerts.c.cleared).where(alerts.c.id.in_(some))
        found |= {row.id: row.cleared for row in conn.execute(query)}
    return found


def load_alert(conn: Connection, number: int) -> Alert:
    """The alert with this number. Errors: `NotFound`."""
    row = conn.execute(_ONE, {"wanted": number}).first()
    if row is None:
        raise no_alert(number)
    return _alert(row)


def no_alert(number: int) -> NotFound:
    """What is said whether there is none or it is another school's."""
    return NotFound(
        Text(th=f"ไม่พบการแจ้งเตือน {number}", en=f"there is no alert {number}"),
        hint=Text(th="ดูทั้งหมด: khaen alerts list --all", en="see all: khaen alerts list --all"),
    )


def notes(conn: Connection, alert: int) -> tuple[Note, ...]:
    """What people did about an alert, oldest first."""
    found = conn.execute(_NOTES.order_by(alert_notes.c.id), {"wanted": alert})
    return tuple(Note(row.at, row.actor, row.kind, row.words) for row in found)


def add_note(conn: Connection, alert: int, note: Note) -> None:
    """Keep what somebody did, and give the alert a new version."""
    values = {"alert": alert, "at": note.at, "actor": note.actor, "kind": note.kind}
    conn.execute(insert(alert_notes), values | {"words": storable(note.words)})
    _change(conn, (alert,), None, changed=note.at)


def acknowledge(conn: Connection, alert: int, by: str, at: datetime) -> bool:
    """Mark that somebody looks after it; False when somebody does already."""
    taken = (
        update(alerts)
        .where(alerts.c.id == alert, alerts.c.acknowledged.is_(None))
        .values(acknowledged=at, acknowledged_by=by, changed=at)
    )
    return conn.execute(taken).rowcount == 1


def give_case(conn: Connection, alert: int, number: str, at: datetime) -> bool:
    """Keep the number of the case that mends it; False when it has one."""
    given = (
        update(alerts)
        .where(alerts.c.id == alert, alerts.c.case_number.is_(None))
        .values(case_number=number, changed=at)
    )
    return conn.execute(given).rowcount == 1


def find_alerts(
    conn: Connection, wanted: Wanted, *, after: Key | None = None, most: int
) -> tuple[Alert, ...]:
    """At most `most` of the alerts wanted, newest first; `after` is opening and id of the last."""
    query = select(alerts).where(*_conditions(wanted))
    found = paged(query, (alerts.c.opened, alerts.c.id), after=after, most=most)
    return tuple(_alert(row) for row in conn.execute(found))


def page_alerts(
    conn: Connection, wanted: Wanted, *, skip: int, most: int
) -> tuple[tuple[Alert, ...], int]:
    """One page of the alerts wanted, worst first and then newest, and how many there are."""
    where = _conditions(wanted)
    count = conn.execute(select(func.count()).select_from(alerts).where(*where)).scalar_one()
    query = (
        select(alerts)
        .where(*where)
        .order_by(alerts.c.cleared.is_not(None), _RANK, alerts.c.opened.desc(), alerts.c.id.desc())
        .offset(skip)
        .limit(most)
    )
    return tuple(_alert(row) for row in conn.execute(query)), count


def count_open(conn: Connection, sites: Collection[str] | None = None) -> dict[str, int]:
    """Severity -> open alerts that are no shadow, of these sites or of all."""
    wanted = Wanted(sites=None if sites is None else frozenset(sites))
    query = (
        select(alerts.c.severity, func.count())
        .where(*_conditions(wanted))
        .group_by(alerts.c.severity)
    )
    return {row[0]: row[1] for row in conn.execute(query)}


def shadows_of(conn: Connection, alert: int) -> tuple[Alert, ...]:
    """The alerts that are the shadow of this one, by device."""
    query = select(alerts).where(alerts.c.shadow_of == alert)
    ordered = query.order_by(alerts.c.device, alerts.c.id)
    return tuple(_alert(row) for row in conn.execute(ordered))


def count_shadows(conn: Connection, wanted: Collection[int]) -> dict[int, int]:
    """Alert -> how many open alerts are its shadow; those without are left out."""
    found: dict[int, int] = {}
    for some in in_parts(wanted):
        query = (
            select(alerts.c.shadow_of, func.count())
            .where(alerts.c.shadow_of.in_(some), alerts.c.cleared.is_(None))
            .group_by(alerts.c.shadow_of)
        )
        found |= {row[0]: row[1] for row in conn.execute(query)}
    return found


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.open:
        found.append(alerts.c.cleared.is_(None))
    if not wanted.shadows:
        found.append(alerts.c.shadow_of.is_(None))
    for column, value in (
        (alerts.c.severity, wanted.severity),
        (alerts.c.rule, wanted.rule),
        (alerts.c.device, wanted.device),
    ):
        if value:
            found.append(column == value)
    if wanted.sites is not None:
        found.append(alerts.c.site.in_(sorted(wanted.sites)))
    if wanted.acknowledged is not None:
        known = alerts.c.acknowledged.is_not(None)
        found.append(known if wanted.acknowledged else alerts.c.acknowledged.is_(None))
    if wanted.since is not None:
        found.append(or_(alerts.c.cleared.is_(None), alerts.c.cleared > wanted.since))
    if wanted.until is not None:
        found.append(alerts.c.opened < wanted.until)
    return found


def _change(
    conn: Connection, wanted: Collection[int], only: ColumnElement[bool] | None, **values: Any
) -> None:
    for some in in_parts(wanted):
        change = update(alerts).where(alerts.c.id.in_(some)).values(**values)
        conn.execute(change if only is None else change.where(only))


def _row(alert: Alert) -> dict[str, Any]:
    content = {
        "th": alert.words.th,
        "en": alert.words.en,
        "name": alert.name,
        "value": alert.value,
        "limit": alert.limit,
    }
    return {
        "rule": alert.rule,
        "device": alert.device,
        "port": alert.port,
        "site": alert.site,
        "severity": alert.severity,
        "opened": alert.opened,
        "changed": alert.opened,
        "muted": alert.muted,
        "content": storable(canonical(content)),
    }


def _alert(row: Row[Any]) -> Alert:
    content = json.loads(row.content)
    return Alert(
        id=row.id,
        rule=row.rule,
        device=row.device,
        port=row.port,
        site=row.site,
        severity=row.severity,
        opened=row.opened,
        changed=row.changed,
        cleared=row.cleared,
        acknowledged=row.acknowledged,
        acknowledged_by=row.acknowledged_by,
        shadow_of=row.shadow_of,
        case=row.case_number,
        muted=row.muted,
        noticed=row.noticed,
        noticed_end=row.noticed_end,
        words=Text(th=content["th"], en=content["en"]),
        name=content["name"],
        value=content["value"],
        limit=content["limit"],
    )
