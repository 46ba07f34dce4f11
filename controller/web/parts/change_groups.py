"""A plan as change groups: one difference, the devices it reaches, and what speaks against it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache

from markupsafe import Markup
from nicegui import ui

from controller.errors import Text
from controller.inventory.device import ROLE_NAMES
from controller.language import Language
from controller.plans.groups import ChangeGroup, Reach, group, reach_of
from controller.plans.plan import ACCEPTABLE, LEFT_OUT_WORDS, PREDICTED, Plan
from controller.plans.window import window_words
from controller.plans.wording import (
    CHECK_WORDS,
    OPERATION_WORDS,
    ROLLBACK_WORDS,
    SAFETY_WORDS,
    unpredictable,
    words_of,
)
from controller.platforms.registry import platform_title
from controller.playbooks.parameter import typed
from controller.playbooks.predicting import EFFECTS
from controller.web.drawing import Stranger, draw
from controller.web.visit import Visit

# What nobody can say beforehand is red: the director must not read past it.
EFFECT_COLOURS = {
    "changes": "warn", "same": "good", "reads": "good", "skipped": "", "not-predictable": "bad",
}  # fmt: skip
AT_ONCE = 40
"""So many groups stand on one page; a difference is read, not scrolled past."""


@dataclass(frozen=True)
class Line:
    """One line of a difference; `kind` is `add`, `del` or empty for what stands around."""

    kind: str
    text: str


@dataclass(frozen=True)
class Against:
    """One reason against, and the devices it is about. `accepted` says why it was taken on."""

    check: str
    title: Text
    told: Text
    devices: tuple[str, ...]
    accepted: str | None


@dataclass(frozen=True)
class Tally:
    """What devices have in common, in words, and how many have it."""

    words: Text
    devices: int
    worrying: bool = False


@dataclass(frozen=True)
class _Keyed:
    """A plan for a cache: the id says everything about the content."""

    id: str
    plan: Plan = field(compare=False, repr=False)


def put_change_groups(visit: Visit, plan: Plan, part: int = 1) -> None:
    """Put the plan on the page being built, outliers first; `part` counts pages of groups from 1.

    Of a plan with very many groups the further parts are links to the plan's own page.
    """
    ui.html(change_groups(visit.language, plan, part), sanitize=False).classes("wide")


def change_groups(language: Language, plan: Plan, part: int = 1) -> Markup:
    """The same as HTML. It depends on nothing but the plan, so it is drawn once per plan."""
    return _drawn(language, _Keyed(plan.id, plan), max(1, part))


@lru_cache(maxsize=32)
def _drawn(language: Language, keyed: _Keyed, part: int) -> Markup:
    plan, (groups, far) = keyed.plan, _grouped(keyed)
    # A predicted plan is not kept, so it has no page of its own to go on at.
    size = max(1, len(groups)) if plan.predicted else AT_ONCE
    parts = [groups[at : at + size] for at in range(0, len(groups), size)] or [()]
    part = min(part, len(parts))
    first = (part - 1) * size + 1
    return draw(
        Stranger(language),
        "parts/change_groups.html",
        plan=plan,
        reach=far,
        part=part,
        parts=len(parts),
        groups=[(n, g, lines_of(g.diff)) for n, g in enumerate(parts[part - 1], start=first)],
        outliers=sum(g.outlier for g in groups),
        against=reasons(plan),
        refused=bool(plan.refusals()),
        predicted=PREDICTED,
        checks=[words_of(CHECK_WORDS, name) for name in _checks(plan)],
        within=window_words(plan.window) if plan.window else None,
        rollbacks=_rollbacks(plan),
        operations=OPERATION_WORDS,
        platform_title=platform_title,
        roles=ROLE_NAMES,
        left_out=_left_out(plan),
        parameters=[(n, typed(v)) for n, v in (plan.playbook.parameters if plan.playbook else ())],
        blind=unpredictable(plan),
        effects=EFFECTS,
        effect_colours=EFFECT_COLOURS,
    )


@lru_cache(maxsize=16)
def _grouped(keyed: _Keyed) -> tuple[tuple[ChangeGroup, ...], Reach]:
    groups = group(keyed.plan)
    return groups, reach_of(keyed.plan, groups)


def lines_of(diff: str) -> tuple[Line, ...]:
    """A difference line by line, for colours. The sign may stand after the margin."""
    kinds = {"+": "add", "-": "del"}
    return tuple(Line(kinds.get(line.lstrip()[:1], ""), line) for line in diff.split("\n") if line)


def reasons(plan: Plan) -> tuple[Against, ...]:
    """Every reason against, each once with its devices: first those that nobody accepted."""
    accepted = {a.check: a.why for a in plan.accepted if a.check in ACCEPTABLE}
    about: dict[tuple[str, str, str], list[str]] = {}
    for device in plan.devices:
        for reason in device.reasons:
            about.setdefault((reason.check, reason.th, reason.en), []).append(device.device)
    found = [
        Against(
            check=check,
            title=words_of(SAFETY_WORDS, check),
            told=Text(th=th, en=en),
            devices=tuple(devices),
            accepted=accepted.get(check),
        )
        for (check, th, en), devices in about.items()
    ]
    return tuple(sorted(found, key=lambda a: (a.accepted is not None, a.check, a.devices)))


def _checks(plan: Plan) -> tuple[str, ...]:
    """Every check any device is to pass, in the order they are made."""
    return tuple(dict.fromkeys(name for device in plan.devices for name in device.checks))


def _rollbacks(plan: Plan) -> tuple[Tally, ...]:
    counted = Counter(device.rollback for device in plan.devices)
    return tuple(
        Tally(ROLLBACK_WORDS[kind], number, worrying=kind == "none")
        for kind, number in sorted(counted.items())
    )


def _left_out(plan: Plan) -> list[tuple[Text, list[tuple[str, str]]]]:
    """Reason in words -> (device, detail), in the order of the reasons."""
    found: dict[str, list[tuple[str, str]]] = {}
    for left in plan.left_out:
        found.setdefault(left.why, []).append((left.device, left.detail))
    return [(text, found[why]) for why, text in LEFT_OUT_WORDS.items() if why in found]
