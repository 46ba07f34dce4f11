"""Every dotted name a fact check may ask for, and what it means; `[]` stands for each of a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from controller.errors import Text

Source = Literal["snmp", "line", "both"]
SOURCE_NAMES: dict[Source, Text] = {
    "snmp": Text(th="SNMP ที่เฝ้าดู", en="the last poll over SNMP"),
    "line": Text(th="การสอบถามหรือสำรองข้อมูล", en="the last look or backup"),
    "both": Text(th="SNMP หรือการสอบถาม", en="SNMP, else the last look or backup"),
}


@dataclass(frozen=True, slots=True)
class FactName:
    """One name: who tells it, and what it means. `values` are all it can be, where they are few."""

    name: str
    source: Source
    words: Text
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FactRow:
    """What a device told under one name: each value and how often; nothing when it did not."""

    known: FactName
    values: tuple[tuple[Any, int], ...]


def fact_rows(facts: Mapping[str, Any]) -> tuple[FactRow, ...]:
    """Every known name with what the facts have under it, in the order of FACTS."""
    return tuple(FactRow(known, _counted(facts, known.name)) for known in FACTS)


def names_in(facts: Mapping[str, Any], before: str = "") -> Iterator[str]:
    """The dotted names the facts have a value under; of a list each name once for each item."""
    for key, value in facts.items():
        name = before + key
        if isinstance(value, Mapping):
            yield from names_in(value, f"{name}.")
        elif isinstance(value, list):
            for item in value:
                yield from names_in(item, f"{name}[].")
        else:
            yield name


def _counted(facts: Mapping[str, Any], name: str) -> tuple[tuple[Any, int], ...]:
    found = Counter(_values(facts, name.split(".")))
    return tuple(found.most_common())


def _values(facts: Any, steps: list[str]) -> Iterator[Any]:
    if not steps:
        yield facts
        return
    key = steps[0].removesuffix("[]")
    told = facts.get(key) if isinstance(facts, Mapping) else None
    if told is None:
        return
    for item in told if steps[0] != key else (told,):
        yield from _values(item, steps[1:])


_LINKS = ("up", "down", "testing", "unknown", "dormant", "not-present", "lower-down")
_TRUTH = ("true", "false")
FACTS: tuple[FactName, ...] = (
    FactName("identity.platform", "snmp", Text("แพลตฟอร์มที่อุปกรณ์บอก", "platform it says it is")),
    FactName("identity.vendor", "both", Text("ผู้ผลิต", "maker")),
    FactName("identity.kind", "snmp", Text("ชนิด", "kind of equipment")),
    FactName("identity.model", "both", Text("รุ่น", "model")),
    FactName("identity.version", "both", Text("รุ่นของซอฟต์แวร์", "version of its software")),
    FactName("identity.serial", "both", Text("หมายเลขเครื่อง", "serial number")),
    FactName("identity.features", "snmp", Text("ชุดคุณสมบัติ", "feature set or licence")),
    FactName("identity.name", "both", Text("ชื่อเครื่อง", "host name")),
    FactName("identity.location", "snmp", Text("ที่ตั้งที่ตั้งค่าไว้", "location as configured")),
    FactName("identity.description", "snmp", Text("คำอธิบายระบบ (sysDescr)", "sysDescr")),
    FactName("identity.object_id", "snmp", Text("sysObjectID", "sysObjectID")),
    FactName(
        "health.status", "snmp", Text("สถานะ", "whether it answers"), ("up", "down", "unknown")
    ),
    FactName("ports[].name", "snmp", Text("ชื่อพอร์ต", "name of a port")),
    FactName("ports[].alias", "snmp", Text("คำอธิบายพอร์ต", "its description")),
    FactName("ports[].admin", "snmp", Text("เปิดหรือปิดไว้", "switched on or off"), _LINKS[:3]),
    FactName("ports[].oper", "snmp", Text("สถานะลิงก์", "state of the link"), _LINKS),
    FactName("ports[].speed_mbps", "snmp", Text("ความเร็ว (Mbit/s)", "speed in Mbit/s")),
    FactName(
        "ports[].duplex", "snmp", Text("การรับส่งสองทาง", "half or full duplex"), ("half", "full")
    ),
    FactName("poe[].index", "snmp", Text("หน่วยจ่ายไฟ PoE", "unit that gives power")),
    FactName("poe[].budget_watts", "snmp", Text("กำลังไฟ PoE (W)", "its power in watts")),
    FactName("sensors[].kind", "snmp", Text("ชนิดของตัววัด", "kind of a sensor")),
    FactName("sensors[].name", "snmp", Text("ชื่อตัววัด", "its name")),
    FactName(
        "sensors[].state", "snmp", Text("สถานะตามที่อุปกรณ์บอก", "its state in the device's word"),
        ("ok", "warning", "critical", "unknown"),
    ),
    FactName("device.hostname", "line", Text("ชื่อเครื่อง", "host name")),
    FactName("device.fqdn", "line", Text("ชื่อเต็ม", "full name with its domain")),
    FactName("device.vendor", "line", Text("ผู้ผลิต", "maker")),
    FactName("device.model", "line", Text("รุ่น", "model")),
    FactName("device.serial", "line", Text("หมายเลขเครื่อง", "serial number")),
    FactName("device.version", "line", Text("รุ่นของซอฟต์แวร์", "version of its software")),
    FactName("interfaces[].name", "line", Text("ชื่อพอร์ต", "full name of an interface")),
    FactName("interfaces[].up", "line", Text("ติดหรือดับ", "whether it is up"), _TRUTH),
    FactName("interfaces[].enabled", "line", Text("เปิดใช้ไว้", "whether it is switched on"), _TRUTH),
    FactName("interfaces[].description", "line", Text("คำอธิบาย", "its description")),
    FactName("interfaces[].speed_mbps", "line", Text("ความเร็ว (Mbit/s)", "speed in Mbit/s")),
    FactName(
        "ntp.synchronised", "line", Text("นาฬิกาเทียบเวลาแล้ว", "whether the clock follows a server"),
        _TRUTH,
    ),
    FactName("ntp.peers[].address", "line", Text("เครื่องแม่ข่ายเวลา", "a time server it asks")),
    FactName("ntp.peers[].followed", "line", Text("ใช้เวลาจากเครื่องนี้", "it is followed"), _TRUTH),
    FactName("ntp.peers[].answers", "line", Text("แม่ข่ายตอบ", "whether it answers"), _TRUTH),
    FactName("ntp.peers[].stratum", "line", Text("ชั้นของเวลา", "its stratum; 16 is unsynchronised")),
    FactName("users[].name", "line", Text("ชื่อบัญชี", "name of an account")),
    FactName("users[].level", "line", Text("ระดับสิทธิ์ (0–15)", "its privilege level (0 to 15)")),
)  # fmt: skip
