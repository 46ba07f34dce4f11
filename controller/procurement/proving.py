"""What a delivered device proves of what was offered: model, serial number, ports, power.

A device proves a fact when it shows at least what the offer states. It differs only where it
certainly shows less: a port that tells nothing of its plug counts neither for nor against.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from controller.facts.hardware import Hardware, Medium
from controller.procurement.delivery import BRAND, MODEL, SERIAL, Check
from controller.procurement.offer import ItemOffer, Stated
from controller.specs.answers import UnreadableError, is_unstated, read_answer
from controller.specs.attribute import Attribute, attributes
from controller.specs.criterion import Criterion
from controller.specs.specification import Item
from controller.specs.units import UNITS, Amount, UnlikeUnitsError, convert

_SIGNS = re.compile(r"[\W_]+")
_MEDIA: dict[Medium, str] = {"copper": "RJ45", "sfp": "SFP", "": "ไม่บอกชนิดหัวต่อ"}


@dataclass(frozen=True)
class Told:
    """What a device said of itself; empty is what it did not say."""

    brand: str = ""
    model: str = ""
    serial: str = ""
    version: str = ""
    hardware: Hardware = field(default_factory=Hardware)


@dataclass(frozen=True)
class Bounds:
    """What a device shows of an amount: `low` at least; at most `high`, None where nobody knows."""

    low: Decimal
    high: Decimal | None


Measure = Callable[[Hardware], Bounds | None]


def _plugged(mbps: int, medium: Medium, *, all_shown: bool) -> Measure:
    """Ports of a plug and speed. `all_shown`: an empty one is a port too, so fewer is less."""

    def measure(hardware: Hardware) -> Bounds | None:
        if not hardware.ports:
            return None
        most = Decimal(hardware.at_most(medium)) if all_shown else None
        return Bounds(Decimal(hardware.at_least(mbps, medium)), most)

    return measure


def _exactly(value: Callable[[Hardware], float | None]) -> Measure:
    def measure(hardware: Hardware) -> Bounds | None:
        told = value(hardware)
        return None if told is None else Bounds(Decimal(str(told)), Decimal(str(told)))

    return measure


# Some devices show a cage for a transceiver only once there is one in it: fewer proves nothing.
MEASURES: dict[str, Measure] = {
    "ports_100m": _plugged(100, "copper", all_shown=True),
    "ports_1g": _plugged(1000, "copper", all_shown=True),
    "ports_2g5": _plugged(2500, "copper", all_shown=True),
    "ports_10g": _plugged(10_000, "copper", all_shown=True),
    "sfp": _plugged(0, "sfp", all_shown=False),
    "sfp_plus": _plugged(10_000, "sfp", all_shown=False),
    "poe_ports": _exactly(lambda hardware: hardware.poe_ports),
    "poe_budget": _exactly(lambda hardware: hardware.poe_watts),
}
"""Attribute of the catalogue -> how much of it the hardware shows."""


def checks_of(item: Item, offered: ItemOffer, told: Told | None, stated_serial: str) -> list[Check]:
    """Everything to be checked of one piece, in the order it is printed.

    `told` is None for what cannot be asked. `stated_serial` is the one on the supplier's list.
    """
    seen = told or Told()
    return [
        _brand(offered.brand, seen.brand),
        _model(offered.model, seen.model),
        _serial(stated_serial, seen.serial),
        *(_criterion(c, offered.answer(c.id), seen.hardware) for c in item.criteria),
    ]


def ports_in_words(hardware: Hardware) -> str:
    """`24 × 1G RJ45, 4 × 10G SFP; PoE 24 ช่อง 370 W`, in the order the device has them."""
    counted = Counter((port.mbps, port.medium) for port in hardware.ports)
    words = [f"{n} × {_speed(mbps)} {_MEDIA[medium]}" for (mbps, medium), n in counted.items()]
    power = ""
    if hardware.poe_ports is not None:
        power = f"PoE {hardware.poe_ports} ช่อง"
        power += f" {hardware.poe_watts:g} W" if hardware.poe_watts else ""
    return "; ".join(part for part in (", ".join(words), power) if part)


def same_word(one: str, other: str) -> bool:
    """Whether both write the same name: case, blanks and signs aside."""
    return _plain(one) == _plain(other) != ""


def _brand(offered: str, told: str) -> Check:
    if not told:
        return Check(about=BRAND, outcome="person", offered=offered, how=_UNTOLD)
    one, other = _plain(offered), _plain(told)
    if one and (one in other or other in one):
        return Check(about=BRAND, outcome="proved", offered=offered, told=told)
    # Makers sell what others make: the label decides.
    how = "อุปกรณ์บอกชื่อผู้ผลิตต่างจากยี่ห้อที่เสนอ ให้ตรวจจากป้ายเครื่อง"
    return Check(about=BRAND, outcome="person", offered=offered, told=told, how=how)


def _model(offered: str, told: str) -> Check:
    if not told or not offered:
        how = _UNTOLD if not told else "ข้อเสนอไม่ได้ระบุรุ่น"
        return Check(about=MODEL, outcome="person", offered=offered, told=told, how=how)
    one, other = _plain(offered), _plain(told)
    if one == other:
        return Check(about=MODEL, outcome="proved", offered=offered, told=told)
    if one in other or other in one:
        how = "ชื่อรุ่นตรงกันเพียงบางส่วน ให้ตรวจจากป้ายเครื่อง"
        return Check(about=MODEL, outcome="person", offered=offered, told=told, how=how)
    return Check(about=MODEL, outcome="differs", offered=offered, told=told)


def _serial(stated: str, told: str) -> Check:
    if told and stated and not same_word(stated, told):
        return Check(about=SERIAL, outcome="differs", offered=stated, told=told)
    if told:
        return Check(about=SERIAL, outcome="proved", offered=stated, told=told)
    how = "ให้อ่านจากป้ายเครื่อง" if stated else "ไม่มีหมายเลขเครื่อง ให้เพิ่มในบัญชีส่งมอบแล้วอ่านใหม่"
    return Check(about=SERIAL, outcome="person", offered=stated, how=how)


def _criterion(criterion: Criterion, stated: Stated, hardware: Hardware) -> Check:
    def check(outcome: str, told: str = "", how: str = "") -> Check:
        return Check.model_validate(
            {"about": criterion.id, "outcome": outcome, "offered": stated.text, "told": told,
             "how": how}
        )  # fmt: skip

    attribute = attributes().get(criterion.attribute)
    measure = MEASURES.get(criterion.attribute)
    bounds = measure(hardware) if measure else None
    if attribute is None or bounds is None or criterion.operator not in {"at-least", "equals"}:
        return check("person")
    wanted = _wanted(attribute, criterion, stated)
    if wanted is None:
        return check("person", how="อ่านค่าที่เสนอเป็นจำนวนไม่ได้")
    shown = _amount(bounds.low, attribute)
    if bounds.low >= wanted:
        return check("proved", shown)
    if bounds.high is not None and bounds.high < wanted:
        return check("differs", _amount(bounds.high, attribute))
    return check("person", shown, "อุปกรณ์ยืนยันได้ไม่ครบจำนวนที่เสนอ ให้นับด้วยตา")


def _wanted(attribute: Attribute, criterion: Criterion, stated: Stated) -> Decimal | None:
    """What the offer promised, in the attribute's unit; what was asked where it states nothing."""
    if is_unstated(stated.text):
        asked = criterion.value
        if isinstance(asked, bool) or not isinstance(asked, int | Decimal):
            return None
        amount = Amount(Decimal(asked), criterion.unit or attribute.unit)
    else:
        try:
            answer = read_answer(attribute, stated.text, criterion.operator).answer
        except UnreadableError:
            return None
        if not isinstance(answer, Amount):
            return None
        amount = answer
    try:
        return convert(amount, attribute.unit).number
    except UnlikeUnitsError:
        return None


def _amount(number: Decimal, attribute: Attribute) -> str:
    return f"{number.normalize():f} {UNITS[attribute.unit].th}"


def _speed(mbps: int) -> str:
    if mbps == 0:
        return "ไม่บอกความเร็ว"
    return f"{mbps / 1000:g}G" if mbps >= 1000 else f"{mbps}M"


def _plain(text: str) -> str:
    return _SIGNS.sub("", text).casefold()


_UNTOLD = "อุปกรณ์ไม่ได้บอก ให้ตรวจจากป้ายเครื่อง"

__all__ = ["MEASURES", "Bounds", "Told", "checks_of", "ports_in_words", "same_word"]
