"""Which port is plugged into which: every device's uplink goes to a port of the one above it."""

from collections.abc import Mapping
from dataclasses import dataclass

from controller.lab.device import Device, FarEnd


@dataclass(frozen=True)
class _Hand:
    """The ports of a device that are still free, in order."""

    free: list[str]
    last: str

    def next(self) -> str:
        return self.free.pop(0) if self.free else self.last


def lay_cables(devices: Mapping[str, Device]) -> None:
    """Tell every device what hangs at its ports; a device without `uplink_to` has none above it.

    The far port is the next free one of the device above, which has a cable from then on. Where no
    port is free the last one is shared, as behind a small switch that nobody manages.
    """
    hands = {name: _hand(device) for name, device in devices.items()}
    for name, device in devices.items():
        above = devices.get(device.definition.uplink_to)
        if above is None or above is device:
            continue
        here, there = device.definition.uplink, hands[above.definition.name].next()
        device.far_ends.setdefault(here, []).append(FarEnd(above, there))
        above.far_ends.setdefault(there, []).append(FarEnd(devices[name], here))


def _hand(device: Device) -> _Hand:
    taken = (device.definition.uplink, device.definition.management_interface)
    ports = [p for p in device.ports if p not in taken and not p.startswith("Management")]
    return _Hand(ports, ports[-1] if ports else device.definition.uplink)
