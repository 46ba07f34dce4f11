"""Offers of bidders on an approved specification, over HTTP."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Self

from fastapi import File, Form, Response, UploadFile
from pydantic import BaseModel, Field

from controller.api.asking import Asked
from controller.api.cases import CaseShown, shown
from controller.api.downloads import file_answer, files
from controller.api.routing import Upload, make_router
from controller.api.versions import AskedAsSeen
from controller.documents.reading import LARGEST
from controller.operations import export_offer_template, list_offers, open_offer
from controller.operations.list_offers import OfferShown, Opened

router = make_router("/cases", "procurement")
uploads = make_router("/cases", "procurement", route=Upload)


class StatedShown(BaseModel):
    """What is stated for one criterion, in the bidder's own words; `text` empty: not stated."""

    criterion: str
    text: str
    page: str = Field(description="Where the bidder's document says so")


class ItemOfferShown(BaseModel):
    """What is offered for one item; `price` of one in baht, VAT included."""

    item: str
    brand: str
    model: str
    price: Decimal | None
    answers: list[StatedShown]


class OpenedShown(BaseModel):
    """One opening of an offer; `reason` where it replaced the bidder's earlier one."""

    sha256: str
    by: str
    at: datetime
    file: str = Field(description="Name of the file as the bidder handed it over")
    file_sha256: str
    reason: str

    @classmethod
    def of(cls, opened: Opened) -> Self:
        """The opening as the API shows it."""
        return cls(**{name: getattr(opened, name) for name in cls.model_fields})


class Offered(BaseModel):
    """An offer that was opened. `total` is baht for everything, null where a price is missing."""

    bidder: str
    specification: str = Field(description="SHA-256 of the specification it answers")
    sha256: str
    revision: int
    total: Decimal | None
    unstated: list[str] = Field(description="`item/criterion` of which it states nothing")
    outdated: bool = Field(description="It answers an earlier specification; it is not compared")
    opened: OpenedShown
    earlier: list[OpenedShown]
    items: list[ItemOfferShown]

    @classmethod
    def of(cls, told: OfferShown) -> Self:
        """The offer as the API shows it."""
        return cls(
            bidder=told.offer.bidder,
            specification=told.offer.specification,
            sha256=told.paper.sha256,
            revision=told.paper.revision,
            total=told.total,
            unstated=[f"{item}/{criterion}" for item, criterion in told.unstated],
            outdated=told.outdated,
            opened=OpenedShown.of(told.opened),
            earlier=[OpenedShown.of(old) for old in told.earlier],
            items=[
                ItemOfferShown(
                    item=item.item,
                    brand=item.brand,
                    model=item.model,
                    price=item.price,
                    answers=[
                        StatedShown(criterion=a.criterion, text=a.text, page=a.page)
                        for a in item.answers
                    ],
                )
                for item in told.offer.items
            ],
        )


@router.get("/{number}/offers", operation_id="list_offers")
def list_opened(asked: Asked, number: str) -> list[Offered]:
    """The offers that were opened, by the names of their bidders; none before the approval."""
    found = asked.ask(list_offers.list_offers, number)
    return [Offered.of(one) for one in found.offers]


@router.get(
    "/{number}/offers/template",
    operation_id="export_offer_template",
    response_class=Response,
    responses=files("The file to fill in", "xlsx", "csv", "yaml"),
)
def template(
    asked: Asked,
    number: str,
    format: export_offer_template.Format = "xlsx",  # noqa: A002
) -> Response:
    """The file bidders fill in. It names the approved specification, and answers no other."""
    content = asked.ask(export_offer_template.export_offer_template, number, format)
    return file_answer(content, f"{number}-offer.{format}")


@router.get(
    "/{number}/offers/files/{sha256}",
    operation_id="fetch_offer_file",
    response_class=Response,
    responses=files("The file, byte for byte"),
)
def fetch(asked: Asked, number: str, sha256: str) -> Response:
    """The file a bidder handed over, byte for byte; also of an offer that was replaced."""
    name, content = asked.ask(list_offers.fetch_offer_file, number, sha256)
    return file_answer(content, name, known=False)


@router.get("/{number}/offers/{offer}", operation_id="show_offer")
def show(asked: Asked, number: str, offer: str) -> Offered:
    """One offer: by its hash, or the first 8 digits or more of it, or by its bidder."""
    return Offered.of(asked.ask(list_offers.show_offer, number, offer)[1])


@uploads.post("/{number}/offers", operation_id="open_offer")
def open_one(
    asked: AskedAsSeen,
    response: Response,
    number: str,
    file: Annotated[UploadFile, File(description="XLSX, CSV or YAML, up to 5 MB")],
    reason: Annotated[
        str, Form(max_length=1000, description="Why it replaces the bidder's offer")
    ] = "",
) -> CaseShown:
    """Open one bidder's offer: it is read whole and kept, or every fault is told by its cell.

    The file itself is kept as it came. A bidder who has an offer already needs a `reason`.
    """
    content = file.file.read(LARGEST + 1)
    name = file.filename or ""
    return shown(asked.ask(open_offer.open_offer, number, name, content, reason), response)
