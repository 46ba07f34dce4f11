"""Which system a device is, by what it answered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from controller.facts.answers import Answers, Request, as_text
from controller.platforms.identity_file import Rule
from controller.platforms.systems import Systems

DESCRIPTION = "1.3.6.1.2.1.1.1.0"
OBJECT_ID = "1.3.6.1.2.1.1.2.0"


def recognised(systems: Systems, answers: Answers) -> str:
    """The system's name; empty when no rule fits.

    Of the rules that hold the one wins that knows most of the sysObjectID, then the one that asks
    most; those marked `last` come after all others.
    """
    fitting = (
        ((not rule.last, arcs, _asked_for(rule)), name)
        for name, rule, arcs in _possible(systems, answers)
        if _answered(rule, answers)
    )
    return max(fitting, key=lambda found: found[0], default=((False, 0, 0), ""))[1]


def probes(systems: Systems, answers: Answers) -> Request:
    """What must still be asked to tell the systems apart that the device may be."""
    scalars: dict[str, None] = {}
    columns: dict[str, None] = {}
    for _, rule, _ in _possible(systems, answers):
        scalars |= dict.fromkeys((*rule.has, *rule.lacks))
        if rule.below:
            columns[rule.below] = None
    return Request(tuple(scalars), tuple(columns))


def _possible(systems: Systems, answers: Answers) -> Iterator[tuple[str, Rule, int]]:
    """The rules whose conditions on sysObjectID and sysDescr hold."""
    description, object_id = answers.text(DESCRIPTION), answers.text(OBJECT_ID).lstrip(".")
    for name, rule, arcs in systems.candidates(object_id):
        if any(_is_under(object_id, prefix) for prefix in rule.outside):
            continue
        if rule.description and not pattern(rule.description).search(description):
            continue
        if rule.unlike and pattern(rule.unlike).search(description):
            continue
        yield name, rule, arcs


def _answered(rule: Rule, answers: Answers) -> bool:
    """Whether the conditions on further OIDs hold."""
    for oid, shown in rule.has.items():
        value = answers.scalars.get(oid)
        if value is None or not pattern(shown).search(as_text(value)):
            return False
    if any(oid in answers.scalars for oid in rule.lacks):
        return False
    if rule.below is None:
        return True
    texts = (as_text(value) for value in answers.column(rule.below).values())
    return any(text and pattern(rule.like).search(text) for text in texts)


def _asked_for(rule: Rule) -> int:
    further = len(rule.has) + (rule.below is not None)
    return 4 * further + 2 * bool(rule.description) + bool(rule.lacks) + bool(rule.unlike)


def _is_under(object_id: str, prefix: str) -> bool:
    return object_id == prefix or object_id.startswith(prefix + ".")


@lru_cache(maxsize=4096)
def pattern(text: str) -> re.Pattern[str]:
    """The pattern compiled, when it is first needed: most are never met."""
    return re.compile(text)
