"""Read the figures of the installation, for a monitoring program."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from controller.accounts.actor import Actor, require
from controller.operations.context import Context
from controller.store import figures, sessions
from controller.store.figures import Figures
from controller.store.health_figures import HealthFigures, health_figures


@dataclass(frozen=True)
class Reading:
    """`stored` as the history has them, sessions that hold, devices of the inventory, the time."""

    stored: Figures
    sessions: int
    inventory: frozenset[str]
    at: datetime
    health: HealthFigures


def read_figures(context: Context, actor: Actor | None, *, each: bool = False) -> Reading:
    """The figures of this moment. `actor` None: a program on this very machine.

    `each`: with what every device measured.
    Errors: `NotAllowed`.
    """
    if actor is not None:
        require(actor, "read_figures")
    now = context.clock()
    idle = now - timedelta(minutes=context.settings.session_idle_minutes)
    with context.store.read() as conn:
        stored = figures.figures(conn)
        opened = sessions.count_open(conn, now, idle)
        health = health_figures(conn, now, each=each)
    names = frozenset(device.name for device in context.inventory().devices)
    return Reading(stored, opened, names, now, health)
