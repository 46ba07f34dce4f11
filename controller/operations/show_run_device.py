"""One device in a run: what became of it, what was checked, what it said; fit for a screen."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace

from controller.accounts.actor import Actor, require
from controller.connections.hiding import Hiding
from controller.errors import InputError, NotFound, Text
from controller.operations.context import Context
from controller.operations.read_plan import trusted_plan
from controller.plans.outcome import Run, RunDevice
from controller.plans.plan import DevicePlan
from controller.platforms.registry import platform
from controller.playbooks.result import TaskResult
from controller.store import plans, playbook_runs, runs


@dataclass(frozen=True)
class CheckMade:
    """One check after the push: its name, whether it passed, and what was found."""

    check: str
    passed: bool
    found: Text


@dataclass(frozen=True)
class DeviceStory:
    """A device in a run. `planned` is what was to reach it, `said` its last words, oldest first.

    `tasks` are what a playbook's tasks did. Secrets are hidden in all of it. `code` names the
    reason for programs. `withheld` says why whatever a secret may stand in is left out: `reason`,
    `said` and what the checks found.
    """

    run: Run
    device: RunDevice
    planned: DevicePlan
    code: str
    checks: tuple[CheckMade, ...]
    said: tuple[str, ...]
    withheld: InputError | None = None
    tasks: tuple[TaskResult, ...] = ()


def show_run_device(
    context: Context, actor: Actor, run: str, device: str, *, withhold: bool = False
) -> DeviceStory:
    """The evidence about one device. Errors: `NotFound`; `StalePlan` for an edited plan.

    Without the secrets nobody can tell what to hide: `InputError`, or with `withhold` the story
    without anything a secret may stand in.
    """
    require(actor, "read_history")
    with context.store.read() as conn:
        found = runs.load_run(conn, run)
        row = next((d for d in runs.run_devices(conn, run) if d.device == device), None)
        plan = trusted_plan(plans.load_plan(conn, found.plan))
        tasks = playbook_runs.results(conn, run, device=device) if plan.playbook else ()
    planned = plan.device(device)
    if row is None or planned is None:
        raise NotFound(
            Text(th=f"ไม่มี {device} ในการดำเนินการ {run}", en=f"{device} is not in run {run}")
        )
    kept = json.loads(row.evidence) if row.evidence else {}
    withheld = None
    hide: Callable[[str], str] = _nothing
    try:
        hide = Hiding(platform(planned.platform), context.secrets()).hide
    except InputError as error:
        if not withhold:
            raise
        withheld = error
    return DeviceStory(
        run=found,
        device=row.model_copy(update={"reason": hide(row.reason), "evidence": ""}),
        planned=planned,
        code=kept.get("why", ""),
        checks=tuple(
            CheckMade(c["check"], c["passed"], Text(th=hide(c["th"]), en=hide(c["en"])))
            for c in kept.get("checks", ())
        ),
        said=() if withheld else tuple(hide(line) for line in kept.get("said", ())),
        withheld=withheld,
        tasks=tuple(
            replace(one, lines=hide(one.lines), answer=hide(one.answer), task=hide(one.task))
            for one in tasks
        ),
    )


def _nothing(_: str) -> str:
    return ""
