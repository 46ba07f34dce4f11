"""What a device writes to a syslog server: that somebody configured it."""

from collections.abc import Callable

from controller.lab.device import Device

# As each maker's system writes it; local7.notice.
_LINES = {
    "Cisco": "<189>{number}: %SYS-5-CONFIG_I: Configured from console by {who} on vty0 (127.0.0.1)",
    "Arista Networks": "<189>Jan  1 00:00:00 {name} ConfigAgent: %SYS-5-CONFIG_I: "
    "Configured from console by {who} on vty3 (127.0.0.1)",
}


class LogWriter:
    """Called whenever something may have changed; `who` is the account people log in with."""

    def __init__(self, device: Device, who: str, send: Callable[[bytes], None]) -> None:
        self._device = device
        self._who = who
        self._send = send
        self._boots = device.boots
        self._configuration = device.fingerprint()
        self._number = 0

    def look(self) -> None:
        """Compare with the last look and tell the difference; a mute device tells it later."""
        device = self._device
        if device.is_mute():
            return
        before, self._configuration = self._configuration, device.fingerprint()
        boots, self._boots = self._boots, device.boots
        if boots == self._boots and before != self._configuration:
            self._number += 1
            line = _LINES[device.nameplate.maker].format(
                number=self._number, who=self._who, name=device.definition.name
            )
            self._send(line.encode())
