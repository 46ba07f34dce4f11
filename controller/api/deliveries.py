"""Deliveries over HTTP: read what came, tick what people checked, accept it, take its papers."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal, Self

from fastapi import File, Form, Query, Response, UploadFile
from pydantic import BaseModel, Field

from controller.api.asking import Asked
from controller.api.downloads import file_answer, files
from controller.api.given import Given
from controller.api.routing import Upload, make_router
from controller.api.words import Both
from controller.operations import check_delivery, show_delivery
from controller.operations.accept_delivery import accept_delivery
from controller.operations.print_delivery import print_delivery
from controller.operations.print_labels import print_labels
from controller.operations.read_delivery import read_delivery
from controller.operations.show_delivery import DeliveryView
from controller.procurement.acceptance import Finding
from controller.procurement.delivery import Outcome, Piece

router = make_router("/cases", "procurement")
uploads = make_router("/cases", "procurement", route=Upload)
_LARGEST = 5_000_000


class TickShown(BaseModel):
    """What a person found, and when."""

    right: bool
    note: str
    by: str
    at: datetime


class CheckShown(BaseModel):
    """One fact: `about` is `brand`, `model`, `serial` or the id of a criterion."""

    about: str
    title: Both | None
    outcome: Outcome = Field(
        description="proved by the device, differs from the offer, or left to a person"
    )
    offered: str
    told: str = Field(description="What the device says; empty where it does not")
    how: str
    settled: bool
    tick: TickShown | None


class PieceShown(BaseModel):
    """One piece of equipment; `asset` and `device` once it was accepted."""

    key: str
    item: str
    site: str
    room: str
    address: str
    platform: str
    brand: str
    model: str
    serial: str
    version: str
    ports: str
    trouble: str = Field(description="Why it could not be asked, in Thai")
    asset: str
    device: str
    checks: list[CheckShown]

    @classmethod
    def of(cls, piece: Piece, found: DeliveryView) -> Self:
        """The piece as the API shows it."""
        titles = found.titles.get(piece.item, {})
        told = {name: getattr(piece, name) for name in cls.model_fields if name != "checks"}
        checks = [
            CheckShown(
                title=Both.of(title) if (title := titles.get(check.about)) else None,
                tick=TickShown(**check.tick.model_dump()) if check.tick else None,
                settled=check.settled,
                **check.model_dump(exclude={"tick"}),
            )
            for check in piece.checks
        ]
        return cls(checks=checks, **told)


class DeliveryShown(BaseModel):
    """A delivery with every check, and everything that stands against accepting it."""

    case: str
    number: int
    bidder: str
    document: str
    specification: str = Field(description="SHA-256 of the specification that was approved")
    comparison: str
    offer: str
    by: str
    at: datetime
    accepted_at: datetime | None
    accepted_by: str | None
    counts: dict[Outcome, int]
    left: int = Field(description="Facts that are not settled yet")
    against: list[Both]
    replaced: tuple[str, ...] = Field(description="Register numbers of what it stands in for")
    prices: dict[str, Decimal]
    pieces: list[PieceShown]

    @classmethod
    def of(cls, found: DeliveryView) -> Self:
        """The delivery as the API shows it."""
        it = found.delivery
        return cls(
            **it.model_dump(exclude={"pieces", "accepted"}),
            accepted_at=it.accepted.at if it.accepted else None,
            accepted_by=it.accepted.by if it.accepted else None,
            counts=it.counts,
            left=it.left,
            against=[Both.of(reason) for reason in found.against],
            replaced=found.replaced,
            pieces=[PieceShown.of(piece, found) for piece in it.pieces],
        )


class AcceptedShown(BaseModel):
    """What accepting wrote; `commit` is null when the files are not committed to git."""

    delivery: DeliveryShown
    paths: tuple[str, ...]
    commit: str | None
    left_out: dict[str, Both] = Field(description="Pieces that became no device, each with why")


class FindingGiven(Given):
    """What a person found. `*` stands for every piece, or every fact, nobody has ticked yet."""

    piece: Annotated[str, Field(max_length=200, examples=["1"])]
    about: Annotated[str, Field(max_length=100, examples=["wifi"])]
    right: bool
    note: Annotated[str, Field(max_length=1000)] = ""


class FindingsGiven(Given):
    """Findings that are kept together."""

    findings: Annotated[list[FindingGiven], Field(min_length=1, max_length=2000)]


@router.get("/{number}/deliveries", operation_id="list_deliveries")
def list_all(asked: Asked, number: str) -> list[DeliveryShown]:
    """Every delivery of a case, by its number."""
    return [DeliveryShown.of(one) for one in asked.ask(show_delivery.list_deliveries, number)]


@router.get("/{number}/deliveries/{delivery}", operation_id="show_delivery")
def show(asked: Asked, number: str, delivery: int) -> DeliveryShown:
    """One delivery: what the devices proved, what people ticked, what is left."""
    return DeliveryShown.of(asked.ask(show_delivery.show_delivery, number, delivery))


@uploads.post("/{number}/deliveries", operation_id="read_delivery", status_code=201)
def read(
    asked: Asked,
    number: str,
    file: Annotated[
        UploadFile | None,
        File(description="XLSX or CSV with item, site, address, platform, serial, room, name"),
    ] = None,
    document: Annotated[str, Form(max_length=200)] = "",
    again: Annotated[
        int | None, Form(ge=1, description="Read this delivery once more, with or without a list")
    ] = None,
) -> DeliveryShown:
    """Ask every delivered device what it is, and hold each fact against the offer that won."""
    content = None if file is None else file.file.read(_LARGEST + 1)
    read_ = asked.ask(read_delivery, number, content, document=document, again=again)
    return DeliveryShown.of(asked.ask(show_delivery.show_delivery, number, read_.number))


@router.post("/{number}/deliveries/{delivery}/checks", operation_id="check_delivery")
def check(asked: Asked, number: str, delivery: int, given: FindingsGiven) -> DeliveryShown:
    """Tick what a device cannot prove and a person has looked at; all of them, or none."""
    findings = [Finding(one.piece, one.about, one.right, one.note) for one in given.findings]
    asked.ask(check_delivery.check_delivery, number, delivery, findings)
    return DeliveryShown.of(asked.ask(show_delivery.show_delivery, number, delivery))


@router.post("/{number}/deliveries/{delivery}/acceptance", operation_id="accept_delivery")
def accept(asked: Asked, number: str, delivery: int) -> AcceptedShown:
    """Take the delivery over: register numbers, rows of the register, devices of the inventory."""
    done = asked.ask(accept_delivery, number, delivery)
    found = asked.ask(show_delivery.show_delivery, number, delivery)
    return AcceptedShown(
        delivery=DeliveryShown.of(found),
        paths=done.paths,
        commit=done.commit,
        left_out={key: Both.of(why) for key, why in done.left_out.items()},
    )


@router.get(
    "/{number}/deliveries/{delivery}/sheet",
    operation_id="print_delivery",
    response_class=Response,
    responses=files("The acceptance sheet", "pdf", "docx", "xlsx"),
)
def sheet(
    asked: Asked,
    number: str,
    delivery: int,
    format_: Annotated[Literal["pdf", "docx", "xlsx"], Query(alias="format")] = "pdf",
) -> Response:
    """The acceptance sheet of a delivery; a draft until it was accepted."""
    made = asked.ask(print_delivery, number, delivery, format_)
    return file_answer(made.content, f"{made.stem}.{format_}")


@router.get(
    "/{number}/deliveries/{delivery}/labels",
    operation_id="print_labels",
    response_class=Response,
    responses=files("Labels with codes, 24 on a sheet", "pdf", "docx"),
)
def labels(
    asked: Asked,
    number: str,
    delivery: int,
    format_: Annotated[Literal["pdf", "docx"], Query(alias="format")] = "pdf",
) -> Response:
    """Labels for what was accepted: register number, name, site, and a code to scan."""
    made = asked.ask(print_labels, number, delivery, format_)
    return file_answer(made.content, f"{made.stem}.{format_}")
