"""The office's rules over HTTP, and what they would say of a configuration."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import Query
from pydantic import BaseModel, Field

from controller.api.asking import Asked
from controller.api.compliance import DetailShown
from controller.api.given import Given, Line, Name
from controller.api.routing import make_router
from controller.api.words import Both
from controller.compliance.finding import Verdict
from controller.compliance.rule import Waiver
from controller.inventory.device import Role
from controller.inventory.watching import Severity
from controller.operations.list_rules import RuleSeen, list_rules
from controller.operations.show_rule import show_rule
from controller.operations.try_rules import Tried, try_rules

router = make_router("/rules", "compliance")
LARGEST = 2_000_000


class GroundShown(BaseModel):
    """What a rule rests on."""

    kind: Literal["law", "manual", "standard", "office"]
    reference: str


class WaiverShown(BaseModel):
    """An exception: for whom, why, who allowed it, by which document, until when."""

    id: str
    select: str
    reason: str
    approved_by: str
    case: str
    until: date
    expired: bool


class RuleShown(BaseModel):
    """One rule. `state`: later (not yet in force), grace (the old baseline will do too), now."""

    rule: str
    title: Both
    severity: Severity
    select: str
    why: list[GroundShown]
    valid_from: date | None
    grace_until: date | None
    file: str
    devices: int = Field(description="How many devices it is for")
    state: Literal["later", "grace", "now"]
    waivers: list[WaiverShown]


class RuleWithText(RuleShown):
    """One rule, and how its file writes it."""

    text: str = Field(description="YAML")


class Trying(Given):
    """A configuration to judge: of a device of the inventory, or of a platform in a role."""

    text: str = Field(max_length=LARGEST, description="The configuration; nothing of it is kept")
    platform: Name = ""
    device: Name = ""
    role: Role = "access"
    rules: list[Line] = Field(default_factory=list, max_length=500)


class TriedShown(BaseModel):
    """What a rule found in the text."""

    rule: str
    title: Both
    severity: Severity
    verdict: Verdict
    due: date | None
    details: list[DetailShown]


@router.get("", operation_id="list_rules")
def rules(
    asked: Asked,
    severity: Annotated[Severity | None, Query(description="Only of this severity")] = None,
) -> list[RuleShown]:
    """Every rule, in the order of the files."""
    found = asked.ask(list_rules)
    return [_shown(one) for one in found if severity in (None, one.rule.severity)]


@router.get("/{rule}", operation_id="show_rule")
def read_rule(asked: Asked, rule: str) -> RuleWithText:
    """One rule, with the words of its file."""
    found = asked.ask(show_rule, rule)
    return RuleWithText(**_shown(found.seen).model_dump(), text=found.text)


@router.post("/trials", operation_id="try_rules")
def trial(asked: Asked, given: Trying) -> list[TriedShown]:
    """Judge a configuration by the rules on configurations, the worst first. Nothing is kept."""
    found = asked.ask(
        try_rules,
        given.text,
        given.platform,
        device=given.device,
        role=given.role,
        rules=tuple(given.rules),
    )
    return [_tried(one) for one in found]


def _shown(one: RuleSeen) -> RuleShown:
    rule = one.rule
    return RuleShown(
        rule=rule.id,
        title=Both.of(rule.title.text),
        severity=rule.severity,
        select=rule.select,
        why=[GroundShown(kind=why.kind, reference=why.reference) for why in rule.why],
        valid_from=rule.valid_from,
        grace_until=rule.grace_until,
        file=one.file,
        devices=one.devices,
        state=one.state,
        waivers=[_waiver(waiver, waiver in one.expired) for waiver in one.waivers],
    )


def _waiver(waiver: Waiver, expired: bool) -> WaiverShown:
    return WaiverShown(**waiver.model_dump(exclude={"rule"}), expired=expired)


def _tried(one: Tried) -> TriedShown:
    found = one.finding
    return TriedShown(
        rule=found.rule,
        title=Both.of(one.rule.title.text),
        severity=one.rule.severity,
        verdict=found.verdict,
        due=found.due,
        details=[
            DetailShown(
                kind=d.kind,
                path=list(d.path),
                line=d.line,
                number=d.number,
                words=Both.of(d.words) if d.words else None,
            )
            for d in found.details
        ],
    )
