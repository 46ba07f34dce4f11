"""A time of the schedule is done by one process, and a dead one's is taken over."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

from controller.store import schedule
from controller.store.engine import Store
from controller.store.schedule import Slot
from tests.store.clock import Clock


def a_slot(clock: Clock, holder: str = "w1", name: str = "nightly") -> Slot:
    """A time of the nightly backup that has come now."""
    return Slot(name, clock(), "backup", "schedule", holder, clock(), clock())


def test_only_one_process_gets_a_time(store: Store, clock: Clock) -> None:
    def take(holder: str) -> bool:
        with store.begin(audited=False) as conn:
            return schedule.claim_slot(conn, a_slot(clock, holder))

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(take, [f"w{n}" for n in range(8)])) == 1


def test_an_entry_begins_when_it_is_first_seen_and_anew_when_its_times_change(
    store: Store, clock: Clock
) -> None:
    first = clock()
    with store.begin() as conn:
        assert schedule.seen_until(conn, "nightly", "0 2 * * *", first) == first
        later = clock.forward(days=1)
        assert schedule.seen_until(conn, "nightly", "0 2 * * *", later) == first
        schedule.see_to(conn, "nightly", later)
        schedule.see_to(conn, "nightly", first)  # never back
        assert schedule.known_until(conn) == {"nightly": ("0 2 * * *", later)}
        changed = clock.forward(hours=1)
        assert schedule.seen_until(conn, "nightly", "0 4 * * *", changed) == changed


def test_what_came_of_it_is_kept_newest_first(store: Store, clock: Clock) -> None:
    one, other = a_slot(clock), a_slot(clock, name="weekly")
    with store.begin() as conn:
        schedule.claim_slot(conn, one)
        clock.forward(minutes=1)
        schedule.claim_slot(conn, other_now := replace(other, started=clock()))
        assert schedule.end_slot(conn, one, "done", {"words": {"th": "แล้ว"}}, clock())
        assert schedule.open_slots(conn) == (other_now,)
        newest, oldest = schedule.slots(conn, most=9)
        assert (newest.name, oldest.state) == ("weekly", "done")
        assert oldest.content == {"words": {"th": "แล้ว"}}
        assert oldest.ended == clock()
        assert schedule.slots(conn, most=9, before=newest.started) == (oldest,)
        assert schedule.slots(conn, "weekly", most=9) == (newest,)
        assert schedule.last_slots(conn) == {"nightly": oldest, "weekly": newest}


def test_a_dead_process_loses_its_time_and_can_no_longer_write(store: Store, clock: Clock) -> None:
    old = a_slot(clock)
    with store.begin() as conn:
        schedule.claim_slot(conn, old)
        clock.forward(minutes=1)
        assert schedule.still_at_it(conn, old, clock())
        # Whoever saw it before it spoke again does not get it.
        assert not schedule.take_over(conn, old, "w2", clock())
        (seen,) = schedule.open_slots(conn)
        later = clock.forward(minutes=10)
        assert schedule.take_over(conn, seen, "w2", later)
        assert not schedule.take_over(conn, seen, "w3", later)
        assert not schedule.still_at_it(conn, old, later)
        assert not schedule.end_slot(conn, old, "done", {}, later)
        assert schedule.end_slot(conn, replace(old, holder="w2"), "done", {}, later)
        assert schedule.open_slots(conn) == ()


def test_a_time_that_was_skipped_is_noted_once(store: Store, clock: Clock) -> None:
    with store.begin() as conn:
        assert schedule.add_skipped(conn, a_slot(clock))
        assert not schedule.add_skipped(conn, a_slot(clock))
        (noted,) = schedule.slots(conn, most=9)
        assert (noted.state, noted.ended) == ("skipped", clock())
        assert schedule.open_slots(conn) == ()


def test_something_done_by_hand_has_a_row_too(store: Store, clock: Clock) -> None:
    with store.begin() as conn:
        schedule.add_slot(conn, replace(a_slot(clock), by="engineer1"))
        assert [slot.by for slot in schedule.slots(conn, most=1)] == ["engineer1"]
        assert schedule.slots(conn, most=9, before=clock() - timedelta(days=1)) == ()
