"""The re-check of a case over HTTP."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field

from controller.api.asking import Asked
from controller.api.routing import make_router
from controller.compliance.finding import Verdict
from controller.operations.show_recheck import show_recheck

router = make_router("/cases", "cases")


class DeviceRechecked(BaseModel):
    """One device that a run of the case touched."""

    device: str
    judged: datetime | None = Field(description="When it was last judged by all rules (UTC)")
    failing: dict[str, Verdict] = Field(description="Rules on configuration it fails, or unknown")
    as_before: bool = Field(description="The change was taken back: what fails is not of this case")


class RecheckShown(BaseModel):
    """While `passes` is false the case cannot be closed."""

    passes: bool
    ended: datetime | None = Field(description="End of the last run; null: nothing to check")
    missing: list[str] = Field(description="Devices not judged since")
    devices: list[DeviceRechecked]


@router.get("/{number}/recheck", operation_id="show_recheck")
def read(asked: Asked, number: str) -> RecheckShown:
    """Whether the devices the case's runs touched meet the rules on configuration since."""
    found = asked.ask(show_recheck, number)
    return RecheckShown(
        passes=found is None or found.passes,
        ended=found.ended if found else None,
        missing=list(found.missing) if found else [],
        devices=[
            DeviceRechecked(
                device=d.device, judged=d.judged, failing=dict(d.failing), as_before=d.as_before
            )
            for d in (found.devices if found else ())
        ],
    )
