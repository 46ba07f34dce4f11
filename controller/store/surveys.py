"""Surveys and their answers, which carry no person and no time but the day."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from controller.errors import NotFound, Refused, Text
from controller.store.canonical import canonical
from controller.store.paging import Key, paged
from controller.store.tables import answers, surveys

SurveyState = Literal["open", "closed"]
_ADD = insert(surveys)
_ADD_ANSWERS = insert(answers)
_COUNT = (
    select(answers.c.survey, func.count().label("given"))
    .group_by(answers.c.survey)
    .subquery("counted")
)
_LIST = (
    select(surveys, func.coalesce(_COUNT.c.given, 0).label("given"))
    .join_from(surveys, _COUNT, _COUNT.c.survey == surveys.c.id, isouter=True)
    .order_by(surveys.c.opened.desc(), surveys.c.id.desc())
)
_ONE = _LIST.where(surveys.c.id == bindparam("wanted"))
_ANSWERS = (
    select(answers.c.content)
    .where(answers.c.survey == bindparam("wanted"))
    .order_by(answers.c.name)
)
# Written even when nothing changes: nobody closes a survey while an answer is being added.
_OPEN = (
    update(surveys)
    .where(surveys.c.id == bindparam("wanted"), surveys.c.state == "open")
    .values(state="open")
)
_CLOSE = (
    update(surveys)
    .where(surveys.c.id == bindparam("wanted"), surveys.c.state == "open")
    .values(
        state="closed",
        closed=bindparam("at"),
        closed_by=bindparam("by"),
        results=bindparam("tallied"),
        sha256=bindparam("print"),
    )
)


@dataclass(frozen=True)
class Survey:
    """One asking of a survey form. `given` counts its answers.

    `results` and `sha256`, of what was tallied when it was closed, are None until then.
    """

    id: str
    form: str
    edition: int
    case: str | None
    title: str
    state: SurveyState
    opened: datetime
    opened_by: str
    given: int = 0
    closed: datetime | None = None
    closed_by: str | None = None
    results: str | None = None
    sha256: str | None = None


def insert_survey(conn: Connection, survey: Survey) -> None:
    """Store a survey that was just opened."""
    row = {
        "id": survey.id,
        "form": survey.form,
        "edition": survey.edition,
        "case_number": survey.case,
        "title": survey.title,
        "state": survey.state,
        "opened": survey.opened,
        "opened_by": survey.opened_by,
    }
    conn.execute(_ADD, row)


def load_survey(conn: Connection, survey: str) -> Survey:
    """The survey with this id. Errors: `NotFound`."""
    row = conn.execute(_ONE, {"wanted": survey}).first()
    if row is None:
        raise NotFound(
            Text(th=f"ไม่พบแบบสอบถามเลขที่ {survey}", en=f"there is no survey {survey}"),
            hint=Text(th="ดูรายการได้จาก khaen survey list", en="see khaen survey list"),
        )
    return _survey(row)


def list_surveys(
    conn: Connection,
    case: str | None = None,
    *,
    after: Key | None = None,
    most: int | None = None,
) -> tuple[Survey, ...]:
    """Every survey, or those of a case, newest first.

    With `most` only so many, that come `after` the opening and number of the last seen.
    """
    query = _LIST if case is None else _LIST.where(surveys.c.case_number == case)
    if most is not None:
        query = paged(query, (surveys.c.opened, surveys.c.id), after=after, most=most)
    return tuple(_survey(row) for row in conn.execute(query))


def add_answers(
    conn: Connection, survey: str, given: Iterable[Mapping[str, object]], on: date
) -> None:
    """Store answers to an open survey. Errors: `NotFound`, `Refused` when it was closed."""
    _hold(conn, survey)
    # A random name: neither the order nor the moment leads from an answer to who gave it.
    rows = [
        {
            "survey": survey,
            "name": secrets.token_hex(16),
            "content": canonical(values),
            "given_on": on.isoformat(),
        }
        for values in given
    ]
    if rows:
        conn.execute(_ADD_ANSWERS, rows)


def survey_answers(conn: Connection, survey: str) -> tuple[dict[str, object], ...]:
    """The answers to a survey, in no order that means anything."""
    return tuple(json.loads(c) for c in conn.execute(_ANSWERS, {"wanted": survey}).scalars())


def last_answers(conn: Connection, survey: str) -> tuple[dict[str, object], ...]:
    """The answers to an open survey; nobody adds another before this transaction ends.

    Errors: `NotFound`, `Refused` when it was closed.
    """
    _hold(conn, survey)
    return survey_answers(conn, survey)


def _hold(conn: Connection, survey: str) -> None:
    if conn.execute(_OPEN, {"wanted": survey}).rowcount != 1:
        raise _closed_already(load_survey(conn, survey))


def finish_survey(
    conn: Connection, survey: str, *, results: str, sha256: str, by: str, at: datetime
) -> None:
    """Close a survey with what was tallied. Errors: `NotFound`, `Refused` when it was closed."""
    values = {"wanted": survey, "at": at, "by": by, "tallied": results, "print": sha256}
    if conn.execute(_CLOSE, values).rowcount != 1:
        raise _closed_already(load_survey(conn, survey))


def _closed_already(survey: Survey) -> Refused:
    """What is said of a survey that takes no more answers."""
    return Refused(
        Text(
            th=f"แบบสอบถาม {survey.id} ปิดรับคำตอบแล้ว",
            en=f"survey {survey.id} is closed; it takes no more answers",
        ),
        hint=Text(
            th="เปิดแบบสอบถามใหม่ด้วย khaen survey open", en="open another one: khaen survey open"
        ),
    )


def _survey(row: Row[Any]) -> Survey:
    return Survey(
        id=row.id,
        form=row.form,
        edition=row.edition,
        case=row.case_number,
        title=row.title,
        state=row.state,
        opened=row.opened,
        opened_by=row.opened_by,
        given=row.given,
        closed=row.closed,
        closed_by=row.closed_by,
        results=row.results,
        sha256=row.sha256,
    )
