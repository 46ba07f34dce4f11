"""How the values of a form read on paper: Buddhist-era days, commas, options in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from controller import thai
from controller.processes.forms.definition import Column, FormField
from controller.processes.forms.photos import photos_of
from controller.processes.forms.rows import column_sum
from controller.processes.forms.scalars import Asked, number

# What begins a name. Some positions begin with นาย too; any other text alone is a position.
_NAME = re.compile(
    r"นาย(?!ทะเบียน|อำเภอ|ช่าง|แพทย์|ก(?:องค์|เทศ|สมาคม|รัฐ|เหล่า))|นาง|น\.ส\.|ว่าที่\s|ดร\.|[ผร]?ศ\."
    r"|พ\.[ตจอท]\.|ร\.[ตทอ]\.|จ\.ส\.|ส\.[ตทอ]\.|M(?:r|s|rs|iss)\b"
)
_PARTED = re.compile(r"\s*(?:,|ตำแหน่ง)\s*")


def shown(asked: Asked, value: object, *, thai_digits: bool) -> str:
    """A value as the paper prints it; nothing for one that is not there. Not for tables.

    Days are long in a field and short in a column. With `thai_digits`, numbers, days, times and
    telephone numbers are in ๐-๙; words and asset numbers stand as they were written.
    """
    if value is None:
        return ""
    text = _SHOWN.get(asked.type, _as_written)(asked, value)
    return thai.thai_digits(text) if thai_digits and asked.type in _WITH_DIGITS else text


def in_words(asked: FormField, value: object) -> str:
    """What `in_words` of a field prints: the amount, or the total of its column, in Thai words.

    Nothing where the field asks for no words, or nothing was filled in.
    """
    if not asked.in_words or value is None:
        return ""
    if asked.in_words == "self":
        return thai.baht_text(str(value))
    column = next((one for one in asked.columns if one.name == asked.in_words), None)
    if column is None or not isinstance(value, Sequence) or not value:
        return ""
    return thai.baht_text(column_sum(column, value))


def name_and_position(value: object) -> tuple[str, str]:
    """A `person` as it stands under a signature: the name in the brackets, the position below.

    They are parted by a comma or the word ตำแหน่ง. One text alone is a name when it begins with a
    title such as นาง, otherwise a position. Either may be empty.
    """
    text = str(value or "").strip()
    first, *rest = _PARTED.split(text, maxsplit=1)
    if rest:
        return first, rest[0]
    return (first, "") if _NAME.match(first) else ("", first)


def _as_written(asked: Asked, value: object) -> str:
    return str(value)


def _number(asked: Asked, value: object) -> str:
    return f"{number(value):,f}"


def _money(asked: Asked, value: object) -> str:
    return thai.money(str(value))


def _date(asked: Asked, value: object) -> str:
    day = date.fromisoformat(str(value))
    return thai.short_date(day) if isinstance(asked, Column) else thai.long_date(day, thai=False)


def _time(asked: Asked, value: object) -> str:
    return f"{str(value).replace(':', '.')} น."


def _yes_no(asked: Asked, value: object) -> str:
    return "ใช่" if value is True else "ไม่ใช่"


def _choice(asked: Asked, value: object) -> str:
    return next((o.th for o in asked.options if o.value == value), str(value))


def _choices(asked: Asked, value: object) -> str:
    chosen = value if isinstance(value, list) else [value]
    return ", ".join(_choice(asked, one) for one in chosen)


def _phone(asked: Asked, value: object) -> str:
    """`0 4300 0100 ต่อ 12`, `08 0000 0100`: the groups of official letters."""
    digits, ext, extension = str(value).partition(" ต่อ ")
    if len(digits) >= 9:
        digits = f"{digits[:-8]} {digits[-8:-4]} {digits[-4:]}"
    return digits + ext + extension


def _photos(asked: Asked, value: object) -> str:
    return ", ".join(photo["name"] for photo in photos_of(value))


_SHOWN: dict[str, Callable[[Asked, object], str]] = {
    "integer": _number,
    "decimal": _number,
    "money": _money,
    "date": _date,
    "time": _time,
    "yes_no": _yes_no,
    "choice": _choice,
    "choices": _choices,
    "phone": _phone,
    "photos": _photos,
}
_WITH_DIGITS = frozenset({"integer", "decimal", "money", "date", "time", "phone", "rating"})
