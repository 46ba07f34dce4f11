"""One typed value of each type: read as officers write it, kept in one way, or told what is wrong.

A reader takes the text (already mended by `thai.normalised`) and what the form asks there, and
gives the value as `FilledForm.values` holds it, or a `Wrong`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from controller import thai
from controller.errors import InputError
from controller.language import nearest
from controller.processes.forms.definition import Column, FormField, Option

Asked = FormField | Column
Scalar = str | bool


@dataclass(frozen=True)
class Wrong:
    """Why a value cannot stand: words that follow the label, in Thai and in English."""

    th: str
    en: str
    allowed: tuple[str, ...] = ()
    suggestion: str = ""


Reader = Callable[[Asked, str], Scalar | Wrong]

_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_MOST_DIGITS = 15
_LONGEST_CELL = 2000
_TIME = re.compile(r"(\d{1,2})[:.](\d{2})(?:\s*(?:น\.?|นาฬิกา))?")
_EMAIL = re.compile(r"[A-Za-z0-9][\w.+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", re.ASCII)
_EXTENSION = re.compile(r"\s*(?:ต่อ|ext\.?|#)\s*(\d{1,6})$", re.IGNORECASE)
_NAMED_DAY = re.compile(r"^(?:วัน\S*ที่)\s*")
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{2,4})")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_WRITTEN = re.compile(r"(\d{1,2})\s*([^\d\s]+)\s*(?:พ\.?\s?ศ\.?|ค\.?\s?ศ\.?)?\s*(\d{2,4})")
_ENGLISH_MONTHS = (
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
)  # fmt: skip
_YES = {"ใช่", "มี", "true", "yes", "y", "1"}
_NO = {"ไม่", "ไม่ใช่", "ไม่มี", "false", "no", "n", "0"}
_SCALE = {"มากที่สุด": "5", "มาก": "4", "ปานกลาง": "3", "น้อย": "2", "น้อยที่สุด": "1"}


def read_scalar(asked: Asked, text: str) -> Scalar | Wrong:
    """The value that `text` (not empty) stands for in a field or column; not for choices, tables.

    Numbers come back as text in one spelling (`1250.50`), days in ISO 8601, times as `HH:MM`,
    a choice as its value, yes and no as booleans.
    """
    return _READERS[asked.type](asked, text)


def number(value: object) -> Decimal:
    """A number as values hold it, as a number."""
    return Decimal(str(value))


def rounded(value: Decimal, asked: Asked) -> str:
    """A computed number as a field or column of this type holds it; half rounds up."""
    if asked.type == "money":
        return str(value.quantize(Decimal("0.01"), ROUND_HALF_UP))
    return _plain(value)


def _plain(value: Decimal) -> str:
    shown = f"{value:f}"
    return (shown.rstrip("0").rstrip(".") if "." in shown else shown) or "0"


def _line(asked: Asked, text: str) -> Scalar | Wrong:
    return _short_enough(asked, " ".join(text.split()))


def _lines(asked: Asked, text: str) -> Scalar | Wrong:
    lines = [" ".join(line.split()) for line in text.strip().splitlines()]
    return _short_enough(asked, re.sub(r"\n{3,}", "\n\n", "\n".join(lines)))


def _short_enough(asked: Asked, text: str) -> Scalar | Wrong:
    most = asked.max_length if isinstance(asked, FormField) else _LONGEST_CELL
    if len(text) > most:
        return Wrong(
            f"ยาว {len(text):,} ตัวอักษร ได้ไม่เกิน {most:,} ตัวอักษร",
            f"has {len(text):,} letters; at most {most:,} are allowed",
        )
    return text


def _integer(asked: Asked, text: str) -> Scalar | Wrong:
    found = _number(asked, text)
    if isinstance(found, Wrong):
        return found
    if found != found.to_integral_value():
        return Wrong("ต้องเป็นจำนวนเต็ม ไม่มีทศนิยม", "must be a whole number")
    return _bounded(asked, found, str(int(found)))


def _decimal(asked: Asked, text: str) -> Scalar | Wrong:
    found = _number(asked, text)
    return found if isinstance(found, Wrong) else _bounded(asked, found, _plain(found))


def _money(asked: Asked, text: str) -> Scalar | Wrong:
    found = _number(asked, text)
    if isinstance(found, Wrong):
        return found
    exact = found.quantize(Decimal("0.01"), ROUND_HALF_UP)
    if exact != found:
        return Wrong(
            "เป็นจำนวนเงิน มีทศนิยมได้ไม่เกิน 2 ตำแหน่ง (สตางค์)",
            "is an amount in baht, with two decimals at most",
            suggestion=thai.money(exact),
        )
    if asked.min is None and exact < 0:
        return Wrong("เป็นจำนวนเงิน ต้องไม่ติดลบ", "is an amount and cannot be negative")
    return _bounded(asked, found, str(exact))


def _number(asked: Asked, text: str) -> Decimal | Wrong:
    plain = thai.arabic_digits(text)
    for unit in (asked.unit if isinstance(asked, FormField) else "", "บาท", "%", "฿", ".-", "/-"):
        plain = plain.removesuffix(unit).strip()
    if _NUMBER.fullmatch(plain):
        digits = plain.replace(",", "").lstrip("+")
        if len(digits.lstrip("-")) <= _MOST_DIGITS:
            return Decimal(digits) + 0
        return Wrong("เป็นตัวเลขที่ยาวเกินไป", "is a number with too many digits")
    return Wrong(
        "ต้องเป็นตัวเลข เช่น 3 หรือ 1,250.50",
        "must be a number, for example 3 or 1,250.50",
    )


def _bounded(asked: Asked, found: Decimal, value: str) -> str | Wrong:
    if asked.min is not None and found < asked.min:
        return Wrong(f"ต้องไม่น้อยกว่า {asked.min:,f}", f"must be at least {asked.min:,f}")
    if asked.max is not None and found > asked.max:
        return Wrong(f"ต้องไม่เกิน {asked.max:,f}", f"must be at most {asked.max:,f}")
    return value


def _rating(asked: Asked, text: str) -> Scalar | Wrong:
    plain = thai.arabic_digits(_SCALE.get(text, text))
    if plain in {"1", "2", "3", "4", "5"}:
        return plain
    return Wrong(
        "ต้องเป็นคะแนน 1 ถึง 5 (5 มากที่สุด)",
        "must be a rating from 1 to 5 (5 is the best)",
        allowed=("1", "2", "3", "4", "5"),
    )


def _date(asked: Asked, text: str) -> Scalar | Wrong:
    plain = thai.arabic_digits(_NAMED_DAY.sub("", text))
    short = _DAY_FIRST.fullmatch(plain)
    if short and len(short[3]) == 4:
        # With a Buddhist year the day comes first in every Thai office; nothing is guessed.
        plain = f"{int(short[1])} {_short_month(int(short[2]))} {short[3]}"
    try:
        return thai.read_date(plain).isoformat()
    except InputError:
        return Wrong(
            "ไม่ใช่วันที่ที่อ่านได้ เขียนแบบ 22 พ.ย. 2569 หรือ 22/11/2569 (พ.ศ.) หรือ 2026-11-22 (ค.ศ.)",
            "is not a day that can be read; write 22 พ.ย. 2569 or 22/11/2569 (Buddhist era),"
            " or 2026-11-22 (Christian era)",
            suggestion=_meant_day(plain),
        )


def _short_month(month: int) -> str:
    return thai.SHORT_MONTHS[month - 1] if 1 <= month <= 12 else "-"


def _meant_day(text: str) -> str:
    """The day that was probably meant, or nothing; only ever offered, never taken."""
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = int(found[1]), int(found[2]), int(found[3])
    elif found := _DAY_FIRST.fullmatch(text):
        day, month, year = int(found[1]), int(found[2]), int(found[3])
    elif found := _WRITTEN.fullmatch(text):
        day, month, year = int(found[1]), _month(found[2]), int(found[3])
    else:
        return ""
    if year < 100:
        year += 2500
    if year >= 2400:
        year -= thai.BUDDHIST_OFFSET
    try:
        return thai.short_date(date(year, month, day))
    except ValueError:
        return ""


def _month(word: str) -> int:
    bare = word.replace(".", "")
    for names in (thai.MONTHS, thai.SHORT_MONTHS):
        plain = [name.replace(".", "") for name in names]
        if near := nearest(bare, plain):
            return plain.index(near) + 1
    return 1 + _ENGLISH_MONTHS.index(start) if (start := bare[:3].lower()) in _ENGLISH_MONTHS else 0


def _time(asked: Asked, text: str) -> Scalar | Wrong:
    found = _TIME.fullmatch(thai.arabic_digits(text))
    if found and int(found[1]) < 24 and int(found[2]) < 60:
        return f"{int(found[1]):02d}:{found[2]}"
    return Wrong("ไม่ใช่เวลา เขียนแบบ 13.30 น. หรือ 13:30", "is not a time; write 13:30")


def _yes_no(asked: Asked, text: str) -> Scalar | Wrong:
    word = text.lower()
    if word in _YES or word in _NO:
        return word in _YES
    return Wrong("ต้องตอบ ใช่ หรือ ไม่ใช่", "must be yes or no", allowed=("ใช่", "ไม่ใช่"))


def _choice(asked: Asked, text: str) -> Scalar | Wrong:
    found = option(asked.options, text)
    return found if found is not None else not_an_option(asked.options, text)


def option(options: tuple[Option, ...], text: str) -> str | None:
    """The value of the option that `text` names: by value, by its Thai or its English words."""
    word = _bare(text)
    for one in options:
        if word in {_bare(one.value), _bare(one.th), _bare(one.en)}:
            return one.value
    return None


def not_an_option(options: tuple[Option, ...], text: str) -> Wrong:
    """What to say of a word that is none of the options."""
    words = {_bare(word): one.th for one in options for word in (one.th, one.en, one.value)}
    near = nearest(_bare(text), words)
    return Wrong(
        "ไม่มีตัวเลือกนี้",
        "is none of the options",
        allowed=tuple(f"{one.th} ({one.value})" for one in options),
        suggestion=words.get(near, ""),
    )


def _bare(text: str) -> str:
    return "".join(thai.arabic_digits(text).casefold().split()).replace("_", "-")


def _phone(asked: Asked, text: str) -> Scalar | Wrong:
    plain = thai.arabic_digits(text).removeprefix("โทร.").strip()
    ending = _EXTENSION.search(plain)
    digits = re.sub(r"[\s().-]", "", plain[: ending.start()] if ending else plain)
    digits = re.sub(r"^\+?66(?=\d{8,9}$)", "0", digits)
    if re.fullmatch(r"0[2-57]\d{7}|0[689]\d{8}|1\d{2,3}", digits):
        return digits + (f" ต่อ {ending[1]}" if ending else "")
    return Wrong(
        "ไม่ใช่หมายเลขโทรศัพท์ไทย กรอกหมายเลขเดียว เช่น 0 4300 0100 ต่อ 12 หรือ 08 0000 0100",
        "is not one Thai telephone number, such as 0 4300 0100 ต่อ 12 or 08 0000 0100",
    )


def _email(asked: Asked, text: str) -> Scalar | Wrong:
    if _EMAIL.fullmatch(text):
        return text
    return Wrong("ไม่ใช่ที่อยู่อีเมล เช่น name@example.go.th", "is not an e-mail address")


def _asset(asked: Asked, text: str) -> Scalar | Wrong:
    return thai.arabic_digits(" ".join(text.split()))


_READERS: dict[str, Reader] = {
    "text": _line,
    "person": _line,
    "site": _line,
    "paragraph": _lines,
    "integer": _integer,
    "decimal": _decimal,
    "money": _money,
    "rating": _rating,
    "date": _date,
    "time": _time,
    "yes_no": _yes_no,
    "choice": _choice,
    "phone": _phone,
    "email": _email,
    "asset": _asset,
}
