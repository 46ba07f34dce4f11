"""What went wrong in a period: alerts by rule, severity, month, school and device."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from controller.health.evaluation.period import Period

# From how many alerts of one rule on a device comes back and is not chance.
RECURRING = 3


@dataclass(frozen=True, slots=True)
class Incident:
    """One alert. `shadow`: only the shadow of another; `quiet`: in a maintenance window."""

    rule: str
    severity: str
    device: str
    site: str
    opened: datetime
    cleared: datetime | None
    acknowledged: datetime | None
    shadow: bool = False
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Spell:
    """Some alerts: how many, how many are still open, and the middle times in minutes.

    `to_acknowledge` is None where nobody acknowledged one, `to_clear` where none has cleared.
    """

    key: str
    count: int
    open: int
    acknowledged: int
    to_acknowledge: float | None
    to_clear: float | None


@dataclass(frozen=True, slots=True)
class Recurring:
    """A device on which one rule spoke again and again."""

    device: str
    site: str
    rule: str
    count: int


@dataclass(frozen=True)
class Incidents:
    """The alerts opened in a period, but for shadows and maintenance, which are only counted.

    `months` counts by month of the period and severity; `sites` stand with most alerts first.
    """

    whole: Spell
    shadows: int
    quiet: int
    rules: tuple[Spell, ...]
    severities: tuple[Spell, ...]
    sites: tuple[Spell, ...]
    months: tuple[dict[str, int], ...]
    recurring: tuple[Recurring, ...]


def incidents(alerts: Iterable[Incident], period: Period) -> Incidents:
    """Add the alerts up; those opened outside the period are left out.

    An alert that cleared after the period counts as open in it.
    """
    opened = [a for a in alerts if period.since <= a.opened < period.until]
    counted = [a for a in opened if not a.shadow and not a.quiet]
    until = period.until
    months = period.months()
    ends = [month.until for month in months]
    by_month: list[Counter[str]] = [Counter() for _ in months]
    for one in counted:
        at = bisect_right(ends, one.opened)
        by_month[at][one.severity] += 1
    return Incidents(
        whole=_spell("", counted, until),
        shadows=sum(a.shadow for a in opened),
        quiet=sum(a.quiet and not a.shadow for a in opened),
        rules=_by(counted, "rule", until),
        severities=_by(counted, "severity", until),
        sites=_by(counted, "site", until),
        months=tuple(dict(one) for one in by_month),
        recurring=_recurring(counted),
    )


def _by(alerts: Sequence[Incident], field: str, until: datetime) -> tuple[Spell, ...]:
    groups: dict[str, list[Incident]] = defaultdict(list)
    for one in alerts:
        groups[getattr(one, field)].append(one)
    found = [_spell(key, some, until) for key, some in groups.items()]
    return tuple(sorted(found, key=lambda spell: (-spell.count, spell.key)))


def _spell(key: str, alerts: Sequence[Incident], until: datetime) -> Spell:
    answered = [a.acknowledged - a.opened for a in alerts if a.acknowledged is not None]
    ended = [a.cleared - a.opened for a in alerts if a.cleared is not None and a.cleared <= until]
    return Spell(
        key=key,
        count=len(alerts),
        open=len(alerts) - len(ended),
        acknowledged=len(answered),
        to_acknowledge=_minutes(answered),
        to_clear=_minutes(ended),
    )


def _minutes(times: Sequence[timedelta]) -> float | None:
    return median(max(0.0, t.total_seconds()) for t in times) / 60 if times else None


def _recurring(alerts: Sequence[Incident]) -> tuple[Recurring, ...]:
    counts = Counter((a.device, a.site, a.rule) for a in alerts)
    again = [Recurring(*key, count) for key, count in counts.items() if count >= RECURRING]
    again.sort(key=lambda one: (-one.count, one.device, one.rule))
    return tuple(again)
