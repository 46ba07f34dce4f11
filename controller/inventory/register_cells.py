"""One cell of a register somebody handed over: what it says, or why it says nothing.

Days of either era, digits of either script, prices with commas. What could mean two things is
refused with what was probably meant, and never guessed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from controller.errors import InputError, Text
from controller.inventory.grid import Cell, Formula, place
from controller.inventory.register import plain, read_price
from controller.language import nearest
from controller.thai import BUDDHIST_OFFSET, arabic_digits, normalised, read_date, short_date

FIRST_YEAR = 1957
_BUDDHIST = 2400
_DAY = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{2}|\d{4})")
_FORMULA = ("=", "+", "-", "@")


@dataclass(frozen=True)
class Fault:
    """Why a cell cannot be taken. Rows and columns count from 1; column 0 is the whole row."""

    sheet: str
    row: int
    column: int
    message: Text
    found: str = ""
    suggestion: str = ""
    allowed: tuple[str, ...] = ()

    @property
    def cell(self) -> str:
        """Where it is: `Sheet1!B7`."""
        return place(self.sheet, self.row, self.column)


class WrongCellError(Exception):
    """What a cell says cannot be taken; caught where the cell's place is known."""

    def __init__(self, message: Text, suggestion: str = "", allowed: tuple[str, ...] = ()) -> None:
        super().__init__(message.en)
        self.message = message
        self.suggestion = suggestion
        self.allowed = allowed


def shown(cell: Cell) -> str:
    """The cell as a person sees it."""
    if isinstance(cell, Formula):
        return cell.text
    return "" if cell is None else str(cell)


def text_in(cell: Cell) -> str:
    """The text of a cell, spaces and line breaks as one space. Errors: `WrongCellError`."""
    if isinstance(cell, Formula):
        raise WrongCellError(_IS_FORMULA)
    # An export of ours has an apostrophe before what would be a formula.
    told = shown(cell)
    if told[:1] == "'" and told[1:].lstrip()[:1] in _FORMULA:
        told = told[1:]
    kept = "".join(" " if unicodedata.category(c) == "Cc" else c for c in normalised(told))
    return " ".join(kept.split())


def code_in(cell: Cell) -> str:
    """A number or serial number: digits 0-9, no spaces around. Errors: `WrongCellError`."""
    if isinstance(cell, Decimal):
        raise WrongCellError(_NUMBER_CUT)
    if isinstance(cell, date | bool):
        raise WrongCellError(_NO_TEXT)
    return arabic_digits(text_in(cell))


def word_in(cell: Cell, words: dict[str, str], message: Text) -> str:
    """The word of the files that is meant. Errors: `WrongCellError` with the nearest one."""
    told = text_in(cell)
    known = words.get(plain(told))
    if known is not None:
        return known
    near = words.get(nearest(plain(told), words), "") if told else ""
    raise WrongCellError(message, near, tuple(dict.fromkeys(words.values())))


def price_in(cell: Cell) -> int:
    """Satang. Errors: `WrongCellError`."""
    if isinstance(cell, date | bool):
        raise WrongCellError(_NO_PRICE)
    told = arabic_digits(text_in(cell))
    satang = read_price(told)
    if satang is None:
        digits = re.sub(r"[^\d.]", "", told).strip(".")
        raise WrongCellError(_NO_PRICE, digits if read_price(digits) is not None else "")
    return satang


def day_in(cell: Cell, today: date) -> date:
    """The day acquired, not after `today`. Errors: `WrongCellError`."""
    if isinstance(cell, bool | int | Decimal):
        raise WrongCellError(_NO_DAY)
    day = _of_era(cell) if isinstance(cell, date) else _typed_day(text_in(cell))
    if day > today:
        raise WrongCellError(_NOT_YET)
    if day.year < FIRST_YEAR:
        raise WrongCellError(_TOO_OLD)
    return day


def becomes_formula(text: str) -> bool:
    """Whether Excel would read the text as a formula when it opens the register's file."""
    return text != "-" and text.startswith(_FORMULA)


def _of_era(day: date) -> date:
    """A day of the calendar; Excel counts a Buddhist-era year that was typed as a Christian one."""
    if day.year < _BUDDHIST:
        return day
    try:
        return day.replace(year=day.year - BUDDHIST_OFFSET)
    except ValueError:
        raise WrongCellError(_NO_DAY) from None


def _typed_day(text: str) -> date:
    told = arabic_digits(text)
    match = _DAY.fullmatch(told)
    if match is None:
        try:
            return read_date(told)
        except InputError:
            raise WrongCellError(_NO_DAY) from None
    day, month, year = (int(part) for part in match.groups())
    if len(match[3]) == 2:
        raise WrongCellError(_SHORT_YEAR, _meant(day, month, year + 2500))
    if year >= _BUDDHIST:
        found = _real(day, month, year - BUDDHIST_OFFSET)
    elif day <= 12 and month <= 12 and day != month:
        raise WrongCellError(_EITHER, _meant(day, month, year + BUDDHIST_OFFSET))
    else:
        found = _real(day, month, year)
    if found is None:
        raise WrongCellError(_NO_DAY)
    return found


def _meant(day: int, month: int, buddhist: int) -> str:
    found = _real(day, month, buddhist - BUDDHIST_OFFSET)
    return short_date(found) if found else ""


def _real(day: int, month: int, year: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


_IS_FORMULA = Text(
    th="เซลล์นี้เป็นสูตร ให้คัดลอกแล้ววางเป็นค่า (Paste Values)",
    en="the cell is a formula; copy it and paste it as a value",
)
_NUMBER_CUT = Text(
    th="Excel เก็บเป็นจำนวนทศนิยม ให้จัดรูปแบบเซลล์เป็นข้อความแล้วพิมพ์ใหม่",
    en="Excel keeps it as a decimal number; format the cell as text and type it again",
)
_NO_TEXT = Text(
    th="Excel เก็บเป็นวันที่ ให้จัดรูปแบบเซลล์เป็นข้อความแล้วพิมพ์ใหม่",
    en="Excel keeps it as a date; format the cell as text and type it again",
)
_NO_PRICE = Text(
    th="ราคาต้องเป็นตัวเลขเป็นบาท ทศนิยมไม่เกินสองตำแหน่ง เช่น 18500 หรือ 18,500.00",
    en="a price is in baht with at most two decimals, for example 18500 or 18,500.00",
)
_NO_DAY = Text(
    th="อ่านวันที่ไม่ได้ ให้เขียนแบบ 17 มิ.ย. 2567 หรือ 17/6/2567 (พ.ศ.) หรือ 2024-06-17 (ค.ศ.)",
    en="not a day; write 2024-06-17 (Christian era), or 17 มิ.ย. 2567 or 17/6/2567 (Buddhist era)",
)
_SHORT_YEAR = Text(
    th="ปีสองหลักไม่ชัดว่าเป็น พ.ศ. หรือ ค.ศ. ให้เขียนปีสี่หลัก",
    en="a year of two digits could be of either era; write four digits",
)
_EITHER = Text(
    th="ไม่ชัดว่าเลขใดเป็นวัน เลขใดเป็นเดือน ให้เขียนปี พ.ศ. หรือแบบ 2024-06-05",
    en="day and month could be either way round; write 2024-06-05, or the Buddhist-era year",
)
_NOT_YET = Text(th="วันที่นี้ยังมาไม่ถึง", en="the day has not come yet")
_TOO_OLD = Text(th="วันที่นี้ก่อน พ.ศ. 2500", en="the day is before 1957")
