"""Cases: their numbers, their values and their decisions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, bindparam, insert, select, text, update

from controller.errors import NotFound, Refused, StoreError, Text
from controller.processes.case import Case, Decision, Event
from controller.store.canonical import canonical
from controller.store.tables import cases, decisions

_NEXT = text(
    "INSERT INTO counters (register, year, last) VALUES (:register, :year, 1) "
    "ON CONFLICT (register, year) DO UPDATE SET last = counters.last + 1 RETURNING last"
)
_ADD = insert(cases)
_ADD_DECISION = insert(decisions)
_LOAD = select(cases.c.content).where(cases.c.number == bindparam("wanted"))
_LIST = select(cases.c.number, cases.c.content).order_by(cases.c.opened, cases.c.number)
_DECISIONS = (
    select(decisions)
    .where(decisions.c.case_number == bindparam("wanted"))
    .order_by(decisions.c.position)
)
_MOVE = update(cases).where(
    cases.c.number == bindparam("wanted"), cases.c.events == bindparam("expected")
)


def next_number(conn: Connection, register: str, year: int) -> int:
    """The next running number of a register in a Buddhist year, from 1, without gaps.

    A transaction that is rolled back gives its number back; others wait until that is known.
    """
    return int(conn.execute(_NEXT, {"register": register, "year": year}).scalar_one())


def insert_case(conn: Connection, case: Case) -> None:
    """Store a new case."""
    conn.execute(_ADD, {"number": case.number, **_row(case)})
    _add_decisions(conn, case, 0)


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
    _add_decisions(conn, case, len(case_decisions(conn, case.number)))


def add_event(conn: Connection, number: str, event: Event) -> Case:
    """Add one event to the stored case and give the new value back. Errors: `NotFound`."""
    case = load_case(conn, number)
    new = case.model_copy(update={"events": (*case.events, event)})
    save_case(conn, new, len(case.events))
    return new


def add_decision(conn: Connection, number: str, decision: Decision, event: Event) -> Case:
    """Add a decision and its event to the stored case. Errors: `NotFound`."""
    case = load_case(conn, number)
    new = case.model_copy(
        update={"events": (*case.events, event), "decisions": (*case.decisions, decision)}
    )
    save_case(conn, new, len(case.events))
    return new


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


def case_decisions(conn: Connection, number: str) -> tuple[Decision, ...]:
    """The decisions by their own rows, in order."""
    found = conn.execute(_DECISIONS, {"wanted": number}).mappings()
    return tuple(
        Decision.model_validate(
            {k: v for k, v in row.items() if k not in {"case_number", "position"}}
            | {"case": row["case_number"]}
        )
        for row in found
    )


def changed_decisions(conn: Connection, case: Case) -> tuple[Text, ...]:
    """Where the case's decisions and their own rows differ, field by field; empty when nowhere.

    The rows cannot be changed through the database's front door, so a difference is tampering.
    """
    rows = case_decisions(conn, case.number)
    found = []
    if len(rows) != len(case.decisions):
        found.append(
            Text(
                th=f"เรื่องระบุคำสั่ง {len(case.decisions)} ครั้ง แต่ทะเบียนคำสั่งมี {len(rows)} ครั้ง",
                en=f"the case names {len(case.decisions)} decisions, their register {len(rows)}",
            )
        )
    for index, (said, row) in enumerate(zip(case.decisions, rows, strict=False), 1):
        before, now = row.model_dump(), said.model_dump()
        found += [
            Text(
                th=f"คำสั่งครั้งที่ {index} ช่อง {name}: ทะเบียน {before[name]!s} แต่เรื่องระบุ {now[name]!s}",
                en=f"decision {index}, {name}: the register says {before[name]!s}, "
                f"the case {now[name]!s}",
            )
            for name in before
            if before[name] != now[name]
        ]
    return tuple(found)


def _add_decisions(conn: Connection, case: Case, known: int) -> None:
    for position, decision in enumerate(case.decisions[known:], known):
        values = decision.model_dump() | {"case_number": decision.case, "position": position}
        del values["case"]
        conn.execute(_ADD_DECISION, values)


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
        return Case.model_validate_json(content)
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
