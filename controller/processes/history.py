"""What the events of a case tell: when it came to its step, and which approvals still hold."""

from __future__ import annotations

from datetime import datetime

from controller.processes.case import Case, Decision, Event
from controller.processes.dossier import Change, differences, items_of
from controller.processes.manual import MANUAL, Manual, Process

# After one of these no approval of the case holds any more, wherever the case stands.
_ENDINGS = frozenset({"refused", "withdrawn"})
# After one of these a case stands at an earlier step than before.
_TURNS_BACK = frozenset({"returned", "voided", "revised"})


def here(case: Case) -> tuple[Event, ...]:
    """What has happened since the case came to the step it is at, the last time it came."""
    away = [i for i, event in enumerate(case.events) if event.step != case.step]
    return case.events[away[-1] + 1 :] if away else case.events


def arrived(case: Case) -> datetime:
    """When the case came to the step it is at, the last time it came."""
    before = case.events[: len(case.events) - len(here(case))]
    return before[-1].at if before else case.opened


def happened_here(case: Case, what: str) -> bool:
    """Whether this has happened since the case came to its step."""
    return any(event.what == what for event in here(case))


def approvals(case: Case) -> dict[int, Event]:
    """The approvals that hold, by the approve step each was given at.

    One holds until the case goes back to before its step, by a return, another plan, or a
    revision, or until it is refused or withdrawn. A history that does not add up holds none.
    """
    held: dict[int, Event] = {}
    following = [*(event.step for event in case.events[1:]), case.step]
    for event, after in zip(case.events, following, strict=False):
        if event.what == "approved":
            held[event.step] = event
        broken = event.what in _TURNS_BACK and after >= event.step
        if event.what in _ENDINGS or broken:
            held = {}
        elif event.what in _TURNS_BACK or after < event.step:
            held = {step: approval for step, approval in held.items() if step < after}
    return held


def gate_step(process: Process) -> int | None:
    """The approve step that governs what reaches devices: the nearest before the run."""
    runs = [i for i, step in enumerate(process.steps) if "run" in step.needs]
    if not runs:
        return None
    return max(i for i in range(runs[0]) if process.steps[i].kind == "approve")


def work_gate_step(process: Process) -> int | None:
    """The approve step that governs work no device is changed by: the nearest before the work."""
    works = [i for i, step in enumerate(process.steps) if step.kind == "execute"]
    before = [i for i in range(works[0] if works else 0) if process.steps[i].kind == "approve"]
    return before[-1] if before else None


def governing(case: Case, manual: Manual = MANUAL) -> Decision | None:
    """The last decision at the approve step that governs what reaches devices, whatever it says.

    None where there is none, and for a process that changes no devices or that the manual has not.
    Decisions of the time before they named their step are taken to be of this one.
    """
    process = next((p for p in manual.processes if p.number == case.process), None)
    step = gate_step(process) if process else None
    return None if step is None else decided_at(case, step)


def decided_at(case: Case, step: int) -> Decision | None:
    """The last decision at this approve step, whatever it says; None where there is none."""
    made = [d for d in case.decisions if d.step in (None, step)]
    return made[-1] if made else None


def approval(case: Case, manual: Manual = MANUAL) -> Decision | None:
    """The approval by which the plan of the case may be carried out, None when none holds."""
    decision = governing(case, manual)
    if decision is None or decision.kind != "approve" or decision.plan != (case.plan or ""):
        return None
    step = gate_step(manual.process(case.process))
    held = approvals(case).get(-1 if step is None else step)
    same = held is not None and (held.actor, held.at) == (decision.actor, decision.at)
    return decision if same else None


def since_submitted(
    case: Case, manual: Manual = MANUAL
) -> tuple[datetime | None, tuple[Change, ...]]:
    """When the case was submitted before, and what is not as it was then; None: never before.

    Of a case that is before the director now, the submission before this one counts.
    """
    steps = manual.process(case.process).steps
    waiting = case.state == "open" and steps[case.step].kind == "approve"
    before = case.submissions[:-1] if waiting else case.submissions
    if not before:
        return None, ()
    return before[-1].at, differences(before[-1].items, items_of(case))
