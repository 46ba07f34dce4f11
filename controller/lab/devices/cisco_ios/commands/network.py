"""Commands that show interfaces, VLANs and neighbours."""

from collections.abc import Sequence

from controller.lab.devices.cisco_ios.shell import COMMANDS, Answer, Shell
from controller.lab.interfaces import InterfaceState, access_ports, vlan_names
from controller.lab.time_servers import TimeServer, time_servers

SHORT = {"GigabitEthernet": "Gi", "FastEthernet": "Fa", "TenGigabitEthernet": "Te"}
PORTS_A_ROW = 4


def status(state: InterfaceState) -> str:
    """The first half of an interface's state."""
    if not state.enabled:
        return "administratively down"
    return "up" if state.up else "down"


def protocol(state: InterfaceState) -> str:
    """The second half of an interface's state."""
    return "up" if state.up else "down"


@COMMANDS.add("show ip interface brief", everybody=True)
def show_ip_brief(shell: Shell) -> Answer:
    """One line per interface."""
    rows = ["Interface              IP-Address      OK? Method Status                Protocol"]
    for state in shell.device.interfaces():
        address = state.address[0] if state.address else "unassigned"
        method = "NVRAM" if state.address else "unset"
        rows.append(
            f"{state.name:<22} {address:<15} YES {method:<6} {status(state):<21} {protocol(state)}"
        )
    return "\n".join(rows) + "\n"


@COMMANDS.add("show interfaces", everybody=True)
def show_interfaces(shell: Shell) -> Answer:
    """Every interface in full."""
    states = shell.device.interfaces()
    return "".join(_full(state, index, shell.device.number) for index, state in enumerate(states))


def _full(state: InterfaceState, index: int, number: int) -> str:
    mac = f"0050.{number:04x}.{index:04x}"
    hardware = "Gigabit Ethernet" if state.switched else "EtherSVI"
    link = "connected" if state.up else "notconnect"
    lines = [
        f"{state.name} is {status(state)}, line protocol is {protocol(state)} ({link})",
        f"  Hardware is {hardware}, address is {mac} (bia {mac})",
        *([f"  Description: {state.description}"] if state.description else []),
        *([f"  Internet address is {_prefix(state)}"] if state.address else []),
        f"  MTU {state.mtu} bytes, BW 1000000 Kbit/sec, DLY 10 usec,",
        "     reliability 255/255, txload 1/255, rxload 1/255",
        "  Encapsulation ARPA, loopback not set",
        "  Full-duplex, 1000Mb/s, media type is 10/100/1000BaseTX",
        "     0 packets input, 0 bytes, 0 no buffer",
        "     0 input errors, 0 CRC, 0 frame, 0 overrun, 0 ignored",
        "     0 packets output, 0 bytes, 0 underruns",
        "     0 output errors, 0 collisions, 0 interface resets",
    ]
    return "\n".join(lines) + "\n"


def _prefix(state: InterfaceState) -> str:
    return f"{state.address[0]}/{state.address[1]}" if state.address else ""


@COMMANDS.add("show ip interface", everybody=True)
def show_ip_interface(shell: Shell) -> Answer:
    """Addresses of every interface."""
    rows: list[str] = []
    for state in shell.device.interfaces():
        rows.append(f"{state.name} is {status(state)}, line protocol is {protocol(state)}")
        address = f"Internet address is {_prefix(state)}" if state.address else ""
        rows.append(f"  {address or 'Internet protocol processing disabled'}")
    return "\n".join(rows) + "\n"


@COMMANDS.add("show ipv6 interface", "show cdp neighbors", "show cdp neighbors detail")
@COMMANDS.add("show mac address-table", "show mac-address-table", everybody=True)
def show_nothing(shell: Shell) -> Answer:
    """Tables that are empty in the lab."""
    return "\n"


@COMMANDS.add("show vlan", "show vlan brief", everybody=True)
def show_vlan(shell: Shell) -> Answer:
    """Every VLAN with its access ports."""
    return _vlan_table(shell, sorted(vlan_names(shell.device.running)))


@COMMANDS.add("show vlan id *", everybody=True)
def show_vlan_id(shell: Shell, number: str) -> Answer:
    """One VLAN."""
    if not number.isdigit() or int(number) not in vlan_names(shell.device.running):
        return f"VLAN id {number} not found in current VLAN database\n"
    return _vlan_table(shell, [int(number)])


def _vlan_table(shell: Shell, numbers: Sequence[int]) -> str:
    names = vlan_names(shell.device.running)
    rows = [
        "",
        "VLAN Name                             Status    Ports",
        "---- -------------------------------- --------- -------------------------------",
    ]
    for number in numbers:
        ports = [_short(port) for port in access_ports(shell.device.running, number)]
        groups = [ports[i : i + PORTS_A_ROW] for i in range(0, len(ports), PORTS_A_ROW)] or [[]]
        first = f"{number:<4} {names[number]:<32} active    {', '.join(groups[0])}"
        rows.append(first.rstrip())
        rows.extend(" " * 48 + ", ".join(group) for group in groups[1:])
    return "\n".join(rows) + "\n"


def _short(port: str) -> str:
    family = port.rstrip("0123456789/")
    return SHORT.get(family, family) + port.removeprefix(family)


@COMMANDS.add("show lldp neighbors", "show lldp neighbors detail", everybody=True)
def show_lldp(shell: Shell) -> Answer:
    """The switch at the other end of the uplink, once ``lldp run`` is configured."""
    device = shell.device
    if "lldp run" not in device.running.lines:
        return "% LLDP is not enabled\n"
    uplink = device.definition.uplink
    if not any(state.name == uplink and state.up for state in device.interfaces()):
        return "\nTotal entries displayed: 0\n"
    return f"""\
------------------------------------------------
Local Intf: {_short(uplink)}
Chassis id: 0050.{device.number:04x}.ffff
Port id: Gi1/0/1
Port Description: to {device.definition.name}
System Name: {upstream_name(device.definition.name)}

System Description:
Simulated distribution switch

Time remaining: 98 seconds
System Capabilities: B,R
Enabled Capabilities: B

Total entries displayed: 1
"""


def upstream_name(name: str) -> str:
    """The name of the switch that a device's uplink goes to."""
    return f"{name.rpartition('-')[0] or name}-core"


@COMMANDS.add("show ntp associations", everybody=True)
def show_ntp(shell: Shell) -> Answer:
    """The time servers, and which of them the clock follows."""
    servers = time_servers(shell.device)
    if not servers:
        return "%NTP is not enabled.\n"
    return "\n".join([_NTP_HEADER, *map(_association, servers), _NTP_LEGEND, ""])


_NTP_HEADER = """
  address         ref clock       st   when   poll reach  delay  offset   disp"""
_NTP_LEGEND = " * sys.peer, # selected, + candidate, - outlyer, x falseticker, ~ configured"


def _association(server: TimeServer) -> str:
    told = (
        ".GPS.            1     21     64   377  1.250   0.012  0.930"
        if server.answers
        else ".INIT.          16      -     64     0  0.000   0.000 15937."
    )
    return f"{server.mark}~{server.address:<15} {told}"
