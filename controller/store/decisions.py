"""The decisions on cases, each in a row of its own that can never be changed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, RowMapping, bindparam, insert, select

from controller.errors import Text
from controller.processes.case import Case, Decision
from controller.store.tables import decisions

_FIELDS = tuple(Decision.model_fields)
# The one field whose column has another name: `case` is a word of SQL.
_COLUMN = {"case": "case_number"}
_ADD_DECISION = insert(decisions)
_DECISIONS = (
    select(decisions)
    .where(decisions.c.case_number == bindparam("wanted"))
    .order_by(decisions.c.position)
)
_ACTING = (
    select(decisions)
    .where(decisions.c.role == "acting-director", decisions.c.at >= bindparam("since"))
    .order_by(decisions.c.at.desc(), decisions.c.audit_seq.desc())
)


def case_decisions(conn: Connection, number: str) -> tuple[Decision, ...]:
    """The decisions by their own rows, in order."""
    found = conn.execute(_DECISIONS, {"wanted": number}).mappings()
    return tuple(_decision(row) for row in found)


def acting_decisions(conn: Connection, since: datetime) -> tuple[Decision, ...]:
    """What was decided on behalf of the director since then, newest first."""
    return tuple(_decision(row) for row in conn.execute(_ACTING, {"since": since}).mappings())


def _decision(row: RowMapping) -> Decision:
    return Decision.model_validate({name: row[_COLUMN.get(name, name)] for name in _FIELDS})


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


def add_decisions(conn: Connection, case: Case, known: int) -> None:
    """Store the case's decisions from number `known` on (from 0), each in its own row."""
    for position, decision in enumerate(case.decisions[known:], known):
        values = {_COLUMN.get(name, name): value for name, value in decision.model_dump().items()}
        conn.execute(_ADD_DECISION, values | {"position": position})
