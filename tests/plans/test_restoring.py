"""What a replacement keeps of its own when it gets another device's configuration."""

from __future__ import annotations

from controller.inventory.device import Device
from controller.plans.restoring import adapted
from controller.plans.subject import Limits, Subject
from controller.platforms.registry import platform

OLD = """!
version 15.2
hostname old-sw
!
banner motd ^C
hostname is no line here
^C
username netadmin privilege 15 secret 5 ⟦secret:a⟧
username teacher secret 5 ⟦secret:b⟧
!
interface Vlan10
 ip address 10.0.10.1 255.255.255.0
!
interface Vlan99
 ip address 10.0.99.1 255.255.255.0
 no shutdown
!
ip default-gateway 10.0.99.254
snmp-server location Library
!
end
"""
NEW = """version 17.9
hostname new-sw
username netadmin privilege 15 secret 9 ⟦secret:c⟧
interface Vlan1
 ip address 10.0.1.9 255.255.255.0
ip default-gateway 10.0.1.254
boot system flash:new.bin
license udi pid X sn Y
end
"""
WANTED = """!
version 17.9
hostname new-sw
!
banner motd ^C
hostname is no line here
^C
username netadmin privilege 15 secret 9 ⟦secret:c⟧
username teacher secret 5 ⟦secret:b⟧
!
interface Vlan10
 ip address 10.0.10.1 255.255.255.0
!
interface Vlan1
 ip address 10.0.1.9 255.255.255.0
!
ip default-gateway 10.0.1.254
snmp-server location Library
boot system flash:new.bin
license udi pid X sn Y
!
end
"""


def subject(name: str, address: str, interface: str | None, text: str) -> Subject:
    device = Device(
        name=name,
        site="school-a",
        platform="cisco_ios",
        role="access",
        address=address,
        management_interface=interface,
    )
    return Subject(
        device=device,
        platform=platform("cisco_ios"),
        operation="replace",
        running=text,
        candidate="",
        difference=None,
        limits=Limits(50, "netadmin"),
    )


def test_its_own_lines_take_the_places_of_the_stored_ones() -> None:
    old = subject("old-sw", "10.0.99.1", "Vlan99", OLD)
    assert adapted(old, subject("new-sw", "10.0.1.9", "Vlan1", NEW)) == WANTED
    # Where it is not declared the address says which interface it is.
    assert adapted(old, subject("new-sw", "10.0.1.9", None, NEW)) == WANTED


def test_an_unknown_management_interface_takes_none() -> None:
    made = adapted(
        subject("old-sw", "10.0.99.1", "Vlan99", OLD), subject("new-sw", "192.0.2.1", None, NEW)
    )
    assert "interface Vlan99" not in made
    assert "interface Vlan1\n" not in made


def test_the_same_device_is_as_it_was() -> None:
    one = subject("old-sw", "10.0.99.1", "Vlan99", OLD)
    assert adapted(one, one) == OLD
