"""Which device hangs below which: by the links where any were seen, else by the inventory. Pure."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass

from controller.facts.neighbour import Surroundings
from controller.health.topology import Topology, find_topology, same_port
from controller.inventory.device import Device, Role
from controller.inventory.inventory import Inventory

# From the way out of the house to the things on its walls.
RANKS: dict[Role, int] = {
    "router": 0, "firewall": 1, "core": 2, "distribution": 3, "access": 4,
    "wireless": 5, "power": 5, "printer": 5, "camera": 5, "server": 5,
}  # fmt: skip
Key = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """The inventory declares one uplink, the neighbours say another.

    `seen` is the port at which the device above, `above`, was seen.
    """

    device: str
    declared: str
    seen: str
    above: str


def uplink_tree(
    inventory: Inventory, seen: Mapping[str, Surroundings], topology: Topology | None = None
) -> Mapping[str, str | None]:
    """device -> the device above it, None for the topmost; every device of the inventory is in it.

    Found by walking the links outward from the office's edge, so that a ring or a second home gives
    the shortest way, the declared uplink first among equals. What no link reaches hangs where roles
    and sites put it. `topology` is what `find_topology` gives for the same two.
    """
    wired = topology or find_topology(inventory, seen)
    return _Tree(inventory, wired).above()


def disagreements(
    inventory: Inventory, topology: Topology, above: Mapping[str, str | None]
) -> tuple[Disagreement, ...]:
    """Devices whose declared uplink is not where the way up was seen, by name."""
    ports: dict[tuple[str, str], list[str]] = defaultdict(list)
    for link in topology.links:
        for near, far in ((link.one, link.other), (link.other, link.one)):
            if near.port and link.protocol != "fdb":
                ports[near.device, far.device].append(near.port)
    found = []
    for device in inventory.devices:
        parent = above.get(device.name)
        told = ports.get((device.name, parent or ""), [])
        declared = device.uplink or ""
        if parent and declared and told and not any(same_port(declared, port) for port in told):
            found.append(Disagreement(device.name, declared, min(told), parent))
    return tuple(found)


class _Tree:
    """One walk through the network."""

    def __init__(self, inventory: Inventory, topology: Topology) -> None:
        self._inventory = inventory
        self._keys = {device.name: self._key(device) for device in inventory.devices}
        self._beside: dict[str, dict[str, bool]] = defaultdict(dict)
        for link in topology.links:
            for near, far in ((link.one, link.other), (link.other, link.one)):
                device = inventory.device(near.device)
                declared = bool(device and device.uplink and same_port(device.uplink, near.port))
                before = self._beside[near.device].get(far.device, False)
                self._beside[near.device][far.device] = before or declared

    def above(self) -> dict[str, str | None]:
        """Each device's own device above."""
        expected = self._by_role()
        found: dict[str, str | None] = {}
        # The first device of a part nobody has come to is its way out: all its others come later in
        # the same order, so that two parts can never hang below each other.
        for head in sorted(self._keys, key=self._keys.__getitem__):
            if head not in found:
                found[head] = expected[head]
                self._walk(head, found)
        return found

    def _walk(self, head: str, found: dict[str, str | None]) -> None:
        depth = {head: 0}
        waiting = deque([head])
        while waiting:
            here = waiting.popleft()
            if here != head:
                found[here] = self._best(here, depth)
            for beside in self._beside[here]:
                if beside not in depth and beside not in found:
                    depth[beside] = depth[here] + 1
                    waiting.append(beside)

    def _best(self, device: str, depth: Mapping[str, int]) -> str:
        """Of the neighbours one step nearer to the way out the declared one, else the first."""
        nearer = [d for d in self._beside[device] if depth.get(d) == depth[device] - 1]
        return min(nearer, key=lambda d: (not self._beside[device][d], self._keys[d]))

    def _key(self, device: Device) -> Key:
        office = self._inventory.site_of(device).kind == "office"
        return (0 if office else 1, RANKS[device.role], device.name)

    def _by_role(self) -> dict[str, str | None]:
        """Where roles and sites alone put each device: always below one that comes before it."""
        anchor = self._anchor()
        found: dict[str, str | None] = {}
        for site in self._inventory.sites:
            levels: dict[int, list[str]] = defaultdict(list)
            for device in site.devices:
                levels[RANKS[device.role]].append(device.name)
            for device in site.devices:
                rank = RANKS[device.role]
                top = anchor if site.kind != "office" else None
                found[device.name] = _next_up(levels, rank) or top
        return found

    def _anchor(self) -> str | None:
        """Where the schools' lines end: the first core of the office, or its first device."""
        ours = [name for name, key in self._keys.items() if key[0] == 0]
        cores = [name for name in ours if self._keys[name][1] == RANKS["core"]]
        return min(cores or ours, key=self._keys.__getitem__, default=None)


def _next_up(levels: Mapping[int, list[str]], rank: int) -> str | None:
    """The nearest device above that is alone in its role: of two nobody can say which it is."""
    above = sorted((level for level in levels if level < rank), reverse=True)
    return next((levels[level][0] for level in above if len(levels[level]) == 1), None)
