"""The workspace over HTTP: is everything in it as it must be."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field

from controller.api.asking import Asked
from controller.api.routing import make_router
from controller.errors import problem_json
from controller.operations import validate_workspace

router = make_router("/workspace", "workspace")


class ValidationShown(BaseModel):
    """What was found; no problems means that the workspace may be used."""

    ok: bool
    counts: dict[str, int] = Field(description="How much was read: sites, devices, assets ...")
    problems: list[dict[str, Any]] = Field(description="Each with its file, line and column")


@router.get("/validation", operation_id="validate_workspace")
def validate(asked: Asked) -> ValidationShown:
    """Read every file of the workspace anew and name everything that is wrong with it."""
    found = asked.ask(validate_workspace.validate_own_workspace)
    return ValidationShown(
        ok=not found.problems,
        counts=found.counts,
        problems=[problem_json(problem) for problem in found.problems],
    )
