"""How a link is: from the ports at its ends as last polled. Pure; unknown is never taken for up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from controller.errors import Text
from controller.health.observed import PortTable
from controller.health.topology import port_key

LinkState = Literal["up", "down", "unknown"]
LINK_STATES: dict[LinkState, Text] = {
    "up": Text(th="ใช้งานได้", en="up"),
    "down": Text(th="ขาดการเชื่อมต่อ", en="down"),
    "unknown": Text(th="ไม่ทราบ", en="unknown"),
}
_UP, _DOWN = 1, frozenset({2, 6, 7})  # of ifOperStatus, RFC 2863


@dataclass(frozen=True, slots=True)
class PortState:
    """A port as last polled: its state, and the busier direction in percent of its speed."""

    state: LinkState = "unknown"
    use: float | None = None
    speed: int | None = None


def port_states(table: PortTable) -> dict[str, PortState]:
    """The ports of a device by `port_key` of their names."""
    found = {}
    for index, name in table.names.items():
        oper, speed = table.oper.get(index), table.speed.get(index)
        state: LinkState = "up" if oper == _UP else "down" if oper in _DOWN else "unknown"
        rates = (table.rates.get(way, {}).get(index) for way in ("in_bps", "out_bps"))
        busiest = max((rate for rate in rates if rate is not None), default=None)
        use = 100 * busiest / speed if busiest is not None and speed else None
        found[port_key(name)] = PortState(state, use, speed)
    return found


def link_state(ends: Iterable[PortState | None]) -> PortState:
    """Both ends together: down where either says so, up where one does and none objects.

    An end nobody polled, or of a device that does not answer, is None and says nothing.
    """
    told = [end for end in ends if end is not None]
    states = {end.state for end in told}
    state: LinkState = "down" if "down" in states else "up" if "up" in states else "unknown"
    uses = [end.use for end in told if end.use is not None]
    speeds = [end.speed for end in told if end.speed]
    return PortState(state, max(uses, default=None), min(speeds, default=None))
