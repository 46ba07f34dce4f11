"""Configurations of 200 to 2,000 lines that change from day to day, the same in every run.

They are grown from what access switches of schools have: users, VLANs, ports with the rooms behind
them, access lists, SNMP, logging, a banner, a certificate. Words and numbers are counted or drawn
with a fixed seed.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime

from controller.inventory.device import Device

_PEOPLE = ("engineer1", "engineer2", "netops", "vendor-onsite")
_ROOMS = ("lab", "library", "office", "canteen", "hall", "clinic", "room")
_THAI = ("ห้องสมุด", "ห้องพักครู", "อาคารเรียน", "โรงอาหาร")
# Ports of a switch or a stack: most have 24 or 48, some stacks nearly three hundred.
_PORTS = (24, 24, 24, 24, 48, 48, 48, 48, 48, 96, 96, 192, 270)


class Grown:
    """One device's configuration, and how it changes."""

    def __init__(self, device: Device, number: int) -> None:
        self._draw = random.Random(number)
        self._eos = device.platform == "arista_eos"
        self._margin = "   " if self._eos else " "
        self._stamp = ""
        self.ports = [self._port(n) for n in range(self._draw.choice(_PORTS))]
        self.rules = [self._rule() for _ in range(self._draw.randrange(10, 60))]
        self.head = self._head(device, number)

    def change(self, at: datetime) -> None:
        """A few lines become others, as somebody's work of a day does."""
        for _ in range(self._draw.choice((1, 1, 1, 2, 2, 3, 5))):
            work: Callable[[], None] = self._draw.choice(
                (self._describe, self._describe, self._move_port, self._shut, self._change_rule)
            )
            work()
        who = self._draw.choice(_PEOPLE)
        self._stamp = (
            f"! Last configuration change at {at:%H:%M:%S} UTC {at:%a %b %d %Y} by {who}\n"
        )

    def text(self, now: datetime) -> str:
        """What the device would show now; the clock in its first lines counts for nothing."""
        clock = f"! NVRAM config last updated at {now:%H:%M:%S}\n"
        ports = "".join("".join(port) for port in self.ports)
        access = "ip access-list extended school\n" + "".join(self.rules)
        return f"{self._stamp}{clock}{self.head}{ports}{access}!\nend\n"

    def _head(self, device: Device, number: int) -> str:
        secret = "".join(self._draw.choices("abcdefghij0123456789", k=22))
        lines = [
            f"hostname {device.name}", "!", "aaa new-model", "service timestamps log datetime",
            *(f"username {who} privilege 15 secret 9 $9${secret}{who}" for who in _PEOPLE[:3]),
            *(f"vlan {vlan}\n name vlan-{vlan}" for vlan in (10, 20, 30, 99)),
            f"ip domain-name {device.site}.example", f"ip default-gateway 10.{number % 84}.99.1",
            *(f"ntp server 10.0.0.{n}" for n in (1, 2)),
            *(f"logging host 10.0.{n}.9" for n in (1, 2)),
            f"snmp-server community {secret[:12]} RO", f"snmp-server location {device.site}",
            f"snmp-server contact office-{number % 7}", "spanning-tree mode rapid-pvst",
            f"banner motd ^Cห้ามเข้าถึงโดยไม่ได้รับอนุญาต {device.name}^C",
            f"crypto pki certificate chain TP-self-signed-{number}", " certificate self-signed 01",
            *(f"  {self._draw.randrange(2**128):032X}" for _ in range(60)),
            "  quit", f"interface {device.management_interface}",
            f" ip address {device.address} 255.255.255.0", "!",
        ]  # fmt: skip
        lines += [f"ip host printer-{n} 10.{number % 84}.20.{n}" for n in range(20)]
        lines += [f"line vty 0 {n}\n transport input ssh" for n in (4, 15)]
        return "\n".join(lines) + "\n"

    def _port(self, n: int) -> list[str]:
        name = f"Ethernet{n + 1}" if self._eos else f"GigabitEthernet{n // 48 + 1}/0/{n % 48 + 1}"
        inner = (
            self._described(), f"switchport access vlan {self._draw.choice((10, 20, 30))}",
            "switchport mode access", "storm-control broadcast level 1.00",
            "spanning-tree portfast", "no shutdown",
        )  # fmt: skip
        return [f"interface {name}\n", *(f"{self._margin}{line}\n" for line in inner)]

    def _described(self) -> str:
        if self._draw.random() < 0.1:
            return f"description {self._draw.choice(_THAI)} {self._draw.randrange(1, 40)}"
        room = f"{self._draw.choice(_ROOMS)}-{self._draw.randrange(1, 200)}"
        return f"description {room} pc{self._draw.randrange(1, 60):02}"

    def _rule(self) -> str:
        draw = self._draw.randrange
        return (
            f"{self._margin}permit tcp 10.{draw(84)}.{draw(256)}.0 0.0.0.255 "
            f"host 10.0.{draw(8)}.{draw(250)} eq {self._draw.choice((80, 443, 8080, 3306))}\n"
        )

    def _describe(self) -> None:
        self._draw.choice(self.ports)[1] = f"{self._margin}{self._described()}\n"

    def _move_port(self) -> None:
        vlan = self._draw.choice((10, 20, 30, 40, 99))
        self._draw.choice(self.ports)[2] = f"{self._margin}switchport access vlan {vlan}\n"

    def _shut(self) -> None:
        port = self._draw.choice(self.ports)
        port[-1] = f"{self._margin}{'' if 'no' in port[-1] else 'no '}shutdown\n"

    def _change_rule(self) -> None:
        at = self._draw.randrange(len(self.rules))
        if self._draw.random() < 0.5 and len(self.rules) < 80:
            self.rules.insert(at, self._rule())
        else:
            self.rules[at] = self._rule()
