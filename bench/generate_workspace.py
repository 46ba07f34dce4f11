"""A workspace of any size, the same on every machine: `generate_workspace.py DIR --sites 84`.

Templates, settings and office are the sample's; sites, devices and register rows are counted out,
without any chance, so that two runs write the same bytes.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from ipaddress import IPv4Address
from pathlib import Path

SAMPLE = Path(__file__).resolve().parent.parent
DISTRICTS = (
    "mueang-khon-kaen",
    "ban-phai",
    "nam-phong",
    "phon",
    "chum-phae",
    "kranuan",
    "si-chomphu",
)
SIZES = ("small", "medium", "large", "extra-large")
GOODS = (
    ("computer", "7440-001", "Dell", "OptiPlex 3090", 17000),
    ("computer", "7440-001", "Lenovo", "ThinkCentre M70s", 17500),
    ("all-in-one", "7440-003", "HP", "ProOne 240 G9", 23000),
    ("notebook", "7440-002", "Acer", "TravelMate P214", 19000),
    ("printer", "7440-006", "Brother", "HL-L5100DN", 8900),
    ("projector", "6730-001", "Epson", "EB-E500", 14500),
    ("access-point", "7440-010", "Ruckus", "R350", 15900),
    ("ups", "6130-001", "APC", "BX1100LI-MS", 2500),
)
ROOMS = ("ห้องคอมพิวเตอร์ 1", "ห้องคอมพิวเตอร์ 2", "ห้องสมุด", "ห้องพักครู", "ห้องธุรการ")
HEADING = "number,kind,brand,model,serial,acquired,price,room,state,note"
FIRST_DAY = date(2016, 10, 3)


def generate(target: Path, *, sites: int, devices: int, assets: int, network: str) -> None:
    """Write the workspace into `target`; devices get addresses from `network` upwards."""
    shutil.copytree(SAMPLE / "inventory" / "config", target / "inventory" / "config")
    shutil.copyfile(SAMPLE / "khaen.toml", target / "khaen.toml")
    office = (SAMPLE / "inventory" / "office.yaml").read_text(encoding="utf-8")
    for number, school in enumerate(("kkn-school-a", "kkn-school-b")):
        office = office.replace(f"site: {school}", f"site: school-{number % sites + 1:03}")
    _write(target / "inventory" / "office.yaml", office)
    groups = (SAMPLE / "inventory" / "groups.yaml").read_text(encoding="utf-8")
    _write(target / "inventory" / "groups.yaml", groups)
    first = int(IPv4Address(network))
    for number in range(sites):
        here = range(number * devices // sites, (number + 1) * devices // sites)
        rows = range(number * assets // sites, (number + 1) * assets // sites)
        name = f"school-{number + 1:03}"
        folder = target / "inventory"
        _write(folder / "sites" / f"{name}.yaml", "\n".join(_site(name, number, here, first)))
        # Excel writes the mark and these line ends, so the benchmark reads them too.
        register = "\r\n".join((HEADING, *(_row(n) for n in rows)))
        _write(folder / "assets" / f"{name}.csv", "\ufeff" + register)


def _site(name: str, number: int, devices: range, first: int) -> Iterator[str]:
    yield from (f"site: {name}", f"name_th: โรงเรียนที่ {number + 1}", f"name_en: School {number + 1}")
    yield from ("kind: school", f"district: {DISTRICTS[number % len(DISTRICTS)]}")
    yield from (f"size: {SIZES[number % len(SIZES)]}", "networks:")
    for network, vlan in (("staff", 10), ("student", 20), ("wifi", 30), ("mgmt", 99)):
        yield f"  - {{name: {network}, vlan: {vlan}, prefix: 10.{number}.{vlan}.0/24}}"
    yield from ("variables:", f"  snmp_location: School {number + 1}", "devices:")
    for position, device in enumerate(devices):
        yield from _device(f"{name}-sw{position + 1:02}", position, device, first)


def _device(name: str, position: int, device: int, first: int) -> Iterator[str]:
    eos = device % 3 == 2
    yield f"  - name: {name}"
    yield f"    platform: {'arista_eos' if eos else 'cisco_ios'}"
    yield f"    role: {'access' if position else 'distribution'}"
    # Skip .0 and .255, which are no addresses of hosts.
    yield f"    address: {IPv4Address(first + device // 250 * 256 + device % 250 + 1)}"
    yield f"    port: {8443 if eos else 8022}"
    yield f"    model: {'DCS-7010TX-48' if eos else 'WS-C2960G-24TC-L'}"
    yield f"    serial: {'JPE' if eos else 'FOC'}{device:08}"
    yield f"    management_interface: {'Management1' if eos else 'Vlan99'}"
    yield f"    uplink: {'Ethernet24' if eos else 'GigabitEthernet0/24'}"


def _row(number: int) -> str:
    kind, group, brand, model, price = GOODS[number % len(GOODS)]
    day = FIRST_DAY + timedelta(days=number * 7 % 3500)
    year = day.year + 543 - 2500
    state = "repair" if number % 29 == 0 else "in-use"
    cells = (f"{group}-{number:05}/{year}", kind, brand, model, f"SN{number:07}", day.isoformat())
    return ",".join((*cells, f"{price}.00", ROOMS[number % len(ROOMS)], state, ""))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes((text + "\n").encode())


def main() -> int:
    """Read the command line and write the workspace."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", type=Path)
    parser.add_argument("--sites", type=int, default=84)
    parser.add_argument("--devices", type=int, default=1500)
    parser.add_argument("--assets", type=int, default=20000)
    parser.add_argument("--network", default="127.24.0.0", help="first address of the devices")
    arguments = parser.parse_args()
    if arguments.target.exists() and any(arguments.target.iterdir()):
        print(f"{arguments.target} is not empty", file=sys.stderr)
        return 2
    arguments.target.mkdir(parents=True, exist_ok=True)
    generate(
        arguments.target,
        sites=arguments.sites,
        devices=arguments.devices,
        assets=arguments.assets,
        network=arguments.network,
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
