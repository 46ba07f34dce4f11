"""How one device is now, as its page shows it: status, figures, sensors, ports, small graphs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from controller.errors import Text
from controller.facts.measured import SENSOR_UNITS, Measured
from controller.health.graphs import (
    DEVICE_GRAPHS,
    PORT_GRAPHS,
    SENSOR_GRAPHS,
    Scale,
    port_names,
    scale_for,
)
from controller.health.observed import PortTable
from controller.inventory.device import Device
from controller.operations.show_health import DeviceStatus
from controller.store.device_health import DeviceHealth
from controller.web.drawing import draw
from controller.web.parts.graph_places import graph_page, picture
from controller.web.visit import Visit

_UP = (Text(th="ติด", en="up"), "good")
_DOWN = (Text(th="ดับ", en="down"), "wait")
_OFF = (Text(th="ปิดไว้", en="switched off"), "warn")
_UNKNOWN = (Text(th="ไม่ทราบ", en="unknown"), "warn")
_OPER = {1: _UP, 2: _DOWN, 6: _DOWN, 7: _DOWN}
_DUPLEX = {2: Text(th="ฮาล์ฟ", en="half"), 3: Text(th="ฟูล", en="full")}
_STATES = {"warning": "warn", "critical": "bad"}


@dataclass(frozen=True)
class Port:
    """A port as its row shows it; what is unknown is empty. `graph` leads to its traffic."""

    name: str
    alias: str
    state: Text
    look: str
    speed: str
    duplex: Text | None
    incoming: str
    outgoing: str
    use: str
    graph: str


@dataclass(frozen=True)
class Sensor:
    """A sensor as its row shows it; `look` when the device itself says that it is not well."""

    name: str
    kind: Text
    value: str
    look: str
    graph: str


@dataclass(frozen=True)
class SmallGraph:
    """A picture on the page, and where it is told in full."""

    title: Text
    of: str
    page: str
    picture: str


def device_health(
    visit: Visit, device: Device, status: DeviceStatus, known: DeviceHealth | None
) -> str:
    """The section as HTML. `?range=` says how far its graphs reach."""
    from controller.health.graphs import RANGE_WORDS
    from controller.web.pages.health import STATUS_LOOKS, STATUS_WORDS

    span = visit.query.get("range", "day")
    span = span if span in RANGE_WORDS else "day"
    ports = list(_ports(device, known.ports)) if known else []
    return draw(
        visit,
        "device_health.html",
        device=device,
        status=status,
        known=known,
        words=STATUS_WORDS,
        looks=STATUS_LOOKS,
        figures=list(_figures(known.measured)) if known else [],
        uptime=known.measured.uptime if known and status.status == "up" else None,
        sensors=list(_sensors(device, known.measured)) if known else [],
        ports=ports,
        up=sum(port.state is _UP[0] for port in ports),
        graphs=list(_graphs(device, known, span)) if known and known.answered else [],
        ranges=RANGE_WORDS,
        span=span,
    )


def _figures(measured: Measured) -> Iterator[tuple[Text, str]]:
    for processor in measured.processors[:4]:
        name = f" {processor.name}" if len(measured.processors) > 1 and processor.name else ""
        yield Text(th=f"ซีพียู{name}", en=f"CPU{name}"), f"{processor.percent:.0f}%"
    pools = [pool for pool in measured.memories if pool.role == "memory"]
    for pool in pools[:4]:
        name = f" {pool.name}" if len(pools) > 1 and pool.name else ""
        yield Text(th=f"หน่วยความจำ{name}", en=f"Memory{name}"), f"{pool.percent:.0f}%"
    hot = [s.value for s in measured.sensors if s.kind == "temperature" and s.value is not None]
    if hot:
        yield Text(th="อุณหภูมิสูงสุด", en="Highest temperature"), f"{max(hot):.0f} °C"
    if measured.poe:
        used, budget = (sum(getattr(u, p) for u in measured.poe) for p in ("used", "budget"))
        yield Text(th="PoE", en="PoE"), f"{used:.0f} / {budget:.0f} W"
    if measured.clients is not None:
        words = Text(th="เครื่องที่เชื่อมต่อไร้สาย", en="Wireless clients")
        yield words, str(measured.clients)


def _sensors(device: Device, measured: Measured) -> Iterator[Sensor]:
    for sensor in measured.sensors:
        if sensor.kind not in SENSOR_GRAPHS:
            continue
        name = sensor.name or sensor.index
        value = Scale(1.0, SENSOR_UNITS[sensor.kind]).say(sensor.value)
        where = graph_page(device.name, sensor.kind, name)
        yield Sensor(name, SENSOR_GRAPHS[sensor.kind], value, _STATES.get(sensor.state, ""), where)


def _ports(device: Device, table: PortTable) -> Iterator[Port]:
    for index, name in port_names(table).items():
        state, look = _OPER.get(table.oper.get(index, 4), _UNKNOWN)
        if table.admin.get(index) == 2:
            state, look = _OFF
        speed = table.speed.get(index)
        rates = [table.rates.get(way, {}).get(index) for way in ("in_bps", "out_bps")]
        known = [rate for rate in rates if rate is not None]
        use = f"{100 * max(known) / speed:.0f}%" if known and speed else ""
        yield Port(
            name=table.name(index),
            alias=table.aliases.get(index, ""),
            state=state,
            look=look,
            speed=_bits(float(speed)) if speed and look == "good" else "",
            duplex=_DUPLEX.get(table.duplex.get(index, 0)) if look == "good" else None,
            incoming=_bits(rates[0]),
            outgoing=_bits(rates[1]),
            use=use,
            graph=graph_page(device.name, "traffic", name),
        )


def _bits(value: float | None) -> str:
    return scale_for("bit/s", value).say(value)


def _graphs(device: Device, known: DeviceHealth, span: str) -> Iterator[SmallGraph]:
    measured = known.measured
    names = port_names(known.ports).values()
    if device.uplink and device.uplink in names:
        yield _small(device.name, "traffic", PORT_GRAPHS["traffic"].title, span, device.uplink)
    wanted = {
        "cpu": bool(measured.processors),
        "memory": any(pool.role == "memory" for pool in measured.memories),
        "temperature": any(sensor.kind == "temperature" for sensor in measured.sensors),
        "poe": bool(measured.poe),
        "clients": measured.clients is not None,
        "up": True,
        "round_trip": True,
    }
    for metric, is_known in wanted.items():
        if is_known:
            yield _small(device.name, metric, DEVICE_GRAPHS[metric].title, span)


def _small(device: str, metric: str, title: Text, span: str, port: str | None = None) -> SmallGraph:
    page = graph_page(device, metric, port, span)
    return SmallGraph(title, port or "", page, picture(device, metric, port, span, small=True))
