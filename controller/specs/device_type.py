"""A NetBox device type, as the community publishes them, read as a model of equipment.

What the file does not tell is left out and said: no port named as giving power does not mean
that none does. No such file says what kind of equipment it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from controller.errors import Text
from controller.specs.interface_types import InterfaceType, interface_types, poe_standards
from controller.specs.model import Fact, Model

SOURCE = "NetBox device type"
_KILOGRAMS = {
    "kg": Decimal(1), "g": Decimal("0.001"), "lb": Decimal("0.45359237"),
    "oz": Decimal("0.028349523125"),
}  # fmt: skip
# Junos has two names for one cage, by what sits in it: ge-0/1/0 and xe-0/1/0.
_JUNOS = re.compile(r"(?:fe|ge|mge|xe|et)-(\d+/\d+/\d+)")
_FOR_POWER = re.compile(r"power|pwr|psu|\bps[-# ]?\w\b|fan", re.IGNORECASE)
_MOST = 1_000_000
_BAND = re.compile(r"(?<![\d.])(2\.4|5|6) ?GHz", re.IGNORECASE)


class NoDeviceTypeError(ValueError):
    """The mapping is no device type; `text` says why, `key` is where."""

    def __init__(self, text: Text, key: str = "") -> None:
        super().__init__(text.en)
        self.text = text
        self.key = key


@dataclass(frozen=True)
class _Interface:
    """One interface that counts: what it is, and what it says of PoE."""

    kind: InterfaceType
    named: str
    mode: str
    standard: str


def read_device_type(told: Mapping[str, Any]) -> tuple[Model, tuple[Text, ...]]:
    """The model a device type tells of, and what could not be told from it.

    Counts leave out management ports, stacking and what is virtual. `power_draw` is the most any
    one power inlet draws (several are there in case one fails). Errors: `NoDeviceTypeError`.
    """
    maker, number = _word(told, "manufacturer"), _word(told, "model")
    notes: list[Text] = []
    found = list(_interfaces(_listed(told, "interfaces"), notes))
    ports, wifi = _once(found, notes), [one for one in found if one.kind.wifi]
    fields: dict[str, Any] = {**_speeds(ports, notes), **_power(ports, notes, wifi=bool(wifi))}
    bays = [bay for bay in _listed(told, "module-bays") if not _FOR_POWER.search(_named(bay))]
    attributes: dict[str, Fact] = {**_counts(ports, whole=not bays), **fields.pop("attributes")}
    attributes |= _radios(ports, wifi)
    attributes |= _body(told)
    if wifi:
        fields["wifi"] = max(one.kind.wifi for one in wifi)
    if bays:
        notes.append(_MODULES)
    part = str(told.get("part_number") or "").strip()
    model = Model(
        model=number,
        maker=maker,
        part_number="" if part.casefold() == number.casefold() else part,
        attributes=attributes,
        source=f"{SOURCE} {told.get('slug') or number}",
        **fields,
    )
    return model, tuple(notes)


def _word(told: Mapping[str, Any], key: str) -> str:
    value = told.get(key)
    text = str(value).strip() if isinstance(value, str | int | float) else ""
    if not text:
        raise NoDeviceTypeError(_missing(key), key)
    return text


def _listed(told: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    listed = told.get(key) or []
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise NoDeviceTypeError(_no_list(key), key)
    return listed


def _named(one: Mapping[str, Any]) -> str:
    return " ".join(str(one.get(key) or "") for key in ("name", "label"))


def _interfaces(listed: list[dict[str, Any]], notes: list[Text]) -> Iterator[_Interface]:
    unknown: Counter[str] = Counter()
    misspelt = False
    for one in listed:
        word = str(one.get("type") or "")
        kind = interface_types().get(word)
        if kind is None or one.get("mgmt_only"):
            unknown[word] += kind is None and word not in _NO_PORTS
            continue
        # Some files have the key with a dash, which NetBox does not know: it is what was meant.
        mode = one.get("poe_mode") or one.get("poe-mode") or ""
        standard = one.get("poe_type") or one.get("poe-type") or ""
        misspelt |= "poe-mode" in one or "poe-type" in one
        yield _Interface(kind, _named(one), str(mode), str(standard))
    if misspelt:
        notes.append(_MISSPELT)
    for word, count in sorted(unknown.items()):
        if count:
            notes.append(_not_counted(word, count))


def _once(found: list[_Interface], notes: list[Text]) -> list[_Interface]:
    """The ports, each cage once: of two names for one the faster counts."""
    ports: dict[object, _Interface] = {}
    doubled = 0
    for index, one in enumerate(found):
        if not one.kind.port:
            continue
        junos = _JUNOS.match(one.named)
        key: object = junos[1] if junos else index
        before = ports.get(key)
        doubled += before is not None
        if before is None or one.kind.speed > before.kind.speed:
            ports[key] = one
    if doubled:
        notes.append(_doubled(doubled))
    return list(ports.values())


def _counts(ports: list[_Interface], *, whole: bool) -> dict[str, int]:
    """How many ports of each sort there are.

    Of a sort there are none only where all ports are listed: `whole`, without bays for modules.
    """
    asked = {
        "ports_100m": ("copper", 100), "ports_1g": ("copper", 1000), "ports_2g5": ("copper", 2500),
        "ports_10g": ("copper", 10_000), "sfp": ("sfp", 1000), "sfp_plus": ("sfp", 10_000),
        "sfp28": ("sfp", 25_000), "qsfp": ("qsfp", 40_000),
    }  # fmt: skip
    counted = {
        name: sum(one.kind.port == port and one.kind.speed >= speed for one in ports)
        for name, (port, speed) in asked.items()
    }
    return {name: count for name, count in counted.items() if count or (ports and whole)}


def _speeds(ports: list[_Interface], notes: list[Text]) -> dict[str, int]:
    """How many ports, the speed of most, and the fastest of those that lead upwards."""
    if not ports:
        notes.append(_NO_PORT)
        return {}
    speeds = Counter(one.kind.speed for one in ports)
    (most, count), *rest = speeds.most_common()
    told = {"ports": len(ports)}
    if rest and rest[0][1] == count:
        notes.append(_TIE)
        return told
    told["port_mbps"] = most
    copper = sum(one.kind.port == "copper" for one in ports) * 2 > len(ports)
    uplinks = [
        one.kind.speed
        for one in ports
        if one.kind.speed > most or (copper and one.kind.port != "copper")
    ]
    return told | ({"uplink_mbps": max(uplinks)} if uplinks else {})


def _power(ports: list[_Interface], notes: list[Text], *, wifi: bool) -> dict[str, Any]:
    """The ports that give power by a standard of IEEE, and the least standard among them."""
    giving = [one for one in ports if one.mode == "pse"]
    known = [one for one in giving if not one.standard.startswith("passive")]
    if len(known) < len(giving):
        notes.append(_passive(len(giving) - len(known)))
    if not known:
        if ports and not wifi:
            notes.append(_NO_POE)
        return {"attributes": {}}
    notes.append(_BUDGET)
    told = [poe_standards().get(one.standard) for one in known]
    standards = [word for word in told if word]
    least = {"poe_standard": min(standards)} if len(standards) == len(known) else {}
    return {"poe_ports": len(known), "attributes": least}


def _radios(ports: list[_Interface], wifi: list[_Interface]) -> dict[str, Fact]:
    """What feeds an access point over its cable, and its bands where every radio names one."""
    if not wifi:
        return {}
    fed = {poe_standards().get(one.standard) for one in ports if one.mode == "pd"} - {None}
    told: dict[str, Fact] = {"powered_by": tuple(sorted(str(word) for word in fed))} if fed else {}
    bands = [_BAND.search(one.named) for one in wifi]
    named = sorted({f"{band[1]} GHz" for band in bands if band})
    return told | ({"bands": tuple(named)} if all(bands) else {})


def _body(told: Mapping[str, Any]) -> dict[str, Fact]:
    """Power it draws, height in a rack and weight, where told."""
    body: dict[str, Fact] = {}
    draws = [_amount(inlet.get("maximum_draw")) for inlet in _listed(told, "power-ports")]
    if draws and all(draws):
        body["power_draw"] = _plain(max(draws))
    height = _amount(told.get("u_height"))
    if height and height == height.to_integral_value():
        body["rack_units"] = int(height)
    unit = _KILOGRAMS.get(str(told.get("weight_unit") or ""))
    weight = round(_amount(told.get("weight")) * unit, 3) if unit else Decimal(0)
    if weight:
        body["weight"] = _plain(weight)
    return body


def _amount(told: object) -> Decimal:
    """A number above zero and below a million; 0 for what is none."""
    if isinstance(told, bool) or not isinstance(told, int | float) or not 0 < told < _MOST:
        return Decimal(0)
    return Decimal(str(told))


def _plain(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


_NO_PORTS = frozenset({"virtual", "bridge", "lag", "cisco-stackwise"})
_NO_PORT = Text(th="แฟ้มไม่ระบุช่องต่อเครือข่าย", en="the file names no network port")
_TIE = Text(
    th="มีช่องหลายความเร็วจำนวนเท่ากัน จึงไม่สรุปความเร็วของช่องส่วนใหญ่",
    en="as many ports of one speed as of another, so the speed of most is left out",
)
_NO_POE = Text(
    th="แฟ้มไม่ระบุช่องที่จ่ายไฟ PoE ซึ่งไม่ได้แปลว่าไม่มี",
    en="the file names no port that gives PoE, which does not say that none does",
)
_BUDGET = Text(th="แฟ้มชนิดนี้ไม่บอกกำลังไฟ PoE รวม", en="such files do not tell the PoE budget")
_MODULES = Text(
    th="มีช่องใส่โมดูล จำนวนช่องคือเท่าที่ติดมากับเครื่อง",
    en="it takes modules; the ports are those it has without any",
)
_MISSPELT = Text(
    th="แฟ้มเขียน poe-mode แทน poe_mode อ่านเป็นคำหลัง",
    en="the file writes poe-mode for poe_mode; it is read as the latter",
)


def _no_list(key: str) -> Text:
    return Text(
        th=f"ไม่ใช่ device type ของ NetBox: {key} ต้องเป็นรายการของ “name: …”",
        en=f"no NetBox device type: {key} must be a list of “name: …”",
    )


def _missing(key: str) -> Text:
    return Text(
        th=f"ไม่ใช่ device type ของ NetBox: ขาด “{key}”",
        en=f"no NetBox device type: “{key}” is missing",
    )


def _not_counted(word: str, count: int) -> Text:
    shown = word or "(type)"
    return Text(
        th=f"ไม่ได้นับ {shown} จำนวน {count} ช่อง", en=f"{count} of type {shown} are not counted"
    )


def _doubled(count: int) -> Text:
    return Text(
        th=f"มี {count} ช่องที่แฟ้มเขียนสองชื่อตามชนิดตัวรับส่ง นับช่องละครั้ง",
        en=f"{count} ports have two names, by the transceiver in them; each is counted once",
    )


def _passive(count: int) -> Text:
    return Text(
        th=f"มี {count} ช่องจ่ายไฟแบบ passive ซึ่งไม่ใช่มาตรฐาน IEEE จึงไม่นับเป็น PoE",
        en=f"{count} ports give passive power, which is no standard of IEEE, and are not counted",
    )
