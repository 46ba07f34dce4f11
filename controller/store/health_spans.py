"""When each device was up, down or unknown: what availability is counted from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from controller.health.observed import Reached
from controller.store.canonical import storable
from controller.store.health_tables import health_spans
from controller.store.parts import in_parts

_ADD = insert(health_spans).returning(health_spans.c.id)
_MEND = (
    update(health_spans)
    .where(health_spans.c.id == bindparam("wanted"))
    .values(status=bindparam("is_now"), until=bindparam("so_far"), why=bindparam("because"))
)
_REACH = (
    update(health_spans)
    .where(health_spans.c.id == bindparam("wanted"))
    .values(until=bindparam("so_far"))
)


@dataclass(frozen=True, slots=True)
class Span:
    """A device was `status` from `since` until `until`; spans of one device do not overlap.

    Where there is no span nothing is known. `id` is None for one not kept yet.
    """

    device: str
    status: Reached
    since: datetime
    until: datetime
    why: str = ""
    id: int | None = None


def spans(
    conn: Connection,
    since: datetime,
    until: datetime,
    devices: Collection[str] | None = None,
) -> list[Span]:
    """The spans that reach into the period, whole (not cut to it), by device and time."""
    asked = (
        select(health_spans)
        .where(health_spans.c.until > since, health_spans.c.since < until)
        .order_by(health_spans.c.device, health_spans.c.since, health_spans.c.id)
    )
    if devices is None:
        return [_read(row) for row in conn.execute(asked)]
    found: list[Span] = []
    for names in in_parts(devices):
        some = health_spans.c.device.in_(names)
        found += [_read(row) for row in conn.execute(asked.where(some))]
    return found


def last_spans(conn: Connection, devices: Collection[str]) -> dict[str, Span]:
    """The newest span of each of these devices."""
    found: dict[str, Span] = {}
    for names in in_parts(devices):
        some = health_spans.c.device.in_(names)
        newest = select(func.max(health_spans.c.id)).where(some).group_by(health_spans.c.device)
        for row in conn.execute(select(health_spans).where(health_spans.c.id.in_(newest))):
            found[row.device] = _read(row)
    return found


def add_spans(conn: Connection, added: Iterable[Span]) -> dict[str, int]:
    """Begin spans; device -> id of the last one begun for it."""
    ids: dict[str, int] = {}
    for span in added:
        values = {
            "device": span.device,
            "status": span.status,
            "since": span.since,
            "until": span.until,
            "why": storable(span.why),
        }
        ids[span.device] = conn.execute(_ADD, values).scalar_one()
    return ids


def mend_spans(conn: Connection, mended: Iterable[Span]) -> None:
    """Write status, end and reason of spans already kept."""
    values = [
        {"wanted": s.id, "is_now": s.status, "so_far": s.until, "because": storable(s.why)}
        for s in mended
    ]
    if values:
        conn.execute(_MEND, values)


def reach(conn: Connection, until: Mapping[int, datetime]) -> None:
    """Span id -> how far it has been confirmed now."""
    if until:
        conn.execute(_REACH, [{"wanted": i, "so_far": at} for i, at in until.items()])


def purge_spans(conn: Connection, before: datetime) -> int:
    """Drop spans that ended before; the number dropped."""
    return conn.execute(delete(health_spans).where(health_spans.c.until < before)).rowcount


def _read(row: object) -> Span:
    kept = row._mapping  # type: ignore[attr-defined]
    return Span(
        kept["device"], kept["status"], kept["since"], kept["until"], kept["why"], kept["id"]
    )
