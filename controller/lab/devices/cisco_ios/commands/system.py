"""Commands that show the configuration and the system."""

import re
import time

from controller.lab.configuration.rendering import render, section_lines
from controller.lab.devices.cisco_ios.commands.files import IMAGE
from controller.lab.devices.cisco_ios.commands.rollback import stamp
from controller.lab.devices.cisco_ios.device import SOFTWARE
from controller.lab.devices.cisco_ios.shell import COMMANDS, Answer, Shell

RUNNING_IMAGE = f"flash:/{IMAGE}"


@COMMANDS.add("show running-config", "show running-config all")
def show_running(shell: Shell) -> Answer:
    """The running configuration with its volatile header."""
    device = shell.device
    body = render(device.running) + "end\n"
    return (
        f"Building configuration...\n\nCurrent configuration : {len(body.encode())} bytes\n!\n"
        f"! Last configuration change at {stamp(device.changed_at)} by {device.changed_by}\n"
        f"!\n{body}\n"
    )


@COMMANDS.add("show running-config interface **")
def show_running_interface(shell: Shell, name: str) -> Answer:
    """The configuration of one interface."""
    device = shell.device
    top = device.dialect.canonical("", f"interface {name}")
    inner = device.running.lines.get(top)
    if inner is None:
        return shell.invalid(f"show running-config interface {name}", 30)
    body = "".join(line + "\n" for line in section_lines(device.dialect, top, inner))
    return f"Building configuration...\n\nCurrent configuration : {len(body)} bytes\n!\n{body}end\n"


@COMMANDS.add("show startup-config", "show configuration")
def show_startup(shell: Shell) -> Answer:
    """The configuration that survives a reboot."""
    body = render(shell.device.startup)
    return f"Using {len(body.encode())} out of 524288 bytes\n!\n{body}end\n\n"


@COMMANDS.add("show version", everybody=True)
def show_version(shell: Shell) -> Answer:
    """Model, software, serial number, uptime."""
    device = shell.device
    minutes = int(device.uptime()) // 60
    days, hours = minutes // 1440, minutes // 60 % 24
    serial = device.serial
    return f"""\
Cisco IOS Software, {SOFTWARE}
Technical Support: http://www.cisco.com/techsupport
Copyright (c) 1986-2021 by Cisco Systems, Inc.

ROM: Bootstrap program is C2960X boot loader

{device.hostname} uptime is {days} days, {hours} hours, {minutes % 60} minutes
System returned to ROM by power-on
System image file is "{RUNNING_IMAGE}"

cisco {device.model} (APM86XXX) processor (revision A0) with 524288K bytes of memory.
Processor board ID {serial}
Last reset from power-on
{len(device.ports)} Gigabit Ethernet interfaces
512K bytes of flash-simulated non-volatile configuration memory.
Model number                    : {device.model}
System serial number            : {serial}

Configuration register is 0xF

"""


@COMMANDS.add("show boot")
def show_boot(shell: Shell) -> Answer:
    """What the next boot starts: what ``boot system`` says, else the image it runs."""
    words = "boot system "
    tops = shell.device.running.lines
    path = next((top.removeprefix(words) for top in tops if top.startswith(words)), RUNNING_IMAGE)
    return (
        f"BOOT path-list      : {path}\nConfig file         : flash:/config.text\n"
        "Private Config file : flash:/private-config.text\nEnable Break        : no\n"
        "Manual Boot         : no\n"
    )


@COMMANDS.add("show snmp user")
def show_snmp_users(shell: Shell) -> Answer:
    """SNMPv3 users: the configuration does not show them."""
    users = [match for line in shell.device.running.hidden if (match := _SNMP_USER.match(line))]
    engine = f"8000000903000050{shell.device.number:04x}00"
    return "".join(_snmp_user(user, engine) for user in users)


_SNMP_USER = re.compile(
    r"snmp-server user (?P<name>\S+) (?P<group>\S+) v3(?: encrypted)?"
    r"(?: auth (?P<auth>\S+) \S+)?(?: priv (?P<priv>\S+(?: \d+)?) \S+)?"
)


def _snmp_user(user: re.Match[str], engine: str) -> str:
    return (
        f"User name: {user['name']}\nEngine ID: {engine}\n"
        "storage-type: nonvolatile\t active\n"
        f"Authentication Protocol: {(user['auth'] or 'None').upper()}\n"
        f"Privacy Protocol: {(user['priv'] or 'None').upper().replace(' ', '')}\n"
        f"Group-name: {user['group']}\n\n"
    )


@COMMANDS.add("show inventory", everybody=True)
def show_inventory(shell: Shell) -> Answer:
    """Parts and serial numbers."""
    model, serial = shell.device.model, shell.device.serial
    return f'NAME: "1", DESCR: "{model}"\nPID: {model}  , VID: V01  , SN: {serial}\n'


@COMMANDS.add("show hosts", everybody=True)
def show_hosts(shell: Shell) -> Answer:
    """The domain name, from which clients make the full host name."""
    tops = shell.device.running.lines
    words = "ip domain-name "
    domain = next((top.removeprefix(words) for top in tops if top.startswith(words)), "not set")
    return f"Default domain is {domain}\nName/address lookup uses static mappings\n"


@COMMANDS.add("show clock", everybody=True)
def show_clock(shell: Shell) -> Answer:
    """The time of day."""
    return time.strftime("*%H:%M:%S.000 UTC %a %b %d %Y\n", time.gmtime())
