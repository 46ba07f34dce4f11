"""The configuration a switch comes with when LAB.json gives none: a school's old access switch."""

PORTS = tuple(f"GigabitEthernet0/{number}" for number in range(1, 25))

_FRAME = """\
version 15.2
no service pad
service timestamps debug datetime msec
service timestamps log datetime msec
hostname {name}
enable secret 5 $1$labx$0000000000000000000000
username netadmin privilege 15 secret 5 $1$labx$0000000000000000000000
ip domain-name school.example
archive
 path flash:archive
 maximum 5
 write-memory
spanning-tree mode pvst
spanning-tree extend system-id
vlan 10
 name STAFF
vlan 20
 name STUDENT
vlan 30
 name WIFI
vlan 99
 name MGMT
{ports}interface Vlan1
 shutdown
interface {management}
 ip address {address} 255.255.0.0
ip default-gateway {gateway}
ip http server
ip http secure-server
ip ssh version 2
ip scp server enable
snmp-server community public RO
snmp-server location Main building
line con 0
line vty 0 4
 login local
 transport input ssh
line vty 5 15
 login local
 transport input ssh
end
"""


def default_configuration(name: str, address: str, management: str, uplink: str) -> str:
    """A plausible running configuration: 24 ports, four VLANs, and settings worth improving.

    It depends on its arguments only, so that it is the same on every machine.
    """
    ports = "".join(_port(port, number, uplink) for number, port in enumerate(PORTS, start=1))
    gateway = ".".join([*address.split(".")[:2], "255", "254"])
    return _FRAME.format(
        name=name, ports=ports, management=management, address=address, gateway=gateway
    )


def _port(port: str, number: int, uplink: str) -> str:
    if port == uplink:
        return f"interface {port}\n description Uplink\n switchport mode trunk\n"
    vlan = 10 if number <= 8 else 30 if number >= 23 else 20
    return f"interface {port}\n switchport access vlan {vlan}\n switchport mode access\n"
