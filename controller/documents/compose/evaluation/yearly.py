"""Everything the evaluation report is made of, and the names people know things by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from controller.health.evaluation.evaluation import Evaluation
from controller.health.evaluation.uptime import Placed
from controller.processes.forms.survey import Results
from controller.processes.yearly import CasesYear


@dataclass(frozen=True)
class Surveyed:
    """One survey of the period and what its answers add up to; `closed` None while it is open."""

    number: str
    title: str
    closed: date | None
    results: Results


@dataclass(frozen=True)
class Names:
    """What people call sites, districts, roles of devices, services, rules and severities."""

    sites: Mapping[str, str] = field(default_factory=dict)
    districts: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    services: Mapping[str, str] = field(default_factory=dict)
    rules: Mapping[str, str] = field(default_factory=dict)
    severities: Mapping[str, str] = field(default_factory=dict)

    def site(self, key: str) -> str:
        """The name of a site; its key when it is not in the inventory any more."""
        return self.sites.get(key, key or "-")

    def district(self, key: str) -> str:
        """The name of a district."""
        return self.districts.get(key, key or "-")

    def role(self, key: str) -> str:
        """What devices of a role are called."""
        return self.roles.get(key, key)

    def service(self, key: str) -> str:
        """The name of a service."""
        return self.services.get(key, key)

    def rule(self, key: str) -> str:
        """What a rule of alerts watches for."""
        return self.rules.get(key, key)

    def severity(self, key: str) -> str:
        """How bad an alert is."""
        return self.severities.get(key, key)


@dataclass(frozen=True)
class Yearly:
    """This period and the one before, with what people did and what the users said.

    `visits` are the evaluation forms (network_evaluation) filled in at the sites in the period,
    added up; None where none was. `visited` counts those sites.
    """

    now: Evaluation
    before: Evaluation
    placed: tuple[Placed, ...]
    cases: CasesYear
    cases_before: CasesYear
    surveys: tuple[Surveyed, ...]
    surveys_before: tuple[Surveyed, ...]
    visits: Results | None
    visited: int
    names: Names
    day: date
