"""Reading a candidate off a running configuration; a quick yes must be right."""

from __future__ import annotations

import pytest

from controller.runs.applied import closes, stands_in

RUNNING = """hostname sw1
!
interface GigabitEthernet0/1
 description Staff room
 shutdown
!
interface GigabitEthernet0/2
 switchport mode access
!
ntp server 10.0.0.1
line vty 0 4
 transport input ssh
end
"""


@pytest.mark.parametrize(
    ("candidate", "whole"),
    [
        ("ntp server 10.0.0.1", True),
        ("interface GigabitEthernet0/1\n description Staff room\n!", True),
        ("interface GigabitEthernet0/2\n no shutdown\n no description", True),
        ("no ip http server", True),
        ("ntp server 10.0.0.2", False),
        ("interface GigabitEthernet0/2\n description Staff room", False),
        ("interface GigabitEthernet0/1\n no shutdown", False),
        ("interface GigabitEthernet0/1\n no description", False),
        ("no ntp server 10.0.0.1", False),
        ("interface Gi0/1\n description Staff room", False),
        ("snmp-server community ⟦secret:snmp_ro⟧ RO\nntp server 10.0.0.1", True),
        ("snmp-server community ⟦secret:snmp_ro⟧ RO\nntp server 10.0.0.9", False),
    ],
)
def test_a_quick_yes_is_a_yes(candidate: str, whole: bool) -> None:
    assert stands_in(candidate, RUNNING) is whole


def test_interfaces_shut_on_purpose() -> None:
    candidate = "interface Ethernet1\n   shutdown\ninterface Ethernet2\n   no shutdown\nshutdown\n"
    assert closes(candidate) == {"Ethernet1"}
