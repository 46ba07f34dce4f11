"""An offer (ข้อเสนอ): what one bidder states for each criterion, where it is written, and the price.

Answers stay the words the bidder wrote. They are read (`specs.answers`) when they are compared, so
that a better reading one day changes no record.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from controller.specs.canonical import Canonical

Standing = Literal["better", "equal", "fails"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Stated(_Part):
    """What is stated for one criterion. Empty `text` is “not stated”, which is never a pass.

    `page` is where the bidder's document says so. `judged` is the group's judgement of a criterion
    that people weigh, with `why`.
    """

    criterion: str
    text: str = ""
    page: str = ""
    judged: Standing | None = None
    why: str = ""


class ItemOffer(_Part):
    """What is offered for one item; `price` of one, VAT included (baht), None where not stated."""

    item: str
    brand: str = ""
    model: str = ""
    price: Decimal | None = Field(default=None, gt=0)
    answers: tuple[Stated, ...] = ()

    def answer(self, criterion: str) -> Stated:
        """What is stated for a criterion; not stated where there is nothing."""
        found = next((a for a in self.answers if a.criterion == criterion), None)
        return found or Stated(criterion=criterion)


class Offer(Canonical):
    """One bidder's offer on the specification with this hash.

    `file` and `file_sha256` name what the bidder handed over; its bytes are kept as they came.
    """

    bidder: str = Field(min_length=1, max_length=120)
    specification: str = Field(pattern=r"^[0-9a-f]{64}$")
    items: tuple[ItemOffer, ...] = ()
    note: str = ""
    file: str = ""
    file_sha256: str = Field(default="", pattern=r"^([0-9a-f]{64})?$")

    def item(self, id_: str) -> ItemOffer:
        """What is offered for an item; nothing where the offer leaves it out."""
        found = next((i for i in self.items if i.item == id_), None)
        return found or ItemOffer(item=id_)


def read_offer(content: bytes) -> Offer:
    """The offer of these bytes. Errors: `ValueError` for what is none."""
    return Offer.model_validate_json(content)
