"""What somebody can do in a case now: what a page offers, and for whom a case waits.

Nothing is decided here: each answer asks what the move itself asks first, and the move asks again.
What depends on the words somebody will type (a reason, a day, a plan) is not looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from controller.accounts.actor import PERMISSIONS, Actor
from controller.errors import KhaenError
from controller.inventory.office import Office
from controller.processes.capacity import deciders, standing
from controller.processes.carrying import carried_out, left_changed
from controller.processes.case import Case, StepKind
from controller.processes.history import approval, happened_here
from controller.processes.manual import MANUAL, Manual, Process, Step
from controller.processes.needs import missing
from controller.processes.step import Need
from controller.processes.turning import goes_back_to
from controller.processes.walk import doers, require_doer, require_member
from controller.thai import bangkok_date

Move = Literal[
    "decide",
    "appoint",
    "replan",
    "study",
    "fill",
    "survey",
    "attach",
    "submit",
    "notify",
    "apply",
    "verify",
    "rollback",
    "record",
    "follow",
    "publish",
    "evaluate",
    "detach",
    "revise",
    "withdraw",
]
# The permission each move asks for.
PERMISSION: dict[Move, str] = {
    "decide": "decide_case",
    "appoint": "appoint_group",
    "replan": "submit_case",
    "study": "study_case",
    "fill": "attach_form",
    "survey": "open_survey",
    "attach": "attach_file",
    "submit": "submit_case",
    "notify": "notify_case",
    "apply": "apply_plan",
    "verify": "verify_devices",
    "rollback": "roll_back_case",
    "record": "record_case",
    "follow": "record_case",
    "publish": "record_case",
    "evaluate": "evaluate_case",
    "detach": "detach_paper",
    "revise": "revise_case",
    "withdraw": "withdraw_case",
}
# What a step takes because of its kind, and because of what it needs.
_OF_KIND: dict[StepKind, tuple[Move, ...]] = {
    "appoint": ("appoint",),
    "plan": ("study",),
    "execute": ("record",),
    "monitor": ("follow",),
}
_OF_NEED: dict[Need, Move] = {"notice": "notify", "publication": "publish"}


@dataclass(frozen=True)
class Situation:
    """What is known beside the case: the office, the moment, its runs, who made its plan.

    `running` is whether a run of the case is going on, `unknown` whether a device of it has to be
    looked at again.
    """

    office: Office
    now: datetime
    running: bool = False
    unknown: bool = False
    planned_by: str | None = None


def possible_moves(
    case: Case, actor: Actor, situation: Situation, *, manual: Manual = MANUAL
) -> tuple[Move, ...]:
    """The moves `actor` can make in the case now, the one that leads on first."""
    if case.state != "open":
        return ()
    process = manual.process(case.process)
    asked = _Asked(case, actor, situation, process, process.steps[case.step], manual)
    found = set(_moves(asked))
    return tuple(m for m, need in PERMISSION.items() if m in found and _has(actor, need))


def waits_for(case: Case, actor: Actor, situation: Situation, *, manual: Manual = MANUAL) -> bool:
    """Whether the current step of an open case waits for `actor`.

    Nothing waits while a run is going on. A run waits for the engineers of the group; an order for
    who proposed, although the director may enter it too.
    """
    moves = possible_moves(case, actor, situation, manual=manual)
    if situation.running or not moves:
        return False
    step = manual.process(case.process).steps[case.step]
    if step.kind == "approve":
        return bool({"decide", "publish"} & {*moves})
    if "run" in step.needs:
        return _has(actor, "apply_plan")
    by_role = step.kind != "appoint" and bool(actor.roles & {*step.roles})
    return by_role or actor.username in doers(case, step)


@dataclass(frozen=True)
class _Asked:
    case: Case
    actor: Actor
    situation: Situation
    process: Process
    step: Step
    manual: Manual

    @property
    def doer(self) -> bool:
        return _passes(lambda: require_doer(self.case, self.actor, self.step))

    @property
    def member(self) -> bool:
        return _passes(lambda: require_member(self.case, self.actor, proposer_too=True))

    @property
    def in_group(self) -> bool:
        return _passes(lambda: require_member(self.case, self.actor))


def _moves(asked: _Asked) -> Iterator[Move]:
    yield from _at_the_step(asked)
    yield from _about_devices(asked)
    case, still = asked.case, not asked.situation.running
    if still and _may_revise(asked) and goes_back_to(case, asked.manual) is not None:
        yield "revise"
    if still and asked.actor.username == case.proposer and not left_changed(case):
        yield "withdraw"


def _at_the_step(asked: _Asked) -> Iterator[Move]:
    case, step, situation = asked.case, asked.step, asked.situation
    day = bangkok_date(situation.now)
    if step.kind == "approve":
        yield from _before_the_director(asked)
        return
    if step.kind == "appoint" and standing(situation.office, asked.actor.username, day):
        yield "appoint"
    if not asked.doer:
        return
    yield "attach"
    if case.papers:
        yield "detach"
    yield from _forms(asked)
    yield from _OF_KIND.get(step.kind, ())
    if step.kind == "plan" and not missing(case, asked.manual):
        yield "submit"
    yield from (_OF_NEED[need] for need in step.needs if need in _OF_NEED)
    over = "run" in step.needs and carried_out(case) and _evaluation_follows(asked)
    if (step.kind == "evaluate" or over) and not situation.running:
        yield "evaluate"


def _before_the_director(asked: _Asked) -> Iterator[Move]:
    case, situation = asked.case, asked.situation
    if happened_here(case, "approved"):
        if "publication" in asked.step.needs and asked.member:
            yield "publish"
        return
    day = bangkok_date(situation.now)
    if asked.actor.username in deciders(situation.office, case, day, situation.planned_by):
        yield "decide"


def _forms(asked: _Asked) -> Iterator[Move]:
    named = [asked.manual.form(slug) for slug in (*asked.step.forms, *asked.step.may)]
    if any(form is not None and not form.survey for form in named):
        yield "fill"
    if any(form is not None and form.survey for form in named):
        yield "survey"


def _about_devices(asked: _Asked) -> Iterator[Move]:
    case, situation = asked.case, asked.situation
    if not asked.process.plans_a_change or situation.running:
        return
    if asked.member:
        yield "replan"
    if situation.unknown:
        yield "verify"
        return
    held = approval(case, asked.manual)
    if held is None or held.expires is None or held.expires <= situation.now or not asked.in_group:
        return
    if "run" in asked.step.needs:
        yield "apply"
    before = any("run" in step.needs for step in asked.process.steps[: case.step + 1])
    if before and asked.step.kind in {"execute", "evaluate"} and left_changed(case):
        yield "rollback"


def _may_revise(asked: _Asked) -> bool:
    if asked.step.kind == "approve":
        return asked.member
    return asked.actor.username == asked.case.proposer or asked.doer


def _evaluation_follows(asked: _Asked) -> bool:
    following = asked.process.steps[asked.case.step + 1 :]
    return bool(following) and following[0].kind == "evaluate"


def _has(actor: Actor, permission: str) -> bool:
    return bool(actor.roles & PERMISSIONS[permission])


def _passes(check: Callable[[], None]) -> bool:
    try:
        check()
    except KhaenError:
        return False
    return True
