"""Issued documents: one number for one content, one paper for one number."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from controller.errors import NotFound, Refused, StoreError
from controller.store import cases, documents
from controller.store.documents import Issued
from controller.store.engine import Connection, Store, open_store
from tests.store.clock import Clock
from tests.store.samples import CASE, a_case

SOURCE, OTHER, PDF = "a" * 64, "b" * 64, "c" * 64


@pytest.fixture(autouse=True)
def case(store: Store, clock: Clock) -> None:
    """The case the documents are of."""
    with store.begin() as conn:
        cases.insert_case(conn, a_case(clock()))


def issued(
    conn: Connection,
    clock: Clock,
    *,
    source: str = SOURCE,
    register: str = "memo",
    year: int = 2569,
    kind: str = "memo",
    first: int = 1,
) -> Issued:
    return documents.issue(
        conn,
        register,
        year,
        kind=kind,
        case_number=CASE,
        title="ขออนุมัติปรับค่าสวิตช์",
        source=source,
        by="officer1",
        at=clock(),
        first=first,
    )


def test_the_same_content_keeps_its_number(store: Store, clock: Clock) -> None:
    """Asked for again, also in another year; other content and other kinds get the next."""
    with store.begin() as conn:
        memo = issued(conn, clock)
        assert (memo.number, memo.register, memo.year, memo.pdf) == (1, "memo", 2569, None)
        clock.forward(days=300)
        assert issued(conn, clock, year=2570) == memo
        assert issued(conn, clock, source=OTHER).number == 2
        assert issued(conn, clock, kind="notification").number == 3
        assert issued(conn, clock, register="order", kind="order").number == 1
        assert issued(conn, clock, source="d" * 64, year=2570).number == 1
    with store.read() as conn:
        kept = documents.case_documents(conn, CASE)
        assert {(d.kind, d.register, d.year, d.number) for d in kept} == {
            ("memo", "memo", 2569, 1),
            ("memo", "memo", 2569, 2),
            ("notification", "memo", 2569, 3),
            ("order", "order", 2569, 1),
            ("memo", "memo", 2570, 1),
        }
        assert kept[0] == memo
        assert documents.case_documents(conn, "2569-2.3-0002") == ()


def test_a_register_that_began_on_paper_goes_on(store: Store, clock: Clock) -> None:
    """With the number the office file names."""
    with store.begin() as conn:
        assert issued(conn, clock, first=113).number == 113
        assert issued(conn, clock, source=OTHER, first=113).number == 114


def test_a_paper_is_set_once(store: Store, clock: Clock) -> None:
    """The same bytes again are welcome, others are refused."""
    with store.begin() as conn:
        memo = issued(conn, clock)
        assert documents.set_paper(conn, memo.id, PDF).pdf == PDF
        assert documents.set_paper(conn, memo.id, PDF).pdf == PDF
    with pytest.raises(Refused, match="1/2569"), store.begin() as conn:
        documents.set_paper(conn, memo.id, OTHER)
    with pytest.raises(NotFound), store.begin() as conn:
        documents.set_paper(conn, memo.id + 1, PDF)
    with store.read() as conn:
        assert documents.case_documents(conn, CASE)[0].pdf == PDF


@pytest.mark.parametrize("statement", ["UPDATE documents SET pdf = 'x'", "DELETE FROM documents"])
def test_an_issued_paper_cannot_be_changed_or_taken_out(
    store: Store, clock: Clock, statement: str
) -> None:
    """The database itself refuses."""
    with store.begin() as conn:
        documents.set_paper(conn, issued(conn, clock).id, PDF)
    with (
        pytest.raises((StoreError, IntegrityError), match="append-only"),
        store.begin() as conn,
    ):
        conn.execute(text(statement))


def test_a_number_cannot_be_taken_out_of_its_register(store: Store, clock: Clock) -> None:
    """Even before the paper is drawn: a register has no gaps."""
    with store.begin() as conn:
        issued(conn, clock)
    with (
        pytest.raises((StoreError, IntegrityError), match="append-only"),
        store.begin() as conn,
    ):
        conn.execute(text("DELETE FROM documents"))


def test_many_who_issue_at_once_leave_no_gap(store: Store, database_url: str, clock: Clock) -> None:
    """Thirty contents, each asked for three times over two stores, some of it rolled back."""
    other = open_store(database_url)

    def ask(n: int) -> tuple[int, int]:
        with (store if n % 2 else other).begin(audited=False) as conn:
            found = issued(conn, clock, source=f"{n % 30:064}", first=113)
            if n % 7 == 0:
                raise ZeroDivisionError
            return n % 30, found.number

    with ThreadPoolExecutor(12) as pool:
        waited = [pool.submit(ask, n) for n in range(90)]
        told = [w.result() for w in waited if not w.exception()]
        failed = [w.exception() for w in waited if w.exception()]
    other.close()
    assert {type(error) for error in failed} == {ZeroDivisionError}
    assert len(set(told)) == len({source for source, _ in told}) == 30
    with store.read() as conn:
        kept = documents.case_documents(conn, CASE)
    assert sorted(d.number for d in kept) == list(range(113, 143))
    assert {(int(d.source), d.number) for d in kept} == set(told)
