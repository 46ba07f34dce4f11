"""Which time servers a device asks, and whether they answer: the same for every platform."""

import re
from dataclasses import dataclass

from controller.lab.device import Device

_SERVER = re.compile(r"ntp server (?:vrf \S+ )?(?P<address>\S+)")


@dataclass(frozen=True)
class TimeServer:
    """One server a device is told to ask. `followed` is the one its clock goes by."""

    address: str
    answers: bool
    followed: bool

    @property
    def mark(self) -> str:
        """The sign before it in a table of associations."""
        return "*" if self.followed else "+" if self.answers else " "


def time_servers(device: Device) -> tuple[TimeServer, ...]:
    """The servers in the order of the configuration; without the fault all answer."""
    found = (_SERVER.match(line) for line in device.running.lines)
    addresses = [match["address"] for match in found if match]
    answers = not device.faults.is_on("lost-clock")
    return tuple(
        TimeServer(address, answers, answers and place == 0)
        for place, address in enumerate(addresses)
    )
