"""Switches that answer as told, in place of a network: what polling is tried with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from controller.connections.snmp.engine import SnmpError, SnmpTarget
from controller.errors import Text
from controller.facts.answers import Answers, Request

OBJECT_ID, DESCRIPTION, UPTIME = (f"1.3.6.1.2.1.1.{n}.0" for n in (2, 1, 3))
OPER, IN_ERRORS = "1.3.6.1.2.1.2.2.1.8", "1.3.6.1.2.1.2.2.1.14"
HC_IN, HC_OUT = "1.3.6.1.2.1.31.1.1.1.6", "1.3.6.1.2.1.31.1.1.1.10"
NAME, SPEED = "1.3.6.1.2.1.31.1.1.1.1", "1.3.6.1.2.1.31.1.1.1.15"


def silent(name: str) -> SnmpError:
    """A device that does not answer."""
    return SnmpError(name, Text(th="ไม่ตอบ", en="no answer"), silent=True)


def refusing(name: str) -> SnmpError:
    """A device whose password was changed."""
    return SnmpError(name, Text(th="รหัสไม่ถูกต้อง", en="wrong password"), silent=False)


@dataclass
class Switch:
    """A switch with two ports. Time passes on it as `seconds` says."""

    name: str
    seconds: float = 1000.0
    octets: int = 0
    fault: Callable[[str], SnmpError] | None = None
    asked: list[Request] = field(default_factory=list)
    probes: int = 0

    def answers(self, request: Request) -> Answers:
        """What it has of the request."""
        scalars: dict[str, int | bytes | str] = {
            DESCRIPTION: b"Cisco IOS Software, C2960 Software (C2960-LANBASEK9-M), "
            b"Version 15.0(2)SE11, RELEASE SOFTWARE (fc3)",
            OBJECT_ID: "1.3.6.1.4.1.9.1.1208",
            UPTIME: int(self.seconds * 100),
        }
        columns: dict[str, dict[str, int | bytes]] = {
            OPER: {"1": 1, "2": 2},
            HC_IN: {"1": self.octets, "2": 0},
            HC_OUT: {"1": self.octets // 2, "2": 0},
            IN_ERRORS: {"1": 0, "2": 0},
            NAME: {"1": b"Gi0/1", "2": b"Gi0/2"},
            SPEED: {"1": 1000, "2": 1000},
        }
        return Answers(
            {oid: scalars[oid] for oid in request.scalars if oid in scalars},
            {oid: columns.get(oid, {}) for oid in request.columns},
        )


class Network:
    """Fulfils `SnmpEngine` over switches by name."""

    def __init__(self, *names: str) -> None:
        self.switches = {name: Switch(name) for name in names}

    async def ask(self, target: SnmpTarget, request: Request) -> Answers:
        """What the switch says; its fault if it has one."""
        switch = self.switches[target.name]
        if switch.fault is not None:
            raise switch.fault(target.name)
        switch.asked.append(request)
        return switch.answers(request)

    async def probe(self, target: SnmpTarget) -> float:
        """One small question."""
        switch = self.switches[target.name]
        switch.probes += 1
        if switch.fault is not None:
            raise switch.fault(target.name)
        return 0.001

    def close(self) -> None:
        """Nothing to close."""

    def pass_time(self, seconds: float, octets: int = 0) -> None:
        """Let time pass on every switch, and traffic with it."""
        for switch in self.switches.values():
            switch.seconds += seconds
            switch.octets += octets
