"""Thai digits, Buddhist-era dates, the Bangkok day. For what people read; data keeps ISO 8601.

Also money in figures and in words, and the repair of Thai that is typed wrongly but looks right.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from controller.errors import InputError, Text

# Thailand has kept UTC+7 without summer time since 1920, so a fixed offset is exact and needs no
# time zone files.
BANGKOK = timezone(timedelta(hours=7), "Asia/Bangkok")
BUDDHIST_OFFSET = 543

MONTHS = (
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
)
SHORT_MONTHS = (
    "ม.ค.",
    "ก.พ.",
    "มี.ค.",
    "เม.ย.",
    "พ.ค.",
    "มิ.ย.",
    "ก.ค.",
    "ส.ค.",
    "ก.ย.",
    "ต.ค.",
    "พ.ย.",
    "ธ.ค.",
)
_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_TO_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_WRITTEN = re.compile(r"(\d{1,2})\s*([^\d\s]+)\s*(?:พ\.\s?ศ\.\s*)?(\d{4})")
# No Christian-era year of a document reaches this, and no Buddhist-era one is below it.
_FIRST_BUDDHIST_YEAR = 2400

_DIGITS = ("", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")
_PLACES = ("", "สิบ", "ร้อย", "พัน", "หมื่น", "แสน")
_MILLION = 1_000_000
_SATANG = Decimal("0.01")

# What was typed, and what was meant and looks the same. U+0E31 and U+0E34-0E39 are vowels above and
# below, U+0E48-0E4B the tones, U+0E4C the mark of silence; U+0E4D with U+0E32 looks like U+0E33.
_LOOKALIKES = tuple(
    (re.compile(typed), meant)
    for typed, meant in (
        (r"[\u00ad\u200b-\u200d\u2060\ufeff]", ""),  # invisible
        (r"([\u0e31\u0e33-\u0e3a\u0e47-\u0e4d])\1+", r"\1"),  # one mark on top of itself
        (r"\u0e40\u0e40", "\u0e41"),
        (r"\u0e4d([\u0e48-\u0e4b]?)\u0e32", "\\1\u0e33"),
        (r"([\u0e48-\u0e4b])\u0e4d\u0e32", "\\1\u0e33"),
        (r"\u0e33([\u0e48-\u0e4b])", "\\1\u0e33"),
        (r"([\u0e48-\u0e4c])([\u0e31\u0e34-\u0e39])", r"\2\1"),
    )
)


def thai_digits(text: str) -> str:
    """`text` with 0-9 written ๐-๙."""
    return text.translate(_TO_THAI)


def arabic_digits(text: str) -> str:
    """`text` with ๐-๙ written 0-9."""
    return text.translate(_TO_ARABIC)


def normalised(text: str) -> str:
    """`text` in NFC, with Thai that is typed wrongly but looks right spelled as it should be.

    `น` with a circle, a tone and `า` becomes `น้ำ`; two `เ` become `แ`; a tone before its vowel goes
    behind it; characters without width go. Every other kind of space becomes a plain one.
    """
    fixed = unicodedata.normalize("NFC", text)
    for typed, meant in _LOOKALIKES:
        fixed = typed.sub(meant, fixed)
    fixed = "".join(" " if unicodedata.category(c) == "Zs" else c for c in fixed)
    return fixed if fixed == text else normalised(fixed)


def money(amount: Decimal | int | str, *, thai: bool = False) -> str:
    """An amount in figures: `1,250.50`, or `๑,๒๕๐.๕๐` with `thai`; half a satang rounds up.

    Errors: `TypeError` for a float, `ValueError` for what is no number.
    """
    written = f"{_satang(amount):,.2f}"
    return thai_digits(written) if thai else written


def baht_text(amount: Decimal | int | str) -> str:
    """An amount in words: `หนึ่งพันสองร้อยห้าสิบบาทห้าสิบสตางค์`; half a satang rounds up.

    Less than a baht is told in satang alone. Errors: `TypeError` for a float, which does not hold
    an amount exactly; `ValueError` for what is no number.
    """
    exact = _satang(amount)
    baht, satang = divmod(int(abs(exact) * 100), 100)
    words = "ลบ" if exact < 0 else ""
    if baht or not satang:
        words += (_in_words(baht) or "ศูนย์") + "บาท"
    return words + (f"{_in_words(satang)}สตางค์" if satang else "ถ้วน")


def _satang(amount: Decimal | int | str) -> Decimal:
    if isinstance(amount, float | bool):
        raise TypeError(f"{amount!r} is not an exact amount")
    try:
        exact = Decimal(amount).quantize(_SATANG, ROUND_HALF_UP)
    except InvalidOperation as error:
        raise ValueError(f"{amount!r} is not an amount") from error
    if not exact.is_finite():
        raise ValueError(f"{amount!r} is not an amount")
    return exact + 0  # no minus before nothing


def _in_words(number: int) -> str:
    """A whole number from 0 in words; nothing for 0."""
    millions, rest = divmod(number, _MILLION)
    words = _in_words(millions) + "ล้าน" if millions else ""
    for place in range(5, -1, -1):
        digit = rest // 10**place % 10
        if digit == 0:
            continue
        if place == 1 and digit <= 2:
            words += "ยี่สิบ" if digit == 2 else "สิบ"
        elif place == 0 and digit == 1 and (millions or rest > 1):
            words += "เอ็ด"
        else:
            words += _DIGITS[digit] + _PLACES[place]
    return words


def bangkok_date(at: datetime) -> date:
    """The day it is in Thailand at the moment `at`.

    Errors: `ValueError` when `at` has no time zone, for then nobody knows which moment it is.
    """
    return local_time(at).date()


def local_time(at: datetime) -> datetime:
    """The same moment on a Thai clock. Errors: `ValueError` when `at` has no time zone."""
    if at.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return at.astimezone(BANGKOK)


def buddhist_year(day: date) -> int:
    """The Buddhist-era year of `day`: 2569 for 2026."""
    return day.year + BUDDHIST_OFFSET


def fiscal_year(day: date) -> int:
    """The Buddhist-era year of the Thai government's budget, from 1 October to 30 September."""
    return buddhist_year(day) + (1 if day.month >= 10 else 0)


def long_date(day: date, *, thai: bool = True) -> str:
    """`day` as official letters print it: `๒๒ พฤศจิกายน ๒๕๖๙`, or with 0-9 without `thai`."""
    written = f"{day.day} {MONTHS[day.month - 1]} {buddhist_year(day)}"
    return thai_digits(written) if thai else written


def short_date(day: date) -> str:
    """`day` as tables and screens print it: `22 พ.ย. 2569`."""
    return f"{day.day} {SHORT_MONTHS[day.month - 1]} {buddhist_year(day)}"


def short_time(at: datetime) -> str:
    """The moment `at` on a Thai clock: `22 พ.ย. 2569 14:05 น.`"""
    local = local_time(at)
    return f"{short_date(local.date())} {local:%H:%M} น."


def read_date(text: str) -> date:
    """The day somebody typed: `2026-11-22`, or `22 พ.ย. 2569` with long month and Thai digits too.

    Errors: `InputError` for anything else, and for a year of the other era, which is never guessed.
    """
    plain = arabic_digits(text.strip())
    found = _ISO.fullmatch(plain)
    if found:
        year, month, day = (int(part) for part in found.groups())
        return _real_day(text, year, month, day, right_era=year < _FIRST_BUDDHIST_YEAR)
    found = _WRITTEN.fullmatch(plain)
    if found and (month := _month(found[2])):
        year = int(found[3])
        return _real_day(
            text,
            year - BUDDHIST_OFFSET,
            month,
            int(found[1]),
            right_era=year >= _FIRST_BUDDHIST_YEAR,
        )
    raise _not_a_date(text)


def _month(word: str) -> int:
    for names in (MONTHS, SHORT_MONTHS):
        if word in names:
            return names.index(word) + 1
    return 0


def _real_day(text: str, year: int, month: int, day: int, *, right_era: bool) -> date:
    if not right_era:
        raise _not_a_date(text)
    try:
        return date(year, month, day)
    except ValueError as error:
        raise _not_a_date(text) from error


def _not_a_date(text: str) -> InputError:
    return InputError(
        Text(th=f"อ่านวันที่ “{text}” ไม่ได้", en=f"cannot read the date “{text}”"),
        hint=Text(
            th="เขียนแบบ 22 พ.ย. 2569 (พ.ศ.) หรือ 2026-11-22 (ค.ศ.)",
            en="write 2026-11-22 (Christian era) or 22 พ.ย. 2569 (Buddhist era)",
        ),
    )
