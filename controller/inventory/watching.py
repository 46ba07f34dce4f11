"""What an office wants of the watching of its devices, where it is not the usual."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from controller.inventory.device import NAME, Role

Severity = Literal["critical", "warning", "notice"]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CLOCK = r"^([01]\d|2[0-3]):[0-5]\d$"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class RuleChange(_Part):
    """What of one rule is different here; what is left out stays as the program has it."""

    enabled: bool = Field(default=True, description="false switches the rule off")
    severity: Severity | None = Field(default=None, description="How bad it is")
    threshold: float | None = Field(default=None, ge=0, description="From here on it is wrong")
    clear: float | None = Field(default=None, ge=0, description="Back here it is well again")
    grace_minutes: float | None = Field(
        default=None, ge=0, le=1_000_000, description="Minutes it must be wrong before it is told"
    )
    hold_minutes: float | None = Field(
        default=None, ge=0, le=1_000_000, description="Minutes it must be well before it clears"
    )
    within_minutes: float | None = Field(
        default=None, gt=0, le=100_000, description="Minutes in which changes are counted"
    )
    roles: tuple[Role, ...] | None = Field(
        default=None, description="Only devices in these roles; an empty list means all"
    )


class SchoolHours(_Part):
    """When classes are held, on a Thai clock."""

    days: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri")
    begin: str = Field(default="08:30", pattern=_CLOCK, description="For example 08:30")
    end: str = Field(default="15:30", pattern=_CLOCK, description="For example 15:30")
    holidays: tuple[date, ...] = Field(default=(), description="Days without classes")


class ServiceDefinition(_Part):
    """A service people know by name, and the roles of the devices it needs."""

    service: str = Field(pattern=NAME)
    th: str = Field(min_length=1)
    en: str = Field(min_length=1)
    roles: tuple[Role, ...] = Field(min_length=1)


class Watching(_Part):
    """The optional file `inventory/health.yaml`."""

    rules: dict[Annotated[str, Field(min_length=1)], RuleChange] = Field(
        default_factory=dict, description="Name of a rule -> what is different here"
    )
    school_hours: SchoolHours = SchoolHours()
    firmware: dict[str, str] = Field(
        default_factory=dict, description="Platform -> the oldest version the office accepts"
    )
    services: tuple[ServiceDefinition, ...] = Field(
        default=(), description="Services of which availability is told; empty: the usual ones"
    )
