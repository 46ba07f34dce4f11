"""The outbox."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from controller.errors import Text
from controller.store import cases, notices
from controller.store.engine import Store, open_store
from controller.store.notices import Notice
from tests.store.clock import Clock
from tests.store.samples import CASE, a_case


@pytest.fixture(autouse=True)
def case(store: Store, clock: Clock) -> None:
    """The case the notices are about."""
    with store.begin() as conn:
        cases.insert_case(conn, a_case(clock()))


def a_notice(clock: Clock, once: str = "o1", **changes: Any) -> Notice:
    values: dict[str, Any] = {
        "once": once,
        "kind": "notice",
        "case": CASE,
        "basis": "3.1.1",
        "batch": "b1",
        "asked_by": "officer1",
        "recipient": "โรงเรียนตัวอย่าง ก",
        "address": "ict@school-a.example",
        "channel": "mail",
        "subject": "แจ้งเรื่อง",
        "body": "จะปรับค่าสวิตช์",
        "created": clock(),
        "again": clock(),
    }
    return Notice(**values | changes)


def put(store: Store, *wanted: Notice) -> int:
    with store.begin() as conn:
        return notices.add_notices(conn, wanted)


def due(store: Store, clock: Clock, *, hurry: bool = False) -> list[str]:
    with store.read() as conn:
        return [n.once for n in notices.due_notices(conn, clock(), hurry=hurry)]


def test_a_notice_comes_back_as_it_was(store: Store, clock: Clock) -> None:
    """With its number in the outbox."""
    put(store, a_notice(clock))
    with store.read() as conn:
        (kept,) = notices.list_notices(conn)
    assert kept.id > 0
    assert replace(kept, id=0) == a_notice(clock)


def test_the_same_is_said_once(store: Store, clock: Clock) -> None:
    """However often it is asked for, and whatever became of it."""
    assert put(store, a_notice(clock), a_notice(clock, "o2")) == 2
    assert put(store, a_notice(clock), a_notice(clock, "o3")) == 1
    with store.read() as conn:
        assert [n.once for n in notices.list_notices(conn)] == ["o1", "o2", "o3"]


def test_a_failed_one_waits_and_is_tried_again(store: Store, clock: Clock) -> None:
    """Unless somebody is in a hurry; once delivered it rests."""
    put(store, a_notice(clock))
    why = Text(th="ปิด", en="closed")
    for attempt in (1, 2):
        with store.begin() as conn:
            (seen,) = notices.due_notices(conn, clock())
            assert notices.claim_notice(conn, seen, clock() + timedelta(minutes=5))
            again = clock() + timedelta(minutes=attempt)
            failed = notices.settle_notice(conn, seen.id, why, at=clock(), again=again)
        assert (failed.state, failed.attempts, failed.why) == ("failed", attempt, why)
        assert failed.delivered is None
        assert due(store, clock) == []
        assert due(store, clock, hurry=True) == ["o1"]
        clock.forward(minutes=attempt)
        assert due(store, clock) == ["o1"]
    with store.begin() as conn:
        (seen,) = notices.due_notices(conn, clock())
        assert notices.claim_notice(conn, seen, clock() + timedelta(minutes=5))
        done = notices.settle_notice(conn, seen.id, None, at=clock(), again=clock())
    assert (done.state, done.attempts, done.error) == ("delivered", 3, "")
    assert done.delivered == clock()
    clock.forward(days=30)
    assert due(store, clock, hurry=True) == []


def test_one_that_is_being_sent_is_nobody_elses(store: Store, clock: Clock) -> None:
    """Until its sender is given up."""
    put(store, a_notice(clock))
    with store.begin() as conn:
        (seen,) = notices.due_notices(conn, clock())
        assert notices.claim_notice(conn, seen, clock() + timedelta(minutes=5))
        assert not notices.claim_notice(conn, seen, clock() + timedelta(minutes=5))
    assert due(store, clock, hurry=True) == []
    clock.forward(minutes=5)
    assert due(store, clock) == ["o1"]
    with store.begin() as conn:
        (lost,) = notices.due_notices(conn, clock())
        assert notices.claim_notice(conn, lost, clock() + timedelta(minutes=5))
        assert not notices.claim_notice(conn, lost, clock() + timedelta(minutes=5))


def test_what_was_given_up_meanwhile_is_not_sent(store: Store, clock: Clock) -> None:
    """Between somebody's look and their taking it."""
    put(store, a_notice(clock), a_notice(clock, "o2"))
    with store.begin() as conn:
        first, second = notices.due_notices(conn, clock())
        notices.void_notice(conn, first.id)
        assert not notices.claim_notice(conn, first, clock() + timedelta(minutes=5))
        assert notices.claim_notice(conn, second, clock() + timedelta(minutes=5))
        notices.settle_notice(conn, second.id, None, at=clock(), again=clock())
        notices.void_notice(conn, second.id)
    with store.read() as conn:
        assert [n.state for n in notices.list_notices(conn)] == ["void", "delivered"]
        assert notices.arrived_batches(conn) == ("b1",)


def test_of_many_who_send_at_once_each_notice_goes_to_one(
    store: Store, database_url: str, clock: Clock
) -> None:
    """Through two stores."""
    put(store, *(a_notice(clock, f"o{n}") for n in range(5)))
    other = open_store(database_url)
    with store.read() as conn:
        seen = notices.due_notices(conn, clock())

    def send(n: int) -> list[str]:
        mine = []
        for notice in seen:
            with (store if n % 2 else other).begin(audited=False) as conn:
                if notices.claim_notice(conn, notice, clock() + timedelta(minutes=5)):
                    mine.append(notice.once)
        return mine

    with ThreadPoolExecutor(8) as pool:
        taken = [once for mine in pool.map(send, range(8)) for once in mine]
    other.close()
    assert sorted(taken) == [f"o{n}" for n in range(5)]


def test_what_was_overtaken_is_given_up(store: Store, clock: Clock) -> None:
    """What arrived, other batches that are kept, other cases and reminders stay."""
    other = "2569-2.3-0002"
    with store.begin() as conn:
        cases.insert_case(conn, a_case(clock(), other))
    put(
        store,
        a_notice(clock, "arrived", state="delivered"),
        a_notice(clock, "late", state="failed"),
        a_notice(clock, "fresh"),
        a_notice(clock, "kept", batch="b2"),
        a_notice(clock, "elsewhere", case=other),
        a_notice(clock, "reminder", kind="reminder"),
    )
    with store.begin() as conn:
        assert notices.void_notices(conn, CASE, keep="b2") == 2
    with store.read() as conn:
        void = notices.list_notices(conn, state="void")
        assert [n.once for n in void] == ["late", "fresh"]
        assert [n.once for n in notices.list_notices(conn, case=other)] == ["elsewhere"]
        batch = notices.batch_notices(conn, "b2")
        assert [n.once for n in batch] == ["kept"]
    assert due(store, clock, hurry=True) == ["kept", "elsewhere", "reminder"]
