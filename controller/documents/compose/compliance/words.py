"""How scores, counts and severities are written on papers of compliance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from controller.compliance.rule import Rule
from controller.compliance.scores import Tally
from controller.documents.compose.look import Look
from controller.health.rules import SEVERITIES

NO_SCORE = "-"
KINDS = {
    "law": "กฎหมาย",
    "manual": "คู่มือการปฏิบัติงาน",
    "standard": "มาตรฐาน",
    "office": "ประกาศของสำนักงาน",
}


@dataclass(frozen=True)
class Words:
    """Writes with the office's digits."""

    look: Look

    def score(self, tally: Tally) -> str:
        """The score out of 100; a dash where nothing applies."""
        return NO_SCORE if tally.score is None else self.look.count(tally.score)

    def count(self, number: int) -> str:
        """A whole number."""
        return self.look.count(number)

    def change(self, now: int | None, before: int | None) -> str:
        """`เพิ่มขึ้น 3`, `ลดลง 2`, `เท่าเดิม`; empty when there is nothing to compare."""
        if now is None or before is None:
            return ""
        if now == before:
            return "เท่าเดิม"
        return f"{'เพิ่มขึ้น' if now > before else 'ลดลง'} {self.count(abs(now - before))}"

    def severity(self, rule: Rule) -> str:
        """How bad it is to fail a rule."""
        return SEVERITIES[rule.severity].th

    def title(self, rule: Rule) -> str:
        """The title of a rule."""
        return self.look.words(rule.title.th)

    def few(self, names: Sequence[str], most: int, unit: str) -> str:
        """The first names, and how many more there are."""
        more = len(names) - most
        shown = ", ".join(names[:most])
        return f"{shown} และอีก {self.count(more)} {unit}" if more > 0 else shown
