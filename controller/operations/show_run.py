"""Read runs: one with its devices, or all of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from controller.accounts.actor import Actor, require
from controller.operations.context import Context
from controller.operations.follow_run import Outcome, outcome_of
from controller.plans.outcome import FINAL, Run, RunDevice
from controller.store import runs


def show_run(context: Context, actor: Actor, run: str) -> Outcome:
    """How a run stands now, with every device. Errors: `NotFound`."""
    require(actor, "read_history")
    return outcome_of(context, run)


def list_runs(
    context: Context, actor: Actor, *, case: str | None = None, most: int = 200
) -> tuple[Run, ...]:
    """The newest runs, or those of a case, newest first."""
    require(actor, "read_history")
    with context.store.read() as conn:
        return runs.newest_runs(conn, case=case, most=most)


@dataclass(frozen=True)
class Progress:
    """How far a run is: `counts` has its devices by state. `good` as `Outcome.good`."""

    run: Run
    counts: dict[str, int]

    @property
    def devices(self) -> int:
        """How many devices the run has."""
        return sum(self.counts.values())

    @property
    def done(self) -> int:
        """How many have reached a final state."""
        return sum(number for state, number in self.counts.items() if state in FINAL)

    @property
    def good(self) -> bool:
        """Whether nothing needs a person: finished, every device as approved or drifted."""
        return self.run.state == "finished" and set(self.counts) <= {"confirmed", "drifted"}


def show_run_progress(context: Context, actor: Actor, run: str) -> Progress:
    """How far a run is, without its devices: quick, however many there are. Errors: `NotFound`."""
    require(actor, "read_history")
    with context.store.read() as conn:
        return Progress(runs.load_run(conn, run), runs.state_counts(conn, run))


def page_runs(
    context: Context,
    actor: Actor,
    *,
    case: str | None,
    after: tuple[datetime, str] | None,
    most: int,
) -> tuple[Progress, ...]:
    """The runs, or those of a case, newest first, beginning after the one that began then."""
    require(actor, "read_history")
    with context.store.read() as conn:
        found = runs.newest_runs(conn, case=case, most=most, after=after)
        return tuple(Progress(run, runs.state_counts(conn, run.id)) for run in found)


def page_devices(
    context: Context,
    actor: Actor,
    run: str,
    *,
    state: str | None = None,
    after: tuple[int, str] | None = None,
    most: int,
) -> tuple[RunDevice, ...]:
    """The devices of a run, or those in a state, canary first, then by batch and name.

    Only so many, `after` the batch and name of the last one seen. Errors: `NotFound`.
    """
    require(actor, "read_history")
    with context.store.read() as conn:
        runs.load_run(conn, run)
        return runs.page_of_devices(conn, run, state=state, after=after, most=most)
