"""What the papers of a comparison are made from, and how a cell, a price and a verdict read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from controller.documents.compose.procurement.purchase import Purchase
from controller.procurement.comparison import (
    OUTCOMES,
    VERDICTS,
    Cell,
    Comparison,
    ItemResult,
)
from controller.specs.specification import Item

ABREAST = 5
"""So many bidders stand side by side: more would be too narrow to read on a sheet that lies."""
NOT_STATED = OUTCOMES["unstated"].th


@dataclass(frozen=True)
class Compared:
    """A comparison of the offers on a specification.

    `explained` are its concerns, each with the reason that was written for it, empty while there is
    none. `winner` is whom the group names once the comparison is concluded (`purchase.final`), None
    when nobody passes.
    """

    purchase: Purchase
    comparison: Comparison
    explained: tuple[tuple[str, str], ...] = ()
    winner: str | None = None

    @cached_property
    def _results(self) -> dict[tuple[str, str], ItemResult]:
        return {(one.item, one.bidder): one for one in self.comparison.items}

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {bidder: n for n, bidder in enumerate(self.comparison.bidders, start=1)}

    def result(self, item: Item, bidder: str) -> ItemResult:
        """How a bidder's offer on an item stands."""
        return self._results[item.id, bidder]

    def number(self, bidder: str) -> str:
        """The number of a bidder, by their names: the same in every table."""
        return self.purchase.look.count(self._numbers[bidder])

    def batches(self) -> Iterator[tuple[str, ...]]:
        """The bidders, as many at a time as stand side by side."""
        bidders = self.comparison.bidders
        for start in range(0, len(bidders), ABREAST):
            yield bidders[start : start + ABREAST]

    def stated(self, cell: Cell) -> str:
        """What the bidder states, the outcome, and where it is written, on lines of their own."""
        page = f" ({page_of(cell)})" if cell.page else ""
        outcome = f"{OUTCOMES[cell.outcome].th}{page}"
        return (
            f"{cell.stated}\n{outcome}" if cell.stated and cell.outcome != "unstated" else outcome
        )

    def product(self, item: Item, bidder: str) -> str:
        """Brand and model that are offered."""
        found = self.result(item, bidder)
        return " ".join(filter(None, (found.brand, found.model))) or NOT_STATED

    def price(self, item: Item, bidder: str) -> str:
        """The price of one, and whether it is over the ceiling."""
        found = self.result(item, bidder)
        if found.price is None:
            return NOT_STATED
        over = "\nสูงกว่าราคากลาง" if found.over_ceiling else ""
        return f"{self.purchase.look.money(found.price)}{over}"

    def verdict(self, item: Item, bidder: str) -> str:
        """`ตรงตามข้อกำหนด`, or that it does not comply and by which clauses."""
        found = self.result(item, bidder)
        told = VERDICTS[found.verdict].th
        clauses = self.clauses(found)
        return f"{told}\n(ข้อ {clauses})" if clauses else told

    def clauses(self, found: ItemResult) -> str:
        """The clauses that fail, by number: `๔, ๕`."""
        words = self.purchase.words
        return ", ".join(words.clause(found.item, one) for one in found.failing)

    @property
    def items(self) -> tuple[Item, ...]:
        """The items of the specification."""
        return self.purchase.specification.items

    def remarks(self) -> Iterator[tuple[str, str, str]]:
        """(clause, bidder, words): how an answer was read, and why people judged it as they did."""
        for item in self.items:
            for one in item.criteria:
                clause = self.purchase.words.whole_clause(item.id, one.id)
                for bidder in self.comparison.bidders:
                    cell = self.comparison.cell(item.id, one.id, bidder)
                    # That a clause waits for people, its cell says already.
                    if cell.note and cell.outcome != "unjudged":
                        yield clause, bidder, cell.note.th


def page_of(cell: Cell) -> str:
    """Where the bidder's document says so: a bare number is a page."""
    page = cell.page.strip()
    return f"หน้า {page}" if page and page[0].isdigit() else page
