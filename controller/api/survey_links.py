"""Links by which a survey is answered without an account, over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import Request, Response
from pydantic import BaseModel, Field

from controller.api.asking import Asked
from controller.api.given import Given
from controller.api.routing import Secret, make_router
from controller.operations import share_survey
from controller.store.survey_links import SurveyLink

router = make_router("/surveys/{survey}/links", "surveys", route=Secret)


class LinkShown(BaseModel):
    """One link. Its address is nowhere but with whoever made it."""

    id: str = Field(description="Names the link; no address can be made of it")
    survey: str
    made_by: str
    made: datetime
    expires: datetime
    closed: datetime | None = Field(description="When it was closed before it expired")


class LinkMade(LinkShown):
    """A link that was just made, with its address: shown this once."""

    address: str
    qr: str = Field(description="The address as a QR code, in SVG")


class Sharing(Given):
    """How long a link shall be of use."""

    days: Annotated[int, Field(ge=1, le=share_survey.MOST_DAYS)] = share_survey.DAYS


@router.get("", operation_id="list_survey_links")
def list_links(asked: Asked, survey: str) -> list[LinkShown]:
    """The links of a survey, newest first."""
    return [_shown(one) for one in asked.ask(share_survey.list_links, survey)]


@router.post("", operation_id="share_survey", status_code=201)
def share(asked: Asked, request: Request, survey: str, given: Sharing) -> LinkMade:
    """Make a link by which anybody answers without an account, until it expires or is closed.

    This answer is never kept, so an `Idempotency-Key` means nothing here.
    """
    made = asked.ask(
        share_survey.share_survey, survey, days=given.days, server=str(request.base_url)
    )
    shown = _shown(made.link).model_dump()
    return LinkMade(**shown, address=made.address, qr=made.qr)


@router.delete("/{link}", operation_id="close_survey_link", status_code=204)
def close(asked: Asked, survey: str, link: str) -> Response:
    """Close a link; closing it again changes nothing."""
    asked.ask(share_survey.close_link, survey, link)
    return Response(status_code=204)


def _shown(one: SurveyLink) -> LinkShown:
    return LinkShown(**{k: v for k, v in vars(one).items() if k != "token_hash"}, id=one.id)
