"""Which graphs there are of a device, a port or a sensor, over which time, and in which units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal, get_args

from controller.errors import InputError, Text
from controller.health.observed import PortTable
from controller.language import nearest

Range = Literal["hour", "day", "week", "month", "year"]
RANGES: dict[str, timedelta] = {
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(days=7),
    "month": timedelta(days=30),
    "year": timedelta(days=365),
}
RANGE_WORDS: dict[str, Text] = {
    "hour": Text(th="ชั่วโมง", en="Hour"),
    "day": Text(th="วัน", en="Day"),
    "week": Text(th="สัปดาห์", en="Week"),
    "month": Text(th="เดือน", en="Month"),
    "year": Text(th="ปี", en="Year"),
}


@dataclass(frozen=True)
class Line:
    """One line of a graph: the archive's metric, and what it is called beside another one."""

    metric: str
    name: Text


@dataclass(frozen=True)
class Graph:
    """A graph: its title and its lines, which share a unit."""

    title: Text
    lines: tuple[Line, ...]


def _one(metric: str, title: Text) -> Graph:
    return Graph(title, (Line(metric, title),))


def _both(title: Text, what: str) -> Graph:
    incoming, outgoing = Text(th="ขาเข้า", en="in"), Text(th="ขาออก", en="out")
    return Graph(title, (Line(f"in_{what}", incoming), Line(f"out_{what}", outgoing)))


DEVICE_GRAPHS: Mapping[str, Graph] = {
    "up": _one("up", Text(th="สัดส่วนเวลาที่ใช้งานได้", en="Share of time up")),
    "cpu": _one("cpu", Text(th="การใช้ซีพียู", en="CPU use")),
    "memory": _one("memory", Text(th="การใช้หน่วยความจำ", en="Memory use")),
    "temperature": _one("temperature", Text(th="อุณหภูมิสูงสุด", en="Highest temperature")),
    "round_trip": _one("round_trip", Text(th="เวลาตอบสนอง", en="Time to answer")),
    "poe": _one("poe", Text(th="กำลังไฟ PoE ที่จ่าย", en="PoE power")),
    "clients": _one("clients", Text(th="เครื่องที่เชื่อมต่อไร้สาย", en="Wireless clients")),
}
PORT_GRAPHS: Mapping[str, Graph] = {
    "traffic": _both(Text(th="ปริมาณข้อมูล", en="Traffic"), "bps"),
    "errors": _both(Text(th="เฟรมผิดพลาด", en="Errors"), "errors"),
    "discards": _both(Text(th="เฟรมที่ทิ้ง", en="Discards"), "discards"),
    "up": _one("up", Text(th="สัดส่วนเวลาที่พอร์ตติด", en="Share of time up")),
}
SENSOR_GRAPHS: Mapping[str, Text] = {
    "temperature": Text(th="อุณหภูมิ", en="Temperature"),
    "humidity": Text(th="ความชื้น", en="Humidity"),
    "fan": Text(th="ความเร็วพัดลม", en="Fan speed"),
    "voltage": Text(th="แรงดันไฟฟ้า", en="Voltage"),
    "current": Text(th="กระแสไฟฟ้า", en="Current"),
    "power": Text(th="กำลังไฟฟ้า", en="Power"),
    "charge": Text(th="ประจุแบตเตอรี่", en="Battery charge"),
    "load": Text(th="โหลด", en="Load"),
    "runtime": Text(th="เวลาที่แบตเตอรี่จ่ายไฟได้", en="Battery runtime"),
    "frequency": Text(th="ความถี่", en="Frequency"),
    "signal": Text(th="ความแรงสัญญาณ", en="Signal"),
    "level": Text(th="ระดับ", en="Level"),
}


def graph_of(metric: str, port: str | None) -> Graph:
    """The graph of this name: of the device, or of a port or a sensor `port`.

    Errors: `InputError` for a graph there is not.
    """
    known = DEVICE_GRAPHS if port is None else PORT_GRAPHS
    if metric in known:
        return known[metric]
    if port is not None and metric in SENSOR_GRAPHS:
        return _one(metric, SENSOR_GRAPHS[metric])
    names = list(known) if port is None else [*known, *SENSOR_GRAPHS]
    if port is None and metric in PORT_GRAPHS:
        raise InputError(
            Text(th=f"กราฟ {metric} เป็นของพอร์ต", en=f"the graph {metric} is one of a port"),
            hint=Text(th="ระบุชื่อพอร์ตด้วย", en="name the port too"),
        )
    near = nearest(metric, names) or ", ".join(names)
    raise InputError(
        Text(th=f"ไม่มีกราฟชื่อ {metric}", en=f"there is no graph {metric}"),
        hint=Text(th=f"หมายถึง {near} ใช่หรือไม่", en=f"did you mean {near}?"),
    )


def span_of(named: str) -> timedelta:
    """How long a range is. Errors: `InputError` for a range there is not."""
    if named in RANGES:
        return RANGES[named]
    names = ", ".join(get_args(Range))
    raise InputError(
        Text(th=f"ไม่มีช่วงเวลา {named}", en=f"there is no range {named}"),
        hint=Text(th=f"เลือกจาก {names}", en=f"one of {names}"),
    )


@dataclass(frozen=True)
class Scale:
    """How values of a unit are written: divided by `divisor`, followed by `unit`."""

    divisor: float
    unit: str

    def say(self, value: float | None) -> str:
        """A value with three digits that count: `12.3 Mbit/s`; nothing for an unknown one."""
        if value is None:
            return ""
        return f"{self.number(value)}{'' if self.unit == '%' else ' '}{self.unit}".strip()

    def number(self, value: float) -> str:
        """The same without the unit."""
        scaled = value / self.divisor
        digits = 0 if abs(scaled) >= 100 else 1 if abs(scaled) >= 10 else 2
        written = f"{scaled:.{digits}f}"
        return written.rstrip("0").rstrip(".") if "." in written else written


_BITS = ((1e9, "Gbit/s"), (1e6, "Mbit/s"), (1e3, "kbit/s"), (1.0, "bit/s"))


def scale_for(unit: str, peak: float | None) -> Scale:
    """How to write values of the archive's unit of which `peak` is the highest."""
    if unit == "bit/s":
        return next((Scale(d, u) for d, u in _BITS if (peak or 0) >= d), Scale(*_BITS[-1]))
    if unit == "share":
        return Scale(0.01, "%")
    if unit == "s":
        return Scale(0.001, "ms")
    return Scale(1.0, unit)


def limits_of(unit: str) -> tuple[float, float | None]:
    """Lowest value a graph begins at, and the highest it always reaches; None when open."""
    return 0.0, {"share": 1.0, "%": 100.0}.get(unit)


def port_names(ports: PortTable) -> dict[str, str]:
    """Index -> what a port is called in the archive: its name.

    Its number while the device has not said, or when it calls several ports the same.
    """
    seen = dict.fromkeys([*ports.oper, *(i for rates in ports.rates.values() for i in rates)])
    names = {index: ports.name(index) for index in seen}
    if len(set(names.values())) == len(names):
        return names
    counted: dict[str, int] = {}
    for name in names.values():
        counted[name] = counted.get(name, 0) + 1
    return {index: name if counted[name] == 1 else index for index, name in names.items()}
