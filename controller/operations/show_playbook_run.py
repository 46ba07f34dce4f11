"""One run of a playbook: its devices, and what every task said of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from controller.accounts.actor import Actor, require
from controller.operations.context import Context
from controller.operations.list_playbook_runs import PlaybookProgress
from controller.playbooks.result import TaskResult
from controller.playbooks.running import PlaybookDevice
from controller.store import playbook_runs


@dataclass(frozen=True)
class PlaybookRunView(PlaybookProgress):
    """A run with its devices by name, and the results asked for, in their order."""

    shown: tuple[PlaybookDevice, ...] = ()
    results: tuple[TaskResult, ...] = ()

    @property
    def last(self) -> int:
        """The number of the last result, to ask for what came after it; 0 without any."""
        return self.results[-1].number if self.results else 0


def show_playbook_run(
    context: Context,
    actor: Actor,
    run: str,
    *,
    device: str = "",
    after: int = 0,
    most: int | None = None,
) -> PlaybookRunView:
    """A run as it stands, with at most `most` results after number `after`, of a device or all.

    When a run was taken over from a process that died, results that were seen may be gone and come
    again with the same numbers. Errors: `NotFound`.
    """
    require(actor, "read_history")
    with context.store.read() as conn:
        record = playbook_runs.load_run(conn, run)
        return PlaybookRunView(
            record,
            playbook_runs.state_counts(conn, [run])[run],
            playbook_runs.run_devices(conn, run),
            playbook_runs.results(conn, run, device=device, after=after, most=most),
        )


def follow_playbook_run(
    context: Context, actor: Actor, run: str, pause: Callable[[], None]
) -> Iterator[PlaybookRunView]:
    """The run with every result so far, then whenever there is more, until it has ended.

    `pause` waits between two looks. Errors: `NotFound`.
    """
    after = 0
    while True:
        view = show_playbook_run(context, actor, run, after=after)
        after = view.last or after
        yield view
        if not view.going_on:
            return
        pause()
