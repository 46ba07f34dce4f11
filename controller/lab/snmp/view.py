"""A device's objects as they are now, made anew every second at most."""

import time

from controller.lab.device import Device
from controller.lab.snmp.ber import INTEGER, Oid, dotted
from controller.lab.snmp.groups import (
    Values,
    celsius_inside,
    hardware_groups,
    interface_groups,
    interface_index,
    system_group,
)
from controller.lab.snmp.neighbours import neighbour_groups
from controller.lab.snmp.pdu import NOT_WRITABLE, Objects
from controller.lab.snmp.traffic import Traffic
from controller.lab.snmp.vendors import cisco_groups, host_groups

FRESH_SECONDS = 1.0
_WRONG_VALUE = 10
_ADMIN_STATUS = dotted("1.3.6.1.2.1.2.2.1.7")
_UP, _DOWN = 1, 2


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

    def write(self, oid: Oid, tag: int, content: bytes) -> int:
        """Shut an interface or bring it up (ifAdminStatus); nothing else can be written."""
        device = self._device
        names = {(*_ADMIN_STATUS, interface_index(device, s.name)): s for s in device.interfaces()}
        state = names.get(oid)
        if state is None:
            return NOT_WRITABLE
        wanted = int.from_bytes(content, "big")
        if tag != INTEGER or wanted not in (_UP, _DOWN):
            return _WRONG_VALUE
        command = "no shutdown" if wanted == _UP else "shutdown"
        device.running.merge(f"interface {state.name}\n {command}")
        device.touch("snmp")
        return 0

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
