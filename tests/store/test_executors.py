"""Executors live as long as their hearts beat, and never share an id."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from controller.errors import Refused
from controller.store import executors
from controller.store.engine import Store
from controller.store.executors import Executor
from tests.store.clock import Clock


def an_executor(name: str, at: datetime) -> Executor:
    return Executor(id=name, host="kkn-server", pid=4242, started=at, heartbeat=at)


def test_an_id_is_taken_once_and_for_ever(store: Store, clock: Clock) -> None:
    """Also after its process ended."""
    with store.begin() as conn:
        executors.register(conn, an_executor("e1", clock()))
        assert executors.living(conn) == (an_executor("e1", clock()),)
        assert executors.retire(conn, "e1", clock())
        assert not executors.retire(conn, "e1", clock())
    with pytest.raises(Refused, match="e1"), store.begin() as conn:
        executors.register(conn, an_executor("e1", clock()))


def test_of_many_with_one_id_one_gets_it(store: Store, clock: Clock) -> None:
    """At the same moment."""

    def register(_: int) -> bool:
        try:
            with store.begin(audited=False) as conn:
                executors.register(conn, an_executor("local", clock()))
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(register, range(16))).count(True) == 1


def test_who_beats_is_living_until_retired(store: Store, clock: Clock) -> None:
    """With the moment of the last beat."""
    with store.begin() as conn:
        for name in ("e1", "e2", "e3"):
            executors.register(conn, an_executor(name, clock()))
        limit = clock.forward(seconds=30)
        assert executors.beat(conn, "e2", limit)
        executors.retire(conn, "e1", limit)
        found = {e.id: e.heartbeat for e in executors.living(conn)}
        assert found == {"e2": limit, "e3": limit - timedelta(seconds=30)}


def test_the_retired_and_the_unknown_are_told_to_stop(store: Store, clock: Clock) -> None:
    """A thawed process beats again, and learns that it was given up."""
    with store.begin() as conn:
        executors.register(conn, an_executor("e1", clock()))
        assert executors.beat(conn, "e1", clock())
        executors.retire(conn, "e1", clock())
        assert not executors.beat(conn, "e1", clock())
        assert not executors.beat(conn, "nobody", clock())
