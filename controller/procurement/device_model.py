"""What a device tells of itself, as facts of its model: only what holds for every one of them.

A port tells the speed it reaches at least, so a count is taken only where it cannot be another: all
ports of a plug reach the speed, or the device has none of that plug.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from controller.errors import Text
from controller.facts.hardware import Hardware, Medium, PortFact
from controller.specs.model import Model

_COUNTS: dict[str, tuple[Medium, int]] = {
    "ports_100m": ("copper", 100),
    "ports_1g": ("copper", 1000),
    "ports_2g5": ("copper", 2500),
    "ports_10g": ("copper", 10_000),
    "sfp": ("sfp", 1000),
    "sfp_plus": ("sfp", 10_000),
    "sfp28": ("sfp", 25_000),
}
# Ports are told apart by transceiver and not, so that QSFP ports would count as SFP.
_QSFP = 40_000
_MEMBER = re.compile(r"[A-Za-z-]*(\d+)/\d+/\d+$")


def model_of_device(
    model: str, maker: str, hardware: Hardware, *, source: str
) -> tuple[Model, tuple[Text, ...]]:
    """The model of a device by its own word, and what could not be told from it.

    `model` is its number. Nothing is counted of several switches that act as one.
    """
    notes: list[Text] = []
    fields: dict[str, Any] = {}
    attributes: dict[str, int] = {}
    if _members(hardware.ports) > 1:
        notes.append(_STACK)
    else:
        attributes = dict(_counted(hardware.ports, notes))
        fields = _fields(hardware, notes)
    if hardware.poe_ports is None:
        notes.append(_NO_POE)
    return Model(
        model=model, maker=maker, attributes=dict(attributes), source=source, **fields
    ), tuple(notes)


def _counted(ports: tuple[PortFact, ...], notes: list[Text]) -> Iterator[tuple[str, int]]:
    unsure = sum(port.medium == "" for port in ports)
    if unsure or not ports:
        notes.append(_unsure(unsure) if unsure else _NO_PORT)
        return
    many = Counter(port.medium for port in ports)
    wide = any(port.medium == "sfp" and port.mbps >= _QSFP for port in ports)
    left = False
    for name, (medium, speed) in _COUNTS.items():
        reach = sum(port.medium == medium and port.mbps >= speed for port in ports)
        if reach == many[medium] and not (wide and medium == "sfp"):
            yield name, reach
        else:
            left |= reach > 0
    if wide or left:
        notes.append(_SPEEDS)


def _fields(hardware: Hardware, notes: list[Text]) -> dict[str, Any]:
    fields: dict[str, Any] = {"ports": len(hardware.ports)} if hardware.ports else {}
    told = Counter(port.mbps for port in hardware.ports if port.mbps)
    most, count = max(told.items(), key=lambda pair: pair[1], default=(0, 0))
    # A slow link says little of its port; a fast one says it is at least so fast.
    if most >= 1000 and count * 2 > len(hardware.ports):
        fields["port_mbps"] = most
        notes.append(_AT_LEAST)
    if hardware.poe_ports is not None and hardware.poe_ports <= len(hardware.ports):
        fields["poe_ports"] = hardware.poe_ports
        if hardware.poe_watts is not None and hardware.poe_ports:
            fields["poe_watts"] = hardware.poe_watts
    return fields


def _members(ports: tuple[PortFact, ...]) -> int:
    """How many switches act as one here, by the first number of three in the ports' names."""
    found = (_MEMBER.match(port.name) for port in ports)
    return len({match[1] for match in found if match})


_NO_PORT = Text(th="อุปกรณ์ไม่บอกช่องต่อเครือข่าย", en="the device tells no network port")
_STACK = Text(
    th="สวิตช์หลายเครื่องทำงานเป็นชุดเดียวกัน จึงไม่นับช่องของรุ่น",
    en="several switches act as one here, so no ports are counted for the model",
)
_SPEEDS = Text(
    th="บางช่องบอกได้เพียงความเร็วที่ใช้อยู่ หรือเป็นช่องใส่โมดูลต่างชนิด จึงเว้นบางจำนวนไว้",
    en="some ports tell only how fast they run now, or take other transceivers: counts left out",
)
_AT_LEAST = Text(
    th="ความเร็วของช่องคือที่บอกได้อย่างน้อย โปรดตรวจกับเอกสารของผู้ผลิต",
    en="ports are at least as fast as is told; check by the maker's documents",
)
_NO_POE = Text(
    th="อุปกรณ์ไม่บอกเรื่อง PoE ซึ่งไม่ได้แปลว่าไม่มี",
    en="the device tells nothing of PoE, which does not mean that it has none",
)


def _unsure(count: int) -> Text:
    return Text(
        th=f"มี {count} ช่องที่ไม่บอกชนิดหัวต่อ จึงไม่นับช่องตามชนิด",
        en=f"{count} ports do not tell their plug, so none are counted by it",
    )
