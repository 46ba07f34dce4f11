"""Who stands at a device's ports, read from its tables: LLDP, CDP, MikroTik's own, forwarding.

Pure. Numbers: LLDP-MIB and LLDP-V2-MIB (IEEE 802.1AB), CISCO-CDP-MIB, MIKROTIK-MIB, BRIDGE-MIB
(RFC 4188), Q-BRIDGE-MIB (RFC 4363), IF-MIB (RFC 2863).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from controller.facts.answers import Answers, Request, Value, as_number
from controller.facts.neighbour import Neighbour, Surroundings
from controller.platforms.told_ids import (
    as_address,
    as_mac,
    as_words,
    cdp_capabilities,
    index_address,
    lldp_capabilities,
    same_name,
)

SYS_NAME = "1.3.6.1.2.1.1.5.0"
BRIDGE_MAC = "1.3.6.1.2.1.17.1.1.0"
LOCAL_CHASSIS_KIND = "1.0.8802.1.1.2.1.3.1.0"
LOCAL_CHASSIS = "1.0.8802.1.1.2.1.3.2.0"
IF_DESCR, IF_MAC, IF_NAME = "1.3.6.1.2.1.2.2.1.2", "1.3.6.1.2.1.2.2.1.6", "1.3.6.1.2.1.31.1.1.1.1"
BRIDGE_PORT = "1.3.6.1.2.1.17.1.4.1.2"
FDB, VLAN_FDB = "1.3.6.1.2.1.17.4.3.1.2", "1.3.6.1.2.1.17.7.1.2.2.1.2"
_LLDP, _LLDP_ADDRESS = "1.0.8802.1.1.2.1.4.1.1", "1.0.8802.1.1.2.1.4.2.1.3"
_LOCAL_PORT = "1.0.8802.1.1.2.1.3.7.1"
_LLDP2, _LLDP2_ADDRESS = "1.3.111.2.802.1.1.13.1.4.1.1", "1.3.111.2.802.1.1.13.1.4.2.1.3"
_CDP = "1.3.6.1.4.1.9.9.23.1.2.1.1"
_MIKROTIK = "1.3.6.1.4.1.14988.1.1.11.1.1"

# Table -> the column that shows whether it has rows, and the others.
_TABLES: dict[str, tuple[str, ...]] = {
    f"{_LLDP}.5": (
        *(f"{_LLDP}.{n}" for n in (4, 6, 7, 8, 9, 10, 12)),
        _LLDP_ADDRESS,
        *(f"{_LOCAL_PORT}.{n}" for n in (2, 3, 4)),
    ),
    f"{_LLDP2}.6": (*(f"{_LLDP2}.{n}" for n in (5, 7, 8, 9, 10, 11, 13)), _LLDP2_ADDRESS),
    f"{_CDP}.6": tuple(f"{_CDP}.{n}" for n in (3, 4, 7, 8, 9)),
    f"{_MIKROTIK}.6": tuple(f"{_MIKROTIK}.{n}" for n in (2, 3, 5, 8)),
    FDB: (),
    VLAN_FDB: (),
}
_ALWAYS = Request(
    (SYS_NAME, BRIDGE_MAC, LOCAL_CHASSIS_KIND, LOCAL_CHASSIS),
    (IF_DESCR, IF_NAME, IF_MAC, BRIDGE_PORT),
)
# Behind a port with more addresses than this stands a switch or a hall of computers, not one thing.
FEW = 4
_MOST_MACS = 128


def neighbour_request() -> Request:
    """Everything that is read here, in one request."""
    every = (oid for first, rest in _TABLES.items() for oid in (first, *rest))
    return _ALWAYS | Request(columns=tuple(every))


def first_neighbour_request() -> Request:
    """What shows which tables a device has: a quarter of the whole."""
    return _ALWAYS | Request(columns=tuple(_TABLES))


def next_neighbour_request(answers: Answers) -> Request:
    """The rest of the tables that have rows; nothing where none has."""
    return Request(
        columns=tuple(
            oid for first, rest in _TABLES.items() if answers.column(first) for oid in rest
        )
    )


def read_neighbours(answers: Answers, known: Collection[str] = ()) -> tuple[Neighbour, ...]:
    """Whom the device sees, by port and name; who is seen twice at a port stands there once.

    From the forwarding table come the addresses of ports with at most FEW of them, and those in
    `known` (the hardware addresses of our own devices) wherever they are.
    """
    ports = _Ports(answers)
    told = [*_lldp(answers, ports), *_lldp2(answers, ports)]
    for seen in (*_cdp(answers, ports), *_mikrotik(answers, ports)):
        _merge(told, seen)
    ordered = sorted(set(told), key=_order)
    own = set(_macs(answers))
    return (*ordered, *_forwarding(answers, ports, own, known))


def read_surroundings(answers: Answers, known: Collection[str] = ()) -> Surroundings:
    """The device among the others; `known` as in `read_neighbours`."""
    return Surroundings(
        answers.text(SYS_NAME), _macs(answers)[:_MOST_MACS], read_neighbours(answers, known)
    )


def interface_names(answers: Answers) -> dict[str, str]:
    """ifIndex -> the long name of the interface where it is one word, else the short one."""
    named = {i: as_words(v) for i, v in answers.column(IF_NAME).items()}
    found = {i: as_words(v) for i, v in answers.column(IF_DESCR).items()}
    kept = {i: name for i, name in found.items() if name and " " not in name}
    return {**found, **{i: name for i, name in named.items() if name}, **kept}


class _Ports:
    """What the device calls its ports, by ifIndex, bridge port and LLDP's own numbers."""

    def __init__(self, answers: Answers) -> None:
        described = {i: as_words(v) for i, v in answers.column(IF_DESCR).items()}
        named = {i: as_words(v) for i, v in answers.column(IF_NAME).items()}
        self.names = {**described, **{i: name for i, name in named.items() if name}}
        self._by_text: dict[str, str] = {}
        for index, text in (*named.items(), *described.items()):
            self._by_text.setdefault(text.lower(), index)
        self._by_mac: dict[str, list[str]] = defaultdict(list)
        for index, value in answers.column(IF_MAC).items():
            self._by_mac[as_mac(value)].append(index)
        bridge = answers.column(BRIDGE_PORT)
        self._bridge = {port: _whole(index) for port, index in bridge.items()}
        self._kinds = answers.column(f"{_LOCAL_PORT}.2")
        self._ids = answers.column(f"{_LOCAL_PORT}.3")
        self._descriptions = answers.column(f"{_LOCAL_PORT}.4")

    def of_interface(self, index: str) -> str:
        """The name of an interface; its number while it has none."""
        return self.names.get(index) or index

    def of_bridge(self, port: str) -> str:
        """The name of a bridge port."""
        return self.of_interface(self._bridge.get(port, port))

    def of_lldp(self, number: str) -> str:
        """The name of LLDP's local port: by what it says of it, else by its number."""
        index = self._said(number)
        if index is None:
            index = self._bridge.get(number, number)
        if self.names.get(index):
            return self.names[index]
        kind, told = _whole(self._kinds.get(number, 0)), self._ids.get(number)
        described = as_words(self._descriptions.get(number))
        return (as_mac(told) if kind == "3" else as_words(told)) or described or number

    def _said(self, number: str) -> str | None:
        told, kind = self._ids.get(number), _whole(self._kinds.get(number, 0))
        if kind == "3":
            interfaces = self._by_mac.get(as_mac(told), [])
            if len(interfaces) == 1:
                return interfaces[0]
        text = as_words(told).lower()
        if kind != "3" and text in self._by_text and not text.isdecimal():
            return self._by_text[text]
        described = as_words(self._descriptions.get(number)).lower()
        if described and described in self._by_text:
            return self._by_text[described]
        return text if kind == "7" and text in self.names else None


def _lldp(answers: Answers, ports: _Ports) -> Iterator[Neighbour]:
    addresses = _management(answers, _LLDP_ADDRESS, 3)
    for index in answers.column(f"{_LLDP}.5"):
        parts = index.split(".")
        if len(parts) == 3:
            row = {n: answers.column(f"{_LLDP}.{n}").get(index) for n in range(4, 13)}
            yield _told(ports.of_lldp(parts[1]), row, addresses.get(index, ""))


def _lldp2(answers: Answers, ports: _Ports) -> Iterator[Neighbour]:
    addresses = _management(answers, _LLDP2_ADDRESS, 4)
    for index in answers.column(f"{_LLDP2}.6"):
        parts = index.split(".")
        if len(parts) >= 4:
            row = {n - 1: answers.column(f"{_LLDP2}.{n}").get(index) for n in range(5, 14)}
            yield _told(ports.of_interface(parts[1]), row, addresses.get(index, ""))


def _told(local: str, row: Mapping[int, Value | None], managed: str) -> Neighbour:
    """A row of LLDP, columns numbered as in LLDP-MIB: 4 and 6 say of what kind 5 and 7 are."""
    chassis_kind, port_kind = _whole(row[4] or 0), _whole(row[6] or 0)
    name, chassis, described = as_words(row[9]), row[5], as_words(row[8])
    mac = as_mac(chassis) if chassis_kind in {"4", "7"} else ""
    if not name and not mac and chassis_kind in {"1", "2", "6", "7"}:
        name = as_words(chassis)
    port = as_mac(row[7]) if port_kind == "3" else ""
    if port_kind == "4":
        port = as_address(row[7], family=True)
    elif not port:
        port = as_words(row[7])
    # A number or a hardware address is no name people know the port by.
    if described and (port_kind in {"3", "4"} or port.isdecimal() or not port):
        port = described
    return Neighbour(
        local_port=local,
        protocol="lldp",
        name=name,
        port=port,
        address=managed or (as_address(chassis, family=True) if chassis_kind == "5" else ""),
        mac=mac,
        description=as_words(row[10]),
        capabilities=lldp_capabilities(row[12]),
    )


def _management(answers: Answers, column: str, parts: int) -> dict[str, str]:
    """Row of the neighbour -> its management address, IPv4 first; they stand in the index."""
    found: dict[str, list[str]] = defaultdict(list)
    for index in answers.column(column):
        split = index.split(".")
        address = index_address(split[parts:])
        if address:
            found[".".join(split[:parts])].append(address)
    return {row: min(each, key=lambda a: (":" in a, a)) for row, each in found.items()}


def _cdp(answers: Answers, ports: _Ports) -> Iterator[Neighbour]:
    kinds, addresses = answers.column(f"{_CDP}.3"), answers.column(f"{_CDP}.4")
    for index, told in answers.column(f"{_CDP}.6").items():
        # NX-OS puts the serial number behind the name, in brackets.
        name = as_words(told).partition("(")[0]
        mac = as_mac(name)
        is_ip = _whole(kinds.get(index, 1)) in {"1", "20"}
        yield Neighbour(
            local_port=ports.of_interface(index.partition(".")[0]),
            protocol="cdp",
            name="" if mac else name,
            port=as_words(answers.column(f"{_CDP}.7").get(index)),
            address=as_address(addresses.get(index)) if is_ip else "",
            mac=mac,
            description=as_words(answers.column(f"{_CDP}.8").get(index)),
            capabilities=cdp_capabilities(answers.column(f"{_CDP}.9").get(index)),
        )


def _mikrotik(answers: Answers, ports: _Ports) -> Iterator[Neighbour]:
    for index, told in answers.column(f"{_MIKROTIK}.6").items():
        row = {n: answers.column(f"{_MIKROTIK}.{n}").get(index) for n in (2, 3, 5, 8)}
        yield Neighbour(
            local_port=ports.of_interface(_whole(row[8] or 0)),
            protocol="mndp",
            name=as_words(told),
            address=as_address(row[2]),
            mac=as_mac(row[3]),
            description=as_words(row[5]),
        )


def _merge(told: list[Neighbour], seen: Neighbour) -> None:
    """Add who is seen; who was seen at the same port already only tells what it had not yet."""
    for place, other in enumerate(told):
        if other.local_port != seen.local_port or not (
            same_name(other.name, seen.name)
            or (other.mac and other.mac == seen.mac)
            or (other.address and other.address == seen.address)
        ):
            continue
        more = {
            f: getattr(seen, f) for f in ("name", "port", "address", "mac") if not getattr(other, f)
        }
        told[place] = replace(other, **more)
        return
    told.append(seen)


def _forwarding(
    answers: Answers, ports: _Ports, own: Collection[str], known: Collection[str]
) -> tuple[Neighbour, ...]:
    at: dict[str, set[str]] = defaultdict(set)
    for column in (FDB, VLAN_FDB):
        for index, port in answers.column(column).items():
            number, octets = _whole(port), index.split(".")[-6:]
            if number != "0" and len(octets) == 6:
                at[number].add(":".join(f"{int(octet) & 255:02x}" for octet in octets))
    found = []
    for number, macs in at.items():
        kept = macs if len(macs) <= FEW else macs.intersection(known)
        name = ports.of_bridge(number)
        found += [Neighbour(name, "fdb", mac=mac) for mac in kept if mac not in own]
    return tuple(sorted(found, key=_order))


def _macs(answers: Answers) -> tuple[str, ...]:
    """The hardware addresses others may know the device by, the bridge's and LLDP's own first."""
    told = [as_mac(answers.scalars.get(BRIDGE_MAC))]
    if _whole(answers.scalars.get(LOCAL_CHASSIS_KIND, 0)) == "4":
        told.append(as_mac(answers.scalars.get(LOCAL_CHASSIS)))
    told += sorted({as_mac(value) for value in answers.column(IF_MAC).values()})
    return tuple(dict.fromkeys(mac for mac in told if mac))


def _whole(value: Value) -> str:
    """An integer as the text it is an index by; `0` for anything else."""
    number = as_number(value)
    return str(int(number)) if number is not None else "0"


def _order(seen: Neighbour) -> tuple[str, ...]:
    return (seen.local_port, seen.name, seen.mac, seen.port, seen.protocol)


__all__ = [
    "FEW",
    "first_neighbour_request",
    "interface_names",
    "neighbour_request",
    "next_neighbour_request",
    "read_neighbours",
    "read_surroundings",
]
