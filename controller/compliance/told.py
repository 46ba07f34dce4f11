"""What a device said of itself, as the dotted names of `Evidence.facts`.

Only what a rule can stand on: names, versions and states. What moves with every poll (rates, loads,
temperatures) is for alerts, and would make every device look changed at every audit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from controller.facts.identity import Identity
from controller.facts.measured import Measured

Facts = dict[str, Any]
SECTIONS = ("identity", "health", "ports", "poe", "sensors", "device", "interfaces", "ntp", "users")
"""The first part of every dotted name."""

_LINK = {
    1: "up", 2: "down", 3: "testing", 4: "unknown", 5: "dormant", 6: "not-present", 7: "lower-down",
}  # fmt: skip
_DUPLEX = {2: "half", 3: "full"}
_PARTS = tuple(part.name for part in fields(Identity))
_NUMBERS = re.compile(r"(\d+)")
_RELEASE = re.compile(r"\bVersion:? (?P<number>[^\s,]+)")


def said_by_snmp(identity: Identity, status: str, measured: Measured) -> Facts:
    """Identity, health, power over Ethernet and the sensors' own words; ports apart."""
    facts: Facts = {
        "identity": {part: said for part in _PARTS if (said := getattr(identity, part))},
        "health": {"status": status},
    }
    if measured.poe:
        facts["poe"] = [{"index": unit.index, "budget_watts": unit.budget} for unit in measured.poe]
    if measured.sensors:
        facts["sensors"] = [
            {"kind": sensor.kind, "name": sensor.name, "state": sensor.state}
            for sensor in measured.sensors
        ]
    return facts


def ports_by_snmp(
    states: Mapping[str, Mapping[str, int]], names: Mapping[str, Mapping[str, str]]
) -> list[Facts]:
    """The ports in order, from the columns of a port table: column -> ifIndex -> value.

    `states` holds admin, oper, speed (bit/s) and duplex, `names` name and alias.
    """
    found: list[Facts] = []
    admin, oper = states.get("admin", {}), states.get("oper", {})
    for index in sorted({**admin, **oper}, key=_in_order):
        port = {"name": names.get("name", {}).get(index) or index}
        port["alias"] = names.get("alias", {}).get(index, "")
        found.append(port | _state(states, index))
    return found


def said_on_line(facts: Mapping[str, Any]) -> Facts:
    """What NAPALM's facts say, in our names; what is not told is left out."""
    device = {
        ours: facts[theirs]
        for ours, theirs in _DEVICE.items()
        if facts.get(theirs) not in (None, "", "Unknown", "None")
    }
    if release := _RELEASE.search(str(device.get("version", ""))):
        device["version"] = release["number"]
    return {"device": device} if device else {}


def interfaces_on_line(interfaces: Mapping[str, Mapping[str, Any]]) -> list[Facts]:
    """What NAPALM says of the interfaces, in order."""
    return [_interface(name, interfaces[name]) for name in sorted(interfaces, key=_in_order)]


def clock_on_line(peers: Iterable[Mapping[str, Any]]) -> Facts:
    """Whether the clock follows a time server, and which servers it asks.

    A device without NTP has no peers and is not synchronised.
    """
    told = [
        {
            "address": peer.get("remote", ""),
            "followed": peer.get("synchronized") is True,
            "answers": bool(peer.get("reachability")),
            "stratum": peer.get("stratum"),
        }
        for peer in peers
    ]
    return {"synchronised": any(peer["followed"] for peer in told), "peers": told}


def users_on_line(users: Mapping[str, Any]) -> list[Facts]:
    """The accounts by name, with their level."""
    return [{"name": name, "level": users[name]} for name in sorted(users)]


def joined(by_snmp: Facts, on_line: Facts) -> Facts:
    """Both together: what SNMP does not say of the identity is taken from the line."""
    identity = dict(by_snmp.get("identity", {}))
    device = on_line.get("device", {})
    for ours, theirs in _IDENTITY.items():
        if theirs in device:
            identity.setdefault(ours, device[theirs])
    facts = {**by_snmp, **on_line}
    return {**facts, "identity": identity} if identity else facts


def only(facts: Facts, sections: Iterable[str] | None) -> Facts:
    """The wanted sections of the facts; all of them when None."""
    if sections is None:
        return facts
    return {name: facts[name] for name in sections if name in facts}


_DEVICE = {
    "hostname": "hostname", "fqdn": "fqdn", "vendor": "vendor", "model": "model",
    "serial": "serial_number", "version": "os_version",
}  # fmt: skip
_IDENTITY = {
    "name": "hostname", "vendor": "vendor", "model": "model", "serial": "serial",
    "version": "version",
}  # fmt: skip


def _state(states: Mapping[str, Mapping[str, int]], index: str) -> Facts:
    found: Facts = {}
    for column in ("admin", "oper"):
        value = states.get(column, {}).get(index)
        if value is not None:
            found[column] = _LINK.get(value, "unknown")
    if speed := states.get("speed", {}).get(index):
        found["speed_mbps"] = speed // 1_000_000
    if duplex := _DUPLEX.get(states.get("duplex", {}).get(index, 0)):
        found["duplex"] = duplex
    return found


def _interface(name: str, told: Mapping[str, Any]) -> Facts:
    """NAPALM says -1 for what it does not know."""
    found: Facts = {"name": name}
    for ours, theirs in (("up", "is_up"), ("enabled", "is_enabled")):
        if isinstance(told.get(theirs), bool):
            found[ours] = told[theirs]
    if isinstance(told.get("description"), str):
        found["description"] = told["description"]
    speed = told.get("speed")
    if isinstance(speed, int | float) and speed > 0:
        found["speed_mbps"] = speed
    return found


def _in_order(name: str) -> list[tuple[int, str]]:
    """`Gi0/2` before `Gi0/10`."""
    parts = _NUMBERS.split(name)
    return [(int(part), "") if part.isdigit() else (-1, part) for part in parts]
