"""The network as it was last walked: which device hangs below which, and what is wired to what.

Worked out anew at most every ten minutes: cables move more slowly than polls come.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from controller.health.shadows import Tree
from controller.health.topology import End, find_topology
from controller.health.uplinks import uplink_tree
from controller.inventory.inventory import Inventory
from controller.store.engine import Connection
from controller.store.neighbours import load_neighbours

_FRESH = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Surveyed:
    """`tree`: device -> the device above it. `links`: device -> its own end and the other's."""

    tree: Tree
    links: Mapping[str, tuple[tuple[End, End], ...]] = field(default_factory=dict)


@dataclass(slots=True)
class _Kept:
    at: datetime | None = None
    found: Surveyed | None = None


def surveyed(conn: Connection, inventory: Inventory, now: datetime) -> Surveyed:
    """The network of this inventory as it was last walked."""
    kept = inventory.kept("surveyed", _Kept)
    if kept.found is None or kept.at is None or not timedelta() <= now - kept.at < _FRESH:
        kept.found, kept.at = _survey(conn, inventory), now
    return kept.found


def _survey(conn: Connection, inventory: Inventory) -> Surveyed:
    seen = {device: walked.seen for device, walked in load_neighbours(conn).items()}
    topology = find_topology(inventory, seen)
    links: dict[str, tuple[tuple[End, End], ...]] = {}
    for link in topology.links:
        for near, far in ((link.one, link.other), (link.other, link.one)):
            links[near.device] = (*links.get(near.device, ()), (near, far))
    return Surveyed(uplink_tree(inventory, seen, topology), links)
