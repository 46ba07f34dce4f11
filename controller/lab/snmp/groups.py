"""What both kinds of switch say of themselves: system, interfaces, hardware."""

import ipaddress
import time
import zlib

from controller.lab.device import Device
from controller.lab.interfaces import InterfaceState, value_of
from controller.lab.snmp.ber import (
    ADDRESS,
    COUNTER32,
    COUNTER64,
    GAUGE32,
    INTEGER,
    TICKS,
    Oid,
    dotted,
    integer,
    object_id,
    octets,
    tlv,
)
from controller.lab.snmp.traffic import Counters, Traffic

Values = dict[Oid, bytes]

_SYSTEM, _INTERFACES = dotted("1.3.6.1.2.1.1"), dotted("1.3.6.1.2.1.2")
_IF, _IFX = dotted("1.3.6.1.2.1.2.2.1"), dotted("1.3.6.1.2.1.31.1.1.1")
_DUPLEX = dotted("1.3.6.1.2.1.10.7.2.1.19")
_PHYSICAL = dotted("1.3.6.1.2.1.47.1.1.1.1")
_SENSOR = dotted("1.3.6.1.2.1.99.1.1.1")
_ADDRESSES = dotted("1.3.6.1.2.1.4.20.1")
SENSOR_INDEX = 1006
_ETHERNET, _VIRTUAL = 6, 53
_WRAP = 1 << 32


def interface_index(device: Device, name: str) -> int:
    """The ifIndex: ports are numbered in order, VLANs by their number, the rest far behind."""
    if name in device.ports and not name.startswith("Management"):
        return device.nameplate.first_index + device.ports.index(name)
    if name.startswith("Vlan") and name[4:].isdigit():
        return 2_000_000 + int(name[4:])
    return 3_000_000 + zlib.crc32(name.encode()) % 100_000


def short_name(name: str) -> str:
    """`Gi0/1`, `Et1`, `Vl99`, `Ma1`: the first two letters and the numbers."""
    letters = name.rstrip("0123456789/.")
    return letters[:2] + name[len(letters) :]


def system_group(device: Device) -> Values:
    """Who it is and how long it has been up (SNMPv2-MIB)."""
    plate, tops = device.nameplate, device.running.lines
    told = {
        word: next((t[len(lead) :] for t in tops if t.startswith(lead)), "")
        for word, lead in (("contact", "snmp-server contact "), ("place", "snmp-server location "))
    }
    return {
        (*_SYSTEM, 1, 0): octets(plate.description),
        (*_SYSTEM, 2, 0): object_id(dotted(plate.object_id)),
        (*_SYSTEM, 3, 0): ticks(device.uptime()),
        (*_SYSTEM, 4, 0): octets(told["contact"]),
        (*_SYSTEM, 5, 0): octets(device.hostname),
        (*_SYSTEM, 6, 0): octets(told["place"]),
        (*_SYSTEM, 7, 0): integer(6),
    }


def interface_groups(device: Device, states: list[InterfaceState], traffic: Traffic) -> Values:
    """IF-MIB, EtherLike-MIB's duplex and the addresses."""
    values: Values = {(*_INTERFACES, 1, 0): integer(len(states))}
    for position, state in enumerate(states):
        index = interface_index(device, state.name)
        counters = traffic.ports.get(state.name, Counters())
        mac = device.nameplate.mac + bytes((position & 0xFF,))
        values |= _if_row(state, index, counters, mac)
        values |= _ifx_row(state, index, counters)
        inner = device.running.lines.get(f"interface {state.name}", {})
        if state.switched:
            half = value_of(inner, "duplex") == "half"
            values[*_DUPLEX, index] = integer((2 if half else 3) if state.up else 1)
        if state.address is not None:
            values |= _address_row(state.address, index)
    return values


def hardware_groups(device: Device, celsius: int) -> Values:
    """ENTITY-MIB and ENTITY-SENSOR-MIB: the box and its thermometer."""
    plate = device.nameplate
    box = {
        2: octets(f"{plate.maker} {plate.model}"), 3: object_id(dotted(plate.object_id)),
        4: integer(0), 5: integer(3), 6: integer(-1), 7: octets(plate.model), 8: octets("01"),
        9: octets(""), 10: octets(plate.version), 11: octets(plate.serial),
        12: octets(plate.maker), 13: octets(plate.model), 16: integer(1),
    }  # fmt: skip
    sensor = {
        2: octets("Inside temperature"), 3: object_id((0, 0)), 4: integer(1), 5: integer(8),
        6: integer(1), 7: octets("Inside temperature"), 8: octets(""), 9: octets(""),
        10: octets(""), 11: octets(""), 12: octets(""), 13: octets(""), 16: integer(2),
    }  # fmt: skip
    reading = {1: 8, 2: 9, 3: 0, 4: celsius, 5: 1}
    return {
        **{(*_PHYSICAL, column, 1): value for column, value in box.items()},
        **{(*_PHYSICAL, column, SENSOR_INDEX): value for column, value in sensor.items()},
        **{(*_SENSOR, column, SENSOR_INDEX): integer(n) for column, n in reading.items()},
    }


def ticks(seconds: float) -> bytes:
    """Time in hundredths of a second, as SNMP counts it."""
    return integer(int(seconds * 100) % _WRAP, TICKS)


def celsius_inside(device: Device) -> int:
    """The temperature: its own, a little by the time of day, or what a fault says."""
    if device.faults.is_on("high-temperature"):
        return int(device.faults.number("high-temperature", 78))
    hour = time.time() % 86_400 / 3600
    return 34 + device.boots % 2 + round(3 * (1 - abs(hour - 8) / 16))


def percent_busy(device: Device) -> int:
    """How busy the processor is, or what a fault says."""
    if device.faults.is_on("high-cpu"):
        return min(100, int(device.faults.number("high-cpu", 97)))
    mark = zlib.crc32(f"{device.definition.name} {int(time.time()) // 60}".encode())
    return 6 + mark % 14


def _if_row(state: InterfaceState, index: int, counters: Counters, mac: bytes) -> Values:
    speed = 1_000_000_000
    numbers = (
        (3, _ETHERNET if state.switched else _VIRTUAL, INTEGER), (4, state.mtu, INTEGER),
        (5, speed, GAUGE32), (7, 1 if state.enabled else 2, INTEGER),
        (8, 1 if state.up else 2, INTEGER), (9, 0, TICKS),
        (10, int(counters.received) % _WRAP, COUNTER32), (11, counters.frames_in, COUNTER32),
        (13, 0, COUNTER32), (14, int(counters.errors), COUNTER32),
        (16, int(counters.sent) % _WRAP, COUNTER32), (17, counters.frames_out, COUNTER32),
        (19, 0, COUNTER32), (20, 0, COUNTER32),
    )  # fmt: skip
    row: Values = {(*_IF, column, index): integer(n % _WRAP, tag) for column, n, tag in numbers}
    row[*_IF, 1, index] = integer(index)
    row[*_IF, 2, index] = octets(state.name)
    row[*_IF, 6, index] = octets(mac)
    return row


def _ifx_row(state: InterfaceState, index: int, counters: Counters) -> Values:
    numbers = (
        (6, int(counters.received), COUNTER64), (7, counters.frames_in, COUNTER64),
        (10, int(counters.sent), COUNTER64), (11, counters.frames_out, COUNTER64),
        (14, 1, INTEGER), (15, 1000 if state.switched else 0, GAUGE32), (17, 1, INTEGER),
    )  # fmt: skip
    row: Values = {(*_IFX, column, index): integer(n, tag) for column, n, tag in numbers}
    row[*_IFX, 1, index] = octets(short_name(state.name))
    row[*_IFX, 18, index] = octets(state.description)
    return row


def _address_row(address: tuple[str, int], index: int) -> Values:
    there = ipaddress.ip_interface(f"{address[0]}/{address[1]}")
    packed = there.ip.packed
    return {
        (*_ADDRESSES, 1, *packed): tlv(ADDRESS, packed),
        (*_ADDRESSES, 2, *packed): integer(index),
        (*_ADDRESSES, 3, *packed): tlv(ADDRESS, there.netmask.packed),
    }
