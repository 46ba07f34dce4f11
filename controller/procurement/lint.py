"""Lint of a specification: all there is to mend, to explain or to know before it is put forward.

A pure function of the specification and of what the office knows that day. Each remark names the
law, regulation or edition it comes from, in words an officer can put into a letter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from controller.procurement.known import Known
from controller.procurement.lint_baseline import against_the_baseline
from controller.procurement.lint_criteria import criteria_that_cannot_be_held, criteria_that_clash
from controller.procurement.lint_models import who_can_meet_it
from controller.procurement.lint_money import award, money, prices
from controller.procurement.lint_places import places
from controller.procurement.lint_words import names_in_words
from controller.procurement.remark import Remark, ordered
from controller.specs.specification import Specification

Check = Callable[[Specification, Known], Iterator[Remark]]
CHECKS: tuple[Check, ...] = (
    names_in_words,
    criteria_that_cannot_be_held,
    criteria_that_clash,
    against_the_baseline,
    who_can_meet_it,
    prices,
    money,
    award,
    places,
)


def lint(specification: Specification, known: Known) -> tuple[Remark, ...]:
    """Every remark, errors first. What was taken on with a reason is told all the same."""
    return ordered(remark for check in CHECKS for remark in check(specification, known))
