"""Whether the running configuration still lets anybody manage the device over the network."""

from controller.lab.configuration.tree import Configuration
from controller.lab.interfaces import VIRTUAL, address_of, carries


def management_problem(
    configuration: Configuration, interface: str, uplink: str, home: str | None
) -> str | None:
    """Why the device cannot be reached over its management interface, or None when it can.

    `home` is the address at which everybody looks for the device; None skips the question (used
    to find it). A management interface in a VLAN also needs the VLAN and an uplink that is not
    shut down and carries it.
    """
    inner = configuration.lines.get(f"interface {interface}")
    if inner is None:
        return f"there is no interface {interface}"
    if "shutdown" in inner:
        return f"interface {interface} is shut down"
    address = address_of(inner)
    if address is None:
        return f"interface {interface} has no address"
    if home is not None and address[0] != home:
        return f"interface {interface} has the address {address[0]}, not {home}"
    virtual = VIRTUAL.match(interface)
    return _path_problem(configuration, int(virtual[1]), uplink) if virtual else None


def _path_problem(configuration: Configuration, vlan: int, uplink: str) -> str | None:
    if vlan != 1 and f"vlan {vlan}" not in configuration.lines:
        return f"VLAN {vlan} does not exist"
    inner = configuration.lines.get(f"interface {uplink}")
    if inner is None:
        return f"there is no interface {uplink}"
    if "shutdown" in inner:
        return f"the uplink {uplink} is shut down"
    if not carries(inner, vlan):
        return f"the uplink {uplink} does not carry VLAN {vlan}"
    return None
