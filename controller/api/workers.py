"""Workers over HTTP: who takes work from the queues, and what is in hand."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field

from controller.api.asking import Asked
from controller.api.routing import make_router
from controller.operations.list_workers import Health, InHand, Kind, list_workers

router = make_router("/workers", "workers")


class InHandShown(BaseModel):
    """One thing somebody is at, or that waits."""

    kind: Kind
    name: str = Field(description="Id of the run, name of the entry, number of the share")


class WorkerShown(BaseModel):
    """One process that carries work out. Times are UTC."""

    id: str
    host: str
    pid: int
    started: datetime
    heard: datetime = Field(description="When it last gave a sign of life")
    queues: list[str] = Field(description="What it takes work from; empty for a person's command")
    health: Health = Field(description="`silent`: taken to have died, its work is taken over")
    in_hand: list[InHandShown]


class WorkersShown(BaseModel):
    """The processes, oldest first, and what waits for a worker."""

    workers: list[WorkerShown]
    waiting: list[InHandShown]


@router.get("", operation_id="list_workers")
def workers(asked: Asked) -> WorkersShown:
    """The workers, whether they are alive, their queues and what they have in hand."""
    found = asked.ask(list_workers)
    return WorkersShown(
        workers=[
            WorkerShown(
                id=one.id,
                host=one.host,
                pid=one.pid,
                started=one.started,
                heard=one.heard,
                queues=list(one.queues),
                health=one.health,
                in_hand=[_shown(thing) for thing in one.in_hand],
            )
            for one in found.workers
        ],
        waiting=[_shown(thing) for thing in found.waiting],
    )


def _shown(thing: InHand) -> InHandShown:
    return InHandShown(kind=thing.kind, name=thing.name)
