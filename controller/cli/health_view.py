"""How the health of devices looks on a terminal, and as JSON."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from controller.cli import output
from controller.cli.output import words
from controller.thai import BANGKOK

if TYPE_CHECKING:
    from controller.health.observed import Observed
    from controller.inventory.device import Device
    from controller.operations.poll_devices import Polled
    from controller.operations.show_health import HealthView
    from controller.store.device_health import DeviceHealth

_FULL = 60
"""So many devices are all listed; of more only those that are not up."""
STATUS_WORDS = {
    "up": ("ใช้งานได้", "up"),
    "down": ("ติดต่อไม่ได้", "down"),
    "unknown": ("ไม่ทราบ", "unknown"),
    "unwatched": ("ไม่ได้เฝ้าดู", "not watched"),
}


def status(name: str) -> str:
    """What a status is called."""
    return words(*STATUS_WORDS[name])


def device_json(row: DeviceHealth) -> dict[str, Any]:
    """A device's health for programs: times in ISO 8601, rates in bit/s and a second."""
    told = asdict(row)
    told["measured"].pop("ports")
    return told


def polled_json(found: Polled) -> dict[str, Any]:
    """A poll by hand for programs."""
    return {
        "seconds": found.seconds,
        "kept": found.kept,
        "without_access": [device.name for device in found.without],
        "devices": [device_json(row) for _, row in sorted(found.health.items())],
    }


def health_json(found: HealthView) -> dict[str, Any]:
    """How everything is, for programs."""
    return {
        "at": found.at.isoformat(),
        "counts": dict(found.counts),
        "pollers": [{"id": p.id, "host": p.host, "cycle": dict(p.cycle)} for p in found.pollers],
        "sites": [
            {
                "site": one.site.site,
                "counts": dict(one.counts),
                "devices": [
                    {"device": d.device.name, "status": d.status, "since": d.since, "at": d.at}
                    for d in one.devices
                ],
            }
            for one in found.sites
        ],
    }


@contextmanager
def live_table() -> Iterator[Callable[[Device, Observed], None] | None]:
    """A table that fills while devices answer; None where standard error is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.live import Live
    from rich.table import Table

    console = Console(stderr=True)
    last: list[tuple[str, str, str]] = []
    counts = {"up": 0, "down": 0, "unknown": 0}

    def table() -> Table:
        title = "  ".join(f"{status(name)} {count}" for name, count in counts.items())
        drawn = Table(title=title, box=None, show_header=False, pad_edge=False)
        for row in last[-max(console.height - 4, 1) :]:
            drawn.add_row(*row)
        return drawn

    with Live(console=console, transient=True, refresh_per_second=8, get_renderable=table):

        def on_done(device: Device, seen: Observed) -> None:
            counts[seen.reached] += 1
            last.append((device.name, device.address, status(seen.reached)))
            del last[:-200]

        yield on_done


def show_polled(found: Polled) -> None:
    """Print what a poll by hand found."""
    rows = [row for _, row in sorted(found.health.items())]
    listed = rows if len(rows) <= _FULL else [row for row in rows if row.status != "up"]
    if listed:
        output.table(
            (
                words("อุปกรณ์", "device"),
                words("สถานะ", "status"),
                words("รุ่น", "model"),
                words("ซอฟต์แวร์", "version"),
                words("ซีพียู %", "CPU %"),
                words("หน่วยความจำ %", "memory %"),
                words("อุณหภูมิ °C", "°C"),
                words("พอร์ตที่ใช้", "ports up"),
            ),
            [_polled_row(row) for row in listed],
        )
    counts = {name: sum(row.status == name for row in rows) for name in ("up", "down", "unknown")}
    told = "  ".join(f"{status(name)} {count}" for name, count in counts.items())
    output.note(
        f"{told}  ใช้เวลา {found.seconds:.1f} วินาที", f"{told}  in {found.seconds:.1f} seconds"
    )
    if found.without:
        output.note(
            f"ไม่มีวิธีถามทาง SNMP: {len(found.without)} เครื่อง",
            f"without SNMP access: {len(found.without)} devices",
        )
    if not found.kept:
        output.note(
            "มีโปรเซสที่สำรวจตามรอบอยู่แล้ว ครั้งนี้จึงดูอย่างเดียว ไม่บันทึก",
            "a worker polls on schedule, so this was only a look: nothing is kept of it",
        )


def show_health(found: HealthView, *, whole: bool) -> None:
    """Print how everything is; every device of a site when `whole`."""
    told = "  ".join(f"{status(name)} {count}" for name, count in found.counts.items() if count)
    output.say(f"อุปกรณ์: {told or '0'}", f"devices: {told or '0'}")
    if not found.pollers:
        output.say(
            "ไม่มีโปรเซสใดสำรวจอยู่ (khaen serve หรือ khaen worker)",
            "nobody polls now (khaen serve or khaen worker)",
        )
    output.table(
        (words("หน่วยงาน", "site"), *(status(name) for name in found.counts)),
        [(s.site.site, *(str(s.counts[name]) for name in found.counts)) for s in found.sites],
    )
    rows = [d for s in found.sites for d in s.devices if whole or d.status in ("down", "unknown")]
    if rows:
        output.table(
            (words("อุปกรณ์", "device"), words("สถานะ", "status"), words("ตั้งแต่", "since")),
            [(d.device.name, status(d.status), _when(d.since)) for d in rows],
        )


def show_device(name: str, row: DeviceHealth | None) -> None:
    """Print all that is known of one device."""
    if row is None:
        return output.note(f"ยังไม่เคยสำรวจ {name}", f"{name} was never polled")
    known = row.identity
    output.say(
        f"{name}: {status(row.status)} ตั้งแต่ {_when(row.since)}  {row.why}",
        f"{name}: {status(row.status)} since {_when(row.since)}  {row.why}",
    )
    told = (known.vendor, known.model, known.version, known.serial)
    typer_line = "  ".join(part for part in told if part)
    if typer_line:
        sys.stdout.write(typer_line + "\n")
    figures = [(p.name, f"{p.percent:.0f} %") for p in row.measured.processors]
    figures += [(m.name, f"{m.percent:.0f} %") for m in row.measured.memories]
    from controller.facts.measured import SENSOR_UNITS

    figures += [
        (s.name, s.state if s.value is None else f"{s.value:g} {SENSOR_UNITS[s.kind]}".strip())
        for s in row.measured.sensors
    ]
    output.table((words("ค่าที่วัด", "measured"), ""), figures)
    output.table(
        (
            words("พอร์ต", "port"),
            words("สถานะ", "status"),
            words("เข้า bit/s", "in bit/s"),
            words("ออก bit/s", "out bit/s"),
        ),
        [_port_row(row, index) for index in row.ports.oper],
    )
    return None


def _port_row(row: DeviceHealth, index: str) -> tuple[str, ...]:
    ports = row.ports
    oper = status("up") if ports.oper[index] == 1 else status("down")
    rates = (ports.rates.get(column, {}).get(index) for column in ("in_bps", "out_bps"))
    return (ports.name(index), oper, *("-" if r is None else f"{r:,.0f}" for r in rates))


def _polled_row(row: DeviceHealth) -> tuple[str, ...]:
    if row.status != "up":
        # What it said last is not what it is now.
        return (row.device, status(row.status), row.identity.model, row.identity.version, *"----")
    measured = row.measured
    warm = [s.value for s in measured.sensors if s.kind == "temperature" and s.value is not None]
    up = sum(oper == 1 for oper in row.ports.oper.values())
    return (
        row.device,
        status(row.status),
        row.identity.model or row.identity.platform,
        row.identity.version,
        _highest([p.percent for p in measured.processors]),
        _highest([m.percent for m in measured.memories]),
        _highest(warm),
        f"{up}/{len(row.ports.oper)}" if row.ports.oper else "-",
    )


def _highest(values: list[float]) -> str:
    return f"{max(values):.0f}" if values else "-"


def _when(at: datetime | None) -> str:
    return at.astimezone(BANGKOK).strftime("%Y-%m-%d %H:%M") if at else "-"
