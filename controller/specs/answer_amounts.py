"""Reads amounts: the number, its unit, and what else may stand beside them."""

from __future__ import annotations

import re
from decimal import Decimal

from controller.errors import Text
from controller.specs.answer import Read, UnreadableError
from controller.specs.answer_words import Bound, bounded, loose, require_bound
from controller.specs.attribute import Attribute
from controller.specs.criterion import Operator
from controller.specs.units import UNITS, Amount, alike, unit_spelled

_NUMBER = re.compile(r"(?P<number>[0-9][0-9.,]*)(?P<rest>.*)$")
_PLAIN = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?|[0-9]+(\.[0-9]+)?")
_TIMES = re.compile(r"\s*[x×*]\s*(?=\S)", re.IGNORECASE)
_RANGE = re.compile(r"\s*(?:[-–—−~/]|ถึง|to\b|or\b|หรือ|และ)\s*[0-9]", re.IGNORECASE)
_MINUTES = re.compile(r"([0-9])\s*min\.?$", re.IGNORECASE)
_MOST_DIGITS = 18

# What is written of speeds without the “per second”, and what may be bits or bytes elsewhere.
_SPEEDS = {
    **dict.fromkeys(("k", "kb", "kbit"), "kbps"),
    **dict.fromkeys(("m", "mb", "mbit", "megabit"), "Mbps"),
    **dict.fromkeys(("g", "gb", "gbit", "gbe", "ge", "gigabit"), "Gbps"),
    **dict.fromkeys(("t", "tb", "tbit"), "Tbps"),
}


def read_amount(attribute: Attribute, plain: str, operator: Operator | None) -> Read:
    """The amount these tidy words state, in the unit they state it in.

    Errors: `UnreadableError` for no number, several, a unit that is missing or of another thing.
    """
    if alike(attribute.unit, "minute"):
        # “15 min” of a time is in minutes; of anything else it is a minimum.
        plain = _MINUTES.sub(r"\1 minute", plain)
    bound, words = bounded(plain)
    match = _NUMBER.match(_without_name(attribute, words))
    if match is None:
        raise UnreadableError(_no_number(words))
    digits, rest = match["number"].rstrip(".,"), match["rest"]
    if _RANGE.match(rest):
        raise UnreadableError(_SEVERAL)
    if not _PLAIN.fullmatch(digits):
        raise UnreadableError(_strange_number(digits))
    number = Decimal(digits.replace(",", ""))
    if len(number.as_tuple().digits) > _MOST_DIGITS:
        raise UnreadableError(_TOO_LONG)
    counted = UNITS[attribute.unit].pint == "count"
    if counted and (thousands := re.fullmatch(r"k\b[\s.-]*(.*)", rest.strip(), re.IGNORECASE)):
        # 16K is 16,000 or 16,384; it is 16,000 at the least whichever is meant.
        number, rest, bound = number * 1000, thousands[1], Bound.LEAST
    if rest.strip() == "+":
        rest, bound = "", Bound.LEAST
    require_bound(bound, operator)
    unit, read = _unit(attribute, rest, counted=counted)
    if counted and number != number.to_integral_value():
        raise UnreadableError(_NO_WHOLE)
    if counted and "." in digits:
        raise UnreadableError(_strange_number(digits))
    note = _read_as(number, unit) if read or bound is not Bound.EXACT else None
    return Read(Amount(number, unit), note)


def _without_name(attribute: Attribute, words: str) -> str:
    """The words without the attribute's own name in front: “SFP+ 4 ports” is “4 ports”."""
    for name in sorted(attribute.spelled, key=len, reverse=True):
        head = words[: len(name)]
        if head.casefold() == name.casefold() and words[len(name) : len(name) + 1] in {" ", ":"}:
            return bounded(words[len(name) + 1 :].strip())[1]
    return words


def _unit(attribute: Attribute, rest: str, *, counted: bool) -> tuple[str, bool]:
    """The unit of what follows the number, and whether it had to be read into it."""
    times = _TIMES.match(rest)
    words = (rest[times.end() :] if times and counted else rest).strip().removeprefix("-").strip()
    if not words:
        if counted:
            return attribute.unit, True
        raise UnreadableError(_no_unit(attribute))
    short = words.rstrip(".")
    if short not in UNITS and loose(short) in _SPEEDS and not short.endswith("B"):
        if alike(attribute.unit, "bps"):
            return _SPEEDS[loose(short)], True
        if alike(attribute.unit, "GB"):
            raise UnreadableError(_bits_or_bytes(words))
    unit = unit_spelled(words) or unit_spelled(short)
    if unit is None and _named(attribute, words):
        return attribute.unit, True
    if unit is None:
        raise UnreadableError(_unknown_unit(attribute, words))
    if not alike(unit, attribute.unit):
        raise UnreadableError(_other_unit(attribute, words))
    return unit, False


def _named(attribute: Attribute, words: str) -> bool:
    """Whether the words are the attribute's own name, with or without its unit beside it."""
    names = {loose(name) for name in attribute.spelled}
    split = words.split()
    for at in range(len(split) + 1):
        head, tail = " ".join(split[:at]), " ".join(split[at:])
        if (not head or _is_unit(attribute, head)) and loose(tail) in names:
            return True
        if (not tail or _is_unit(attribute, tail)) and loose(head) in names:
            return True
    return False


def _is_unit(attribute: Attribute, words: str) -> bool:
    return unit_spelled(words) == attribute.unit


def _read_as(number: Decimal, unit: str) -> Text:
    title = UNITS[unit].title
    return Text(th=f"อ่านเป็น {number:,f} {title.th}", en=f"read as {number:,f} {title.en}")


def _no_number(words: str) -> Text:
    return Text(th=f"ไม่พบตัวเลขใน “{words[:60]}”", en=f"there is no number in “{words[:60]}”")


def _strange_number(digits: str) -> Text:
    return Text(
        th=f"อ่านตัวเลข “{digits[:40]}” ไม่ได้แน่ชัด (หลักพันคั่นด้วย , ทศนิยมใช้ .)",
        en=f"the number “{digits[:40]}” is not clear (, parts thousands and . decimals)",
    )


def _no_unit(attribute: Attribute) -> Text:
    title = UNITS[attribute.unit].title
    return Text(th=f"ไม่มีหน่วย เช่น {title.th}", en=f"there is no unit, such as {title.en}")


def _bits_or_bytes(words: str) -> Text:
    return Text(
        th=f"“{words}” เป็นบิตหรือไบต์ (เขียน GB หรือ Gbit ให้ชัด)",
        en=f"does “{words}” mean bits or bytes?",
    )


def _unknown_unit(attribute: Attribute, words: str) -> Text:
    title = UNITS[attribute.unit].title
    return Text(
        th=f"ไม่เข้าใจ “{words[:60]}” หลังตัวเลข ควรเป็นหน่วย เช่น {title.th}",
        en=f"“{words[:60]}” after the number is not understood; a unit such as {title.en} is",
    )


def _other_unit(attribute: Attribute, words: str) -> Text:
    title = UNITS[attribute.unit].title
    return Text(
        th=f"หน่วย “{words}” เทียบกับ {title.th} ไม่ได้",
        en=f"“{words}” does not compare with {title.en}",
    )


_SEVERAL = Text(
    th="มีหลายตัวเลขหรือเป็นช่วง ไม่ทราบว่าเสนอค่าใด",
    en="there are several numbers, or a range; which is offered?",
)
_TOO_LONG = Text(th="ตัวเลขยาวเกินไป", en="the number is too long")
_NO_WHOLE = Text(th="จำนวนนับต้องเป็นจำนวนเต็ม", en="what is counted is a whole number")
