"""Counters of a device's ports: they grow with time while a port has link, and not otherwise."""

import math
import zlib
from dataclasses import dataclass, field

from controller.lab.interfaces import InterfaceState

DAY = 86_400.0
_SWING = 0.6
_FRAME_BYTES = 700


@dataclass
class Counters:
    """What a port has counted since the device came up; octets and frames as real numbers."""

    received: float = 0.0
    sent: float = 0.0
    errors: float = 0.0

    @property
    def frames_in(self) -> int:
        """Frames received, of a usual size."""
        return int(self.received) // _FRAME_BYTES

    @property
    def frames_out(self) -> int:
        """Frames sent."""
        return int(self.sent) // _FRAME_BYTES


@dataclass
class Traffic:
    """The ports of one device. Busy by day and quiet by night, each port in its own way."""

    device: str
    uplink: str
    counted_until: float = 0.0
    ports: dict[str, Counters] = field(default_factory=dict)

    def count(self, states: list[InterfaceState], uptime: float, errors_a_second: float) -> None:
        """Let the time since the last call pass; `uptime` in seconds, less after a reboot."""
        if uptime < self.counted_until:
            self.ports.clear()
            self.counted_until = 0.0
        begun, self.counted_until = self.counted_until, uptime
        passed = _busy(uptime) - _busy(begun)
        for state in states:
            counters = self.ports.setdefault(state.name, Counters())
            if not state.up:
                continue
            received, sent = self._rates(state.name)
            counters.received += received * passed
            counters.sent += sent * passed
            if begun:
                counters.errors += errors_a_second * (uptime - begun)

    def _rates(self, port: str) -> tuple[float, float]:
        """Bytes a second in the middle of the day; the uplink carries what the others make."""
        mark = zlib.crc32(f"{self.device} {port} traffic".encode())
        received, sent = 2_000 + mark % 60_000, 2_000 + (mark >> 16) % 200_000
        return (sent * 12.0, received * 12.0) if port == self.uplink else (received, sent)


def _busy(seconds: float) -> float:
    """The time until then, weighted: a wave over the day that never goes backwards."""
    turn = 2 * math.pi / DAY
    return seconds + _SWING * (1 - math.cos(turn * seconds)) / turn
