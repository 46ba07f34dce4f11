"""Take a playbook run nobody is at, carry it out, and let what is too old go."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from controller.accounts.actor import Actor, require
from controller.operations.context import Context
from controller.operations.do_playbook_run import do_playbook_run
from controller.runs.playbook_pulse import PlaybookPulse, left_runs, take_left
from controller.store import audit_log, executors, playbook_runs


def take_playbook_run(
    context: Context, actor: Actor, leaving: Callable[[], bool] = lambda: False
) -> str | None:
    """The id of a run that was carried out here, or left again once `leaving`; None without one.

    Of a run whose process died, the devices that had not ended are asked again. Errors:
    `StoreError`, also when what a device said could not be kept.
    """
    require(actor, "run_playbook")
    with context.store.read() as conn:
        left = left_runs(conn, executors.clock_of(conn, context.clock))
    for run in left:
        if leaving():
            return None
        with PlaybookPulse(context.store, context.clock, run.id) as pulse:
            now = context.clock()
            with context.store.begin() as conn:
                if not take_left(conn, run, pulse.me, now):
                    continue
                if run.executor:
                    audit_log.append(
                        conn,
                        actor=run.by,
                        action="playbook_run_taken_over",
                        subject=run.playbook,
                        content={"run": run.id, "from": run.executor, "to": pulse.me},
                        at=now,
                    )
                mine = playbook_runs.load_run(conn, run.id)
            do_playbook_run(context, actor, mine, pulse, leaving=leaving)
        return run.id
    return None


def prune_playbook_runs(context: Context, actor: Actor) -> int:
    """Delete runs older than the settings say, a few hundred at a time; how many."""
    require(actor, "run_playbook")
    keep = context.settings.playbooks
    before = context.clock() - timedelta(days=keep.keep_days)
    with context.store.begin(audited=False) as conn:
        return playbook_runs.prune(conn, before=before, keep=keep.keep_runs)
