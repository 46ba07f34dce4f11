"""Which device is wired to which: what every device sees at its ports, put together. Pure."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from ipaddress import ip_address

from controller.facts.neighbour import Neighbour, Protocol, Surroundings
from controller.inventory.inventory import Inventory

_PORT = re.compile(r"([a-z]*)[a-z\- ]*?([\d][\d/.:]*)")

_DIGITS = re.compile(r"([0-9]+)")


@dataclass(frozen=True, slots=True, order=True)
class End:
    """One end of a link; `port` is the name its own device gives it, empty when nobody told."""

    device: str
    port: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A wire between two devices of the inventory, `one` before `other` by name.

    `seen_by` names the ends that saw it: a link only one end told of is kept, and known by this.
    """

    one: End
    other: End
    seen_by: tuple[str, ...]
    protocol: Protocol

    @property
    def both(self) -> bool:
        """Whether each end told of the other."""
        return len(self.seen_by) == 2

    def far(self, device: str) -> End:
        """The end that is not this device's."""
        return self.other if self.one.device == device else self.one

    def near(self, device: str) -> End:
        """This device's end."""
        return self.one if self.one.device == device else self.other


@dataclass(frozen=True, slots=True)
class Stranger:
    """Somebody at a device's port whom the inventory does not know."""

    device: str
    seen: Neighbour


@dataclass(frozen=True, slots=True)
class Topology:
    """Links and strangers of the whole office, each in an order that does not change."""

    links: tuple[Link, ...] = ()
    strangers: tuple[Stranger, ...] = ()

    def of(self, devices: Iterable[str]) -> Topology:
        """What touches these devices."""
        ours = frozenset(devices)
        return Topology(
            tuple(k for k in self.links if k.one.device in ours or k.other.device in ours),
            tuple(stranger for stranger in self.strangers if stranger.device in ours),
        )


@dataclass(frozen=True, slots=True)
class _Sighting:
    """`near` told that `far.device` is at its port, and perhaps at which of the other's."""

    near: End
    far: End
    protocol: Protocol


def find_topology(inventory: Inventory, seen: Mapping[str, Surroundings]) -> Topology:
    """The links between devices of the inventory, and who else is seen.

    A neighbour is recognised by hardware address, management address or name. Whoever no protocol
    tells of is placed by the forwarding tables, at the port with the fewest of our devices.
    """
    known = Directory(inventory, seen)
    pairs: dict[tuple[str, str], list[_Sighting]] = defaultdict(list)
    strangers: list[Stranger] = []
    for device in sorted(seen):
        if inventory.device(device) is None:
            continue
        for one in seen[device].neighbours:
            if one.protocol == "fdb":
                continue
            far = known.device_of(one)
            if far is None:
                strangers.append(Stranger(device, one))
            elif far != device:
                pairs[min(device, far), max(device, far)].append(
                    _Sighting(End(device, one.local_port), End(far, one.port), one.protocol)
                )
    links = [link for pair in sorted(pairs) for link in _paired(*pair, pairs[pair])]
    links += _placed(known, seen, links)
    return Topology(tuple(sorted(links, key=_place)), tuple(strangers))


class Directory:
    """By what the devices of an inventory are recognised."""

    def __init__(self, inventory: Inventory, seen: Mapping[str, Surroundings]) -> None:
        self._names: dict[str, str] = {}
        self._addresses: dict[str, str] = {}
        owners: dict[str, set[str]] = defaultdict(set)
        told: dict[str, set[str]] = defaultdict(set)
        for device in inventory.devices:
            self._names[device.name] = device.name
            self._addresses[plain_address(device.address)] = device.name
            if (about := seen.get(device.name)) is not None:
                for mac in about.macs:
                    owners[mac].add(device.name)
                told[host_name(about.name)].add(device.name)
        # What two devices call themselves, as when both came from one image, says nothing.
        self.macs = {mac: min(names) for mac, names in owners.items() if len(names) == 1}
        for name, names in told.items():
            if name and len(names) == 1:
                self._names.setdefault(name, min(names))

    def device_of(self, one: Neighbour) -> str | None:
        """The device that is meant; None when it is nobody of ours."""
        return (
            self.macs.get(one.mac)
            or self._addresses.get(plain_address(one.address))
            or self._names.get(host_name(one.name))
        )

    def device_at(self, address: str) -> str | None:
        """The device with this management address."""
        return self._addresses.get(plain_address(address))


def _place(link: Link) -> tuple[object, ...]:
    """Ports in the order people count them: 2 before 10."""
    one, other = link.one, link.other
    return (one.device, other.device, _counted(one.port), _counted(other.port))


def _counted(port: str) -> list[tuple[int, str]]:
    return [(int(part) if part.isdecimal() else -1, part) for part in _DIGITS.split(port)]


def host_name(name: str) -> str:
    """A host's name in lower case without its domain."""
    return name.strip().lower().partition(".")[0]


def plain_address(address: str) -> str:
    """An address as one writes it shortest; other text as it is."""
    try:
        return str(ip_address(address)) if address else ""
    except ValueError:
        return address


def same_port(one: str, other: str) -> bool:
    """Whether both names can mean one port: `Gi0/1` and `GigabitEthernet0/1`."""
    return bool(one) and port_key(one) == port_key(other)


def port_key(name: str) -> str:
    """What is the same for every way to write the port's name."""
    small = name.strip().lower()
    match = _PORT.fullmatch(small)
    return match[1][:2] + match[2] if match else small


def _paired(one: str, other: str, sightings: list[_Sighting]) -> Iterator[Link]:
    """The links between two devices: what one end told joined with what the other did."""
    unique = dict.fromkeys(sightings)
    left = _once([s for s in unique if s.near.device == one])
    right = _once([s for s in unique if s.near.device == other])
    for fits in (_both_agree, _one_agrees):
        for sighting in list(left):
            answer = next((r for r in right if fits(sighting, r)), None)
            if answer is not None:
                left.remove(sighting)
                right.remove(answer)
                yield Link(sighting.near, answer.near, (one, other), sighting.protocol)
    if len(left) == len(right) == 1:
        yield Link(left[0].near, right[0].near, (one, other), left[0].protocol)
        return
    for sighting in left:
        yield Link(sighting.near, sighting.far, (one,), sighting.protocol)
    for sighting in right:
        yield Link(sighting.far, sighting.near, (other,), sighting.protocol)


def _once(sightings: list[_Sighting]) -> list[_Sighting]:
    """One for each port: LLDP and CDP may tell of the same wire in different words."""
    kept: dict[str, _Sighting] = {}
    for sighting in sightings:
        kept.setdefault(sighting.near.port, sighting)
    return list(kept.values())


def _both_agree(left: _Sighting, right: _Sighting) -> bool:
    return same_port(left.far.port, right.near.port) and same_port(right.far.port, left.near.port)


def _one_agrees(left: _Sighting, right: _Sighting) -> bool:
    return same_port(left.far.port, right.near.port) or same_port(right.far.port, left.near.port)


def _placed(
    known: Directory, seen: Mapping[str, Surroundings], links: list[Link]
) -> Iterator[Link]:
    """Devices no protocol told of, at the ports where switches learnt their addresses."""
    linked = {end.device for link in links for end in (link.one, link.other)}
    busy = {(end.device, end.port) for link in links for end in (link.one, link.other)}
    at: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for switch in sorted(seen):
        for one in seen[switch].neighbours:
            device = known.macs.get(one.mac) if one.protocol == "fdb" else None
            if device and device != switch and (switch, one.local_port) not in busy:
                at[device].add((switch, one.local_port))
    crowd = Counter(place for places in at.values() for place in places)
    for device in sorted(at):
        if device in linked:
            continue
        switch, port = min(at[device], key=lambda place: (crowd[place], place))
        ends = sorted((End(device), End(switch, port)))
        yield Link(ends[0], ends[1], (switch,), "fdb")
