"""A row of the hardware register (ทะเบียนครุภัณฑ์)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from controller.errors import Text

Kind = Literal[
    "computer", "notebook", "all-in-one", "tablet", "server", "printer", "projector", "switch",
    "access-point", "router", "firewall", "ups", "camera", "other",
]  # fmt: skip
KIND_NAMES: dict[str, Text] = {
    "computer": Text(th="คอมพิวเตอร์", en="computer"),
    "notebook": Text(th="โน้ตบุ๊ก", en="notebook"),
    "all-in-one": Text(th="ออลอินวัน", en="all-in-one"),
    "tablet": Text(th="แท็บเล็ต", en="tablet"),
    "server": Text(th="แม่ข่าย", en="server"),
    "printer": Text(th="เครื่องพิมพ์", en="printer"),
    "projector": Text(th="โปรเจกเตอร์", en="projector"),
    "switch": Text(th="สวิตช์", en="switch"),
    "access-point": Text(th="จุดกระจายสัญญาณ", en="access point"),
    "router": Text(th="เราเตอร์", en="router"),
    "firewall": Text(th="ไฟร์วอลล์", en="firewall"),
    "ups": Text(th="เครื่องสำรองไฟ", en="UPS"),
    "camera": Text(th="กล้อง", en="camera"),
    "other": Text(th="อื่น ๆ", en="other"),
}
STATE_NAMES: dict[str, Text] = {
    "in-use": Text(th="ใช้งาน", en="in use"),
    "spare": Text(th="สำรอง", en="spare"),
    "repair": Text(th="ส่งซ่อม", en="in repair"),
    "lost": Text(th="สูญหาย", en="lost"),
    "disposed": Text(th="จำหน่ายแล้ว", en="disposed of"),
}
KINDS: tuple[Kind, ...] = get_args(Kind)
STATES = tuple(STATE_NAMES)


@dataclass(frozen=True, slots=True)
class Asset:
    """One item. `price` is in satang, so that money never meets a float."""

    number: str
    site: str
    kind: str
    brand: str
    model: str
    serial: str
    acquired: date
    price: int
    room: str
    state: str
    note: str
