"""All configurations over HTTP: search them, take them home, look after their repository."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import Query, Response
from pydantic import BaseModel, Field

from controller.api.asking import Asked
from controller.api.downloads import file_answer, files
from controller.api.routing import Secret, make_router
from controller.operations import (
    export_configurations,
    index_configurations,
    pack_backups,
    reveal_secrets,
    search_configurations,
)
from controller.operations.search_configurations import MOST, DeviceHits

router = make_router("/configurations", "backups")
packing = make_router("/backups", "backups")
revealing = make_router("/devices", "devices", route=Secret)
Selecting = Annotated[str, Query(max_length=500, description="Which devices, as in `khaen`")]
At = Annotated[datetime | None, Query(description="As it was then, with a time zone; else now")]


class Found(BaseModel):
    """One page of devices by name, of all that match."""

    devices: list[DeviceHits]
    matching: int = Field(description="How many devices match in all")
    lines: int = Field(description="How many lines match, counted for each device")
    next: str | None = Field(description="`after` for the next page; null at the end")
    left_out: list[str] = Field(
        description="Devices that cannot be searched until their index is made anew"
    )


class Packed(BaseModel):
    """What a packing did, and what there is now."""

    objects: int
    packs: int
    bytes: int


class Indexed(BaseModel):
    """How many devices' histories were read anew, how many lines that nobody has went away."""

    devices: int
    lines_gone: int


@router.get("", operation_id="search_configurations")
def search(
    asked: Asked,
    q: Annotated[str, Query(min_length=1, max_length=500, examples=["ntp server"])],
    regex: Annotated[bool, Query(description="`q` is a regular expression (Python)")] = False,
    select: Selecting = "all",
    at: At = None,
    ever: Annotated[bool, Query(description="At any time, not only now")] = False,
    after: Annotated[str, Query(max_length=200, description="`next` of the page before")] = "",
    limit: Annotated[int, Query(ge=1, le=MOST, description="How many devices")] = 20,
) -> Found:
    """The devices whose configuration has a line with `q` in it: now, at a time, or ever.

    Secrets were hidden before, so none can be found. Lines are without margins; small and capital
    Latin letters are the same. A pattern that takes too long is stopped and said to (422).
    """
    found = asked.ask(
        search_configurations.search_configurations,
        q,
        regex=regex,
        select=select,
        at=at,
        ever=ever,
        after=after,
        most=limit,
    )
    return Found.model_validate(vars(found))


@router.get(
    "/export",
    operation_id="export_configurations",
    response_class=Response,
    responses=files("A ZIP file with SITE/DEVICE.cfg", "zip"),
)
def export(asked: Asked, select: Selecting = "all", at: At = None) -> Response:
    """The configurations of devices as files, now or at a time, every secret hidden."""
    found = asked.ask(export_configurations.export_configurations, select, at)
    return file_answer(found.content, "configurations.zip")


@router.post("/index", operation_id="index_configurations")
def make_index(asked: Asked, every: bool = False) -> Indexed:
    """Read the history anew of devices whose index is old or missing; with `every` of all.

    It is so after secrets are hidden by other rules. The schedule does it after packing.
    """
    done = asked.ask(index_configurations.index_configurations, every=every)
    return Indexed.model_validate(vars(done))


@packing.post("/packing", operation_id="pack_backups")
def pack(asked: Asked) -> Packed:
    """Make the repository of backups small and quick again; then the index whole."""
    return Packed.model_validate(vars(asked.ask(pack_backups.pack_backups)))


@revealing.post(
    "/{name}/configurations/{version}/revealed",
    operation_id="reveal_secrets",
    response_class=Response,
    responses=files("The configuration with its secrets", "txt"),
)
def reveal(asked: Asked, name: str, version: str) -> Response:
    """A version of a configuration with its secrets: for an engineer who is signed in.

    No token can do this. The audit log has who read it before it is given out.
    """
    found = asked.ask(reveal_secrets.reveal_secrets, name, version)
    return file_answer(found.text.encode("utf-8", "surrogateescape"), f"{found.device}.txt")
