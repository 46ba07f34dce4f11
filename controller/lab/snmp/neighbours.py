"""Who hangs at a device's ports: LLDP, for Cisco among themselves CDP, and the forwarding table."""

import ipaddress
import zlib

from controller.lab.device import Device, FarEnd
from controller.lab.interfaces import InterfaceState, value_of
from controller.lab.snmp.ber import dotted, integer, octets
from controller.lab.snmp.groups import Values, interface_index, short_name

_LLDP = dotted("1.0.8802.1.1.2.1")
_CDP = dotted("1.3.6.1.4.1.9.9.23.1")
_BRIDGE = dotted("1.3.6.1.2.1.17")
_MAC, _INTERFACE_NAME = 4, 5
_SWITCH = b"\x28\x00"
_LEARNED = 3


def neighbour_groups(device: Device, states: list[InterfaceState]) -> Values:
    """LLDP-MIB, CISCO-CDP-MIB where it is spoken, BRIDGE-MIB and Q-BRIDGE-MIB."""
    values = _itself(device)
    ports = {state.name: number for number, state in enumerate(states, 1) if state.switched}
    for state in states:
        if not state.switched:
            continue
        number, index = ports[state.name], interface_index(device, state.name)
        values[*_LLDP, 3, 7, 1, 2, number] = integer(_INTERFACE_NAME)
        values[*_LLDP, 3, 7, 1, 3, number] = octets(short_name(state.name))
        values[*_LLDP, 3, 7, 1, 4, number] = octets(state.description or state.name)
        values[*_BRIDGE, 1, 4, 1, 2, number] = integer(index)
        ends = [end for end in device.far_ends.get(state.name, ()) if state.up and _alive(end)]
        for position, end in enumerate(ends, 1):
            values |= _lldp_row(end, number, position)
            if device.nameplate.maker == end.device.nameplate.maker == "Cisco":
                values |= _cdp_row(end, index, position)
        if state.up:
            values |= _forwarding(device, state, number, ends)
    return values


def _itself(device: Device) -> Values:
    plate = device.nameplate
    return {
        (*_LLDP, 3, 1, 0): integer(_MAC),
        (*_LLDP, 3, 2, 0): octets(plate.mac + b"\0"),
        (*_LLDP, 3, 3, 0): octets(device.hostname),
        (*_LLDP, 3, 4, 0): octets(plate.description),
    }


def _alive(end: FarEnd) -> bool:
    device = end.device
    if device.boot_call is not None:
        return False
    return any(state.name == end.port and state.up for state in device.interfaces())


def _lldp_row(end: FarEnd, number: int, position: int) -> Values:
    plate, where = end.device.nameplate, (0, number, position)
    row = {
        4: integer(_MAC), 5: octets(plate.mac + b"\0"), 6: integer(_INTERFACE_NAME),
        7: octets(short_name(end.port)), 8: octets(end.port), 9: octets(end.device.hostname),
        10: octets(plate.description), 11: octets(_SWITCH), 12: octets(_SWITCH),
    }  # fmt: skip
    values: Values = {(*_LLDP, 4, 1, 1, column, *where): value for column, value in row.items()}
    packed = ipaddress.ip_address(end.device.home).packed
    address = (*where, 1 if len(packed) == 4 else 2, len(packed), *packed)
    values[*_LLDP, 4, 2, 1, 3, *address] = integer(2)
    values[*_LLDP, 4, 2, 1, 4, *address] = integer(1)
    return values


def _cdp_row(end: FarEnd, index: int, position: int) -> Values:
    plate = end.device.nameplate
    row = {
        3: integer(1), 4: octets(ipaddress.ip_address(end.device.home).packed),
        5: octets(plate.description), 6: octets(end.device.hostname), 7: octets(end.port),
        8: octets(f"cisco {plate.model}"), 9: octets(b"\0\0\0\x28"),
    }  # fmt: skip
    return {(*_CDP, 2, 1, 1, column, index, position): value for column, value in row.items()}


def _forwarding(device: Device, state: InterfaceState, number: int, ends: list[FarEnd]) -> Values:
    inner = device.running.lines.get(f"interface {state.name}", {})
    vlan = int(value_of(inner, "switchport access vlan") or 1)
    macs = [end.device.nameplate.mac + b"\0" for end in ends]
    if not macs and state.name != device.definition.uplink:
        mark = zlib.crc32(f"{device.definition.name} {state.name} host".encode())
        macs = [b"\x3c\x52" + mark.to_bytes(4, "big")]
    values: Values = {}
    for mac in macs:
        values[*_BRIDGE, 4, 3, 1, 2, *mac] = integer(number)
        values[*_BRIDGE, 4, 3, 1, 3, *mac] = integer(_LEARNED)
        values[*_BRIDGE, 7, 1, 2, 2, 1, 2, vlan, *mac] = integer(number)
        values[*_BRIDGE, 7, 1, 2, 2, 1, 3, vlan, *mac] = integer(_LEARNED)
    return values
