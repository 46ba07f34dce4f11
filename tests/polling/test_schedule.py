"""Several processes poll: each device by one of them, and a dead one's share is taken over."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from controller.health.shares import shard_of
from controller.polling.environment import PollEnvironment
from controller.polling.schedule import Schedule
from controller.polling.shares import Shares
from controller.settings import Health
from controller.store import shards
from controller.store.engine import Store
from tests.polling.answering import Network
from tests.polling.conftest import NAMES, an_environment
from tests.store.clock import Clock

CYCLE = 1
QUICK = Health.model_construct(
    poll=True, poll_seconds=CYCLE, at_once=16, shards=3, keep_days=1, keep_hourly_days=1,
    keep_daily_days=1, remote_write=None,
)  # fmt: skip
LEASE = timedelta(seconds=300)


def wait_until(true: Callable[[], bool], seconds: float) -> bool:
    """Whether it became true in time."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def polls(network: Network) -> dict[str, int]:
    """How often each switch was asked over this network."""
    return {name: len(switch.asked) for name, switch in network.switches.items()}


@pytest.fixture
def wired(store: Store, tmp_path: Path) -> Callable[[], tuple[PollEnvironment, Network]]:
    """Polling on one store, wired again for each process."""

    def make() -> tuple[PollEnvironment, Network]:
        network = Network(*NAMES)
        made = an_environment(store, tmp_path, network, Clock(), QUICK)
        return replace(made, clock=lambda: datetime.now(UTC)), network

    return make


def test_every_device_is_polled_and_a_dead_process_s_share_taken_over(
    wired: Callable[[], tuple[PollEnvironment, Network]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Within two cycles, without anybody being told; nobody is polled by two meanwhile."""
    one, first = wired()
    other, second = wired()
    dying = Schedule(one, "one", "here")
    assert wait_until(lambda: all(polls(first).values()), 5)
    living = Schedule(other, "two", "there")
    assert wait_until(lambda: any(polls(second).values()), 5)
    mine = {name for name, count in polls(second).items() if count}
    assert 0 < len(mine) < len(NAMES)
    monkeypatch.setattr(Shares, "leave", lambda *_: None)
    dying.close()  # as a kill would: it gives nothing back
    before = polls(second)
    assert wait_until(
        lambda: all(polls(second)[n] > before[n] for n in set(NAMES) - mine), 2 * CYCLE + 1.5
    )
    living.close()


def test_a_process_that_ends_gives_its_shares_back(store: Store) -> None:
    """Another one has them at its next look."""
    clock = Clock()
    first = Shares(store, "one", "here", clock(), 4, LEASE)
    second = Shares(store, "two", "there", clock(), 4, LEASE)
    first.refresh(clock())
    assert sorted(first.held) == [0, 1, 2, 3]
    second.refresh(clock())
    assert second.held == {}
    lost = first.refresh(clock())
    assert len(first.held) == 2
    assert len(lost) == 2
    second.refresh(clock())
    assert sorted([*first.held, *second.held]) == [0, 1, 2, 3]
    first.leave(clock())
    second.refresh(clock())
    assert sorted(second.held) == [0, 1, 2, 3]


def test_who_was_frozen_holds_an_old_number(store: Store) -> None:
    """Its claim ended, another took the share, and its writes are refused."""
    clock = Clock()
    frozen = Shares(store, "one", "here", clock(), 1, LEASE)
    frozen.refresh(clock())
    clock.forward(seconds=301)
    awake = Shares(store, "two", "there", clock(), 1, LEASE)
    awake.refresh(clock())
    with store.read() as conn:
        assert not frozen.holds(conn, 0)
        assert awake.holds(conn, 0)
    assert frozen.refresh(clock()) == (0,)
    assert frozen.held == {}


def test_what_a_process_says_of_its_last_share_can_be_read(store: Store) -> None:
    """And who is gone is no longer counted."""
    clock = Clock()
    with store.begin(audited=False) as conn:
        shards.live(conn, "one", "here", clock(), clock() + LEASE)
        shards.report(conn, "one", {"seconds": 1.5, "up": 3})
        assert [p.cycle for p in shards.living(conn, clock())] == [{"seconds": 1.5, "up": 3}]
        assert shards.living(conn, clock() + 2 * LEASE) == ()


def test_the_devices_of_the_test_spread() -> None:
    """Otherwise the first test would prove nothing."""
    assert len({shard_of(name, QUICK.shards) for name in NAMES}) > 1
