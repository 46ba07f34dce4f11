"""The outbox over HTTP, and reminders."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, Field

from controller.api.asking import Asked
from controller.api.given import Given
from controller.api.paging import Page, Paged
from controller.api.routing import make_router
from controller.api.words import Both
from controller.operations import remind_cases, send_notices
from controller.store.notices import Notice, NoticeKind, NoticeState

router = make_router("/notices", "notices")


class NoticeShown(BaseModel):
    """One message to one recipient."""

    id: int
    kind: NoticeKind
    case: str
    asked_by: str
    recipient: str
    address: str
    channel: str
    subject: str
    body: str
    state: NoticeState
    attempts: int
    why: Both | None = Field(description="Why the last attempt failed")
    created: datetime
    again: datetime = Field(description="When the next attempt may be made")
    delivered: datetime | None


class Stayed(BaseModel):
    """A case whose people were all told and that did not go on all the same."""

    case: str
    why: Both


class SentShown(BaseModel):
    """What came of sending: the notices tried, the cases that went on by it, and those not."""

    tried: list[NoticeShown]
    moved: list[str]
    stayed: list[Stayed]


class Sending(Given):
    """How to send."""

    now: bool = Field(default=False, description="Also what waits for its next attempt")


@router.get("", operation_id="list_notices")
def list_notices(
    asked: Asked,
    paged: Paged,
    case: Annotated[str | None, Query(max_length=40, description="Only those of this case")] = None,
    state: NoticeState | None = None,
) -> Page[NoticeShown]:
    """The outbox, oldest first."""
    after = paged.after(int)
    found = asked.ask(
        send_notices.list_notices, case=case, state=state, after=after, most=paged.most
    )
    return paged.page(found, lambda one: (one.id,), _shown)


@router.post("/deliveries", operation_id="send_notices")
def send(asked: Asked, given: Sending) -> SentShown:
    """Try again what has not arrived; cases whose people were all told go on."""
    sent = asked.ask(send_notices.send_notices, hurry=given.now)
    return SentShown(
        tried=[_shown(one) for one in sent.tried],
        moved=[case.number for case in sent.moved],
        stayed=[Stayed(case=case, why=Both.of(why)) for case, why in sent.stayed],
    )


@router.post("/reminders", operation_id="remind_cases")
def remind(asked: Asked) -> list[NoticeShown]:
    """Remind who may act in overdue cases: once a day for each step, however often it is asked."""
    return [_shown(one) for one in asked.ask(remind_cases.remind_cases)]


def _shown(one: Notice) -> NoticeShown:
    kept = {name: value for name, value in vars(one).items() if name in NoticeShown.model_fields}
    return NoticeShown(**kept, why=Both.of(one.why) if one.error else None)
