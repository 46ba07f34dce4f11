"""What a rule checks: one of configuration, facts, hardware or process."""

from __future__ import annotations

from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ConfigurationCheck(_Part):
    """What must and what must not stand in a configuration, or in every section of a kind.

    `within` are patterns of section lines, outermost first; without it the top is meant. Sections
    count when each pattern of `where` finds a line in them and none of `unless` does; when none
    counts, the check does not apply, nor where `given` or `without` leave the device out.
    `required`, `any_of` and `mend` are lines as they stand, with their sections. Patterns are
    regular expressions that must fit a whole line. All of them may name variables of the device, as
    its template does; in a pattern their values stand for themselves.
    """

    given: tuple[str, ...] = Field(
        default=(), description="Only configurations that hold such lines at the top"
    )
    without: tuple[str, ...] = Field(
        default=(), description="Not configurations that hold such a line at the top"
    )
    within: tuple[str, ...] = Field(default=(), description="Patterns of the sections' lines")
    where: tuple[str, ...] = Field(default=(), description="Only sections that hold such lines")
    unless: tuple[str, ...] = Field(default=(), description="Not sections that hold such a line")
    must_exist: bool = Field(default=False, description="Fail when there is no such section")
    required: str = Field(default="", description="Lines that must stand there")
    patterns: tuple[str, ...] = Field(default=(), description="A line must fit each of these")
    any_of: tuple[str, ...] = Field(default=(), description="One of these must stand there whole")
    forbidden: tuple[str, ...] = Field(default=(), description="No line may fit one of these")
    golden: tuple[str, ...] = Field(
        default=(), description="Lines that fit these must be exactly those of `required`"
    )
    ordered: bool = Field(default=False, description="Those of `required` in their order")
    at_least: int = Field(default=1, ge=0, description="How many lines must fit each pattern")
    at_most: int | None = Field(default=None, ge=0, description="How many may fit at most")
    mend: str = Field(
        default="",
        description="Lines that mend a section that fails, where nobody can work them out",
    )


class FactCheck(_Part):
    """One value the device says of itself, by its dotted name: `identity.version`.

    `[]` after the name of a list means each of it, or with `some` one of it. `where` names facts
    beside the value, in the same item of the list, that must have these values for it to count;
    they may name variables of the device.
    """

    fact: str = Field(min_length=1, description="Dotted name; `[]` after a list means each of it")
    where: dict[str, Any] = Field(
        default_factory=dict, description="Only items of the list in which these are so"
    )
    some: bool = Field(default=False, description="One item of the list is enough")
    one_of: tuple[Any, ...] = Field(default=(), description="It is one of these")
    none_of: tuple[Any, ...] = Field(default=(), description="It is none of these")
    like: str = Field(default="", description="It fits this pattern as a whole")
    at_least: str | float | None = Field(
        default=None, description="At least this; versions are compared as versions"
    )
    at_most: str | float | None = Field(default=None, description="At most this")
    within_days: float | None = Field(
        default=None, gt=0, description="Older answers do not count: the verdict is unknown"
    )


class HardwareCheck(_Part):
    """What the equipment must be, from the register and the facts of its model."""

    age_at_most_years: float | None = Field(default=None, gt=0)
    in_warranty: bool | None = None
    supported: bool | None = Field(default=None, description="Before the end of support")
    ports_at_least: int | None = Field(default=None, ge=1)
    port_mbps_at_least: int | None = Field(default=None, ge=1)
    uplink_mbps_at_least: int | None = Field(default=None, ge=1)
    poe_watts_at_least: float | None = Field(default=None, gt=0)
    wifi_at_least: int | None = Field(default=None, ge=1)


class ProcessCheck(_Part):
    """What must be on record about the device."""

    backup_at_most_days: float | None = Field(default=None, gt=0)
    changed_by_case: bool | None = Field(
        default=None, description="The configuration it runs came by an approved case"
    )
    alerts_noted_within_hours: float | None = Field(default=None, gt=0)


class Check(_Part):
    """One check, for the platforms named or for all; exactly one kind of it."""

    platform: tuple[str, ...] = Field(default=(), description="Only for these platforms")
    configuration: ConfigurationCheck | None = None
    fact: FactCheck | None = None
    hardware: HardwareCheck | None = None
    process: ProcessCheck | None = None

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        kinds = (self.configuration, self.fact, self.hardware, self.process)
        if sum(kind is not None for kind in kinds) != 1:
            raise ValueError("write one of configuration, fact, hardware, process")
        return self
