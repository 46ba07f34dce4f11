"""Drift over HTTP: where devices run something else than was intended."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from fastapi import Query
from pydantic import BaseModel, Field

from controller.api.asking import Asked
from controller.api.routing import make_router
from controller.operations import show_drift

router = make_router("/drift", "backups")


class Changed(BaseModel):
    """Who changed a configuration last, and when, in the device's own words."""

    by: str
    at: str


class DriftShown(BaseModel):
    """One device against what its template says."""

    device: str
    site: str
    state: Literal["drifted", "as_intended", "unknown"]
    diff: str = Field(description="What would have to change, unified, secrets hidden")
    since: datetime | None = Field(description="When what it runs was first seen")
    change: Changed | None = Field(description="Null when the device does not say")


@router.get("", operation_id="show_drift")
def drift(
    asked: Asked,
    select: Annotated[str, Query(max_length=2000, examples=["site=kkn-school-a"])] = "all",
) -> list[DriftShown]:
    """The newest backup of each selected device against its template, worst first.

    No device is asked. What was never backed up is `unknown`, never as intended.
    """
    found = asked.ask(show_drift.show_drift, select)
    return [
        DriftShown.model_validate({**vars(one), "change": vars(one.change) if one.change else None})
        for one in found
    ]
