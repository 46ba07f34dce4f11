"""Commands about files: dir, more, verify, delete, copy, write."""

import hashlib

from controller.lab.configuration.dialect import RefusedLineError
from controller.lab.devices.cisco_ios.device import RUNNING, STARTUP, flash_name
from controller.lab.devices.cisco_ios.shell import COMMANDS, INVALID, Answer, Question, Shell

FLASH_SIZE = 122_185_728
IMAGE = "c2960x-universalk9-mz.152-7.E4.bin"
IMAGE_SIZE = 25_000_000
"""The image it runs is there by name and size only; its MD5 is that of its name."""


def missing(name: str, verb: str = "opening") -> str:
    """The error for a file that is not there."""
    return f"%Error {verb} {name} (No such file or directory)\n"


@COMMANDS.add("dir", "dir *")
def directory(shell: Shell, where: str = "flash:/") -> Answer:
    """List flash or one file of it."""
    if ":" not in where:
        where = f"flash:/{where}"
    if not where.startswith(("flash:", "bootflash:")):
        return f"%Error opening {where} (Invalid argument)\n"
    files = shell.device.files
    name = flash_name(where)
    sizes = {IMAGE: IMAGE_SIZE, **{other: len(text.encode()) for other, text in files.items()}}
    if name and name not in sizes:
        return missing(where)
    sizes = {name: sizes[name]} if name else sizes
    rows = "".join(
        f"  {index:>3}  -rw-  {size:>10}   Mar 1 2026 00:00:00 +00:00  {other}\n"
        for index, (other, size) in enumerate(sizes.items(), start=2)
    )
    used = IMAGE_SIZE + sum(len(text.encode()) for text in files.values())
    title = where if name else "flash:/"
    return (
        f"Directory of {title}\n\n{rows}\n"
        f"{FLASH_SIZE} bytes total ({FLASH_SIZE - used} bytes free)\n"
    )


@COMMANDS.add("more *")
def more(shell: Shell, name: str) -> Answer:
    """Show a file."""
    text = shell.device.file(name)
    return missing(name) if text is None else text


@COMMANDS.add("verify /md5 *")
def verify(shell: Shell, name: str) -> Answer:
    """The MD5 of a file, by which clients check a transfer."""
    text = IMAGE if flash_name(name) == IMAGE else shell.device.file(name)
    if text is None:
        return missing(name, "verifying")
    digest = hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
    return f".Done!\nverify /md5 ({name}) = {digest}\n"


@COMMANDS.add("delete /force *", "delete *")
def delete(shell: Shell, name: str) -> Answer:
    """Delete a file of flash."""
    if shell.device.files.pop(flash_name(name), None) is None:
        return missing(name, "deleting")
    return ""


@COMMANDS.add("copy * *")
def copy(shell: Shell, source: str, target: str) -> Answer:
    """Copy; into the running configuration it is a merge, line by line."""

    def go(_: str = "") -> Answer:
        text = shell.device.file(source)
        if text is None:
            return missing(source)
        if RUNNING.match(target):
            return _merge(shell, text)
        if STARTUP.match(target) and RUNNING.match(source):
            shell.device.save()
            return "Building configuration...\n[OK]\n"
        shell.device.store(target, text)
        return f"{len(text.encode())} bytes copied in 0.109 secs\n"

    if shell.device.quiet:
        return go()
    return Question(f"Destination filename [{flash_name(target)}]? ", go)


def _merge(shell: Shell, text: str) -> str:
    statements = list(shell.device.dialect.statements(text))
    merged = shell.device.merge(statements, shell.user)
    errors = "".join(_error(refusal) for refusal in merged.refusals)
    return f"{errors}{len(text.encode())} bytes copied in 0.226 secs\n"


def _error(refusal: RefusedLineError) -> str:
    if refusal.incomplete:
        return f"{refusal.line}\n% Incomplete command.\n\n"
    return f"{refusal.line}\n{' ' * refusal.position}^\n{INVALID}\n"


@COMMANDS.add("write", "write memory")
def write(shell: Shell) -> Answer:
    """Save the running configuration as the startup configuration."""
    shell.device.save()
    return "Building configuration...\n[OK]\n"
