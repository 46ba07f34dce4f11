"""Traps over HTTP: what devices told by themselves, and who else sent something."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, Field

from controller.api.asking import Asked
from controller.api.routing import make_router
from controller.api.words import Both
from controller.operations.list_traps import list_traps
from controller.platforms.trap_kinds import kind_title

router = make_router("/traps", "traps")


class TrapShown(BaseModel):
    """One trap or inform of a device we know, with the secret it is asked with."""

    at: datetime
    device: str
    kind: str = Field(description="`link_down`, `cold_start` …; `other` where no table knows it")
    title: Both
    oid: str
    port: str = Field(description="ifIndex, empty where it is about no port")
    port_name: str
    version: str
    authenticated: bool = Field(description="It proved who sent it (SNMPv3)")
    values: dict[str, str]


class StrangerShown(BaseModel):
    """An address that is no device's, or came with a wrong secret: counted, never believed."""

    address: str
    count: int
    first: datetime
    last: datetime


class TrapsShown(BaseModel):
    """The newest first."""

    traps: list[TrapShown]
    strangers: list[StrangerShown]


@router.get("", operation_id="list_traps")
def listing(
    asked: Asked,
    device: Annotated[str, Query(max_length=64)] = "",
    kind: Annotated[str, Query(max_length=64)] = "",
    most: Annotated[int, Query(ge=1, le=500, description="How many")] = 50,
) -> TrapsShown:
    """The newest traps, of all devices or one; a school gets those of its own, and no strangers."""
    found = asked.ask(list_traps, device=device, kind=kind, most=most)
    return TrapsShown(
        traps=[
            TrapShown(
                at=trap.at,
                device=trap.device,
                kind=trap.kind,
                title=Both.of(kind_title(trap.kind)),
                oid=trap.oid,
                port=trap.port,
                port_name=trap.port_name,
                version=trap.version,
                authenticated=trap.authenticated,
                values=dict(trap.values),
            )
            for trap in found.traps
        ],
        strangers=[
            StrangerShown(address=s.address, count=s.count, first=s.first, last=s.last)
            for s in found.strangers
        ],
    )
