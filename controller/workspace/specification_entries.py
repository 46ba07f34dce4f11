"""The shape of a specification file: what a person writes, before the baseline is put beneath."""

from __future__ import annotations

from decimal import Decimal

from pydantic import BaseModel, ConfigDict, Field

from controller.specs.baseline import WORD
from controller.specs.criterion import Operator, Origin, Value
from controller.specs.specification import Award, Exemption, Place, Terms

_ID = r"^[a-z0-9][a-z0-9-]{0,39}$"


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class AddedEntry(_Entry):
    """A criterion beyond the baseline."""

    id: str = Field(pattern=_ID, description="Names it in offers")
    text: str = Field(min_length=1, max_length=1000, description="Thai words as they are printed")
    attribute: str = Field(default="", description="What is asked, of the catalogue of attributes")
    operator: Operator = Field(default="judged", description="How the answer is held against value")
    value: Value = Field(default=None, description="What is asked for")
    unit: str = Field(default="", description="Unit of value, for amounts")
    mandatory: bool = Field(default=True, description="Whether an offer without it fails")
    weight: Decimal | None = Field(default=None, gt=0, le=100, description="Points of 100 it gives")
    reason: str = Field(min_length=1, description="Why it is asked beyond the baseline")


class RaisedEntry(_Entry):
    """A criterion of the baseline, raised: what is not said stays as it is there."""

    id: str = Field(description="The criterion of the baseline")
    text: str | None = Field(default=None, min_length=1, max_length=1000)
    operator: Operator | None = None
    value: Value = None
    unit: str | None = None
    mandatory: bool | None = None
    weight: Decimal | None = Field(default=None, gt=0, le=100)
    reason: str = Field(min_length=1, description="Why more is asked than the baseline asks")


class WholeEntry(AddedEntry):
    """A criterion written out with everything, of an item without a baseline to lean on."""

    reason: str = Field(default="", description="Why it is asked")
    origin: Origin = Field(default="baseline", description="Where it comes from")


class ItemEntry(_Entry):
    """One item. With a `baseline` its criteria are those of the baseline, changed as written here;
    with `criteria` they are all written out.
    """

    id: str | None = Field(default=None, pattern=WORD, description="Id of the baseline if left out")
    baseline: str | None = Field(default=None, description="edition/id of the baseline")
    th: str | None = Field(default=None, min_length=1, max_length=300)
    kind: str | None = Field(default=None, min_length=1)
    unit: str | None = Field(default=None, min_length=1)
    quantity: int | None = Field(default=None, ge=1, le=100_000)
    price: Decimal | None = Field(default=None, gt=0, description="Baht for one; else the ceiling")
    price_source: str = ""
    dropped: tuple[str, ...] = Field(default=(), description="Criteria of the baseline left out")
    raised: tuple[RaisedEntry, ...] = ()
    added: tuple[AddedEntry, ...] = ()
    points: dict[str, Decimal] = Field(default_factory=dict, description="Points by criterion")
    criteria: tuple[WholeEntry, ...] | None = None
    places: tuple[Place, ...] = ()


class SpecificationFile(_Entry):
    """A specification as a person writes it."""

    title: str = Field(min_length=1, max_length=200)
    fund: str = Field(default="", max_length=200)
    budget: Decimal = Field(gt=0, description="Money there is (baht)")
    need: str = Field(min_length=1, max_length=4000, description="Why it is needed")
    items: tuple[ItemEntry, ...] = Field(min_length=1)
    award: Award = Award()
    exemption: Exemption | None = None
    accepted: dict[str, str] = Field(default_factory=dict)
    terms: Terms = Terms()
