"""How many devices may be in work: counted in rows, whoever began them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from controller.store import locks
from controller.store.engine import Store
from controller.store.limits import Limits, has_room
from tests.store.clock import Clock


def test_of_many_that_come_at_once_no_more_begin_than_there_is_room_for(
    store: Store, clock: Clock
) -> None:
    limits = Limits(at_once=5, site_at_once=2)

    def begin(number: int) -> bool:
        device, site = f"sw{number:02}", f"school-{number % 3}"
        with store.begin() as conn:
            if not has_room(conn, device, site, limits, clock()):
                return False
            return locks.take(conn, device, "r1", "e1", clock(), site) is not None

    with ThreadPoolExecutor(12) as pool:
        begun = [number for number, well in enumerate(pool.map(begin, range(24))) if well]
    assert len(begun) == 5
    assert max(sum(n % 3 == site for n in begun) for site in range(3)) == 2


def test_what_is_let_go_makes_room_but_was_begun_in_this_minute(store: Store, clock: Clock) -> None:
    limits = Limits(at_once=1, per_minute=2)
    with store.begin() as conn:
        for device in ("a", "b"):
            assert has_room(conn, device, "", limits, clock())
            fence = locks.take(conn, device, "r1", "e1", clock())
            assert not has_room(conn, "other", "", limits, clock())
            assert fence is not None
            locks.let_go(conn, device, fence)
        assert not has_room(conn, "c", "", limits, clock())
        clock.forward(seconds=61)
        assert has_room(conn, "c", "", limits, clock())


def test_work_that_is_taken_over_is_not_begun_anew(store: Store, clock: Clock) -> None:
    with store.begin() as conn:
        locks.take(conn, "a", "r1", "e1", clock())
        clock.forward(seconds=61)
        locks.take(conn, "a", "r1", "e2", clock())
        assert has_room(conn, "b", "", Limits(per_minute=1), clock())
        assert has_room(conn, "a", "", Limits(at_once=1), clock())
