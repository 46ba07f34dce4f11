"""Stop a run of a playbook, in whatever process it goes on."""

from __future__ import annotations

from controller.accounts.actor import Actor, require
from controller.errors import Refused, Text
from controller.operations.context import Context
from controller.playbooks.running import PlaybookRecord
from controller.store import audit_log, playbook_runs


def stop_playbook_run(context: Context, actor: Actor, run: str) -> PlaybookRecord:
    """The run, asked to stop: its Ansible ends within seconds; one that waits never begins.

    Errors: `NotFound`; `Refused` for a run that has ended.
    """
    require(actor, "run_playbook")
    now = context.clock()
    with context.store.begin() as conn:
        record = playbook_runs.load_run(conn, run)
        if not playbook_runs.request_stop(conn, run, actor.username):
            raise Refused(
                Text(th=f"การรัน {run} จบไปแล้ว", en=f"the run {run} has ended already"),
                hint=Text(
                    th=f"ดูผลด้วย khaen playbook result {run}",
                    en=f"see what came of it: khaen playbook result {run}",
                ),
            )
        if record.state == "waiting":
            by = actor.username
            words = Text(th=f"{by} สั่งหยุด", en=f"stopped by {by}")
            playbook_runs.finish_run(conn, run, "stopped", at=now, note=words)
        audit_log.append(
            conn,
            actor=actor.username,
            action="stop_playbook_run",
            subject=record.playbook,
            content={"run": run},
            at=now,
        )
        return playbook_runs.load_run(conn, run)
