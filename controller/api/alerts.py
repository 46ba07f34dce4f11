"""Alerts over HTTP: what is wrong with the devices, and what people do about it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import Query, Response
from pydantic import BaseModel, Field

from controller.api.asking import Asked
from controller.api.given import Given, Line
from controller.api.paging import Page, Paged
from controller.api.routing import make_router
from controller.api.versions import AskedAsSeen, tell_version
from controller.api.words import Both
from controller.inventory.watching import Severity
from controller.operations import (
    acknowledge_alert,
    close_alert,
    comment_alert,
    list_alerts,
    repair_alert,
    show_alert,
)
from controller.store.alerts import Alert

router = make_router("/alerts", "alerts")


class AlertShown(BaseModel):
    """One alert. Open while `cleared` is null; `port` is empty for the device as a whole."""

    id: int
    rule: str
    severity: Severity
    device: str = Field(description="Empty where it is about our own polling")
    port: str = Field(description="ifIndex of a port, or index of a sensor")
    name: str = Field(description="What people call the port or sensor")
    site: str
    words: Both
    value: float
    limit: float
    opened: datetime
    cleared: datetime | None
    acknowledged: datetime | None
    acknowledged_by: str | None
    shadow_of: int | None = Field(description="The alert of whose cause it is only the shadow")
    case: str | None = Field(description="The case that mends it")
    muted: bool = Field(description="Its device is in maintenance")


class NoteShown(BaseModel):
    """What somebody did: `acknowledged`, `comment`, `closed`, `case`."""

    at: datetime
    actor: str
    kind: str
    words: str


class AlertWhole(AlertShown):
    """An alert with its history and its shadows."""

    title: Both
    notes: list[NoteShown]
    shadows: list[AlertShown]


class RuleShown(BaseModel):
    """A rule as the office has it. Times in minutes."""

    rule: str
    title: Both
    severity: Severity
    threshold: float
    clear: float
    grace: float
    hold: float
    enabled: bool


class Saying(Given):
    """Words about an alert."""

    words: Line = ""


class Repairing(Given):
    """Where the device stands, and whom to call."""

    place: Line = Field(default="", description="Building and room")
    phone: Line = Field(default="", description="The site's contact when empty")


@router.get("", operation_id="list_alerts")
def listing(
    asked: Asked,
    paged: Paged,
    every: Annotated[bool, Query(alias="all", description="Also those that are over")] = False,
    severity: Severity | None = None,
    site: Annotated[str, Query(max_length=64)] = "",
    district: Annotated[str, Query(max_length=64)] = "",
    rule: Annotated[str, Query(max_length=64)] = "",
    device: Annotated[str, Query(max_length=64)] = "",
    acknowledged: bool | None = None,
    shadows: Annotated[bool, Query(description="Also the shadows of other alerts")] = False,
) -> Page[AlertShown]:
    """Alerts, newest first: the open ones that are no shadow, unless more is asked for."""
    wanted = list_alerts.AlertQuery(
        every=every,
        severity=severity or "",
        site=site,
        district=district,
        rule=rule,
        device=device,
        acknowledged=acknowledged,
        shadows=shadows,
    )
    after = paged.after(datetime, int)
    found = asked.ask(list_alerts.page_alerts, wanted, after=after, most=paged.most)
    return paged.page(found, lambda a: (a.opened, a.id), shown)


@router.get("/rules", operation_id="list_health_rules")
def rules(asked: Asked) -> list[RuleShown]:
    """The rules by which polls become alerts, as the office has them."""
    return [
        RuleShown(
            rule=rule.rule,
            title=Both.of(rule.title.text),
            severity=rule.severity,
            threshold=rule.threshold,
            clear=rule.clear,
            grace=rule.grace,
            hold=rule.hold,
            enabled=on,
        )
        for rule, on in asked.ask(list_alerts.list_rules)
    ]


@router.get("/{number}", operation_id="show_alert")
def read(asked: Asked, response: Response, number: str) -> AlertWhole:
    """One alert with its history and its shadows."""
    found = asked.ask(show_alert.show_alert, number)
    tell_version(response, found.alert.version)
    return AlertWhole(
        **shown(found.alert).model_dump(),
        title=Both.of(found.title),
        notes=[NoteShown(at=n.at, actor=n.actor, kind=n.kind, words=n.words) for n in found.notes],
        shadows=[shown(a) for a in found.shadows],
    )


@router.post("/{number}/acknowledgement", operation_id="acknowledge_alert")
def acknowledge(asked: AskedAsSeen, response: Response, number: str, given: Saying) -> AlertShown:
    """Say that one looks after it."""
    return _told(response, asked.ask(acknowledge_alert.acknowledge_alert, number, given.words))


@router.post("/{number}/comments", operation_id="comment_alert")
def comment(asked: Asked, response: Response, number: str, given: Saying) -> AlertShown:
    """Write something about it."""
    return _told(response, asked.ask(comment_alert.comment_alert, number, given.words))


@router.post("/{number}/closing", operation_id="close_alert")
def close(asked: AskedAsSeen, response: Response, number: str, given: Saying) -> AlertShown:
    """End it by hand, with the reason; if it is still wrong the next polls open another."""
    return _told(response, asked.ask(close_alert.close_alert, number, given.words))


@router.post("/{number}/repair", operation_id="repair_alert")
def repair(asked: AskedAsSeen, response: Response, number: str, given: Repairing) -> AlertShown:
    """Fill in a repair request from it and open a case of process 2.7; once for each alert."""
    after = asked.ask(repair_alert.repair_alert, number, place=given.place, phone=given.phone)
    return _told(response, after)


def shown(alert: Alert) -> AlertShown:
    """The alert as the API answers it."""
    kept = {n: getattr(alert, n) for n in AlertShown.model_fields if n != "words"}
    return AlertShown(**kept, words=Both.of(alert.words))


def _told(response: Response, alert: Alert) -> AlertShown:
    tell_version(response, alert.version)
    return shown(alert)
