"""The registers of issued documents: every number once, for one content, and its paper for good."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from controller.errors import NotFound, Refused, Text
from controller.store.registers import hold_register, next_number
from controller.store.tables import documents

_ADD = insert(documents)
_SAME = select(documents).where(
    documents.c.case_number == bindparam("in_case"),
    documents.c.kind == bindparam("of_kind"),
    documents.c.source == bindparam("made_from"),
)
_ONE = select(documents).where(documents.c.id == bindparam("wanted"))
_OF_CASE = (
    select(documents)
    .where(documents.c.case_number == bindparam("wanted"))
    .order_by(documents.c.issued, documents.c.id)
)
_SEAL = (
    update(documents)
    .where(documents.c.id == bindparam("wanted"), documents.c.pdf.is_(None))
    .values(pdf=bindparam("paper"))
)


@dataclass(frozen=True)
class Issued:
    """A document with its number in a register of a Buddhist year.

    `source` is the SHA-256 of what it was made from, `pdf` that of the paper, once it is drawn.
    """

    id: int
    register: str
    year: int
    number: int
    kind: str
    case: str
    title: str
    source: str
    pdf: str | None
    at: datetime
    by: str


def issue(
    conn: Connection,
    register: str,
    year: int,
    *,
    kind: str,
    case_number: str,
    title: str,
    source: str,
    by: str,
    at: datetime,
    first: int = 1,
) -> Issued:
    """The document with its number: the one it has, or the next of the register, from `first`.

    The same kind of document of a case, made from the same content (`source`), keeps its number,
    whenever it is asked for again; other content gets another number.
    """
    same = {"in_case": case_number, "of_kind": kind, "made_from": source}
    known = conn.execute(_SAME, same).first()
    if known is None:
        # Somebody may be issuing the same right now: whoever holds the register looks again.
        hold_register(conn, register, year)
        known = conn.execute(_SAME, same).first()
    if known is not None:
        return _issued(known)
    values = {
        "register": register,
        "year": year,
        "number": next_number(conn, register, year, first),
        "kind": kind,
        "case_number": case_number,
        "title": title,
        "source": source,
        "pdf": None,
        "issued": at,
        "issued_by": by,
    }
    conn.execute(_ADD, values)
    return _issued(conn.execute(_SAME, same).one())


def set_paper(conn: Connection, document: int, pdf: str) -> Issued:
    """Say which bytes are the document, by their SHA-256; the first to be said count for good.

    Errors: `NotFound`; `Refused` for other bytes than those it has, for one number is one paper.
    """
    conn.execute(_SEAL, {"wanted": document, "paper": pdf})
    row = conn.execute(_ONE, {"wanted": document}).first()
    if row is None:
        raise NotFound(Text(th=f"ไม่พบเอกสาร {document}", en=f"there is no document {document}"))
    found = _issued(row)
    if found.pdf == pdf:
        return found
    raise Refused(
        Text(
            th=f"เอกสารเลขที่ {found.number}/{found.year} ({found.kind}) ของเรื่อง {found.case} "
            "ออกไปแล้ว และฉบับใหม่ไม่เหมือนฉบับเดิม",
            en=f"document {found.number}/{found.year} ({found.kind}) of case {found.case} was "
            "issued, and this is not the same paper",
        ),
        hint=Text(
            th="ใช้ฉบับที่เก็บไว้ หรือแก้เนื้อหาเพื่อออกเลขที่ใหม่",
            en="use the paper that is kept, or change the content, which gives a new number",
        ),
    )


def case_documents(conn: Connection, case_number: str) -> tuple[Issued, ...]:
    """The issued documents of a case, in the order they were issued."""
    return tuple(_issued(row) for row in conn.execute(_OF_CASE, {"wanted": case_number}))


def _issued(row: Row[Any]) -> Issued:
    return Issued(
        id=row.id,
        register=row.register,
        year=row.year,
        number=row.number,
        kind=row.kind,
        case=row.case_number,
        title=row.title,
        source=row.source,
        pdf=row.pdf,
        at=row.issued,
        by=row.issued_by,
    )
