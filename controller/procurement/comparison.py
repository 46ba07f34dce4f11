"""What comparing offers gives: every cell, every verdict, the order, and what must be explained."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from controller.errors import Text

Outcome = Literal["better", "equal", "fails", "unstated", "unreadable", "unjudged"]
OUTCOMES: dict[Outcome, Text] = {
    "better": Text(th="ดีกว่า", en="better"),
    "equal": Text(th="เท่ากัน", en="equal"),
    "fails": Text(th="ไม่ผ่าน", en="fails"),
    "unstated": Text(th="ไม่ระบุ", en="not stated"),
    "unreadable": Text(th="อ่านค่าไม่ได้", en="cannot be read"),
    "unjudged": Text(th="รอพิจารณา", en="to be judged"),
}
PASSING = frozenset[Outcome]({"better", "equal"})
OPEN = frozenset[Outcome]({"unreadable", "unjudged"})
"""What people still have to judge."""
Verdict = Literal["pass", "fail", "unknown"]
VERDICTS: dict[Verdict, Text] = {
    "pass": Text(th="ตรงตามข้อกำหนด", en="complies"),
    "fail": Text(th="ไม่ตรงตามข้อกำหนด", en="does not comply"),
    "unknown": Text(th="ยังสรุปไม่ได้", en="undecided"),
}
WarningCode = Literal[
    "few-passing", "sole-clause", "over-ceiling", "over-budget", "tie", "superseded", "none-passing"
]


@dataclass(frozen=True)
class Cell:
    """One criterion of one offer: the words stated, where, and how they stand against it.

    `note` says how the words were read, or why they could not be.
    """

    item: str
    criterion: str
    bidder: str
    outcome: Outcome
    stated: str = ""
    page: str = ""
    note: Text | None = None


@dataclass(frozen=True)
class ItemResult:
    """One item of one offer. `failing` are the mandatory criteria that do not pass, in order."""

    item: str
    bidder: str
    verdict: Verdict
    brand: str
    model: str
    price: Decimal | None
    over_ceiling: bool
    failing: tuple[str, ...] = ()


@dataclass(frozen=True)
class OfferResult:
    """One offer whole. `total` is baht for all items, None where a price is missing.

    `score` is points of 100 under price-performance, for offers that pass; `place` counts from 1
    among those that pass, equal ones share it.
    """

    bidder: str
    verdict: Verdict
    total: Decimal | None
    score: Decimal | None = None
    place: int | None = None
    reasons: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Concern:
    """What a person must explain in writing before the comparison counts.

    `about` is the item, or `item/criterion`; empty for the whole.
    """

    code: WarningCode
    about: str
    text: Text

    @property
    def key(self) -> str:
        """Names it where its reason is written: `code` or `code:about`."""
        return f"{self.code}:{self.about}" if self.about else self.code


@dataclass(frozen=True)
class Comparison:
    """All of it, bidders in the order of their names: the order offers came in decides nothing."""

    specification: str
    bidders: tuple[str, ...]
    cells: dict[tuple[str, str, str], Cell]
    items: tuple[ItemResult, ...]
    offers: tuple[OfferResult, ...]
    concerns: tuple[Concern, ...]

    def cell(self, item: str, criterion: str, bidder: str) -> Cell:
        """The cell of a criterion and a bidder."""
        return self.cells[item, criterion, bidder]

    @property
    def winners(self) -> tuple[OfferResult, ...]:
        """Who stands first: one, several when they tie, none when nobody passes."""
        return tuple(offer for offer in self.offers if offer.place == 1)
