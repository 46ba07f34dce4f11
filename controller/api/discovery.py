"""Discovery over HTTP: look for devices, and get the difference of the inventory."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from controller.api.asking import Asked
from controller.api.given import Given
from controller.api.routing import make_router
from controller.api.words import Both
from controller.operations import discover_devices

router = make_router("/discovery", "topology")
MOST = 1024


class Looking(Given):
    """Where to look. No prefix means only outward from the known devices."""

    prefixes: Annotated[
        list[Annotated[str, Field(max_length=50, examples=["10.23.0.0/24"])]],
        Field(
            default_factory=list, max_length=50, description="IPv4; 1,024 addresses in all at most"
        ),
    ]
    known: bool = Field(default=True, description="Walk outward from the known devices too")
    site: Annotated[
        str | None, Field(max_length=63, description="Only known devices of this site")
    ] = None


class AdditionShown(BaseModel):
    """A device the inventory does not have."""

    site: str
    name: str
    address: str
    platform: str
    model: str
    serial: str


class CorrectionShown(BaseModel):
    """What the inventory says of a device, and what the device says."""

    device: str
    key: str
    before: str
    after: str


class MoveShown(BaseModel):
    """A device whose address is of another site's network than that of its file."""

    device: str
    site: str
    to: str


class DoubtShown(BaseModel):
    """Something a person has to look at, and why."""

    subject: str
    why: Both


class DiscoveryShown(BaseModel):
    """What was found. Nothing is written: `diff` is for `git apply`, once somebody accepts it."""

    asked: int
    answered: int
    additions: list[AdditionShown]
    corrections: list[CorrectionShown]
    moves: list[MoveShown]
    doubts: list[DoubtShown]
    silent: list[str] = Field(description="Devices that were asked and did not answer")
    outside: list[str] = Field(description="Neighbours of no network of ours; not asked")
    diff: str


@router.post("", operation_id="discover_devices")
def look(asked: Asked, given: Looking) -> DiscoveryShown:
    """Sweep the prefixes and walk outward by LLDP and CDP; answers when done.

    Larger sweeps are for the command line and the web.
    """
    found = asked.ask(
        discover_devices.discover_devices,
        given.prefixes,
        known=given.known,
        site=given.site,
        most=MOST,
    )
    return DiscoveryShown(
        asked=found.asked,
        answered=found.answered,
        additions=[
            AdditionShown(
                site=added.site,
                name=added.name,
                address=added.found.address,
                platform=added.platform,
                model=added.found.identity.model,
                serial=added.found.identity.serial,
            )
            for added in found.compared.additions
        ],
        corrections=[
            CorrectionShown(device=c.device, key=c.key, before=c.before, after=c.after)
            for c in found.compared.corrections
        ],
        moves=[MoveShown(device=m.device, site=m.site, to=m.to) for m in found.compared.moves],
        doubts=[DoubtShown(subject=d.subject, why=Both.of(d.why)) for d in found.doubts],
        silent=list(found.compared.silent),
        outside=list(found.outside),
        diff=found.diff,
    )
