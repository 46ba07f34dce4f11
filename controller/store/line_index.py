"""The index of lines: kept up to date where a snapshot is saved, and made anew where it is old.

A device's lines are taken over line by line: only what is new or gone since its last configuration
is written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, exists, insert, select, text, update

from controller.backups.searching import Searchable
from controller.store.history_tables import config_devices, config_lines, config_spans
from controller.store.tables import snapshots

_AT_ONCE = 500
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Any number will do that nothing else in the same database uses.
_TAKE_LOCK = text(f"SELECT pg_advisory_xact_lock({0x6B6861656E_02})")

_line, _span, _device = config_lines.c, config_spans.c, config_devices.c
_DEVICE = select(_device.id, _device.rules).where(_device.device == bindparam("wanted"))
_OPEN = (
    select(_line.id, _line.text, _span.since)
    .join(config_spans, _span.line == _line.id)
    .where(_span.device == bindparam("number"), _span.until.is_(None))
)
_ONE = (
    (_span.line == bindparam("of_line"))
    & (_span.device == bindparam("number"))
    & (_span.since == bindparam("began"))
)
_CLOSE = update(config_spans).where(_ONE).values(until=bindparam("ended"))
_FORGET = delete(config_spans).where(_ONE)
_ADD_SPAN = insert(config_spans)
_ADD_LINE = insert(config_lines)


@dataclass(frozen=True)
class Indexed:
    """A device in the index, by its number there; `rules` is empty when it must be made anew."""

    number: int
    device: str
    rules: str


def moment(at: datetime) -> int:
    """A time as the index has it: microseconds since 1970."""
    return (at - _EPOCH) // timedelta(microseconds=1)


def time_of(moment_: int) -> datetime:
    """The time of a moment of the index."""
    return _EPOCH + timedelta(microseconds=moment_)


def index_lines(conn: Connection, device: str, found: Searchable | None, at: datetime) -> None:
    """Take over the lines of a device's new configuration; call it before its snapshot is saved.

    Without `found`, or by other rules than its earlier ones, the device leaves the index until it
    is made anew with `reindex_device`.
    """
    _take_turn(conn)
    row = conn.execute(_DEVICE, {"wanted": device}).first()
    if row is None:
        known_before = conn.execute(
            select(snapshots.c.id).where(snapshots.c.device == device).limit(1)
        ).first()
        rules = "" if found is None or known_before else found.rules
        number = _add_device(conn, device, rules)
    else:
        number, rules = row.id, row.rules
    if not rules or found is None or found.rules != rules:
        if row is not None and rules:
            conn.execute(update(config_devices).where(_device.id == number).values(rules=""))
        return
    now = moment(at)
    standing = {t: (line, since) for line, t, since in conn.execute(_OPEN, {"number": number})}
    gone = [standing[t] for t in standing.keys() - found.lines]
    ended = [
        {"of_line": line, "number": number, "began": since, "ended": now}
        for line, since in gone
        if since < now
    ]
    forgotten = [
        {"of_line": line, "number": number, "began": since} for line, since in gone if since >= now
    ]
    if ended:
        conn.execute(_CLOSE, ended)
    if forgotten:
        conn.execute(_FORGET, forgotten)
    new = found.lines - standing.keys()
    _add_spans(conn, number, ((t, now, None) for t in new))


def reindex_device(
    conn: Connection, device: str, rules: str, sights: Sequence[tuple[datetime, frozenset[str]]]
) -> None:
    """Make the index of a device anew from what it had when, oldest first."""
    _take_turn(conn)
    row = conn.execute(_DEVICE, {"wanted": device}).first()
    number = _add_device(conn, device, rules) if row is None else row.id
    conn.execute(update(config_devices).where(_device.id == number).values(rules=rules))
    conn.execute(delete(config_spans).where(_span.device == number))
    standing: dict[str, int] = {}
    spans: list[tuple[str, int, int | None]] = []
    for at, lines in sights:
        now = moment(at)
        gone = [(line, standing.pop(line)) for line in standing.keys() - lines]
        spans += [(line, since, now) for line, since in gone if since < now]
        standing.update(dict.fromkeys(lines - standing.keys(), now))
    spans += [(line, since, None) for line, since in standing.items()]
    _add_spans(conn, number, spans)


def forget_unused_lines(conn: Connection) -> int:
    """Remove lines no device ever had, as an index made anew leaves them; how many there were."""
    _take_turn(conn)
    used = exists().where(_span.line == _line.id)
    return conn.execute(delete(config_lines).where(~used)).rowcount


def indexed_devices(conn: Connection) -> dict[str, Indexed]:
    """Every device in the index by name, also those that must be made anew."""
    rows = conn.execute(select(_device.id, _device.device, _device.rules))
    return {row.device: Indexed(*row) for row in rows}


def _take_turn(conn: Connection) -> None:
    # Two that add the same new lines in another order would wait for each other.
    if conn.dialect.name == "postgresql":
        conn.execute(_TAKE_LOCK)


def _add_device(conn: Connection, device: str, rules: str) -> int:
    done = conn.execute(insert(config_devices).values(device=device, rules=rules))
    (number,) = done.inserted_primary_key or (0,)
    return int(number)


def _add_spans(conn: Connection, number: int, spans: Iterable[tuple[str, int, int | None]]) -> None:
    spans = list(spans)
    if not spans:
        return
    lines = _line_numbers(conn, {line for line, _, _ in spans})
    rows = [
        {"line": lines[line], "device": number, "since": since, "until": until}
        for line, since, until in spans
    ]
    conn.execute(_ADD_SPAN, rows)


def _line_numbers(conn: Connection, lines: Collection[str]) -> Mapping[str, int]:
    """The numbers of lines, which are added when they are new."""
    marks = {_mark(line): line for line in lines}
    found = _known(conn, marks)
    new = [{"mark": m, "text": line} for m, line in marks.items() if line not in found]
    if new:
        conn.execute(_ADD_LINE, new)
        found |= _known(conn, {row["mark"]: row["text"] for row in new})  # type: ignore[misc]
    return found


def _known(conn: Connection, marks: Mapping[bytes, str]) -> dict[str, int]:
    wanted = list(marks)
    found: dict[str, int] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        asked = select(_line.mark, _line.id).where(_line.mark.in_(part))
        found |= {marks[bytes(mark)]: number for mark, number in conn.execute(asked)}
    return found


def _mark(line: str) -> bytes:
    return hashlib.blake2b(line.encode(), digest_size=16).digest()
