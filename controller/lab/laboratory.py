"""A lab that runs: all its devices in one event loop, until it is told to stop."""

import asyncio
import contextlib
import json
import logging
import signal
import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from controller.lab.cabling import lay_cables
from controller.lab.credentials import host_key, tls_context
from controller.lab.definition import DeviceDefinition, LabDefinition
from controller.lab.device import Device, Surroundings
from controller.lab.devices.arista_eos.device import EosDevice
from controller.lab.devices.arista_eos.server import EosServer
from controller.lab.devices.cisco_ios.device import IosDevice
from controller.lab.devices.cisco_ios.server import IosServer, server_options
from controller.lab.doorway import Doorway, Server
from controller.lab.password import read_password
from controller.lab.snmp.port import SnmpPort, boxed_port, notify, readers, snmp_port, write_log

LOG = logging.getLogger("controller.lab")


@dataclass(frozen=True)
class Credentials:
    """What the devices show to clients: made once per lab, kept in its state folder."""

    ssh_options: Any
    tls: ssl.SSLContext


class Laboratory:
    """The devices of a definition, each behind its doorway."""

    def __init__(self, definition: LabDefinition, *, share: bool = False) -> None:
        self.definition = definition
        self.stopped = asyncio.Event()
        state_dir = definition.state_dir
        (state_dir / "startup").mkdir(parents=True, exist_ok=True)
        around = self._surroundings(read_password(definition.password_file))
        credentials = Credentials(server_options(host_key(state_dir)), tls_context(state_dir))
        self.doorways = {
            wanted.name: self._doorway(wanted, around, credentials, share=share)
            for wanted in definition.devices
        }
        lay_cables(self.devices)
        self.snmp_ports = self._snmp_ports(share=share)

    @property
    def devices(self) -> dict[str, Device]:
        """The devices by name."""
        return {name: doorway.device for name, doorway in self.doorways.items()}

    async def run(self) -> None:
        """Open every doorway, publish the addresses, and serve until `stopped` is set."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.stopped.set)
        try:
            await self.settle()
            for port in self.snmp_ports.values():
                await port.open()
            write_atomically(self.definition.state_dir / "addresses.json", self._addresses())
            LOG.info("%d devices are listening", len(self.snmp_ports) or len(self.doorways))
            keepers = [asyncio.create_task(d.keep()) for d in self.doorways.values()]
            await self.stopped.wait()
            for keeper in keepers:
                keeper.cancel()
            await asyncio.gather(*keepers, return_exceptions=True)
        finally:
            for doorway in self.doorways.values():
                doorway.close()
            for port in self.snmp_ports.values():
                port.close()

    async def settle(self) -> None:
        """Return when every doorway is as its device demands."""
        for doorway in self.doorways.values():
            await doorway.follow()

    def _addresses(self) -> str:
        rows: dict[str, dict[str, object]] = {
            name: {"address": door.address, "port": door.port}
            for name, door in self.doorways.items()
        }
        for name, port in self.snmp_ports.items():
            rows.setdefault(name, {})["snmp_port"] = port.port
        for box in self.definition.delivered if self.snmp_ports else ():
            place = self.snmp_ports[box.name].address
            rows[box.name] |= {"address": place, "stands_for": box.address}
        return json.dumps(rows, indent=2) + "\n"

    def _snmp_ports(self, *, share: bool) -> dict[str, SnmpPort]:
        wanted = self.definition.snmp
        if wanted is None:
            return {}
        who = readers(wanted)
        ports = {
            name: snmp_port(doorway.device, who, doorway.address, share=share)
            for name, doorway in self.doorways.items()
        }
        boxes = {box.name: boxed_port(box, who, share=share) for box in self.definition.delivered}
        if wanted.trap_port:
            for name, port in ports.items():
                to = (wanted.trap_address, wanted.trap_port)
                notify(port, self.doorways[name].device, who, to)
        if wanted.syslog_port:
            for name, port in ports.items():
                to = (wanted.syslog_address, wanted.syslog_port)
                write_log(port, self.doorways[name].device, self.definition.username, to)
        return ports | boxes

    def _surroundings(self, password: str) -> Surroundings:
        wanted = self.definition
        return Surroundings(
            username=wanted.username,
            password=password,
            minute_seconds=wanted.minute_seconds,
            latency_seconds=wanted.latency_ms / 1000,
            boot_seconds=wanted.boot_seconds,
            later=asyncio.get_running_loop().call_later,
            save=lambda name, text: write_atomically(self._startup_file(name), text),
        )

    def _startup_file(self, name: str) -> Path:
        return self.definition.state_dir / "startup" / f"{name}.cfg"

    def _doorway(
        self,
        wanted: DeviceDefinition,
        around: Surroundings,
        credentials: Credentials,
        *,
        share: bool,
    ) -> Doorway:
        saved = None
        with contextlib.suppress(FileNotFoundError):
            saved = self._startup_file(wanted.name).read_text(encoding="utf-8")
        server: Server
        device: Device
        if wanted.platform == "cisco_ios":
            device = ios = IosDevice(wanted, around, saved)
            server = IosServer(ios, credentials.ssh_options)
        else:
            device = eos = EosDevice(wanted, around, saved)
            server = EosServer(eos, credentials.tls)
        return Doorway(device, server, share=share)


def write_atomically(path: Path, text: str) -> None:
    """Write a file so that nobody ever sees half of it."""
    partial = path.with_name(path.name + ".part")
    partial.write_text(text, encoding="utf-8")
    partial.replace(path)
