"""What needs a person: devices of open cases a run did not bring where they should be."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, and_, exists, or_, select

from controller.plans.outcome import BAD, State
from controller.store.tables import cases, run_devices, runs

_TROUBLED = sorted(BAD | {"drifted"})
_later_run = runs.alias()
_later = run_devices.alias()
# A later run of the same case that did anything with the device has the last word on it.
_OVERTAKEN = exists().where(
    _later.c.device == run_devices.c.device,
    _later.c.state != "waiting",
    _later_run.c.id == _later.c.run,
    _later_run.c.case_number == runs.c.case_number,
    _later_run.c.started > runs.c.started,
)
_BADLY = run_devices.c.state.in_(_TROUBLED)
# A run that stopped left these where they were, and somebody meant them to be elsewhere.
_LEFT_ALONE = and_(run_devices.c.state == "waiting", runs.c.state == "stopped")
_STANDING = (
    select(runs.c.case_number, runs.c.id, run_devices.c.device, run_devices.c.state)
    .join_from(runs, run_devices, run_devices.c.run == runs.c.id)
    .join(cases, and_(cases.c.number == runs.c.case_number, cases.c.state == "open"))
    .where(or_(_BADLY, _LEFT_ALONE), runs.c.state != "running", ~_OVERTAKEN)
    .order_by(runs.c.started.desc(), run_devices.c.device)
)


@dataclass(frozen=True)
class Trouble:
    """One device that was not brought where it should be, in the run that said so last.

    `state` is `waiting` for one that a run which stopped never began.
    """

    case: str
    run: str
    device: str
    state: State


def standing_trouble(conn: Connection) -> tuple[Trouble, ...]:
    """Every such device of every open case, newest run first."""
    found = conn.execute(_STANDING)
    return tuple(Trouble(row.case_number, row.id, row.device, row.state) for row in found)
