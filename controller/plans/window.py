"""The window of a plan, as people write it and as they are told it; times are Thai."""

from __future__ import annotations

from datetime import datetime

from controller.errors import InputError, Text
from controller.plans.plan import Window
from controller.thai import BANGKOK, short_time

EXAMPLE = "2026-12-01T22:00/2026-12-02T02:00"
ANY_TIME = Text(th="แผนนี้ดำเนินการได้ทุกเวลา", en="this plan may be carried out at any time")
_FIRST_BUDDHIST_YEAR = 2400


def read_window(text: str, now: datetime) -> Window | None:
    """The window `BEGINS/ENDS` means, such as `2026-12-01T22:00/2026-12-02T02:00`; "" is none.

    Errors: `InputError` for anything else, a year of the Buddhist era, a window that ends before
    it begins, or one that is over.
    """
    if not text.strip():
        return None
    first, slash, last = text.strip().partition("/")
    if not slash:
        raise _wrong(text)
    window = Window(begins=_moment(first, text), ends=_moment(last, text))
    if window.ends <= window.begins:
        raise InputError(
            Text(
                th=f"ช่วงเวลา “{text}” สิ้นสุดก่อนหรือพร้อมกับที่เริ่ม",
                en=f"the window “{text}” ends no later than it begins",
            ),
            hint=_HINT,
        )
    if window.ends <= now:
        raise InputError(
            Text(th=f"ช่วงเวลา “{text}” ผ่านไปแล้ว", en=f"the window “{text}” is over"), hint=_HINT
        )
    return window


def read_time(text: str) -> datetime:
    """The moment `text` means, such as `2026-12-01T22:00`, on a Thai clock unless it has a zone.

    Errors: `InputError`.
    """
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        at = None
    if at is None or at.year >= _FIRST_BUDDHIST_YEAR:
        raise InputError(
            Text(th=f"อ่านเวลา “{text}” ไม่ได้", en=f"“{text}” is no time"),
            hint=Text(
                th="เขียนตามเวลาไทย ปี ค.ศ. เช่น 2026-12-01T22:00",
                en="write it in Thai time, for example 2026-12-01T22:00",
            ),
        )
    return at if at.tzinfo else at.replace(tzinfo=BANGKOK)


def window_words(window: Window) -> Text:
    """That a plan has its only time, and which."""
    begins, ends = (at.astimezone(BANGKOK) for at in (window.begins, window.ends))
    return Text(
        th=f"แผนนี้ดำเนินการได้เฉพาะช่วง {short_time(begins)} ถึง {short_time(ends)}",
        en="this plan may only be carried out "
        f"from {begins:%Y-%m-%d %H:%M} to {ends:%Y-%m-%d %H:%M}",
    )


def _moment(text: str, whole: str) -> datetime:
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        raise _wrong(whole) from None
    if at.year >= _FIRST_BUDDHIST_YEAR:
        raise InputError(
            Text(
                th=f"ช่วงเวลา “{whole}” ใช้ปี พ.ศ. โปรดใช้ปี ค.ศ. ({at.year - 543})",
                en=f"the window “{whole}” has a year of the Buddhist era; write {at.year - 543}",
            ),
            hint=_HINT,
        )
    if at.second or at.microsecond:
        raise _wrong(whole)
    return at if at.tzinfo else at.replace(tzinfo=BANGKOK)


def _wrong(text: str) -> InputError:
    return InputError(Text(th=f"อ่านช่วงเวลา “{text}” ไม่ได้", en=f"“{text}” is no window"), hint=_HINT)


_HINT = Text(
    th=f"เขียนเวลาเริ่ม/เวลาสิ้นสุด ตามเวลาไทย เช่น {EXAMPLE}",
    en=f"write BEGINS/ENDS in Thai time, for example {EXAMPLE}",
)
