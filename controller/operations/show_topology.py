"""Show which device is wired to which at a site, how the links are, and who else is seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from controller.accounts.actor import Actor, require
from controller.facts.neighbour import Surroundings
from controller.health.link_state import PortState, link_state, port_states
from controller.health.observed import Reached
from controller.health.topology import End, Link, Stranger, Topology, find_topology, port_key
from controller.health.uplinks import Disagreement, disagreements, uplink_tree
from controller.inventory.device import Device
from controller.inventory.inventory import Inventory
from controller.inventory.site import Site
from controller.operations.context import Context
from controller.operations.show_site import visible_site
from controller.store.device_health import DeviceHealth, read_health, statuses
from controller.store.neighbours import Walked, refreshed

OUTSIDE = "outside"
"""What another site's device is called before a school, which is not told more."""


@dataclass(frozen=True)
class Node:
    """A device in the picture of a site. `device` is None for OUTSIDE.

    `above` is the name of the device it hangs below; `assumed` when no link to that one was seen,
    so that only roles and sites say so.
    """

    name: str
    device: Device | None
    status: Reached
    since: datetime | None
    above: str | None
    assumed: bool = False


@dataclass(frozen=True)
class Wire:
    """A link and how it is now; `use` in percent of `speed` (bit/s), the busier direction."""

    link: Link
    now: PortState


@dataclass(frozen=True)
class TopologyView:
    """One site: its devices, and the devices of other sites they are wired to.

    `walked` is when any of them last told whom it sees; None when none ever did.
    """

    site: Site
    nodes: tuple[Node, ...]
    wires: tuple[Wire, ...]
    strangers: tuple[Stranger, ...]
    disagreements: tuple[Disagreement, ...]
    walked: datetime | None


@dataclass(frozen=True)
class TopologyRow:
    """A site in the list: how many of its devices are how, links, who is not in the inventory."""

    site: Site
    up: int
    down: int
    unknown: int
    links: int
    strangers: int
    disagreements: int
    walked: datetime | None


@dataclass(frozen=True)
class _Whole:
    topology: Topology
    above: Mapping[str, str | None]
    faults: tuple[Disagreement, ...]
    walked: Mapping[str, datetime]


def show_topology(context: Context, actor: Actor, site: str) -> TopologyView:
    """The picture of one site. Errors: `NotFound`, also for a school that asks for another one."""
    require(actor, "show_topology")
    inventory = context.inventory()
    shown = visible_site(inventory, actor, site)
    whole = _whole(context, inventory)
    ours = {device.name for device in shown.devices}
    part = whole.topology.of(ours)
    ends = {end.device for link in part.links for end in (link.one, link.other)}
    ends |= {parent for name in ours if (parent := whole.above.get(name))} | ours
    # Of the others only those are placed that hang below one of ours, or carry one.
    above = {n: p for n, p in whole.above.items() if p and n in ends and (n in ours or p in ours)}
    with context.store.read() as conn:
        health = read_health(conn, ends)
    linked = {(link.one.device, link.other.device) for link in part.links}
    masked = dict.fromkeys(ends - ours, OUTSIDE) if actor.of_school else {}
    return TopologyView(
        site=shown,
        nodes=tuple(_nodes(inventory, health, ours, ends, above, linked, masked)),
        wires=tuple(_wires(part, health, masked)),
        strangers=part.strangers,
        disagreements=tuple(
            replace(fault, above=masked.get(fault.above, fault.above))
            for fault in whole.faults
            if fault.device in ours
        ),
        walked=max((whole.walked[n] for n in ours if n in whole.walked), default=None),
    )


def list_topologies(context: Context, actor: Actor) -> tuple[TopologyRow, ...]:
    """Every site the actor may see, by name, with the state of its devices and links."""
    require(actor, "show_topology")
    inventory = context.inventory()
    whole = _whole(context, inventory)
    with context.store.read() as conn:
        known = statuses(conn)
    at = {device.name: device.site for device in inventory.devices}
    links = Counter(
        site
        for link in whole.topology.links
        for site in {at[link.one.device], at[link.other.device]}
    )
    strangers = Counter(at[stranger.device] for stranger in whole.topology.strangers)
    faults = Counter(at[fault.device] for fault in whole.faults)
    rows = []
    for site in sorted(inventory.sites, key=lambda one: one.site):
        if not actor.sees(site.site):
            continue
        names = [device.name for device in site.devices]
        now = Counter(known[n][0] if n in known else "unknown" for n in names)
        rows.append(
            TopologyRow(
                site, now["up"], now["down"], now["unknown"], links[site.site],
                strangers[site.site], faults[site.site],
                max((whole.walked[n] for n in names if n in whole.walked), default=None),
            )
        )  # fmt: skip
    return tuple(rows)


def _whole(context: Context, inventory: Inventory) -> _Whole:
    kept: dict[str, Walked] = inventory.kept("neighbours", dict)
    with context.store.read() as conn:
        walked = refreshed(conn, kept)
    # The last answer stays as long as nobody was walked since.
    last: dict[frozenset[tuple[str, datetime]], _Whole] = inventory.kept("topology", dict)
    stamp = frozenset((name, one.at) for name, one in walked.items())
    if (known := last.get(stamp)) is not None:
        return known
    made = _put_together(inventory, walked)
    last.clear()
    last[stamp] = made
    return made


def _put_together(inventory: Inventory, walked: Mapping[str, Walked]) -> _Whole:
    seen: dict[str, Surroundings] = {name: one.seen for name, one in walked.items()}
    topology = find_topology(inventory, seen)
    above = uplink_tree(inventory, seen, topology)
    faults = disagreements(inventory, topology, above)
    return _Whole(topology, above, faults, {name: one.at for name, one in walked.items()})


def _nodes(
    inventory: Inventory,
    health: Mapping[str, DeviceHealth],
    ours: set[str],
    ends: set[str],
    above: Mapping[str, str],
    linked: set[tuple[str, str]],
    masked: Mapping[str, str],
) -> Iterator[Node]:
    given = set()
    for name in sorted(ends):
        parent = above.get(name)
        now = health.get(name)
        told = masked.get(name, name)
        if told in given:
            continue
        given.add(told)
        yield Node(
            name=told,
            device=None if name in masked else inventory.device(name),
            status=now.status if now and name not in masked else "unknown",
            since=now.since if now and name not in masked else None,
            above=masked.get(parent, parent) if parent else None,
            assumed=parent is not None
            and name in ours
            and (min(name, parent), max(name, parent)) not in linked,
        )


def _wires(
    part: Topology, health: Mapping[str, DeviceHealth], masked: Mapping[str, str]
) -> Iterator[Wire]:
    tables = {name: port_states(now.ports) for name, now in health.items() if now.status == "up"}
    for link in part.links:
        ports = [
            tables.get(end.device, {}).get(port_key(end.port)) for end in (link.one, link.other)
        ]
        yield Wire(_masked(link, masked), link_state(ports))


def _masked(link: Link, masked: Mapping[str, str]) -> Link:
    """The link as a school is told of it: of another site's device neither name nor port."""

    def end(one: End) -> End:
        return End(OUTSIDE) if one.device in masked else one

    seen_by = tuple(OUTSIDE if name in masked else name for name in link.seen_by)
    return replace(link, one=end(link.one), other=end(link.other), seen_by=seen_by)
