"""An office whose devices have told whom they see: a school of the sample, and a large one."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from controller.app import open_app
from controller.facts.neighbour import Neighbour, Surroundings
from controller.health.observed import PortTable, Reached
from controller.store.device_health import DeviceHealth, save_health
from controller.store.neighbours import save_neighbours

AT = datetime(2026, 11, 27, 3, 0, tzinfo=UTC)
_LARGE = """
  - name: {name}
    platform: cisco_ios
    role: {role}
    address: 127.23.2.{number}
    management_interface: Vlan99
    uplink: GigabitEthernet0/24
"""


def sees(port: str, name: str, far: str, about: str = "") -> Neighbour:
    """A neighbour by LLDP."""
    return Neighbour(port, "lldp", name=name, port=far, description=about)


def enlarge(root: Path, school: str = "kkn-school-b") -> list[str]:
    """Give a school sixty switches more; their names."""
    path = root / f"inventory/sites/{school}.yaml"
    names = [f"kkn-b-sw{n}" for n in range(40, 100)]
    added = "".join(
        _LARGE.format(name=name, role="access", number=n) for n, name in enumerate(names, start=100)
    )
    path.write_text(path.read_text(encoding="utf-8").rstrip() + added, encoding="utf-8")
    return names


def wire_up(root: Path) -> None:
    """Whom the devices of two schools and the core saw, and how they were last polled."""
    more = enlarge(root)
    a = [f"kkn-a-sw0{n}" for n in range(1, 5)]
    seen = {
        "kkn-off-core01": [sees("Ethernet1", "kkn-a-dist01", "Ethernet24")],
        "kkn-a-dist01": [
            sees("Ethernet24", "kkn-off-core01", "Ethernet1"),
            *(sees(f"Ethernet{n}", name, "Gi0/24") for n, name in enumerate(a[:3], start=1)),
        ],
        "kkn-a-sw01": [
            sees("GigabitEthernet0/24", "kkn-a-dist01", "Et1"),
            sees("GigabitEthernet0/22", "kkn-a-sw02", "Gi0/22"),
            sees("GigabitEthernet0/3", "ap-library", "eth0", "access point <b>5 GHz</b>"),
            sees("GigabitEthernet0/4", "ap-hall", "eth0"),
        ],
        "kkn-a-sw02": [
            sees("GigabitEthernet0/23", "kkn-a-dist01", "Et2"),
            sees("GigabitEthernet0/22", "kkn-a-sw01", "Gi0/22"),
        ],
        "kkn-a-sw04": [sees("GigabitEthernet0/24", "kkn-a-sw01", "Gi0/5")],
        "kkn-b-dist01": [sees(f"Ethernet{n}", name, "Gi0/24") for n, name in enumerate(more[:40])],
    }
    health = [
        _polled("kkn-off-core01", "up", "Ethernet1"),
        _polled("kkn-a-dist01", "up", "Ethernet24", "Ethernet1", "Ethernet2", down=("Ethernet3",)),
        _polled("kkn-a-sw01", "up", "Gi0/24", "Gi0/22"),
        _polled("kkn-a-sw02", "up", "Gi0/23", "Gi0/22"),
        _polled("kkn-a-sw03", "down"),
        _polled("kkn-a-sw04", "down", "Gi0/24"),
        _polled("kkn-b-dist01", "up", *(f"Ethernet{n}" for n in range(30))),
        *(_polled(name, "down" if n % 13 == 5 else "up") for n, name in enumerate(more)),
    ]
    with open_app(root, apart=True) as context, context.store.begin(audited=False) as conn:
        for device, neighbours in seen.items():
            save_neighbours(conn, device, AT, Surroundings(device, (), tuple(neighbours)))
        save_health(conn, health)


def _polled(device: str, status: Reached, *ports: str, down: tuple[str, ...] = ()) -> DeviceHealth:
    names = {str(index): name for index, name in enumerate((*ports, *down), start=1)}
    oper = {index: 2 if name in down else 1 for index, name in names.items()}
    table = PortTable(
        rates={"in_bps": dict.fromkeys(names, 123e6), "out_bps": dict.fromkeys(names, 4e6)},
        oper=oper,
        speed=dict.fromkeys(names, 1_000_000_000),
        names=names,
    )
    return DeviceHealth(device=device, status=status, since=AT, at=AT, answered=AT, ports=table)
