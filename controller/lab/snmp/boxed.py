"""What a delivered device says of itself: system, interfaces, hardware, power for its ports."""

import time
import zlib
from collections.abc import Iterator

from controller.lab.delivered import DeliveredDefinition, PortsDefinition
from controller.lab.snmp.ber import (
    ADDRESS,
    GAUGE32,
    Oid,
    dotted,
    integer,
    object_id,
    octets,
    tlv,
)
from controller.lab.snmp.groups import Values, ticks
from controller.lab.snmp.pdu import Objects

_SYSTEM, _INTERFACES = dotted("1.3.6.1.2.1.1"), dotted("1.3.6.1.2.1.2")
_IF, _IFX = dotted("1.3.6.1.2.1.2.2.1"), dotted("1.3.6.1.2.1.31.1.1.1")
_PHYSICAL, _ALIAS = dotted("1.3.6.1.2.1.47.1.1.1.1"), dotted("1.3.6.1.2.1.47.1.3.2.1.2")
_JACK = dotted("1.3.6.1.2.1.26.2.2.1.2")
_POE_PORT, _POE_MAIN = dotted("1.3.6.1.2.1.105.1.1.1.3"), dotted("1.3.6.1.2.1.105.1.3.1.1")
_ADDRESSES = dotted("1.3.6.1.2.1.4.20.1")
_CHASSIS, _PORT, _ETHERNET = 3, 10, 6
_RJ45, _FIBRE = 2, 14
_FIRST_PORT = 100


class Boxed:
    """A delivered device as SNMP finds it: always there, never changing but for its clock."""

    boots = 1

    def __init__(self, definition: DeliveredDefinition) -> None:
        self.definition = definition
        self._started = time.monotonic()
        self._fixed = {
            **_interfaces(definition),
            **_hardware(definition),
            **_power(definition),
            **_place(definition),
        }

    def uptime(self) -> float:
        """Seconds since it was plugged in, which was a minute before the lab started."""
        return time.monotonic() - self._started + 60.0

    def objects(self) -> Objects:
        """Everything it says now."""
        return Objects({**self._fixed, **self._system()})

    def _system(self) -> Values:
        it = self.definition
        return {
            (*_SYSTEM, 1, 0): octets(it.description),
            (*_SYSTEM, 2, 0): object_id(dotted(it.object_id)),
            (*_SYSTEM, 3, 0): ticks(self.uptime()),
            (*_SYSTEM, 4, 0): octets(""),
            (*_SYSTEM, 5, 0): octets(it.name),
            (*_SYSTEM, 6, 0): octets(""),
            (*_SYSTEM, 7, 0): integer(2),
        }


def _listed(it: DeliveredDefinition) -> Iterator[tuple[int, PortsDefinition]]:
    """Every port with its number, counted from 1 through all kinds."""
    alike = (group for group in it.ports for _ in range(group.count))
    yield from enumerate(alike, start=1)


def _interfaces(it: DeliveredDefinition) -> Values:
    ports = list(_listed(it))
    mark = zlib.crc32(it.serial.encode())
    values: Values = {(*_INTERFACES, 1, 0): integer(len(ports))}
    for number, port in ports:
        up = number == 1
        values |= {
            (*_IF, 1, number): integer(number),
            (*_IF, 2, number): octets(f"eth{number - 1}"),
            (*_IF, 3, number): integer(_ETHERNET),
            (*_IF, 4, number): integer(1500),
            (*_IF, 5, number): integer(min(port.mbps * 1_000_000, (1 << 32) - 1), GAUGE32),
            (*_IF, 6, number): octets(
                bytes((2, 0x23)) + mark.to_bytes(4, "big")[1:] + bytes((number & 0xFF,))
            ),
            (*_IF, 7, number): integer(1),
            (*_IF, 8, number): integer(1 if up else 2),
            (*_IFX, 1, number): octets(f"eth{number - 1}"),
            (*_IFX, 15, number): integer(port.mbps, GAUGE32),
            (*_IFX, 17, number): integer(1),
            (*_IFX, 18, number): octets(""),
            (*_JACK, number, 1, 1): integer(_RJ45 if port.media == "copper" else _FIBRE),
        }
    return values


def _hardware(it: DeliveredDefinition) -> Values:
    values = _row(1, _CHASSIS, f"{it.maker} {it.model}", it)
    for number, port in _listed(it):
        index = _FIRST_PORT + number
        plug = "BASE-T" if port.media == "copper" else "BASE-X SFP"
        values |= _row(index, _PORT, f"{port.mbps}{plug} port {number}", None)
        values[*_ALIAS, index, 0] = object_id((*_IF, 1, number))
    return values


def _row(index: int, kind: int, description: str, it: DeliveredDefinition | None) -> Values:
    """A row of ENTITY-MIB; only the chassis has a label."""
    model, serial, maker = (it.model, it.serial, it.maker) if it else ("", "", "")
    columns = {
        2: octets(description), 3: object_id((0, 0)), 4: integer(0 if it else 1),
        5: integer(kind), 6: integer(-1 if it else index - _FIRST_PORT), 7: octets(model),
        8: octets(""), 9: octets(""), 10: octets(it.version if it else ""), 11: octets(serial),
        12: octets(maker), 13: octets(model), 16: integer(1 if it else 2),
    }  # fmt: skip
    return {(*_PHYSICAL, column, index): value for column, value in columns.items()}


def _power(it: DeliveredDefinition) -> Values:
    """POWER-ETHERNET-MIB, of a device that gives power."""
    if not it.poe_ports:
        return {}
    values: Values = {
        (*_POE_MAIN, 2, 1): integer(it.poe_watts, GAUGE32),
        (*_POE_MAIN, 3, 1): integer(1),
        (*_POE_MAIN, 4, 1): integer(0, GAUGE32),
    }
    return values | {(*_POE_PORT, 1, n): integer(1) for n in range(1, it.poe_ports + 1)}


def _place(it: DeliveredDefinition) -> Values:
    if ":" in it.address:
        return {}
    packed: Oid = tuple(int(part) for part in it.address.split("."))
    return {
        (*_ADDRESSES, 1, *packed): tlv(ADDRESS, bytes(packed)),
        (*_ADDRESSES, 2, *packed): integer(1),
        (*_ADDRESSES, 3, *packed): tlv(ADDRESS, bytes((255, 255, 0, 0))),
    }
