"""One cell of an offer: the words it holds, or why it cannot be taken."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from controller.errors import Text
from controller.inventory.grid import Cell
from controller.inventory.register_cells import WrongCellError, price_in, text_in

LONGEST_ANSWER = 1000
LONGEST_NAME = 120
LONGEST_PAGE = 100
# What Excel, opened on an exported file, would run; a dash or a number below zero is neither.
_RUNS = re.compile(r"[=@]|[+-]\s*[^\s\d.,/+-]|[+-].*[(|!]")


def words_in(cell: Cell, longest: int = LONGEST_ANSWER) -> str:
    """The words of a cell as the bidder wrote them, on one line; a number as it is shown.

    Errors: `WrongCellError` for a formula, a date, and what is longer.
    """
    if isinstance(cell, date):
        raise WrongCellError(_IS_DATE)
    told = f"{cell:f}" if isinstance(cell, Decimal) else text_in(cell)
    if _RUNS.match(told):
        raise WrongCellError(_RUNNABLE)
    if len(told) > longest:
        raise WrongCellError(_too_long(longest))
    return told


def baht_in(cell: Cell) -> Decimal | None:
    """The price in baht, None for an empty cell or a dash. Errors: `WrongCellError`."""
    if not isinstance(cell, date) and text_in(cell) in {"", "-"}:
        return None
    price = Decimal(price_in(cell)) / 100
    if price <= 0:
        raise WrongCellError(_FREE)
    return price


def _too_long(longest: int) -> Text:
    return Text(th=f"ยาวเกิน {longest} ตัวอักษร", en=f"longer than {longest} characters")


_IS_DATE = Text(
    th="Excel เปลี่ยนค่านี้เป็นวันที่ ให้จัดรูปแบบเซลล์เป็นข้อความแล้วพิมพ์ใหม่",
    en="Excel turned this into a date; format the cell as text and type it again",
)
_RUNNABLE = Text(
    th="ข้อความขึ้นต้นแบบสูตร (= + - @) จึงไม่รับ ให้พิมพ์เป็นข้อความธรรมดา",
    en="it begins as a formula does (= + - @) and is not taken; write plain words",
)
_FREE = Text(
    th="ราคาต้องมากกว่า 0 ถ้าไม่เสนอราคาให้เว้นว่าง",
    en="a price is above 0; leave it empty if there is none",
)
