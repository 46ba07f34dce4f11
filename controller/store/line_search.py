"""Searching the index of lines: which lines have a text or fit a pattern, and who had them when."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ARRAY, Connection, Integer, and_, bindparam, func, or_, select
from sqlalchemy.sql import ColumnElement, FromClause

from controller.backups.literals import literal_in
from controller.errors import InputError, Text
from controller.store import line_matcher
from controller.store.history_tables import config_lines, config_spans
from controller.store.line_index import moment, time_of

LONGEST_PATTERN = 500
SECONDS = 5.0
_line, _span = config_lines.c, config_spans.c
_ESCAPED = str.maketrans({sign: f"\\{sign}" for sign in "\\%_"})


@dataclass(frozen=True)
class When:
    """When a line must have stood in a configuration: now, at a time, or `ever`."""

    at: datetime | None = None
    ever: bool = False


@dataclass(frozen=True)
class Span:
    """A line that a device had from `since` until `until`; None while it has it."""

    line: str
    since: datetime
    until: datetime | None


def lines_with(conn: Connection, wanted: str) -> list[int]:
    """The numbers of the lines with a text in them; Latin letters small or capital."""
    return list(conn.execute(select(_line.id).where(_holds(conn, wanted))).scalars())


def lines_matching(conn: Connection, pattern: str, seconds: float = SECONDS) -> list[int]:
    """The numbers of the lines in which the regular expression (Python's) finds something.

    Small and capital letters are the same. Errors: `InputError` for what is no pattern, and for
    one that is not done with all lines after `seconds`.
    """
    asked = select(_line.id, _line.text)
    if literal := literal_in(pattern):
        asked = asked.where(_holds(conn, literal))
    rows = [f"{number}\t{line}" for number, line in conn.execute(asked)]
    given = "\n".join([json.dumps({"pattern": pattern}), *rows]).encode()
    command = [sys.executable, "-I", "-S", line_matcher.__file__]
    try:
        done = subprocess.run(
            command, input=given, capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise _too_slow(seconds) from error
    if done.returncode == line_matcher.BAD_PATTERN:
        raise _no_pattern(done.stdout.decode(errors="replace"))
    if done.returncode:
        raise _too_slow(seconds)
    return [int(number) for number in done.stdout.split()]


def devices_with(conn: Connection, lines: Collection[int], when: When) -> dict[int, int]:
    """Device number -> how many of the lines it had then."""
    if not lines:
        return {}
    chosen = _chosen(conn)
    asked = (
        select(_span.device, func.count(_span.line.distinct()))
        .select_from(chosen.join(config_spans, _span.line == chosen.c.value))
        .where(_then(when))
        .group_by(_span.device)
    )
    return {row[0]: row[1] for row in conn.execute(asked, _listed(conn, lines))}


def spans_of(conn: Connection, device: int, lines: Collection[int], when: When) -> tuple[Span, ...]:
    """When the device had which of the lines: what stands now first, then the newest."""
    wanted = frozenset(lines)
    asked = (
        select(_line.id, _line.text, _span.since, _span.until)
        .join(config_spans, _span.line == _line.id)
        .where(_span.device == device, _then(when))
    )
    found = [row for row in conn.execute(asked) if row.id in wanted]
    found.sort(key=lambda row: (row.until is not None, -(row.until or 0), -row.since, row.text))
    return tuple(
        Span(row.text, time_of(row.since), None if row.until is None else time_of(row.until))
        for row in found
    )


def _holds(conn: Connection, wanted: str) -> ColumnElement[bool]:
    pattern = f"%{wanted.translate(_ESCAPED)}%"
    # SQLite's LIKE knows no case of Latin letters by itself.
    if conn.dialect.name == "sqlite":
        return _line.text.like(pattern, escape="\\")
    return _line.text.ilike(pattern, escape="\\")


def _then(when: When) -> ColumnElement[bool]:
    if when.ever:
        return _span.since.is_not(None)
    if when.at is None:
        return _span.until.is_(None)
    at = moment(when.at)
    return and_(_span.since <= at, or_(_span.until.is_(None), _span.until > at))


def _chosen(conn: Connection) -> FromClause:
    """A table of the numbers in the parameter `lines`, as each database takes many."""
    if conn.dialect.name == "sqlite":
        return func.json_each(bindparam("lines")).table_valued("value")
    given = bindparam("lines", type_=ARRAY(Integer))
    return func.unnest(given).table_valued("value").render_derived()


def _listed(conn: Connection, lines: Iterable[int]) -> Mapping[str, object]:
    numbers = list(lines)
    return {"lines": json.dumps(numbers) if conn.dialect.name == "sqlite" else numbers}


def _too_slow(seconds: float) -> InputError:
    return InputError(
        Text(
            th=f"ค้นด้วยรูปแบบนี้ไม่เสร็จใน {seconds:g} วินาที จึงหยุดไว้",
            en=f"this pattern was not done after {seconds:g} seconds, so it was stopped",
        ),
        hint=Text(
            th="ใช้รูปแบบที่ง่ายขึ้น เลี่ยงการซ้ำซ้อน เช่น (a+)+ หรือค้นด้วยข้อความ",
            en="use a simpler one without repeats inside repeats like (a+)+, or search for a text",
        ),
    )


def _no_pattern(why: str) -> InputError:
    return InputError(
        Text(th=f"รูปแบบ (regex) ใช้ไม่ได้: {why}", en=f"this is no regular expression: {why}"),
        hint=Text(
            th="ใส่ \\ หน้าเครื่องหมาย . * + ? ( ) [ ] หากหมายถึงตัวเครื่องหมายเอง หรือค้นด้วยข้อความ",
            en="put a \\ before . * + ? ( ) [ ] to mean the sign itself, or search for a text",
        ),
    )
