"""The runs of playbooks that only read or only looked: which go on, and how the others ended."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from controller.accounts.actor import Actor, require
from controller.operations.context import Context
from controller.playbooks.running import ENDED, OPEN, DeviceState, PlaybookRecord, PlaybookState
from controller.store import playbook_runs


@dataclass(frozen=True)
class PlaybookProgress:
    """How far a run of a playbook is: `counts` has its devices by state."""

    record: PlaybookRecord
    counts: dict[DeviceState, int] = field(default_factory=dict)

    @property
    def going_on(self) -> bool:
        """Whether it waits or runs."""
        return self.record.state in OPEN

    @property
    def devices(self) -> int:
        """How many devices it has."""
        return sum(self.counts.values())

    @property
    def done(self) -> int:
        """How many have ended."""
        return sum(number for state, number in self.counts.items() if state in ENDED)

    @property
    def good(self) -> bool:
        """Whether nothing needs a person: it finished, and no device failed or was unreachable.

        A device the playbook is not written for is `not-run`, and that is well.
        """
        return self.record.state == "finished" and set(self.counts) <= {"ok", "changed", "not-run"}


def list_playbook_runs(
    context: Context,
    actor: Actor,
    *,
    playbook: str = "",
    state: PlaybookState | None = None,
    device: str = "",
    after: tuple[datetime, str] | None = None,
    most: int = 50,
) -> tuple[PlaybookProgress, ...]:
    """At most `most` runs, newest first, beginning after the one with that start and id.

    Of a playbook, in a state, that a device was in; empty words and None mean any.
    """
    require(actor, "read_history")
    with context.store.read() as conn:
        found = playbook_runs.newest_runs(
            conn, playbook=playbook, state=state, device=device, after=after, most=most
        )
        counts = playbook_runs.state_counts(conn, [record.id for record in found])
    return tuple(PlaybookProgress(record, counts[record.id]) for record in found)
