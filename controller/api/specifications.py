"""Specifications over HTTP: draft, lint, write into a case, read with what changed."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from fastapi import Response
from pydantic import BaseModel, Field

from controller.api.asking import Asked
from controller.api.cases import CaseShown
from controller.api.cases import shown as case_shown
from controller.api.given import Given, Line, Words
from controller.api.routing import make_router
from controller.api.versions import AskedAsSeen
from controller.api.words import Both
from controller.operations.draft_specification import draft_specification
from controller.operations.lint_specification import lint_specification
from controller.operations.show_specification import SpecificationView, show_specification
from controller.operations.write_specification import write_specification
from controller.procurement.drafting import Wanted
from controller.procurement.remark import Remark, Severity
from controller.specs.specification import Place, Specification

router = make_router("/specifications", "procurement")
of_case = make_router("/cases", "procurement")


class RemarkShown(BaseModel):
    """What is to mend (`error`), to explain (`warning`) or to know (`notice`).

    `accepted` is the reason written for it in the specification, under its `key`.
    """

    code: str
    severity: Severity
    about: str
    key: str
    text: Both
    hint: Both
    accepted: str


class DifferenceShown(BaseModel):
    """One thing that is not as it was approved."""

    what: Literal["added", "removed", "changed"]
    about: str
    title: Both
    before: str
    after: str


class SpecificationShown(BaseModel):
    """The specification of a case. `fit`: the lint lets it be put to the director."""

    specification: Specification
    sha256: str
    fit: bool
    remarks: list[RemarkShown]
    approved_sha256: str = Field(description="Of the one approved last; empty when it is this one")
    changed: list[DifferenceShown] = Field(description="What differs from the one approved last")


class WantedLine(Given):
    """One item to draft: a baseline (`edition/id`), a class, or a kind that has one class only."""

    what: Annotated[str, Field(min_length=1, max_length=200, examples=["access-point-2"])]
    quantity: int = Field(ge=1, le=100_000)
    price: Annotated[
        Decimal | None,
        Field(gt=0, lt=10**10, decimal_places=2, description="Baht; else the ceiling"),
    ] = None
    price_source: Line = ""
    places: tuple[Place, ...] = Field(default=(), max_length=1000)


class Drafting(Given):
    """What a draft begins with."""

    items: tuple[WantedLine, ...] = Field(min_length=1, max_length=200)
    need: Words
    title: Line = ""
    fund: Line = ""
    budget: Annotated[Decimal | None, Field(gt=0, lt=10**12, decimal_places=2)] = None


@router.post("/draft", operation_id="draft_specification")
def draft(asked: Asked, given: Drafting) -> Specification:
    """Draft a specification by the baselines in force today. Nothing is kept: send it back by
    `PUT /cases/{number}/specification`, changed as you like.
    """
    wanted = [Wanted(**dict(line)) for line in given.items]
    return asked.ask(
        draft_specification,
        wanted,
        need=given.need,
        title=given.title,
        fund=given.fund,
        budget=given.budget,
    )


@router.post("/lint", operation_id="lint_specification")
def lint(asked: Asked, specification: Specification) -> list[RemarkShown]:
    """Lint a specification by what the office knows today: errors first. Nothing is kept."""
    remarks = asked.ask(lint_specification, specification)
    return [_remark(remark, specification) for remark in remarks]


@of_case.get("/{number}/specification", operation_id="show_specification")
def show(asked: Asked, number: str) -> SpecificationShown:
    """Read the specification of a case, what the lint says of it, and what changed since the
    director approved one.
    """
    return _shown(asked.ask(show_specification, number))


@of_case.put("/{number}/specification", operation_id="write_specification")
def write(
    asked: AskedAsSeen, response: Response, number: str, specification: Specification
) -> CaseShown:
    """Write the specification into a case at its plan step; its form is filled in and attached too.

    It is kept also while the lint has errors; it only cannot be put to the director then.
    """
    return case_shown(asked.ask(write_specification, number, specification), response)


def _shown(view: SpecificationView) -> SpecificationShown:
    return SpecificationShown(
        specification=view.specification,
        sha256=view.specification.sha256,
        fit=not view.against,
        remarks=[_remark(remark, view.specification) for remark in view.remarks],
        approved_sha256=view.approved.sha256 if view.approved else "",
        changed=[
            DifferenceShown(
                what=one.what,
                about=one.about,
                title=Both.of(one.title),
                before=one.before,
                after=one.after,
            )
            for one in view.changed
        ],
    )


def _remark(remark: Remark, specification: Specification) -> RemarkShown:
    return RemarkShown(
        code=remark.code,
        severity=remark.severity,
        about=remark.about,
        key=remark.key,
        text=Both.of(remark.text),
        hint=Both.of(remark.hint),
        accepted=specification.accepted.get(remark.key, ""),
    )
