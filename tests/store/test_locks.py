"""One device is never in two runs, and an old holder is fenced off."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from controller.store import locks
from controller.store.engine import Store, open_store
from controller.store.locks import Lock
from tests.store.clock import Clock

SW = "kkn-a-sw01"


def test_a_free_device_is_taken_and_let_go(store: Store, clock: Clock) -> None:
    """With who holds it, for which run, since when."""
    with store.begin() as conn:
        assert locks.holder(conn, SW) is None
        assert locks.take(conn, SW, "r1", "e1", clock()) == 1
        assert locks.holder(conn, SW) == Lock(SW, 1, "r1", "e1", clock())
        assert locks.holds(conn, SW, 1)
        assert locks.let_go(conn, SW, 1)
        assert locks.holder(conn, SW) is None
        assert not locks.holds(conn, SW, 1)
        assert not locks.let_go(conn, SW, 1)


def test_another_run_does_not_get_it(store: Store, clock: Clock) -> None:
    """None, and the holder stays."""
    with store.begin() as conn:
        locks.take(conn, SW, "r1", "e1", clock())
        assert locks.take(conn, SW, "r2", "e2", clock()) is None
        assert locks.holds(conn, SW, 1)


def test_the_same_run_takes_over_and_fences_the_old_holder(store: Store, clock: Clock) -> None:
    """The thawed executor holds nothing, and cannot let go what is not its own."""
    with store.begin() as conn:
        old = locks.take(conn, SW, "r1", "e1", clock())
        new = locks.take(conn, SW, "r1", "e2", clock.forward(minutes=1))
        assert (old, new) == (1, 2)
        assert not locks.holds(conn, SW, 1)
        assert not locks.let_go(conn, SW, 1)
        assert locks.holder(conn, SW) == Lock(SW, 2, "r1", "e2", clock())


def test_a_fence_is_never_given_twice(store: Store, clock: Clock) -> None:
    """Also when the device was free in between."""
    given = []
    for n in range(5):
        with store.begin() as conn:
            fence = locks.take(conn, SW, f"r{n}", "e1", clock())
            assert fence is not None
            given.append(fence)
            locks.let_go(conn, SW, fence)
    assert given == [1, 2, 3, 4, 5]


def test_of_many_runs_at_once_one_gets_the_device(
    store: Store, database_url: str, clock: Clock
) -> None:
    """Through two stores, whose transactions may overlap."""
    other = open_store(database_url)

    def take(n: int) -> int | None:
        with (store if n % 2 else other).begin(audited=False) as conn:
            return locks.take(conn, SW, f"r{n}", "e", clock())

    with ThreadPoolExecutor(16) as pool:
        got = list(pool.map(take, range(32)))
    other.close()
    assert [fence for fence in got if fence] == [1]


def test_takeovers_at_once_get_different_fences(
    store: Store, database_url: str, clock: Clock
) -> None:
    """Only the highest holds."""
    other = open_store(database_url)

    def take(n: int) -> int | None:
        with (store if n % 2 else other).begin(audited=False) as conn:
            return locks.take(conn, SW, "r1", f"e{n}", clock())

    with ThreadPoolExecutor(16) as pool:
        got = sorted(fence or 0 for fence in pool.map(take, range(32)))
    other.close()
    assert got == list(range(1, 33))
    with store.read() as conn:
        assert [n for n in got if locks.holds(conn, SW, n)] == [32]
