"""The state of a Cisco IOS switch: running and startup configuration, files in flash, archive."""

import re
import zlib

from controller.lab.configuration.rendering import render
from controller.lab.configuration.tree import Configuration
from controller.lab.device import Device
from controller.lab.devices.cisco_ios.defaults import PORTS, default_configuration
from controller.lab.devices.cisco_ios.grammar import DIALECT
from controller.lab.nameplate import Nameplate

SOFTWARE = "C2960X Software (C2960X-UNIVERSALK9-M), Version 15.2(7)E4, RELEASE SOFTWARE (fc2)"
MODEL = "WS-C2960X-24TS-L"
RUNNING = re.compile(r"(?:system:/?)?running-config$", re.IGNORECASE)
STARTUP = re.compile(r"(?:nvram:/?)?startup-config$", re.IGNORECASE)
FLASH = re.compile(r"^(?:flash\d?:|bootflash:)?/*")


class IosDevice(Device):
    """A Cisco IOS access switch."""

    dialect = DIALECT
    default_ports = PORTS

    def default_text(self) -> str:
        """The default configuration of a school's access switch."""
        wanted = self.definition
        return default_configuration(
            wanted.name, wanted.address, wanted.management_interface, wanted.uplink
        )

    def platform_problem(self) -> str | None:
        """SSH answers unless every vty line's ``transport input`` keeps it out."""
        lines = [inner for top, inner in self.running.lines.items() if top.startswith("line vty")]
        inputs = [line for inner in lines for line in inner if line.startswith("transport input")]
        if not inputs or any(re.search(r"\b(ssh|all)\b", line) for line in inputs):
            return None
        return "no vty line lets SSH in"

    def forget(self) -> None:
        """Nothing: an IOS switch has its files in flash."""

    @property
    def number(self) -> int:
        """A number below 65536 that is the device's own: for serial and MAC addresses."""
        return zlib.crc32(self.definition.name.encode()) & 0xFFFF

    @property
    def serial(self) -> str:
        """The serial number; made of the name, the same on every machine, when none is given."""
        return self.definition.serial or f"FOC{self.number:05d}SIM"

    @property
    def model(self) -> str:
        """The model it says it is."""
        return self.definition.model or MODEL

    @property
    def nameplate(self) -> Nameplate:
        """What it is."""
        return Nameplate(
            maker="Cisco",
            model=self.model,
            version="15.2(7)E4",
            serial=self.serial,
            description=(
                f"Cisco IOS Software, {SOFTWARE}\r\n"
                "Technical Support: http://www.cisco.com/techsupport\r\n"
                "Copyright (c) 1986-2021 by Cisco Systems, Inc."
            ),
            object_id="1.3.6.1.4.1.9.1.1208",
            mac=bytes((0x00, 0x50, self.number >> 8, self.number & 0xFF, 0)),
            first_index=10101,
        )

    @property
    def archive_on(self) -> bool:
        """Whether ``archive`` is configured with a path: replace and timers need it."""
        return "path" in " ".join(self.running.lines.get("archive", {}))

    @property
    def quiet(self) -> bool:
        """Whether file commands ask no questions."""
        return "file prompt quiet" in self.running.lines

    def file(self, name: str) -> str | None:
        """The text of a file or of one of the configurations; None when there is no such file."""
        if RUNNING.match(name):
            return file_text(self.running)
        if STARTUP.match(name):
            return file_text(self.startup)
        return "" if name.lower() == "null:" else self.files.get(flash_name(name))

    def store(self, name: str, text: str) -> None:
        """Write a file; writing ``startup-config`` makes it the startup configuration."""
        if STARTUP.match(name):
            self.keep_startup(self.read(text))
        elif name.lower() != "null:":
            self.files[flash_name(name)] = text


def flash_name(name: str) -> str:
    """``flash:/x`` as ``x``."""
    return FLASH.sub("", name)


def file_text(configuration: Configuration) -> str:
    """A configuration as IOS writes it to a file."""
    return render(configuration) + "end\n"
