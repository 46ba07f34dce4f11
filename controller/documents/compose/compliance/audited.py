"""Everything the compliance report is made of, the worst first everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from controller.compliance.finding import Verdict
from controller.compliance.rule import Rule, Waiver
from controller.compliance.scores import Tally

Trend = tuple[tuple[date, Tally], ...]


@dataclass(frozen=True, slots=True)
class RuleResult:
    """A rule and what it found; `sites` counts those where a device fails it."""

    rule: Rule
    tally: Tally
    sites: int


@dataclass(frozen=True, slots=True)
class SiteRule:
    """A rule that devices of one site fail, and which ones; or that could not be judged there."""

    rule: Rule
    failing: tuple[str, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DeviceResult:
    """A device; `role` is what its kind is called in Thai."""

    device: str
    role: str
    model: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class SiteResult:
    """A site by its Thai name and district, the rules it does not keep, its devices.

    `before` is its score on the first day of the trend, None when there was none.
    """

    site: str
    name: str
    district: str
    tally: Tally
    before: tuple[date, int] | None
    rules: tuple[SiteRule, ...]
    devices: tuple[DeviceResult, ...]


@dataclass(frozen=True, slots=True)
class WaiverResult:
    """A waiver, and how many findings it holds; `expired` ones hold none, and fail."""

    waiver: Waiver
    findings: int
    expired: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """A finding that is no pass, for the sheets; `told` is what it rests on, in Thai."""

    site: str
    device: str
    rule: str
    verdict: Verdict
    since: datetime
    told: str


@dataclass(frozen=True)
class Audited:
    """How things stand on `day`; `at` is the last audit, None before the first.

    `cells` is by rule and site, `whole` False for the report of a single site.
    """

    day: date
    at: datetime | None
    tally: Tally
    sites: tuple[SiteResult, ...]
    rules: tuple[RuleResult, ...]
    cells: Mapping[tuple[str, str], Tally]
    districts: tuple[tuple[str, Tally], ...]
    trend: Trend
    waivers: tuple[WaiverResult, ...]
    listed: tuple[Listed, ...]

    @property
    def devices(self) -> int:
        """How many devices were judged by at least one rule that applies."""
        return sum(bool(one.tally.applies) for site in self.sites for one in site.devices)

    def title(self, rule: str) -> str:
        """What a rule is called in Thai; its id when it is no rule any more."""
        return next((one.rule.title.th for one in self.rules if one.rule.id == rule), rule)
