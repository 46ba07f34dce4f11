"""What only one maker's switches say: processor and memory, each in its own tables."""

from controller.lab.device import Device
from controller.lab.snmp.ber import GAUGE32, dotted, integer, object_id, octets
from controller.lab.snmp.groups import Values, celsius_inside, percent_busy, ticks

_CPU = dotted("1.3.6.1.4.1.9.9.109.1.1.1.1")
_POOL = dotted("1.3.6.1.4.1.9.9.48.1.1.1")
_TEMPERATURE = dotted("1.3.6.1.4.1.9.9.13.1.3.1")
_HOST = dotted("1.3.6.1.2.1.25")
_MEGABYTE = 1 << 20
_LIMIT_CELSIUS = 60


def cisco_groups(device: Device) -> Values:
    """CISCO-PROCESS-, -MEMORY-POOL- and -ENVMON-MIB."""
    busy, celsius = percent_busy(device), celsius_inside(device)
    cpu = {2: integer(1), **{column: integer(busy, GAUGE32) for column in (3, 4, 5, 6, 7, 8)}}
    pools = {1: ("Processor", 92, 304), 2: ("I/O", 18, 14)}
    values: Values = {(*_CPU, column, 1): value for column, value in cpu.items()}
    for index, (name, used, free) in pools.items():
        values[*_POOL, 2, index] = octets(name)
        values[*_POOL, 3, index] = integer(0)
        values[*_POOL, 4, index] = integer(1)
        values[*_POOL, 5, index] = integer(used * _MEGABYTE, GAUGE32)
        values[*_POOL, 6, index] = integer(free * _MEGABYTE, GAUGE32)
    values[*_TEMPERATURE, 2, 1006] = octets("SW#1, Sensor#1, GREEN")
    values[*_TEMPERATURE, 3, 1006] = integer(celsius, GAUGE32)
    values[*_TEMPERATURE, 4, 1006] = integer(_LIMIT_CELSIUS)
    values[*_TEMPERATURE, 6, 1006] = integer(1 if celsius < _LIMIT_CELSIUS else 2)
    return values


def host_groups(device: Device) -> Values:
    """HOST-RESOURCES-MIB, which EOS has from Linux: load of each core, memory in units of 1 kB."""
    busy = percent_busy(device)
    values: Values = {
        (*_HOST, 1, 1, 0): ticks(device.uptime()),
        (*_HOST, 2, 2, 0): integer(3_978_148),
    }
    stores = {1: ("RAM", 2, 3_978_148, 2_386_888), 100: ("RAM (Cache)", 1, 3_978_148, 1_290_000)}
    for index, (name, kind, size, used) in stores.items():
        row = {
            1: integer(index), 2: object_id((*_HOST, 2, 1, kind)), 3: octets(name),
            4: integer(1024), 5: integer(size), 6: integer(used),
        }  # fmt: skip
        values |= {(*_HOST, 2, 3, 1, column, index): value for column, value in row.items()}
    for index in (1, 2):
        values[*_HOST, 3, 2, 1, 1, index] = integer(index)
        values[*_HOST, 3, 2, 1, 2, index] = object_id((*_HOST, 3, 1, 3))
        values[*_HOST, 3, 2, 1, 3, index] = octets(f"Core {index}")
        values[*_HOST, 3, 3, 1, 1, index] = object_id((0, 0))
        values[*_HOST, 3, 3, 1, 2, index] = integer(busy)
    return values
