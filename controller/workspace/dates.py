"""Dates in files, and what to write instead of one in another era, order or script."""

from __future__ import annotations

import re
from datetime import date

from controller.errors import InputError, Text
from controller.thai import BUDDHIST_OFFSET, arabic_digits
from controller.thai import read_date as read_typed_date

_NO_CHRISTIAN_YEAR = 2400
_PARTS = re.compile(r"(\d{1,4})[-/. ](\d{1,2})[-/. ](\d{1,4})")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

NOT_A_DATE = Text(
    th="ไม่ใช่วันที่ ให้เขียนแบบ ปี ค.ศ.-เดือน-วัน เช่น 2026-08-10",
    en="not a date; write year-month-day, for example 2026-08-10",
)
BUDDHIST_YEAR = Text(
    th="ปีนี้เป็น พ.ศ. ข้อมูลในไฟล์ให้ใช้ปี ค.ศ. (พ.ศ. ลบ 543)",
    en="the year is of the Buddhist era; files use the Christian era (543 less)",
)


def read_date(text: str) -> date | None:
    """The date `text` spells as YYYY-MM-DD in the Christian era; None for anything else."""
    if not _DAY.fullmatch(text):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return None if day.year >= _NO_CHRISTIAN_YEAR else day


def why_no_date(text: str) -> tuple[Text, str]:
    """The message for a wrong date and the spelling that was probably meant (may be empty)."""
    plain = arabic_digits(text.strip())
    parts = _PARTS.fullmatch(plain)
    if parts is None:
        return _written_out(plain)
    first, month, last = (int(part) for part in parts.groups())
    year, day = (first, last) if len(parts[1]) > len(parts[3]) else (last, first)
    buddhist = year >= _NO_CHRISTIAN_YEAR
    try:
        meant = date(year - BUDDHIST_OFFSET if buddhist else year, month, day)
    except ValueError:
        return NOT_A_DATE, ""
    # A year of two digits could be of either era.
    plausible = meant.year >= 1900
    return BUDDHIST_YEAR if buddhist else NOT_A_DATE, meant.isoformat() if plausible else ""


def _written_out(text: str) -> tuple[Text, str]:
    try:
        return NOT_A_DATE, read_typed_date(text).isoformat()
    except InputError:
        return NOT_A_DATE, ""
