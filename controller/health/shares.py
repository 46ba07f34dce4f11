"""How the devices are divided among the processes that poll."""

from __future__ import annotations

import math
import zlib
from collections.abc import Collection


def shard_of(device: str, shards: int) -> int:
    """The share a device is polled in: the same in every process, from its name alone."""
    return zlib.crc32(device.encode()) % shards


def fair_share(shards: int, pollers: int) -> int:
    """How many shares one of so many processes polls at most."""
    return math.ceil(shards / max(pollers, 1))


def to_let_go(mine: Collection[int], fair: int, *, free: int) -> tuple[int, ...]:
    """Which of its shares a process gives back, when others have come.

    None while shares are free anyway: those are taken first.
    """
    over = len(mine) - fair
    return tuple(sorted(mine, reverse=True)[:over]) if over > 0 and free == 0 else ()


def to_claim(mine: Collection[int], free: Collection[int], fair: int) -> tuple[int, ...]:
    """Which free shares a process tries to take."""
    return tuple(sorted(free)[: max(fair - len(mine), 0)])


def slot(shard: int, shards: int, every: float, at: float) -> float:
    """When a share is next polled at or after `at`, in seconds: spread over the cycle.

    The time of the n-th share is n/shards of a cycle after the cycle's beginning; cycles begin at
    whole multiples of `every`, in all processes.
    """
    offset = every * shard / shards
    return math.ceil((at - offset) / every) * every + offset
