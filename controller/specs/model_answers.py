"""What a model states for an attribute, in the words an offer would use; and whether it may."""

from __future__ import annotations

import math
from decimal import Decimal

from controller.errors import Text
from controller.specs.answers import UnreadableError, is_unstated, read_answer
from controller.specs.attribute import Attribute
from controller.specs.model import Fact, Model
from controller.specs.units import UNITS

# Fields of a model that hold a number and answer a level.
_LEVELS: dict[str, dict[object, str]] = {
    "wifi": {
        1: "IEEE 802.11b", 2: "IEEE 802.11a", 3: "IEEE 802.11g", 4: "IEEE 802.11n",
        5: "IEEE 802.11ac", 6: "IEEE 802.11ax", 7: "IEEE 802.11be",
    },
}  # fmt: skip


def answer_of(model: Model, attribute: Attribute) -> str | None:
    """What is known of the model, as an offer would state it; None when that is nothing.

    The field that answers the attribute comes before what stands under `attributes`.
    """
    told = fact_of(model, attribute)
    return None if told is None else written_fact(attribute, told)


def fact_of(model: Model, attribute: Attribute) -> Fact | None:
    """What is known of the model for the attribute, None for nothing."""
    told: Fact | None = getattr(model, attribute.field) if attribute.field else None
    if told is None:
        return model.attributes.get(attribute.id)
    # A generation without a name here is newer than the catalogue.
    return _LEVELS[attribute.field].get(told, str(told)) if attribute.field in _LEVELS else told


def shown_fact(attribute: Attribute, told: Fact) -> Text:
    """A fact as people read it, in either language."""
    if isinstance(told, bool):
        return Text(th="มี" if told else "ไม่มี", en="yes" if told else "no")
    written = written_fact(attribute, told)
    if isinstance(told, int | float) and attribute.unit:
        number, unit = written.split(" ")[0], UNITS[attribute.unit].title
        return Text(th=f"{number} {unit.th}", en=f"{number} {unit.en}")
    return Text(th=written, en=written)


def written_fact(attribute: Attribute, told: Fact) -> str:
    """A fact as an offer states it: `24 port`, `IEEE 802.3at`, `WPA2, WPA3`, `มี`."""
    if isinstance(told, bool):
        return "มี" if told else "ไม่มี"
    if isinstance(told, tuple):
        return ", ".join(told)
    if isinstance(told, int | float):
        number = format(Decimal(str(told)).normalize(), "f")
        return f"{number} {attribute.unit}" if attribute.unit else number
    return told


def fault_of_fact(attribute: Attribute, told: object) -> Text | None:
    """Why a fact cannot stand for the attribute; None when it can."""
    match attribute.kind:
        case "yes-no":
            return None if isinstance(told, bool) else _YES_NO
        case "amount":
            return _fault_of_amount(attribute, told)
        case "set":
            members = [told] if isinstance(told, str) else told
            if not isinstance(members, list | tuple) or not all(
                isinstance(member, str) for member in members
            ):
                return _MEMBERS
            return next((f for m in members if (f := _unread(attribute, m))), None)
        case "level" | "words":
            return _unread(attribute, told) if isinstance(told, str) else _WORDS


def _fault_of_amount(attribute: Attribute, told: object) -> Text | None:
    if isinstance(told, str):
        return _unread(attribute, told)
    if isinstance(told, bool) or not isinstance(told, int | float):
        return _amount(attribute)
    if not math.isfinite(told) or told < 0:
        return _amount(attribute)
    return _unread(attribute, written_fact(attribute, told))


def _unread(attribute: Attribute, words: str) -> Text | None:
    if is_unstated(words):
        return _LEAVE_OUT
    try:
        read_answer(attribute, words)
    except UnreadableError as error:
        return error.text
    return None


_YES_NO = Text(th="ต้องเป็น true หรือ false", en="must be true or false")
_WORDS = Text(th="ต้องเป็นข้อความ", en="must be words")
_MEMBERS = Text(
    th="ต้องเป็นรายการของคำ เช่น [WPA2, WPA3]", en="must be a list of words such as [WPA2, WPA3]"
)
_LEAVE_OUT = Text(
    th="ข้อที่ไม่ทราบให้ตัดออก ไม่ต้องเขียนว่าไม่ระบุ", en="leave out what is not known instead of saying so"
)


def _amount(attribute: Attribute) -> Text:
    unit = UNITS[attribute.unit].title
    return Text(th=f"ต้องเป็นจำนวนตั้งแต่ 0 หน่วย{unit.th}", en=f"must be an amount from 0, in {unit.en}")
