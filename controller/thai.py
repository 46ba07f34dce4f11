"""Thai digits, Buddhist-era dates, the Bangkok day. For what people read; data keeps ISO 8601."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone

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


def thai_digits(text: str) -> str:
    """`text` with 0-9 written ๐-๙."""
    return text.translate(_TO_THAI)


def arabic_digits(text: str) -> str:
    """`text` with ๐-๙ written 0-9."""
    return text.translate(_TO_ARABIC)


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


def long_date(day: date) -> str:
    """`day` as official letters print it: `๒๒ พฤศจิกายน ๒๕๖๙`."""
    return thai_digits(f"{day.day} {MONTHS[day.month - 1]} {buddhist_year(day)}")


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
