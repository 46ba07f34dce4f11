"""Looking again at devices of which a run could not tell how they ended. Nothing is pushed."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from controller.accounts.actor import Actor
from controller.errors import KhaenError, NotFound, StoreError, Text
from controller.plans.outcome import Run, RunDevice
from controller.runs.device import working
from controller.runs.environment import RunEnvironment
from controller.runs.errand import Errand, unproven
from controller.runs.errands import errands_of, history_of, plan_of
from controller.runs.gate import permit
from controller.runs.ledger import Ending, Ledger
from controller.runs.playbook_device import look_again
from controller.runs.playbook_rollout import playbook_work
from controller.runs.prove import Proof
from controller.runs.wording import CANNOT_TELL
from controller.store import runs
from controller.store.engine import Connection

_WORKERS = 20


class _Afterwards(Ledger):
    """The writing about devices of a run that has ended: the device's lock alone is what counts."""

    def owned(self, conn: Connection) -> None:
        """Always: another process that looks again takes the lock, and this one is fenced off."""


def verify_unknown(
    environment: RunEnvironment,
    executor: str,
    case_number: str,
    actor: Actor,
    show: Callable[[RunDevice], None] | None,
) -> str:
    """Settle the case's `unknown` devices as far as they can be seen now.

    A change that still waits for confirmation is confirmed when the gate is open and every check
    passes; else it goes back. Gives the newest run they are of. Errors: `NotFound` for none.
    """
    history = history_of(environment.store, case_number)
    questions = unproven(history)
    if not questions:
        raise NotFound(
            Text(
                th=f"เรื่อง {case_number} ไม่มีอุปกรณ์ที่ไม่ทราบสถานะ",
                en=f"no device of case {case_number} is in an unknown state",
            )
        )
    newest = ""
    for run, _ in history:
        rows = [row for row in questions.values() if row.run == run.id]
        if rows:
            newest = run.id
            _verify_run(environment, executor, run, rows, actor, show)
    return newest


def _verify_run(
    environment: RunEnvironment,
    executor: str,
    run: Run,
    rows: list[RunDevice],
    actor: Actor,
    show: Callable[[RunDevice], None] | None,
) -> None:
    may_keep = _gate_is_open(environment, run)
    as_actor = run.model_copy(update={"by": actor.username})
    ledger = _Afterwards(
        environment.store,
        environment.backups,
        as_actor,
        executor,
        environment.clock,
        environment.secrets,
    )
    plan = plan_of(environment.store, run)
    errands = errands_of(environment, run, plan, rows)
    look_at = _look_after_playbook if plan.playbook and run.kind == "apply" else _look

    def look(row: RunDevice) -> RunDevice:
        look_at(environment, ledger, row, errands[row.device], may_keep)
        with environment.store.read() as conn:
            return next(d for d in runs.run_devices(conn, run.id) if d.device == row.device)

    with ThreadPoolExecutor(min(_WORKERS, len(rows)), "khaen-verify") as pool:
        for seen in pool.map(look, rows):
            if show:
                show(seen)


def _look(
    environment: RunEnvironment, ledger: Ledger, row: RunDevice, errand: Errand, may_keep: bool
) -> None:
    book = ledger.claim(row, errand.platform, errand.site)
    if book is None:
        return
    work = working(environment, book, errand, may_push=False)
    work.remember(row)
    proof = Proof(work, may_keep=may_keep, wait=0.0, touched=True)
    book.end(proof.find() or Ending("unknown", CANNOT_TELL), work.evidence())


def _look_after_playbook(
    environment: RunEnvironment, ledger: Ledger, row: RunDevice, errand: Errand, may_keep: bool
) -> None:
    book = ledger.claim(row, errand.platform)
    if book is None:
        return
    work = playbook_work(environment, book, errand)
    work.remember(row)
    book.end(look_again(work, may_keep=may_keep), work.evidence())


def _gate_is_open(environment: RunEnvironment, run: Run) -> bool:
    try:
        permit(environment, run.case, run.kind, going_on=True)
    except StoreError:
        raise
    except KhaenError:
        return False
    return True
