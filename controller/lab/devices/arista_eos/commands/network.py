"""Commands that show the system, its interfaces, VLANs and neighbours."""

import re
from typing import Any

from controller.lab.devices.arista_eos.device import VERSION, CommandError, EosDevice
from controller.lab.devices.arista_eos.request import COMMANDS, Answer, Request
from controller.lab.interfaces import InterfaceState, access_ports, vlan_names
from controller.lab.time_servers import TimeServer, time_servers

GIGABIT = 1_000_000_000


@COMMANDS.add("show version")
def show_version(request: Request) -> Answer:
    """Model, software, serial number, uptime."""
    device = request.device
    text = (
        f"Arista {device.model}\nHardware version: 01.00\nSerial number: {device.serial}\n"
        f"Software image version: {VERSION}\nUptime: {int(device.uptime()) // 60} minutes\n"
    )
    return Answer(
        text,
        {
            "mfgName": "Arista",
            "modelName": device.model,
            "hardwareRevision": "01.00",
            "serialNumber": device.serial,
            "systemMacAddress": mac_address(device, 0xFF),
            "version": VERSION,
            "internalVersion": f"{VERSION}-32308478.4301F",
            "architecture": "x86_64",
            "bootupTimestamp": device.booted_at,
            "uptime": device.uptime(),
            "memTotal": 4_000_000,
            "memFree": 2_000_000,
            "isIntlVersion": False,
        },
    )


@COMMANDS.add("show hostname")
def show_hostname(request: Request) -> Answer:
    """The host name, short and full."""
    device = request.device
    words = "dns domain "
    tops = device.running.lines
    domain = next((top.removeprefix(words) for top in tops if top.startswith(words)), "")
    full = f"{device.hostname}.{domain}" if domain else device.hostname
    return Answer(
        f"Hostname: {device.hostname}\nFQDN: {full}\n", {"hostname": device.hostname, "fqdn": full}
    )


@COMMANDS.add("show interfaces")
def show_interfaces(request: Request) -> Answer:
    """Every interface."""
    device = request.device
    states = device.interfaces()
    return Answer(
        "".join(f"{s.name} is {_status(s)}, line protocol is {_protocol(s)}\n" for s in states),
        {"interfaces": {s.name: _interface(device, s, i) for i, s in enumerate(states)}},
    )


def _interface(device: EosDevice, state: InterfaceState, index: int) -> dict[str, Any]:
    return {
        "name": state.name,
        "lineProtocolStatus": _protocol(state),
        "interfaceStatus": _status(state),
        "hardware": "ethernet",
        "description": state.description,
        "mtu": state.mtu,
        "bandwidth": GIGABIT,
        "physicalAddress": mac_address(device, index),
        "lastStatusChangeTimestamp": device.booted_at,
        "interfaceCounters": {},
    }


def _status(state: InterfaceState) -> str:
    if not state.enabled:
        return "disabled"
    return "connected" if state.up else "notconnect"


def _protocol(state: InterfaceState) -> str:
    return "up" if state.up else "down"


def mac_address(device: EosDevice, index: int) -> str:
    """An address of the device: made of its name, the same on every machine."""
    return f"00:1c:73:{device.number >> 8:02x}:{device.number & 255:02x}:{index & 255:02x}"


@COMMANDS.add("show ip interface")
def show_ip_interface(request: Request) -> Answer:
    """Interfaces that have an address."""
    rows: dict[str, Any] = {}
    for state in request.device.interfaces():
        if state.address is not None:
            address, length = state.address
            rows[state.name] = {
                "name": state.name,
                "lineProtocolStatus": _protocol(state),
                "interfaceStatus": _status(state),
                "mtu": state.mtu,
                "interfaceAddress": {
                    "primaryIp": {"address": address, "maskLen": length},
                    "secondaryIps": {},
                    "secondaryIpsOrderedList": [],
                },
            }
    return Answer("".join(f"{name}\n" for name in rows), {"interfaces": rows})


@COMMANDS.add("show ipv6 interface")
def show_ipv6_interface(request: Request) -> Answer:
    """Nothing in the lab speaks IPv6; EOS calls that an error."""
    raise CommandError("No IPv6 configured interfaces")


@COMMANDS.add("show vlan")
def show_vlan(request: Request) -> Answer:
    """Every VLAN with its access ports."""
    running = request.device.running
    rows = {
        str(number): {
            "name": name,
            "status": "active",
            "dynamic": False,
            "interfaces": {
                port: {"privatePromoted": False} for port in access_ports(running, number)
            },
        }
        for number, name in vlan_names(running).items()
    }
    text = "".join(f"{number:<5} {row['name']}\n" for number, row in rows.items())
    return Answer(text, {"vlans": rows, "sourceDetail": ""})


@COMMANDS.add("show lldp neighbors")
def show_lldp(request: Request) -> Answer:
    """The switch at the other end of the uplink."""
    device = request.device
    uplink = device.definition.uplink
    up = any(state.name == uplink and state.up for state in device.interfaces())
    neighbours = []
    if up and "no lldp run" not in device.running.lines:
        remote = f"{device.definition.name.rpartition('-')[0] or device.definition.name}-core"
        neighbours.append(
            {"port": uplink, "neighborDevice": remote, "neighborPort": "Ethernet1", "ttl": 120}
        )
    return Answer(
        "".join(f"{n['port']} {n['neighborDevice']} {n['neighborPort']}\n" for n in neighbours),
        {"lldpNeighbors": neighbours, "tablesDrops": 0},
    )


@COMMANDS.add("show ntp associations")
def show_ntp(request: Request) -> Answer:
    """The time servers, and which of them the clock follows; EOS has no JSON for it."""
    servers = time_servers(request.device)
    if not servers:
        return Answer("NTP is disabled.\n")
    return Answer("\n".join([*_NTP_HEADER, *map(_association, servers), ""]))


_NTP_HEADER = (
    "     remote           refid      st t when poll reach   delay   offset  jitter",
    "=" * 78,
)


def _association(server: TimeServer) -> str:
    told = (
        ".GPS.            1 u   21   64  377    0.250    0.012   0.030"
        if server.answers
        else ".INIT.          16 u    -   64    0    0.000    0.000   0.000"
    )
    return f"{server.mark}{server.address:<15} {told}"


@COMMANDS.add("show users accounts")
def show_accounts(request: Request) -> Answer:
    """The accounts of the configuration: level and role, and what they sign in with."""
    found = (_ACCOUNT.match(line) for line in request.device.running.lines)
    users = {
        match["name"]: {
            "username": match["name"],
            "privLevel": int(match["level"] or 1),
            "role": match["role"] or "",
            "secret": match["secret"] or "",
            "sshAuthorizedKey": "",
        }
        for match in found
        if match
    }
    text = "".join(f"user: {name}\n" for name in users)
    return Answer(text, {"users": users})


_ACCOUNT = re.compile(
    r"username (?P<name>\S+)(?: privilege (?P<level>\d+))?(?: role (?P<role>\S+))?"
    r"(?: (?:secret|nopassword)(?: \w+)? ?(?P<secret>\S+)?)?"
)
