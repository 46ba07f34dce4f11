"""Filled forms: each with its number, each revision of it for good."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from controller.errors import NotFound, Refused, StoreError, Text
from controller.processes.forms.definition import FilledForm
from controller.processes.forms.filling import digest
from controller.store.canonical import canonical
from controller.store.paging import Key, paged
from controller.store.tables import form_revisions as revisions
from controller.store.tables import forms

_ADD = insert(forms)
_ADD_REVISION = insert(revisions)
_WHOLE = select(
    forms.c.number,
    forms.c.printed,
    forms.c.slug,
    forms.c.case_number,
    revisions.c.revision,
    revisions.c.edition,
    revisions.c.content,
    revisions.c.sha256,
    revisions.c.made_by,
    revisions.c.made_on,
).join_from(forms, revisions, forms.c.number == revisions.c.number)
_NEWEST = _WHOLE.where(
    forms.c.number == bindparam("wanted"), revisions.c.revision == forms.c.revision
)
_REVISION = _WHOLE.where(
    forms.c.number == bindparam("wanted"), revisions.c.revision == bindparam("asked")
)
_NEXT = (
    update(forms)
    .where(forms.c.number == bindparam("wanted"), forms.c.revision == bindparam("expected"))
    .values(revision=bindparam("expected") + 1, case_number=bindparam("in_case"))
)
_LIST = (
    select(forms, revisions.c.sha256, revisions.c.made_on)
    .join_from(
        forms,
        revisions,
        (forms.c.number == revisions.c.number) & (forms.c.revision == revisions.c.revision),
    )
    .order_by(revisions.c.made_on.desc(), forms.c.number.desc())
)


@dataclass(frozen=True)
class FormSummary:
    """What a list of filled forms shows. `by` made the first revision, `on` is of the newest."""

    number: str
    printed: str
    slug: str
    case: str | None
    revision: int
    sha256: str
    by: str
    on: str


def insert_form(conn: Connection, form: FilledForm) -> None:
    """Store a new form, its revision 1."""
    row = {
        "number": form.number,
        "printed": form.printed,
        "slug": form.slug,
        "case_number": form.case,
        "made_by": form.by,
        "revision": form.revision,
    }
    conn.execute(_ADD, row)
    _add_revision(conn, form)


def insert_revision(conn: Connection, form: FilledForm) -> None:
    """Store the next revision of a form; those before it are kept.

    Errors: `Refused` when somebody else made that revision in the meantime.
    """
    expected = {"wanted": form.number, "expected": form.revision - 1, "in_case": form.case}
    if conn.execute(_NEXT, expected).rowcount != 1:
        raise Refused(
            Text(
                th=f"มีผู้แก้ไขแบบฟอร์ม {form.number} ไปก่อนแล้ว",
                en=f"somebody else has revised form {form.number} in the meantime",
            ),
            hint=Text(th="เปิดดูฉบับล่าสุดแล้วแก้ไขใหม่", en="look at the newest one, then repeat"),
        )
    _add_revision(conn, form)


def load_form(conn: Connection, number: str, revision: int | None = None) -> FilledForm:
    """A form as filled in, its newest revision unless another is named.

    Errors: `NotFound`; `StoreError` when its content is not what it was when it was filled in.
    """
    if revision is None:
        row = conn.execute(_NEWEST, {"wanted": number}).first()
    else:
        row = conn.execute(_REVISION, {"wanted": number, "asked": revision}).first()
    if row is None:
        raise NotFound(
            Text(th=f"ไม่พบแบบฟอร์มเลขที่ {number}", en=f"there is no filled form {number}"),
            hint=Text(th="ดูรายการได้จาก khaen form list", en="see khaen form list"),
        )
    return _form(row)


def list_forms(
    conn: Connection,
    *,
    by: Collection[str] | None = None,
    case: str | None = None,
    slug: str | None = None,
    after: Key | None = None,
    most: int | None = None,
) -> tuple[FormSummary, ...]:
    """Every filled form, or those of some people, of a case, of one kind; last filled in first.

    With `most` only so many, that come `after` the day and number of the last seen.
    """
    query = _LIST if by is None else _LIST.where(forms.c.made_by.in_(sorted(by)))
    for column, wanted in (
        (forms.c.case_number, case),
        (forms.c.slug, slug),
    ):
        if wanted is not None:
            query = query.where(column == wanted)
    if most is not None:
        query = paged(query, (revisions.c.made_on, forms.c.number), after=after, most=most)
    return tuple(_listed(row) for row in conn.execute(query))


def unattached(conn: Connection, most: int) -> tuple[FormSummary, ...]:
    """The filled forms that belong to no case yet, last filled in first."""
    loose = _LIST.where(forms.c.case_number.is_(None)).limit(most)
    return tuple(_listed(row) for row in conn.execute(loose))


def _listed(row: Row[Any]) -> FormSummary:
    return FormSummary(
        row.number,
        row.printed,
        row.slug,
        row.case_number,
        row.revision,
        row.sha256,
        row.made_by,
        row.made_on,
    )


def place_form(conn: Connection, number: str, case: str) -> None:
    """Say which case a form belongs to."""
    conn.execute(update(forms).where(forms.c.number == number).values(case_number=case))


def form_owner(conn: Connection, number: str) -> str | None:
    """Who filled the form in first; None when there is no such form."""
    owner: str | None = conn.execute(
        select(forms.c.made_by).where(forms.c.number == number)
    ).scalar()
    return owner


def _add_revision(conn: Connection, form: FilledForm) -> None:
    row = {
        "number": form.number,
        "revision": form.revision,
        "edition": form.edition,
        "content": canonical(form.values),
        "sha256": form.sha256,
        "made_by": form.by,
        "made_on": form.on,
    }
    conn.execute(_ADD_REVISION, row)


def _form(row: Row[*tuple[Any, ...]]) -> FilledForm:
    try:
        values = json.loads(row.content)
        kept = isinstance(values, dict) and digest(row.slug, row.edition, values) == row.sha256
    except ValueError:
        kept = False
    if not kept:
        raise StoreError(
            Text(
                th=f"เนื้อหาของแบบฟอร์ม {row.number} เสียหายหรือถูกแก้ไข",
                en=f"the content of form {row.number} is damaged or was edited",
            ),
            hint=Text(
                th="ตรวจด้วย khaen audit-log verify แล้วกู้คืนฐานข้อมูลจากสำเนา",
                en="run khaen audit-log verify, then restore the database from a backup",
            ),
        )
    return FilledForm(
        number=row.number,
        printed=row.printed,
        slug=row.slug,
        edition=row.edition,
        revision=row.revision,
        case=row.case_number,
        values=values,
        by=row.made_by,
        on=row.made_on,
        sha256=row.sha256,
    )
