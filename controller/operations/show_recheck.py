"""The re-check of a case: how the devices its runs touched stand against the rules."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable

from controller.accounts.actor import SCHEDULE, Actor, require
from controller.compliance.rechecking import Recheck, Rechecked, on_configuration
from controller.errors import KhaenError
from controller.operations.audit_devices import audit_devices
from controller.operations.context import Context
from controller.plans.outcome import RunDevice
from controller.runs.errand import standing
from controller.store import cases, findings, runs
from controller.store.engine import Connection

_log = logging.getLogger(__name__)
_UNTOUCHED = frozenset({"waiting", "refused", "drifted"})
# Of a device without a change that stands: it is known to be as it was.
_SETTLED = frozenset({"confirmed", "rolled_back"})


def show_recheck(context: Context, actor: Actor, number: str) -> Recheck | None:
    """How the touched devices stand; None when no run has ended, or no rule is on configuration.

    Errors: `NotFound`, `InputError` for broken rules.
    """
    require(actor, "read_history")
    with context.store.read() as conn:
        cases.load_case(conn, number)
        return recheck_of(context, conn, number)


def recheck_of(context: Context, conn: Connection, number: str) -> Recheck | None:
    """The same for whoever is allowed to ask already, in a transaction of theirs."""
    ended = [run for run in runs.runs_of(conn, number) if run.ended is not None]
    history = [(run, runs.run_devices(conn, run.id)) for run in ended]
    last = {row.device: row.state for _, rows in history for row in rows if _is_touched(row)}
    inventory = context.inventory()
    names = sorted(name for name in last if inventory.device(name) is not None)
    if not names:
        return None
    rules = [rule.id for rule in context.rulebook().rules if on_configuration(rule)]
    if not rules:
        return None
    judged = findings.judged_at(conn, names)
    changed = standing(history)
    stands = findings.standing(conn, devices=names, rules=rules, verdicts=("fail", "unknown"))
    return Recheck(
        ended=max(run.ended for run in ended if run.ended is not None),
        devices=tuple(
            Rechecked(
                name,
                judged.get(name),
                tuple((one.rule, one.verdict) for one in stands if one.device == name),
                as_before=name not in changed and last[name] in _SETTLED,
            )
            for name in names
        ),
    )


def make_up_recheck(context: Context, number: str) -> None:
    """Judge what the runs of a case touched, where that was not done since or no more holds.

    What was fetched of a device, or changed in the workspace, after the re-check counts too; quick
    when nothing was.
    """
    with context.store.read() as conn:
        recheck = recheck_of(context, conn, number)
        ids = [run.id for run in runs.runs_of(conn, number)]
        going_on = any(run.case == number for run in runs.open_runs(conn))
    if recheck is not None and not going_on:
        _judge(context, ids, again=bool(recheck.missing))


def recheck_after(context: Context, *ids: str) -> None:
    """Judge the devices that these runs touched, as soon as they have ended.

    Should that fail, the log says so, and the case cannot be closed before somebody audits them.
    """
    _judge(context, ids, again=True)


def _judge(context: Context, ids: Collection[str], *, again: bool) -> None:
    try:
        with context.store.read() as conn:
            names = _touched(context, conn, ids)
        if names and context.rulebook().rules:
            chosen = f"name={','.join(names)}"
            audit_devices(context, SCHEDULE, chosen, why="rollout", again=again)
    except KhaenError as error:
        _log.warning("no re-check after %s: %s", ", ".join(ids), error.message.en)


def _touched(context: Context, conn: Connection, ids: Iterable[str]) -> list[str]:
    """The devices of these runs to which something was pushed, and that are still there."""
    inventory = context.inventory()
    rows = (row for run in ids for row in runs.run_devices(conn, run))
    touched = {row.device for row in rows if _is_touched(row)}
    return sorted(name for name in touched if inventory.device(name) is not None)


def _is_touched(row: RunDevice) -> bool:
    return row.state not in _UNTOUCHED
