"""Filled forms and their revisions."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from controller.errors import NotFound, Refused, StoreError
from controller.processes.forms.definition import FilledForm
from controller.processes.forms.filling import digest
from controller.store import cases, forms
from controller.store.engine import Store
from tests.store.clock import Clock
from tests.store.intruder import Intruder
from tests.store.samples import CASE, a_case

NUMBER = "2569-repair_request-0001"
VALUES: dict[str, object] = {"place": "ห้องสมุด", "rows": [{"item": "สวิตช์", "count": "2"}]}


def a_form(number: str = NUMBER, **changes: Any) -> FilledForm:
    """A form as filled in the first time."""
    values: dict[str, Any] = {
        "number": number,
        "printed": "1/2569",
        "slug": "repair_request",
        "edition": 1,
        "values": VALUES,
        "by": "school1",
        "on": "2026-05-04",
    } | changes
    print_ = digest(values["slug"], values["edition"], values["values"])
    return FilledForm(**{"sha256": print_} | values)


def test_a_form_comes_back_as_it_was(store: Store) -> None:
    """Every field, also Thai and tables; an unknown one is not found."""
    with store.begin() as conn:
        forms.insert_form(conn, a_form())
    with store.read() as conn:
        assert forms.load_form(conn, NUMBER) == a_form()
        assert forms.form_owner(conn, NUMBER) == "school1"
        assert forms.form_owner(conn, "x") is None
        with pytest.raises(NotFound, match="0002"):
            forms.load_form(conn, "2569-repair_request-0002")


def test_every_revision_is_kept(store: Store, clock: Clock) -> None:
    """The newest is given, the earlier ones on request; a case may come with a revision."""
    later: dict[str, Any] = {"values": {"place": "ห้องพักครู"}, "by": "officer1", "on": "2026-05-06"}
    second = a_form(revision=2, edition=2, case=CASE, **later)
    with store.begin() as conn:
        cases.insert_case(conn, a_case(clock()))
        forms.insert_form(conn, a_form())
        forms.insert_revision(conn, second)
    with store.read() as conn:
        assert forms.load_form(conn, NUMBER) == second
        first = forms.load_form(conn, NUMBER, 1)
        assert first.model_copy(update={"case": None}) == a_form()
        assert forms.form_owner(conn, NUMBER) == "school1"
        (told,) = forms.list_forms(conn)
        assert (told.revision, told.on, told.case, told.by) == (2, "2026-05-06", CASE, "school1")
        assert told.sha256 == second.sha256
        with pytest.raises(NotFound):
            forms.load_form(conn, NUMBER, 3)


def test_the_second_of_two_revisions_is_refused(store: Store) -> None:
    """Both saw revision 1; only one can be revision 2."""
    with store.begin() as conn:
        forms.insert_form(conn, a_form())
        forms.insert_revision(conn, a_form(revision=2))
    with pytest.raises(Refused, match=NUMBER), store.begin() as conn:
        forms.insert_revision(conn, a_form(revision=2, values={"place": "อื่น"}))
    with store.read() as conn:
        assert forms.load_form(conn, NUMBER).values == VALUES


def test_forms_are_listed_by_person_case_and_kind(store: Store, clock: Clock) -> None:
    """The one filled in last first."""
    with store.begin() as conn:
        cases.insert_case(conn, a_case(clock()))
        forms.insert_form(conn, a_form("n9", on="2026-05-03"))
        forms.insert_form(conn, a_form("n2", by="officer1", case=CASE))
        forms.insert_form(conn, a_form("n3", slug="loan_request"))
    with store.read() as conn:
        assert [f.number for f in forms.list_forms(conn)] == ["n3", "n2", "n9"]
        assert [f.number for f in forms.list_forms(conn, by={"school1"})] == ["n3", "n9"]
        assert [f.number for f in forms.list_forms(conn, case=CASE)] == ["n2"]
        found = forms.list_forms(conn, by={"school1"}, slug="loan_request")
        assert [f.number for f in found] == ["n3"]


@pytest.mark.parametrize(
    ("column", "value"),
    [("content", '{"place": "อื่น"}'), ("content", "{"), ("content", "[]"), ("edition", 2)],
)
def test_an_edited_form_is_told(
    store: Store, database_url: str, column: str, value: object
) -> None:
    """Its hash was taken when it was filled in."""
    with store.begin() as conn:
        forms.insert_form(conn, a_form())
    Intruder(database_url).run(f"UPDATE form_revisions SET {column} = ?", [value])
    with store.read() as conn, pytest.raises(StoreError, match=NUMBER):
        forms.load_form(conn, NUMBER)


@pytest.mark.parametrize("statement", ["UPDATE {} SET content = '{{}}'", "DELETE FROM {}"])
@pytest.mark.parametrize("table", ["form_revisions", "answers"])
def test_what_was_filled_in_cannot_be_changed(store: Store, table: str, statement: str) -> None:
    """The database itself refuses."""
    with store.begin() as conn:
        forms.insert_form(conn, a_form())
        conn.execute(
            text(
                "INSERT INTO surveys (id, form, edition, title, state, opened, opened_by) "
                "VALUES ('s', 'f', 1, '', 'open', '', '')"
            )
        )
        conn.execute(text("INSERT INTO answers VALUES ('s', 'n', :content, '')"), {"content": "{}"})
    with (
        pytest.raises((StoreError, IntegrityError), match="append-only"),
        store.begin() as conn,
    ):
        conn.execute(text(statement.format(table)))
