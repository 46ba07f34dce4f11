"""One criterion (ข้อกำหนด): what an attribute must be, and the Thai words that are printed."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Operator = Literal["at-least", "at-most", "equals", "one-of", "includes", "is", "judged"]
Value = bool | int | Decimal | str | tuple[str, ...] | None
Origin = Literal["baseline", "raised", "added"]


class Criterion(BaseModel):
    """A criterion as data.

    `attribute` is of `specs.attribute`; `judged` ones are weighed by people and need none. Amounts
    have a `unit` that compares with the attribute's. `weight` makes a mandatory criterion also
    scored; with `mandatory: false` it is scored alone. `origin` says whether a specification took
    it over from its baseline, raised it, or added it; the last two have a `reason`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$", description="Names it in offers")
    text: str = Field(min_length=1, max_length=1000, description="Thai words as they are printed")
    attribute: str = Field(default="", description="What is asked, of the catalogue of attributes")
    operator: Operator = Field(default="judged", description="How the answer is held against value")
    value: Value = Field(default=None, description="What is asked for")
    unit: str = Field(default="", description="Unit of value, for amounts")
    mandatory: bool = Field(default=True, description="Whether an offer without it fails")
    weight: Decimal | None = Field(default=None, gt=0, le=100, description="Points of 100 it gives")
    reason: str = Field(default="", description="Why it is asked beyond the baseline")
    origin: Origin = Field(default="baseline", description="Where it comes from")

    @model_validator(mode="after")
    def _whole(self) -> Criterion:
        if self.operator != "judged" and (not self.attribute or self.value is None):
            raise ValueError("attribute and value are needed, except for operator judged")
        if not self.mandatory and self.weight is None:
            raise ValueError("a criterion that is not mandatory has a weight")
        if self.origin != "baseline" and not self.reason.strip():
            raise ValueError("what is raised or added has a reason")
        return self
