"""How many findings have which verdict, and the score that comes of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from controller.compliance.finding import Verdict
from controller.inventory.watching import Severity

WEIGHTS: dict[Severity, int] = {"critical": 4, "warning": 2, "notice": 1}
"""How much a finding of a rule counts in a score."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Numbers of findings by verdict.

    `score` is the share in percent, rounded down, of what applies that passes or is waived, each
    weighed by how severe its rule is; what is unknown does not pass. None when nothing applies.
    """

    passed: int = 0
    failed: int = 0
    waived: int = 0
    unknown: int = 0
    not_applicable: int = 0
    score: int | None = None

    @property
    def applies(self) -> int:
        """How many findings say anything."""
        return self.passed + self.failed + self.waived + self.unknown

    @property
    def clean(self) -> bool:
        """Whether nothing fails and nothing is unknown."""
        return not self.failed and not self.unknown


class Count:
    """Counts findings one by one; `tally` gives the sum."""

    __slots__ = ("_all", "_by", "_good")

    def __init__(self) -> None:
        self._by: dict[Verdict, int] = {}
        self._all = 0
        self._good = 0

    def add(self, verdict: Verdict, severity: Severity, number: int = 1) -> None:
        """So many more findings of rules of this severity."""
        self._by[verdict] = self._by.get(verdict, 0) + number
        if verdict == "not_applicable":
            return
        weight = WEIGHTS[severity] * number
        self._all += weight
        if verdict in ("pass", "waived"):
            self._good += weight

    def tally(self) -> Tally:
        """The sum so far."""
        by = self._by
        return Tally(
            passed=by.get("pass", 0),
            failed=by.get("fail", 0),
            waived=by.get("waived", 0),
            unknown=by.get("unknown", 0),
            not_applicable=by.get("not_applicable", 0),
            score=self._good * 100 // self._all if self._all else None,
        )


def tally_of(verdicts: Iterable[tuple[Verdict, Severity]]) -> Tally:
    """The sum of these verdicts, each with the severity of its rule."""
    count = Count()
    for verdict, severity in verdicts:
        count.add(verdict, severity)
    return count.tally()
