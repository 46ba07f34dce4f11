"""Cases: their numbers, their values, and the devices they have reserved."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, bindparam, delete, insert, select, update

from controller.errors import NotFound, Refused, StoreError, Text
from controller.processes.case import Case
from controller.store.canonical import canonical
from controller.store.decisions import add_decisions, case_decisions
from controller.store.dialect import insert_new
from controller.store.paging import Key, paged
from controller.store.tables import cases, reservations

_ADD = insert(cases)
_LOAD = select(cases.c.content).where(cases.c.number == bindparam("wanted"))
_LIST = select(cases.c.number, cases.c.content).order_by(cases.c.opened, cases.c.number)
_MOVE = update(cases).where(
    cases.c.number == bindparam("wanted"), cases.c.events == bindparam("expected")
)
_HOLDERS = select(reservations.c.device, reservations.c.case_number).where(
    reservations.c.device.in_(bindparam("devices", expanding=True))
)
_RESERVED_FOR = (
    select(reservations.c.device)
    .where(reservations.c.case_number == bindparam("wanted"))
    .order_by(reservations.c.device)
)
_RESERVE = insert_new(reservations)
_RELEASE = delete(reservations).where(reservations.c.case_number == bindparam("wanted"))
# Below the number of parameters the databases take in one statement.
_AT_ONCE = 500


def insert_case(conn: Connection, case: Case) -> None:
    """Store a new case."""
    conn.execute(_ADD, {"number": case.number, **_row(case)})
    add_decisions(conn, case, 0)


def save_case(conn: Connection, case: Case, expected_events: int) -> None:
    """Store a case that had `expected_events` events when it was loaded.

    Every change of a case leaves an event, so the count tells whether somebody else moved it in
    between. New decisions also get their own rows, which can never be changed.
    Errors: `Refused` when it was moved, `NotFound`, `ValueError` for a change without an event.
    """
    if len(case.events) <= expected_events:
        raise ValueError("a change of a case must leave an event")
    values = {**_row(case), "wanted": case.number, "expected": expected_events}
    if conn.execute(_MOVE, values).rowcount != 1:
        load_case(conn, case.number)
        raise Refused(
            Text(
                th=f"เรื่อง {case.number} มีผู้ดำเนินการไปก่อนแล้ว",
                en=f"somebody else has moved case {case.number} in the meantime",
            ),
            hint=Text(th="เปิดดูเรื่องอีกครั้งแล้วทำใหม่", en="look at the case again, then repeat"),
        )
    add_decisions(conn, case, len(case_decisions(conn, case.number)))


def load_case(conn: Connection, number: str) -> Case:
    """The case as it stands. Errors: `NotFound`; `StoreError` when its content is damaged."""
    content = conn.execute(_LOAD, {"wanted": number}).scalar()
    if content is None:
        raise NotFound(
            Text(th=f"ไม่พบเรื่อง {number}", en=f"there is no case {number}"),
            hint=Text(th="ดูรายการเรื่องได้จาก khaen case list", en="see khaen case list"),
        )
    return _case(number, content)


def list_cases(conn: Connection, state: str | None = None) -> tuple[Case, ...]:
    """All cases, or those in a state, oldest first."""
    query = _LIST if state is None else _LIST.where(cases.c.state == state)
    return tuple(_case(row.number, row.content) for row in conn.execute(query))


def newest_cases(
    conn: Connection,
    *,
    state: str | None = None,
    process: str | None = None,
    after: Key | None = None,
    most: int,
) -> tuple[Case, ...]:
    """At most `most` cases, newest first; `after` is the opening and number of the last seen."""
    query = _LIST
    for column, wanted in ((cases.c.state, state), (cases.c.process, process)):
        query = query if wanted is None else query.where(column == wanted)
    found = paged(query, (cases.c.opened, cases.c.number), after=after, most=most)
    return tuple(_case(row.number, row.content) for row in conn.execute(found))


def reserve(conn: Connection, case: str, devices: Iterable[str]) -> dict[str, str]:
    """Reserve the devices for the case, all or none.

    Gives the devices that other cases hold, each with that case: empty when all are reserved now.
    What the case holds already stays its own. To replace what it holds, `release` first.
    """
    names = sorted(set(devices))
    before = reserved_by(conn, names)
    taken = {device: holder for device, holder in before.items() if holder != case}
    free = [name for name in names if name not in before]
    if taken or not free:
        return taken
    conn.execute(_RESERVE(conn), [{"device": name, "case_number": case} for name in free])
    after = reserved_by(conn, free)
    lost = {device: holder for device, holder in after.items() if holder != case}
    if lost:  # somebody was quicker between the look and the insert
        won = [name for name in free if name not in lost]
        for part in _parts(won):
            conn.execute(delete(reservations).where(reservations.c.device.in_(part)))
    return lost


def reserved_by(conn: Connection, devices: Iterable[str]) -> dict[str, str]:
    """device -> case, for those of the devices that are reserved."""
    holders: dict[str, str] = {}
    for part in _parts(sorted(set(devices))):
        found = conn.execute(_HOLDERS, {"devices": part})
        holders.update({row.device: row.case_number for row in found})
    return holders


def reserved_for(conn: Connection, case: str) -> tuple[str, ...]:
    """The devices a case holds, sorted."""
    return tuple(conn.execute(_RESERVED_FOR, {"wanted": case}).scalars())


def release(conn: Connection, case: str) -> None:
    """Let every device of the case go."""
    conn.execute(_RELEASE, {"wanted": case})


def _parts(names: list[str]) -> list[list[str]]:
    return [names[at : at + _AT_ONCE] for at in range(0, len(names), _AT_ONCE)]


def _row(case: Case) -> dict[str, Any]:
    opened: datetime = case.opened
    return {
        "process": case.process,
        "state": case.state,
        "plan": case.plan,
        "opened": opened,
        "events": len(case.events),
        "content": canonical(case.model_dump(mode="json")),
    }


def _case(number: str, content: str) -> Case:
    try:
        return _parsed(content)
    except ValidationError as error:
        raise StoreError(
            Text(
                th=f"ข้อมูลของเรื่อง {number} เสียหายหรือถูกแก้ไข อ่านไม่ได้",
                en=f"the content of case {number} is damaged or was edited; it cannot be read",
            ),
            hint=Text(
                th="ตรวจด้วย khaen audit-log verify แล้วกู้คืนฐานข้อมูลจากสำเนา",
                en="run khaen audit-log verify, then restore the database from a backup",
            ),
        ) from error


@lru_cache(maxsize=1000)
def _parsed(content: str) -> Case:
    """The case this very text is; lists read the same ones again and again.

    An edited row has another text, so it is read anew, and refused when it is damaged.
    """
    return Case.model_validate_json(content)
