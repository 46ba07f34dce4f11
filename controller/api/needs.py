"""What is needed over HTTP: by site and kind, with the evidence behind every number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from fastapi import Depends, Query, Response
from pydantic import BaseModel, Field

from controller.api.asking import Asked
from controller.api.downloads import file_answer, files
from controller.api.given import Line
from controller.api.routing import make_router
from controller.api.words import Both
from controller.inventory.asset import Kind
from controller.operations import list_needs as needs
from controller.procurement.need import CauseName, Evidence, Extra, Needs, Untold, Worn
from controller.procurement.need import Line as NeedLine
from controller.procurement.need_paper import NeededItem, NeedPaper

router = make_router("/needs", "procurement")


class EvidenceShown(BaseModel):
    """One line of why; `day` is the day it rests on."""

    cause: CauseName
    words: Both
    day: date | None


class WornShown(BaseModel):
    """A unit to replace: a row of the register, a managed device, or both in one."""

    number: str = Field(description="Register number; empty for a device no register knows")
    device: str = Field(description="Name of the managed device; empty for a row nobody manages")
    brand: str
    model: str
    serial: str
    acquired: date | None
    state: str
    early: bool | None = Field(
        description="Before its years of service are over; null: nobody knows"
    )
    causes: list[CauseName]
    evidence: list[EvidenceShown]


class ExtraShown(BaseModel):
    """So many more, in place of nothing."""

    quantity: int
    evidence: list[EvidenceShown]


class LineShown(BaseModel):
    """What one site needs of one kind."""

    site: str
    kind: str
    quantity: int
    spares: int = Field(description="Spares of the kind at the site: told, not taken off")
    replaces: list[WornShown]
    adds: list[ExtraShown]


class UntoldShown(BaseModel):
    """Units of which a cause can neither be said nor denied; they count for nothing."""

    cause: CauseName
    why: Both
    count: int
    units: list[str] = Field(description="Register numbers, or names of devices")


class LifeShown(BaseModel):
    """Years of service of a kind, and who laid them down."""

    years: int
    source: Both


class NeedsShown(BaseModel):
    """Everything found. A draft of a specification begins with `need` and `items`."""

    day: date
    causes: list[CauseName]
    days: int
    looked: int = Field(description="How many units were looked at")
    quantity: int
    service_years: dict[str, LifeShown]
    need: str = Field(description="Why, in Thai; empty where nothing is needed")
    items: list[NeededItem]
    lines: list[LineShown]
    unknown: list[UntoldShown]


@dataclass(frozen=True)
class Chosen:
    """What the address asks for."""

    query: needs.NeedQuery


def chosen(
    cause: Annotated[
        list[CauseName] | None,
        Query(max_length=7, description="What counts; without it everything but warranty"),
    ] = None,
    kind: Annotated[list[Kind] | None, Query(max_length=14)] = None,
    site: Annotated[str, Query(max_length=64)] = "",
    district: Annotated[str, Query(max_length=64)] = "",
    days: Annotated[
        int, Query(ge=1, le=needs.LONGEST_DAYS, description="How far back health is looked at")
    ] = 90,
    years: Annotated[
        int | None, Query(ge=1, le=30, description="Years of service, before any laid down")
    ] = None,
    ask: Annotated[
        list[Line] | None,
        Query(max_length=50, description="`SITE:KIND:QUANTITY=REASON` or `REGISTER-NUMBER=REASON`"),
    ] = None,
) -> Chosen:
    """The same choices for the figures and for the report."""
    query = needs.NeedQuery(
        causes=tuple(cause or ()),
        kinds=tuple(kind or ()),
        site=site,
        district=district,
        days=days,
        asks=tuple(ask or ()),
        years=years,
    )
    return Chosen(query)


Choice = Annotated[Chosen, Depends(chosen)]


@router.get("", operation_id="list_needs")
def list_(asked: Asked, choice: Choice) -> NeedsShown:
    """What to replace and what to add, by site and kind, and why.

    A unit counts once, however many causes it has. What nobody knows is under `unknown`, never
    counted.
    """
    found = asked.ask(needs.list_needs, choice.query)
    return _shown(found, needs.paper_of(asked.context, found))


@router.get(
    "/file",
    operation_id="print_needs",
    response_class=Response,
    responses=files("The report", "pdf", "docx", "xlsx"),
)
def print_(
    asked: Asked,
    choice: Choice,
    wanted: Annotated[Literal["pdf", "docx", "xlsx"], Query(alias="format")] = "pdf",
) -> Response:
    """The report for the director, in Thai: summed up by kind and site, then every list."""
    content = asked.ask(needs.print_needs, wanted, choice.query)
    return file_answer(content, needs.file_name(wanted))


def _shown(found: Needs, paper: NeedPaper | None) -> NeedsShown:
    return NeedsShown(
        day=found.day,
        causes=list(found.causes),
        days=found.days,
        looked=found.looked,
        quantity=found.quantity,
        service_years={
            kind: LifeShown(years=life.years, source=Both.of(life.source))
            for kind, life in found.lives.items()
        },
        need=paper.need if paper else "",
        items=list(paper.items) if paper else [],
        lines=[_line(line) for line in found.lines],
        unknown=[_untold(one) for one in found.untold],
    )


def _line(line: NeedLine) -> LineShown:
    return LineShown(
        site=line.site,
        kind=line.kind,
        quantity=line.quantity,
        spares=line.spares,
        replaces=[_worn(worn) for worn in line.worn],
        adds=[_extra(extra) for extra in line.extras],
    )


def _worn(worn: Worn) -> WornShown:
    unit = worn.unit
    return WornShown(
        number=unit.number,
        device=unit.device,
        brand=unit.brand,
        model=unit.model,
        serial=unit.serial,
        acquired=unit.acquired,
        state=unit.state,
        early=worn.early,
        causes=list(worn.causes),
        evidence=[_evidence(one) for one in worn.evidence],
    )


def _extra(extra: Extra) -> ExtraShown:
    told = [_evidence(one) for one in extra.evidence]
    return ExtraShown(quantity=extra.quantity, evidence=told)


def _untold(one: Untold) -> UntoldShown:
    return UntoldShown(
        cause=one.cause,
        why=Both.of(one.words),
        count=len(one.units),
        units=[unit.name for unit in one.units],
    )


def _evidence(one: Evidence) -> EvidenceShown:
    return EvidenceShown(cause=one.cause, words=Both.of(one.words), day=one.day)
