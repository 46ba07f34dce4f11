"""A link is as its ports are; what nobody polled says nothing."""

from __future__ import annotations

import pytest

from controller.health.link_state import PortState, link_state, port_states
from controller.health.observed import PortTable
from controller.health.topology import port_key

UP, DOWN, UNKNOWN = PortState("up"), PortState("down"), PortState()


@pytest.mark.parametrize(
    ("ends", "state"),
    [
        ([UP, UP], "up"),
        ([UP, None], "up"),
        ([UP, UNKNOWN], "up"),
        ([UP, DOWN], "down"),
        ([None, DOWN], "down"),
        ([None, None], "unknown"),
        ([UNKNOWN, None], "unknown"),
    ],
)
def test_either_end_can_say_down_and_none_makes_it_up(
    ends: list[PortState | None], state: str
) -> None:
    assert link_state(ends).state == state


def test_the_busier_direction_counts_in_percent_of_the_speed() -> None:
    table = PortTable(
        rates={"in_bps": {"1": 2e8, "3": 5.0}, "out_bps": {"1": 5e8}},
        oper={"1": 1, "2": 7, "3": 4},
        speed={"1": 1_000_000_000, "3": 0},
        names={"1": "Gi0/1", "2": "Gi0/2", "3": "Vlan1"},
    )
    ports = port_states(table)
    assert ports[port_key("GigabitEthernet0/1")] == PortState("up", 50.0, 1_000_000_000)
    assert ports[port_key("Gi0/2")] == PortState("down")
    assert ports[port_key("Vlan1")] == PortState("unknown", None, 0)
    both = link_state([ports[port_key("Gi0/1")], PortState("up", 61.5, 100_000_000)])
    assert (both.use, both.speed) == (61.5, 100_000_000)
