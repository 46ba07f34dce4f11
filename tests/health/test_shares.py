"""Dividing the devices among processes: everything is polled, by nobody twice."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from controller.health.shares import fair_share, shard_of, slot, to_claim, to_let_go

SHARDS = 16


def settle(held: list[set[int]]) -> list[set[int]]:
    """Who holds what after everybody had a few turns."""
    for _ in range(4):
        for mine in held:
            taken = set().union(*held)
            free = set(range(SHARDS)) - taken
            fair = fair_share(SHARDS, len(held))
            mine -= set(to_let_go(mine, fair, free=len(free)))
            free = set(range(SHARDS)) - set().union(*held)
            mine |= set(to_claim(mine, free, fair))
    return held


@given(st.lists(st.integers(0, 4), min_size=SHARDS, max_size=SHARDS), st.integers(1, 5))
def test_every_share_finds_one_poller(owners: list[int], pollers: int) -> None:
    """From whatever was before: all shares are held, once, and nobody holds more than is fair."""
    held: list[set[int]] = [set() for _ in range(pollers)]
    for shard, owner in enumerate(owners):
        if owner < pollers:
            held[owner].add(shard)
    after = settle(held)
    assert sorted(shard for mine in after for shard in mine) == list(range(SHARDS))
    assert max(map(len, after)) <= fair_share(SHARDS, pollers)


def test_the_share_of_a_device_is_the_same_everywhere() -> None:
    """It hangs on the name alone, and spreads."""
    shares = [shard_of(f"kkn-s{n:03}-sw01", SHARDS) for n in range(1500)]
    assert shares[:3] == [shard_of(f"kkn-s{n:03}-sw01", SHARDS) for n in range(3)]
    assert all(60 < shares.count(shard) < 130 for shard in range(SHARDS))


@given(st.integers(0, SHARDS - 1), st.floats(0, 10**9))
def test_a_slot_comes_once_a_cycle(shard: int, at: float) -> None:
    """Never in the past, never more than a cycle away."""
    when = slot(shard, SHARDS, 300.0, at)
    assert at - 1e-3 <= when <= at + 300.0 + 1e-3
    assert abs((when - 300.0 * shard / SHARDS) / 300.0 % 1) < 1e-6 or (
        abs((when - 300.0 * shard / SHARDS) / 300.0 % 1) > 1 - 1e-6
    )
