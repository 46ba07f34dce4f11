"""The configuration a switch comes with when LAB.json gives none."""

PORTS = (*(f"Ethernet{number}" for number in range(1, 25)), "Management1")

_FRAME = """\
transceiver qsfp default-mode 4x10G
service routing protocols model ribd
hostname {name}
dns domain school.example
snmp-server community public ro
snmp-server location Main building
spanning-tree mode mstp
no aaa root
username netadmin privilege 15 role network-admin secret sha512 $6$labx$0000000000000000000000
vlan 10
   name STAFF
vlan 20
   name STUDENT
vlan 30
   name WIFI
vlan 99
   name MGMT
{ports}interface {management}
   ip address {address}/16
no ip routing
ip route 0.0.0.0/0 {gateway}
management api http-commands
   no shutdown
end
"""


def default_configuration(name: str, address: str, management: str, uplink: str) -> str:
    """A plausible running configuration: 24 ports, four VLANs, and settings worth improving.

    It depends on its arguments only, so that it is the same on every machine.
    """
    ports = "".join(_port(port, number, uplink) for number, port in enumerate(PORTS[:-1], start=1))
    gateway = ".".join([*address.split(".")[:2], "255", "254"])
    return _FRAME.format(
        name=name, ports=ports, management=management, address=address, gateway=gateway
    )


def _port(port: str, number: int, uplink: str) -> str:
    if port == uplink:
        return f"interface {port}\n   description Uplink\n   switchport mode trunk\n"
    vlan = 10 if number <= 8 else 30 if number >= 23 else 20
    return f"interface {port}\n   switchport access vlan {vlan}\n"
