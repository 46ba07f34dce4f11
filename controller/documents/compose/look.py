"""How papers write digits, numbers, amounts and days, as the office has set it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from controller import thai

# How many digits of a hash a paper shows where the whole of it stands elsewhere.
SHORT_HASH = 12
_LATIN = re.compile(r"[A-Za-z]")
_TOKEN = re.compile(r"\S+")


@dataclass(frozen=True)
class Look:
    """The digits of the office's papers: ๐-๙, or 0-9.

    Numbers of cases and forms, ids and hashes are keys for a machine and never pass through here;
    what people typed is printed as they typed it.
    """

    thai_digits: bool = True

    def digits(self, text: str) -> str:
        """`text` with every digit as the office writes it."""
        return thai.thai_digits(text) if self.thai_digits else thai.arabic_digits(text)

    def words(self, text: str) -> str:
        """The product's own words: digits as the office writes them, but not in `IPv4` or `802.1X`.

        A word with a Latin letter in it is the name of something and stays as it is.
        """
        return _TOKEN.sub(
            lambda found: found[0] if _LATIN.search(found[0]) else self.digits(found[0]), text
        )

    def count(self, number: int) -> str:
        """A whole number, with commas at the thousands."""
        return self.digits(f"{number:,}")

    def money(self, amount: Decimal) -> str:
        """An amount in baht in figures, with satang: `1,250.50`."""
        return thai.money(amount, thai=self.thai_digits)

    def day(self, day: date) -> str:
        """`22 พฤศจิกายน 2569`."""
        return thai.long_date(day, thai=self.thai_digits)

    def day_of(self, at: datetime) -> str:
        """The day it was in Thailand at the moment `at`, in long form."""
        return self.day(thai.bangkok_date(at))

    def short_day(self, day: date) -> str:
        """`22 พ.ย. 2569`, for tables."""
        return self.digits(thai.short_date(day))

    def moment(self, at: datetime) -> str:
        """`22 พ.ย. 2569 14:05 น.`, on a Thai clock."""
        return self.digits(thai.short_time(at))


def hash_lines(fingerprint: str) -> str:
    """A hash for a cell of a table: on two lines, so that the column stays narrow."""
    middle = len(fingerprint) // 2
    return f"{fingerprint[:middle]}\n{fingerprint[middle:]}"


def dots(length: int) -> str:
    """A dotted line to write on, `length` dots long."""
    return "." * length
