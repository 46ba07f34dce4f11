"""Small devices and observations for the tests of plans."""

from __future__ import annotations

from typing import Any

from controller.inventory.device import Device
from controller.plans.build import Observation
from controller.plans.difference import read_difference
from controller.plans.plan import Operation
from controller.plans.subject import Limits, Subject
from controller.platforms.registry import platform

IOS = """\
hostname kkn-a-sw01
username admin privilege 15 secret 5 $1$abcd$efgh
archive
 path flash:archive
vlan 10
 name STAFF
vlan 99
 name MGMT
interface GigabitEthernet0/1
 description Staff
 switchport access vlan 10
 switchport mode access
interface GigabitEthernet0/2
 shutdown
interface GigabitEthernet0/24
 description Uplink
 switchport mode trunk
 switchport trunk allowed vlan 10,20,99
interface Vlan99
 ip address 10.0.0.11 255.255.255.0
ip default-gateway 10.0.0.1
ip ssh version 2
line con 0
line vty 0 4
 login local
 transport input ssh telnet
end
"""
EOS = """\
! Command: show running-config
! device: kkn-a-core01 (DCS-7050TX-64, EOS-4.29.2F)
!
hostname kkn-a-core01
!
username admin privilege 15 role network-admin secret sha512 $6$abcd$efgh
!
vlan 10
   name STAFF
!
vlan 99
   name MGMT
!
interface Ethernet1
   description Staff
   switchport access vlan 10
!
interface Ethernet24
   description Uplink
   switchport mode trunk
   switchport trunk allowed vlan 10,20,99
!
interface Vlan99
   ip address 10.0.0.11/24
!
ip route 0.0.0.0/0 10.0.0.1
!
management api http-commands
   no shutdown
!
end
"""
RUNNING = {"cisco_ios": IOS, "arista_eos": EOS}
UPLINK = {"cisco_ios": "gi0/24", "arista_eos": "Ethernet24"}


def device(name: str = "kkn-a-sw01", platform: str = "cisco_ios", **more: Any) -> Device:
    """A device at a school, with its management interface and uplink declared."""
    told: dict[str, Any] = {
        "role": "access",
        "address": "10.0.0.11",
        "site": "kkn-school-a",
        "management_interface": "Vlan99",
        "uplink": UPLINK[platform],
    }
    return Device(name=name, platform=platform, **(told | more))


def observation(
    name: str = "kkn-a-sw01",
    *,
    diff: str | None = "+hostname new",
    candidate: str = "hostname new\n",
    running: str | None = IOS,
    operation: Operation = "merge",
    unreachable: str | None = None,
    **more: Any,
) -> Observation:
    """What an IOS switch says to a candidate."""
    return Observation(
        device=device(name, **more),
        platform=platform("cisco_ios"),
        running=running,
        candidate=candidate,
        operation=operation,
        diff=diff,
        unreachable=unreachable,
    )


def subject(
    name: str,
    diff: str | None,
    *,
    candidate: str = "hostname a\n",
    operation: Operation = "merge",
    running: str | None = None,
    remove_percent: int = 25,
    **more: Any,
) -> Subject:
    """A device of a platform before a change, for the safety functions."""
    known = platform(name)
    tidy = known.tidy_diff(diff) if diff is not None else None
    return Subject(
        device=device(platform=name, **more),
        platform=known,
        operation=operation,
        running=RUNNING[name] if running is None else running,
        candidate=candidate,
        difference=None if tidy is None else read_difference(tidy, known.diff_style[operation]),
        limits=Limits(remove_percent, account="admin"),
    )
