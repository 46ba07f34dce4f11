"""What a rule looks at in one poll: figures by port, sensor or pool, all of them at once.

A measure gives columns (what -> figure) and limits the device tells itself. What is absent is
unknown. Columns of one measure are about the same things: the worst figure counts.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from controller.health.observed import Observed, PortTable
from controller.health.rules import MeasureName

Column = Mapping[str, float]
_STATES = {"ok": 0.0, "warning": 1.0, "critical": 1.0}
_FAST = 100_000_000
_NONE: Column = MappingProxyType({})
_NO_NAMES: Mapping[str, str] = MappingProxyType({})


class Reading(NamedTuple):
    """What one measure came to. `limits` stand for the rule's threshold where they are told."""

    columns: tuple[Column, ...]
    limits: Column = _NONE
    names: Mapping[str, str] = _NO_NAMES


@dataclass(slots=True)
class Around:
    """What a poll alone does not say: who the device is to us, and what was before.

    `uplink` is the ifIndex of its uplink. `in_hours`: classes are held. `device_changes` and
    `port_changes` count changes within the rules' time. `peer_duplex`: ifIndex -> duplex of the
    other end (2 half, 3 full). `firmware`: 1 older than wanted, 0 not, None nobody can say; `days`
    since this version was first seen.
    """

    role: str = ""
    uplink: str | None = None
    in_hours: bool = False
    device_changes: float = 0.0
    port_changes: Column = field(default_factory=dict)
    peer_duplex: Mapping[str, int] = field(default_factory=dict)
    firmware: float | None = None
    version: str = ""
    days: float | None = None


Measure = Callable[[Observed, Around], Reading | None]


def _down(seen: Observed, _: Around) -> Reading | None:
    return None if seen.reached == "unknown" else Reading(({"": float(seen.reached == "down")},))


def _device_changes(seen: Observed, around: Around) -> Reading | None:
    return None if seen.reached == "unknown" else Reading(({"": around.device_changes},))


def _port_changes(seen: Observed, around: Around) -> Reading | None:
    if seen.ports is None:
        return None
    # Every port that was told of has a count; a port nobody counted has not changed.
    return Reading(({**dict.fromkeys(seen.ports.oper, 0.0), **around.port_changes},))


def _cpu(seen: Observed, _: Around) -> Reading | None:
    if seen.measured is None or not seen.measured.processors:
        return None
    found = seen.measured.processors
    return Reading(({p.index: p.percent for p in found},), names={p.index: p.name for p in found})


def _memory(seen: Observed, _: Around) -> Reading | None:
    # A full cache or a large virtual memory is how a well system looks.
    pools = seen.measured.memories if seen.measured is not None else ()
    if not (found := [m for m in pools if m.role == "memory"]):
        return None
    return Reading(({m.index: m.percent for m in found},), names={m.index: m.name for m in found})


def _temperature(seen: Observed, _: Around) -> Reading | None:
    if seen.measured is None or not seen.measured.sensors:
        return None
    found = [s for s in seen.measured.sensors if s.kind == "temperature" and s.value is not None]
    return Reading(
        ({s.index: s.value for s in found if s.value is not None},),
        {s.index: s.limit for s in found if s.limit},
        {s.index: s.name for s in found},
    )


def _sensors(seen: Observed, kinds: Collection[str]) -> Reading | None:
    if seen.measured is None or not seen.measured.sensors:
        return None
    found = [s for s in seen.measured.sensors if s.kind in kinds and s.state in _STATES]
    return Reading(
        ({f"{s.kind}.{s.index}": _STATES[s.state] for s in found},),
        names={f"{s.kind}.{s.index}": s.name for s in found},
    )


def _hardware(seen: Observed, around: Around) -> Reading | None:
    kinds = {"fan", "power", "voltage", "current"}
    return _sensors(seen, kinds if around.role == "power" else kinds | {"state"})


def _on_battery(seen: Observed, _: Around) -> Reading | None:
    return _sensors(seen, {"state"})


def _charge(seen: Observed, _: Around) -> Reading | None:
    if seen.measured is None:
        return None
    found = [s for s in seen.measured.sensors if s.kind == "charge" and s.value is not None]
    return Reading(
        ({s.index: s.value for s in found if s.value is not None},),
        names={s.index: s.name for s in found},
    )


def _rates(*names: str) -> Measure:
    def measure(seen: Observed, _: Around) -> Reading | None:
        if seen.ports is None:
            return None
        rates = seen.ports.rates
        return Reading(tuple(rates[name] for name in names if rates.get(name)))

    return measure


def _load(seen: Observed, _: Around) -> Reading | None:
    if seen.ports is None or not seen.ports.speed:
        return None
    rates, speeds = seen.ports.rates, seen.ports.speed
    return Reading(
        tuple(
            {i: 100.0 * bps / speeds[i] for i, bps in rates[name].items() if speeds.get(i)}
            for name in ("in_bps", "out_bps")
            if rates.get(name)
        )
    )


def _port_down(seen: Observed, around: Around) -> Reading | None:
    if seen.ports is None or around.uplink is None:
        return None
    i = around.uplink
    oper = seen.ports.oper.get(i)
    # 3 testing and 4 unknown say nothing; one somebody closed on purpose is not down.
    if oper is None or oper in (3, 4):
        return None
    return Reading(({i: float(oper != 1 and seen.ports.admin.get(i) != 2)},))


def _duplex(seen: Observed, around: Around) -> Reading | None:
    if seen.ports is None or not seen.ports.duplex:
        return None
    ports = seen.ports
    told: dict[str, float] = {i: 0.0 for i, duplex in ports.duplex.items() if duplex == 3}
    if len(told) < len(ports.duplex):
        told |= {
            i: _half(i, ports, around.peer_duplex)
            for i, duplex in ports.duplex.items()
            if duplex == 2 and ports.oper.get(i) == 1
        }
    return Reading((told,))


def _half(i: str, ports: PortTable, peers: Mapping[str, int]) -> float:
    errors = ports.rates.get("in_errors", {}).get(i, 0) + ports.rates.get("out_errors", {}).get(
        i, 0
    )
    return 1.0 if peers.get(i) == 3 or (ports.speed.get(i, 0) >= _FAST and errors > 0) else 0.5


def _poe(seen: Observed, _: Around) -> Reading | None:
    if seen.measured is None or not seen.measured.poe:
        return None
    return Reading(({p.index: 100.0 * p.used / p.budget for p in seen.measured.poe if p.budget},))


def _no_clients(seen: Observed, around: Around) -> Reading | None:
    if not around.in_hours or seen.measured is None or seen.measured.clients is None:
        return None
    return Reading(({"": float(seen.measured.clients == 0)},))


def _firmware(_: Observed, around: Around) -> Reading | None:
    if around.firmware is None:
        return None
    return Reading(({"": around.firmware},), names={"": around.version})


def _firmware_days(_: Observed, around: Around) -> Reading | None:
    if around.days is None:
        return None
    return Reading(({"": around.days},), names={"": around.version})


def _elsewhere(_: Observed, __: Around) -> Reading | None:
    """Not judged poll by poll: `told` comes as an event, `unpolled` is judged over all devices."""
    return None


MEASURES: Mapping[MeasureName, Measure] = {
    "down": _down,
    "device_changes": _device_changes,
    "port_changes": _port_changes,
    "cpu": _cpu,
    "memory": _memory,
    "temperature": _temperature,
    "hardware": _hardware,
    "port_errors": _rates("in_errors", "out_errors"),
    "port_discards": _rates("in_discards", "out_discards"),
    "duplex": _duplex,
    "load": _load,
    "port_down": _port_down,
    "poe": _poe,
    "no_clients": _no_clients,
    "on_battery": _on_battery,
    "charge": _charge,
    "told": _elsewhere,
    "firmware": _firmware,
    "firmware_days": _firmware_days,
    "unpolled": _elsewhere,
}
