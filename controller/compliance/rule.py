"""A rule as `compliance/rules/*.yaml` writes it: for whom, why, from when, what it checks."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from controller.compliance.check import Check
from controller.errors import Text
from controller.inventory.device import NAME
from controller.inventory.watching import Severity


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(_Part):
    """A sentence in both languages."""

    th: str = Field(min_length=1)
    en: str = Field(min_length=1)

    @property
    def text(self) -> Text:
        """The same as the program passes it on."""
        return Text(th=self.th, en=self.en)


class Ground(_Part):
    """What a rule rests on: a law, a process of the manual, or a standard, and where in it."""

    kind: Literal["law", "manual", "standard", "office"] = Field(description="What it is")
    reference: str = Field(min_length=1, description="Which one, and which part of it")


class Rule(_Part):
    """One rule.

    Before `valid_from` it is not judged. From then until the end of `grace_until` a device passes
    when it meets `checks` or `formerly`, the checks of the baseline before; without `formerly`
    everything passes meanwhile, and what fails is announced with the day it will count.
    """

    id: str = Field(pattern=NAME, description="Unique name, also in waivers and reports")
    title: Words
    why: tuple[Ground, ...] = Field(min_length=1, description="What it rests on")
    severity: Severity
    select: str = Field(default="all", description="Which devices, as in `khaen plan --select`")
    valid_from: date | None = Field(default=None, description="Judged from this day on")
    grace_until: date | None = Field(default=None, description="Until this day the old will do")
    checks: tuple[Check, ...] = Field(min_length=1, description="All that concern it must hold")
    formerly: tuple[Check, ...] = Field(default=(), description="The checks of the old baseline")


class RuleFile(_Part):
    """A file of rules."""

    rules: tuple[Rule, ...] = Field(min_length=1)


class Waiver(_Part):
    """An exception from a rule: for whom, why, who allowed it, and until when."""

    id: str = Field(pattern=NAME, description="Unique name")
    rule: str = Field(description="Id of the rule it is an exception from")
    select: str = Field(description="Which devices, as in `khaen plan --select`")
    reason: str = Field(min_length=1, description="Why, in a sentence")
    approved_by: str = Field(min_length=1, description="Title of who allowed it, never a name")
    case: str = Field(min_length=1, description="Number of the case or the order")
    until: date = Field(description="The last day it holds")


class WaiverFile(_Part):
    """The optional file `compliance/waivers.yaml`."""

    waivers: tuple[Waiver, ...] = ()
