"""How papers of a procurement write clauses, figures and where a price comes from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from controller.documents.compose.look import Look
from controller.specs.asking import asked
from controller.specs.baseline import Baseline, Baselines, Edition
from controller.specs.criterion import Criterion
from controller.specs.specification import Item, Specification
from controller.thai import baht_text

_TOKEN = re.compile(r"\S+")
_LATIN_END = re.compile(r"[A-Za-z](?:[A-Za-z0-9./+-]*)$")
_LATIN = re.compile(r"[A-Za-z]")
_SPEEDS = re.compile(r"\d+(?:/\d+)+")
_REFERENCE = "ข้อมูลอ้างอิง โปรดตรวจกับเอกสารของผู้ประกาศ"


@dataclass(frozen=True)
class Words:
    """Writes with the office's digits. Clauses are counted within their item."""

    look: Look
    specification: Specification
    baselines: Baselines

    def technical(self, text: str) -> str:
        """Technical words with the office's digits, but `Layer 2`, `802.1X` and `10/100` as made.

        A number in or behind a Latin word is part of a name; one before it is an amount.
        """
        before = ""

        def written(found: re.Match[str]) -> str:
            nonlocal before
            token = found[0]
            name = _LATIN.search(token) or _SPEEDS.search(token) or _LATIN_END.search(before)
            before = "" if not _LATIN.search(token) else token
            return token if name else self.look.digits(token)

        return _TOKEN.sub(written, text)

    def asks(self, criterion: Criterion) -> str:
        """What the criterion asks, in few words; what may be better, on a line of its own."""
        return self.technical(asked(criterion)).replace(" หรือดีกว่า", "\nหรือดีกว่า")

    def clause(self, item: str, criterion: str) -> str:
        """The number of a clause within its item, on every paper the same: `๔`."""
        return self._clauses[item, criterion]

    def whole_clause(self, item: str, criterion: str) -> str:
        """`ข้อ ๔`, where there are several items `รายการที่ ๒ ข้อ ๔`."""
        items = [one.id for one in self.specification.items]
        number = f"รายการที่ {self.look.count(items.index(item) + 1)} " if len(items) > 1 else ""
        return f"{number}ข้อ {self.clause(item, criterion)}"

    @cached_property
    def _clauses(self) -> dict[tuple[str, str], str]:
        return {
            (item.id, criterion.id): self.look.count(place)
            for item in self.specification.items
            for place, criterion in enumerate(item.criteria, start=1)
        }

    def baht(self, amount: Decimal) -> str:
        """`๘๘๐,๐๐๐.๐๐ บาท (แปดแสนแปดหมื่นบาทถ้วน)`."""
        return f"{self.look.money(amount)} บาท ({baht_text(amount)})"

    def points(self, number: Decimal) -> str:
        """Points or per cent, without zeros at the end."""
        return self.look.digits(f"{number.normalize():,f}")

    def quantity(self, item: Item) -> str:
        """`๔๐ เครื่อง`."""
        return f"{self.look.count(item.quantity)} {item.unit}"

    def edition_of(self, item: Item) -> tuple[Edition, Baseline] | None:
        """The edition and the baseline an item follows, None where it follows none we know."""
        baseline = self.baselines.baseline(item.baseline) if item.baseline else None
        edition = self.baselines.edition(baseline.edition) if baseline else None
        return (edition, baseline) if edition and baseline else None

    def source(self, item: Item) -> str:
        """Where the reference price of an item comes from, in one line."""
        found = self.edition_of(item)
        told = item.price_source.strip()
        if found is None:
            return self.look.words(told or item.baseline or "-")
        edition, baseline = found
        number = f" รายการที่ {baseline.number}" if baseline.number else ""
        line = (
            f"เกณฑ์ของ{edition.issuer} {edition.th} "
            f"ประกาศเมื่อวันที่ {self.look.day(edition.announced)}{number}"
        )
        ceiling = (
            f" ราคาตามเกณฑ์ {self.look.money(baseline.ceiling)} บาท" if baseline.ceiling else ""
        )
        check = f" ({_REFERENCE})" if edition.status == "reference" else ""
        return self.look.words(f"{line}{ceiling}{check}{f' {told}' if told else ''}")

    def origin(self, criterion: Criterion, item: Item) -> str:
        """Where a criterion comes from; what was raised or added, with its reason."""
        reason = self.technical(criterion.reason.strip())
        if criterion.origin == "added":
            return f"เพิ่มเติม: {reason}"
        if criterion.origin == "raised":
            return f"สูงกว่าเกณฑ์: {reason}"
        return "ตามเกณฑ์" if item.baseline else (reason or "-")

    def scored(self, criterion: Criterion) -> str:
        """What is said behind a clause that gives points; empty for one that gives none."""
        if criterion.weight is None:
            return ""
        points = f"{self.points(criterion.weight)} คะแนน"
        return f" (ให้ {points})" if criterion.mandatory else f" (ไม่บังคับ ให้ {points})"
