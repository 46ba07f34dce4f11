"""What the register and the facts of the model say of the equipment, at the day of the evidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from controller.compliance.evidence import Evidence
from controller.specs.model import Model

_DAYS_OF_A_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Equipment:
    """None is what nobody knows. `age_years` since it was acquired; `model` the facts of its model.

    The last days of warranty and of the maker's support count to them.
    """

    model: Model | None
    acquired: date | None
    age_years: float | None
    warranty_until: date | None
    in_warranty: bool | None
    supported_until: date | None
    supported: bool | None


def equipment_of(evidence: Evidence) -> Equipment:
    """The equipment the evidence is of."""
    model, today = evidence.model, evidence.today
    acquired = evidence.asset.acquired if evidence.asset else None
    ends = model.end_of_support if model else None
    until = _warranty(acquired, model.warranty_years if model else None)
    return Equipment(
        model=model,
        acquired=acquired,
        age_years=None if acquired is None else (today - acquired).days / _DAYS_OF_A_YEAR,
        warranty_until=until,
        in_warranty=None if until is None else today <= until,
        supported_until=ends,
        supported=None if ends is None else today <= ends,
    )


def _warranty(acquired: date | None, years: float | None) -> date | None:
    if acquired is None or years is None:
        return None
    return acquired + timedelta(days=int(years * _DAYS_OF_A_YEAR))
