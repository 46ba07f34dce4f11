"""One criterion (ข้อกำหนด): what an attribute must be, and the Thai words that are printed."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    field_validator,
    model_validator,
)

from controller.specs.numbers import Plain, plain

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
    unit: str = Field(default="", description="Unit of value, for amounts")
    value: Value = Field(default=None, description="What is asked for")
    mandatory: bool = Field(default=True, description="Whether an offer without it fails")
    weight: Plain | None = Field(default=None, gt=0, le=100, description="Points of 100 it gives")
    reason: str = Field(default="", description="Why it is asked beyond the baseline")
    origin: Origin = Field(default="baseline", description="Where it comes from")

    @field_validator("value", mode="wrap")
    @classmethod
    def _one_way(
        cls, value: object, _: ValidatorFunctionWrapHandler, info: ValidationInfo
    ) -> Value:
        """One value for what is the same, before and after canonical JSON.

        A number with a unit is a whole or decimal number, one without a unit whole or text; what is
        text without a unit stays text: `2.0` may be a version.
        """
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, list | tuple):
            return tuple(_word(one) for one in value)
        return _number(value) if info.data.get("unit") else _word(value, whole=True)

    @model_validator(mode="after")
    def _whole(self) -> Criterion:
        if self.operator != "judged" and (not self.attribute or self.value is None):
            raise ValueError("attribute and value are needed, except for operator judged")
        if not self.mandatory and self.weight is None:
            raise ValueError("a criterion that is not mandatory has a weight")
        if self.origin != "baseline" and not self.reason.strip():
            raise ValueError("what is raised or added has a reason")
        return self


def _number(value: object) -> Value:
    try:
        number = plain(Decimal(str(value).strip()))
    except (InvalidOperation, ValueError):
        return str(value)
    if not number.is_finite():
        return str(value)
    return int(number) if number == number.to_integral_value() else number


def _word(value: object, *, whole: bool = False) -> Any:
    """Text; of a whole number itself, when `whole`. Errors: `ValueError` for a group of values."""
    if isinstance(value, str) or (whole and isinstance(value, int)):
        return value
    if isinstance(value, int | float | Decimal):
        return f"{plain(Decimal(str(value))):f}"
    raise ValueError("a value is yes or no, a number, a text or a list of texts")
