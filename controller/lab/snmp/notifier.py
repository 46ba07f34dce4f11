"""What a device tells by itself: traps about its links, its start, its configuration."""

import time
from collections.abc import Callable, Sequence

from controller.lab.device import Device
from controller.lab.snmp.ber import Oid, dotted, integer, object_id, octets, sequence
from controller.lab.snmp.groups import interface_index, ticks

TRAP = 0xA7
_UPTIME, _KIND = dotted("1.3.6.1.2.1.1.3.0"), dotted("1.3.6.1.6.3.1.1.4.1.0")
_COLD_START, _REFUSED = dotted("1.3.6.1.6.3.1.1.5.1"), dotted("1.3.6.1.6.3.1.1.5.5")
_LINK_DOWN, _LINK_UP = dotted("1.3.6.1.6.3.1.1.5.3"), dotted("1.3.6.1.6.3.1.1.5.4")
_IF = dotted("1.3.6.1.2.1.2.2.1")
_CONFIGURED = {
    "Cisco": dotted("1.3.6.1.4.1.9.9.43.2.0.1"),
    "Arista Networks": dotted("1.3.6.1.4.1.30065.3.9.3.0.1"),
}
_REFUSED_SECONDS = 1.0

Binding = tuple[Oid, bytes]


class Notifier:
    """Called whenever something may have changed; sends a trap for each thing that has."""

    def __init__(self, device: Device, community: str, send: Callable[[bytes], None]) -> None:
        self._device = device
        self._community = community
        self._send = send
        self._boots = device.boots
        self._configuration = device.fingerprint()
        self._links = self._now()
        self._number = 0
        self._refused_at = 0.0

    def look(self) -> None:
        """Compare with the last look and tell the difference; a mute device tells it later."""
        device = self._device
        if device.is_mute():
            return
        if device.boots != self._boots:
            self._boots, self._links = device.boots, self._now()
            self._configuration = device.fingerprint()
            self._tell(_COLD_START)
            return
        configuration = device.fingerprint()
        if configuration != self._configuration:
            self._configuration = configuration
            self._tell(_CONFIGURED[device.nameplate.maker])
        before, self._links = self._links, self._now()
        for name, (enabled, up) in self._links.items():
            if name in before and before[name][1] != up:
                self._tell(_LINK_UP if up else _LINK_DOWN, self._port(name, enabled, up))

    def refused(self) -> None:
        """Somebody asked with a wrong community: tell, once a second at most."""
        now = time.monotonic()
        if now - self._refused_at > _REFUSED_SECONDS:
            self._refused_at = now
            self._tell(_REFUSED)

    def _now(self) -> dict[str, tuple[bool, bool]]:
        return {s.name: (s.enabled, s.up) for s in self._device.interfaces()}

    def _port(self, name: str, enabled: bool, up: bool) -> list[Binding]:
        index = interface_index(self._device, name)
        return [
            ((*_IF, 1, index), integer(index)),
            ((*_IF, 2, index), octets(name)),
            ((*_IF, 7, index), integer(1 if enabled else 2)),
            ((*_IF, 8, index), integer(1 if up else 2)),
        ]

    def _tell(self, kind: Oid, about: Sequence[Binding] = ()) -> None:
        self._number += 1
        listed: list[Binding] = [
            (_UPTIME, ticks(self._device.uptime())),
            (_KIND, object_id(kind)),
            *about,
        ]
        bindings = sequence(*(sequence(object_id(oid), value) for oid, value in listed))
        pdu = sequence(integer(self._number), integer(0), integer(0), bindings, tag=TRAP)
        self._send(sequence(integer(1), octets(self._community), pdu))
