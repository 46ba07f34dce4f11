"""Commands about flash, images and what else stands beside the configuration."""

import hashlib
import time

from controller.lab.devices.arista_eos.device import VERSION, CommandError, EosDevice
from controller.lab.devices.arista_eos.request import COMMANDS, Answer, Request

FLASH_SIZE = 3_813_679_104
IMAGE = f"EOS-{VERSION}.swi"
IMAGE_SIZE = 871_652_662
"""The image it runs is there by name and size only; its MD5 is that of its name."""


@COMMANDS.add("dir", "dir flash:", "dir all-filesystems")
def directory(request: Request) -> Answer:
    """What flash holds; EOS has no JSON for it."""
    sizes = {IMAGE: IMAGE_SIZE, **_files(request.device)}
    rows = "".join(
        f"       -rwx{size:>12}           Mar 1 00:00  {name}\n" for name, size in sizes.items()
    )
    free = FLASH_SIZE - sum(sizes.values())
    return Answer(f"Directory of flash:/\n\n{rows}\n{FLASH_SIZE} bytes total ({free} bytes free)\n")


def _files(device: EosDevice) -> dict[str, int]:
    return {flash_name(name): len(text.encode()) for name, text in device.files.items()}


def flash_name(name: str) -> str:
    """``flash:/x`` as ``x``."""
    return name.removeprefix("flash:").lstrip("/")


@COMMANDS.add("verify /md5 *")
def verify(request: Request, name: str) -> Answer:
    """The MD5 of a file of flash; EOS has no JSON for it."""
    texts = {flash_name(file): text for file, text in request.device.files.items()}
    text = {**texts, IMAGE: IMAGE}.get(flash_name(name))
    if text is None:
        raise CommandError(f"Error verifying {name} (No such file or directory)")
    digest = hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
    return Answer(f"verify /md5 ({name}) = {digest}\n")


@COMMANDS.add("show boot-config")
def show_boot(request: Request) -> Answer:
    """Which image the next boot starts."""
    path = f"flash:/{IMAGE}"
    text = (
        f"Software image: {path}\nConsole speed: (not set)\n"
        "Aboot password (encrypted): (not set)\nMemory test iterations: (not set)\n"
    )
    return Answer(text, {"softwareImage": path, "abootPassword": "", "memTestIterations": 0})


@COMMANDS.add("show inventory")
def show_inventory(request: Request) -> Answer:
    """Parts and serial numbers."""
    model, serial = request.device.model, request.device.serial
    text = (
        "System information\n    Model                    Description\n"
        f"    {model:<24} Simulated switch\n    HW Version  Serial Number\n"
        f"    01.00       {serial}\n"
    )
    return Answer(text, {"systemInformation": {"name": model, "serialNum": serial}})


@COMMANDS.add("show clock")
def show_clock(request: Request) -> Answer:
    """The time of day."""
    told = time.strftime("%a %b %d %H:%M:%S %Y\nTimezone: UTC\n", time.gmtime())
    return Answer(told, {"utcTime": time.time(), "timezone": "UTC"})


@COMMANDS.add("show mac address-table")
def show_addresses(request: Request) -> Answer:
    """A table that is empty in the lab."""
    return Answer(
        "          Mac Address Table\nTotal Mac Addresses for this criterion: 0\n",
        {"unicastTable": {"tableEntries": []}, "multicastTable": {"tableEntries": []}},
    )


@COMMANDS.add("show banner *")
def show_banner(request: Request, kind: str) -> Answer:
    """The banner before (``login``) or after (``motd``) one signs in."""
    start = f"banner {kind}\n"
    tops = request.device.running.lines
    found = next((top.removeprefix(start) for top in tops if top.startswith(start)), "EOF")
    text = found.removesuffix("EOF")
    return Answer(text, {"loginBanner" if kind == "login" else kind: text})
