"""A device's objects as they are now, made anew every second at most."""

import time

from controller.lab.device import Device
from controller.lab.snmp.groups import (
    Values,
    celsius_inside,
    hardware_groups,
    interface_groups,
    system_group,
)
from controller.lab.snmp.neighbours import neighbour_groups
from controller.lab.snmp.pdu import Objects
from controller.lab.snmp.traffic import Traffic
from controller.lab.snmp.vendors import cisco_groups, host_groups

FRESH_SECONDS = 1.0


class DeviceView:
    """Reads one device; remembers what its ports have counted."""

    def __init__(self, device: Device) -> None:
        self._device = device
        self._traffic = Traffic(device.definition.name, device.definition.uplink)
        self._made_at = 0.0
        self._made_of: object = None
        self._made = Objects({})

    def objects(self) -> Objects:
        """Everything the device says, at most a second old and never from before a change."""
        now, device = time.monotonic(), self._device
        state = device.changed_at, {name: f.value for name, f in device.faults.active.items()}
        if now - self._made_at > FRESH_SECONDS or state != self._made_of:
            self._made, self._made_at, self._made_of = Objects(self._values()), now, state
        return self._made

    def _values(self) -> Values:
        device = self._device
        states = device.interfaces()
        errors = device.faults.number("port-errors", 50)
        self._traffic.count(states, device.uptime(), errors)
        maker = cisco_groups if device.nameplate.maker == "Cisco" else host_groups
        return {
            **system_group(device),
            **interface_groups(device, states, self._traffic),
            **hardware_groups(device, celsius_inside(device)),
            **maker(device),
            **neighbour_groups(device, states),
        }
