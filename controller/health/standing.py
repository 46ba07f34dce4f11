"""What is wrong with a device, over time: an alert opens after its grace and clears after its hold.

Unknown moves nothing: it opens no alert, clears none, and does not stop a clock that runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from controller.health.rules import Rule

Key = tuple[str, str]
"""Rule, and what of the device: ifIndex of a port, index of a sensor or pool, empty for itself."""
Sight = Literal["bad", "between", "good"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one poll says by one rule. What it says nothing about has no verdict: it is unknown.

    `between`: past the place where it clears, not past where it opens. `value` and `limit` are the
    figures, `part` what a person calls the port or sensor.
    """

    rule: str
    part: str
    sight: Sight
    value: float = 0.0
    limit: float = 0.0
    name: str = ""

    @property
    def key(self) -> Key:
        """What it is about."""
        return self.rule, self.part


@dataclass(frozen=True, slots=True)
class Standing:
    """What is remembered of a device: keys with an alert, and since when others were wrong or well.

    `wrong`: wrong since, not opened yet. `well`: open, well since, not cleared yet.
    """

    open: frozenset[Key] = frozenset()
    wrong: Mapping[Key, datetime] = field(default_factory=dict)
    well: Mapping[Key, datetime] = field(default_factory=dict)

    def known(self) -> frozenset[Key]:
        """Every key something is remembered of."""
        return self.open | self.wrong.keys()


@dataclass(frozen=True, slots=True)
class Moved:
    """The standing afterwards, and what opened and cleared on the way."""

    standing: Standing
    opened: tuple[Verdict, ...] = ()
    cleared: tuple[Key, ...] = ()


def moved(
    standing: Standing, verdicts: Iterable[Verdict], rules: Mapping[str, Rule], at: datetime
) -> Moved:
    """The standing after one poll at `at`. Rules that are not there (any more) are passed over."""
    still, wrong, well = set(standing.open), dict(standing.wrong), dict(standing.well)
    opened: list[Verdict] = []
    cleared: list[Key] = []
    for verdict in verdicts:
        rule, key = rules.get(verdict.rule), verdict.key
        if rule is None:
            continue
        if key in still:
            if verdict.sight != "good":
                well.pop(key, None)
            elif rule.by_hand:
                continue
            elif at - well.setdefault(key, at) >= timedelta(minutes=rule.hold):
                cleared.append(key)
                still.discard(key)
                well.pop(key)
        elif verdict.sight != "bad":
            wrong.pop(key, None)
        elif at - wrong.setdefault(key, at) >= timedelta(minutes=rule.grace):
            opened.append(verdict)
            still.add(key)
            wrong.pop(key)
    return Moved(Standing(frozenset(still), wrong, well), tuple(opened), tuple(cleared))
