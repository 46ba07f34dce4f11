"""A specification (คุณลักษณะเฉพาะ): what a procurement asks for, item by item, and its terms.

Its canonical JSON is what a case keeps, and the SHA-256 of it is what the director approves: the
same content has the same id, and anything changed has another.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from controller.specs.baseline import WORD
from controller.specs.canonical import Canonical
from controller.specs.criterion import Criterion
from controller.specs.numbers import Plain

Rule = Literal["price", "price-performance"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Place(_Part):
    """How many go to a site, and the register numbers of what they replace there."""

    site: str = Field(min_length=1)
    quantity: int = Field(ge=1)
    replaces: tuple[str, ...] = ()


class Item(_Part):
    """One line of the specification. `price` is the reference price of one (ราคากลาง), in baht.

    `baseline` is `edition/id`, empty for equipment no edition knows; `price_source` says then
    where the price comes from.
    """

    id: str = Field(pattern=WORD)
    th: str = Field(min_length=1, max_length=300)
    kind: str = Field(min_length=1)
    unit: str = Field(default="เครื่อง", min_length=1)
    quantity: int = Field(ge=1, le=100_000)
    price: Plain = Field(gt=0, decimal_places=2, description="Reference price of one (baht)")
    price_source: str = ""
    baseline: str = ""
    criteria: tuple[Criterion, ...] = Field(min_length=1)
    places: tuple[Place, ...] = ()

    @property
    def amount(self) -> Decimal:
        """Price of all of them (baht)."""
        return self.price * self.quantity

    def criterion(self, id_: str) -> Criterion | None:
        """The criterion of this id."""
        return next((c for c in self.criteria if c.id == id_), None)


class Award(_Part):
    """How the winner is found. Weights total 100: of the price here, of criteria at each.

    An answer better than asked gets all points of its criterion, and so does one as asked where
    nothing can be better; one as asked that could be better gets `as_asked_percent` of them.
    """

    rule: Rule = "price"
    price_weight: Plain | None = Field(default=None, gt=0, le=100)
    as_asked_percent: Plain = Field(default=Decimal(80), ge=0, le=100)


class Exemption(_Part):
    """The brand that must be named, and why (section 9 of the Act of 2560)."""

    brand: str = Field(min_length=1)
    reason: str = Field(min_length=1)


class Terms(_Part):
    """What a TOR says beside the equipment; every text in Thai as it is printed."""

    background: str = ""
    objectives: tuple[str, ...] = ()
    bidders: tuple[str, ...] = Field(default=(), description="Qualifications of bidders")
    work: tuple[str, ...] = Field(default=(), description="Installation, training, documents")
    delivery_days: int = Field(default=60, ge=1, le=3650)
    delivery_place: str = ""
    payment: tuple[str, ...] = Field(default=(), description="Instalments, empty for one payment")
    penalty_percent: Plain = Field(
        default=Decimal("0.2"), ge=Decimal("0.01"), le=Decimal("0.20"), description="A day"
    )
    warranty_years: Plain = Field(default=Decimal(1), gt=0, le=20)
    repair_days: int = Field(default=7, ge=1, le=365, description="Days to repair under warranty")


class Specification(Canonical):
    """Everything a procurement asks for. `budget` (วงเงิน) is not the reference price (ราคากลาง)."""

    title: str = Field(min_length=1, max_length=200)
    fund: str = Field(default="", max_length=200)
    budget: Plain = Field(gt=0, decimal_places=2, description="Money there is (baht)")
    need: str = Field(min_length=1, max_length=4000, description="Why it is needed")
    items: tuple[Item, ...] = Field(min_length=1)
    award: Award = Award()
    exemption: Exemption | None = None
    accepted: dict[str, str] = Field(
        default_factory=dict, description="Warnings of the lint taken on, by code, each with why"
    )
    terms: Terms = Terms()

    @property
    def reference_price(self) -> Decimal:
        """Price of everything by its reference prices (baht)."""
        return sum((item.amount for item in self.items), Decimal(0))

    def item(self, id_: str) -> Item | None:
        """The item of this id."""
        return next((i for i in self.items if i.id == id_), None)

    def clauses(self) -> Iterator[tuple[Item, Criterion]]:
        """Every criterion with its item, in the order they are printed."""
        return ((item, criterion) for item in self.items for criterion in item.criteria)

    @model_validator(mode="after")
    def _whole(self) -> Specification:
        ids = [item.id for item in self.items]
        if len({*ids}) < len(ids):
            raise ValueError("two items have the same id")
        for item in self.items:
            named = [criterion.id for criterion in item.criteria]
            if len({*named}) < len(named):
                raise ValueError(f"two criteria of {item.id} have the same id")
            placed = sum(place.quantity for place in item.places)
            if item.places and placed != item.quantity:
                raise ValueError(f"{item.id}: {placed} are placed, {item.quantity} asked for")
        return self


def read_specification(content: bytes) -> Specification:
    """The specification of these bytes. Errors: `ValueError` for what is none."""
    return Specification.model_validate_json(content)
