"""Which known models meet a criterion: those that do, those that do not, and what nobody knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from controller.errors import Text
from controller.specs.answers import UnreadableError, read_answer
from controller.specs.attribute import attributes
from controller.specs.criterion import Criterion
from controller.specs.meeting import UnfitError, standing
from controller.specs.model import Model
from controller.specs.model_answers import answer_of

Match = Literal["met", "failed", "unknown"]


MATCHES: dict[Match, Text] = {
    "met": Text(th="ผ่าน", en="meets it"),
    "failed": Text(th="ไม่ผ่าน", en="fails"),
    "unknown": Text(th="ข้อมูลไม่พอ", en="not known"),
}


@dataclass(frozen=True)
class Matches:
    """Models by how they stand, each in one of the three, in the order they were given."""

    met: tuple[Model, ...] = ()
    failed: tuple[Model, ...] = ()
    unknown: tuple[Model, ...] = ()


def of_kind(models: Mapping[str, Model], kind: str) -> tuple[Model, ...]:
    """The models of a kind of the register, by maker and number; one without a kind is of none."""
    found = (model for model in models.values() if model.kind == kind)
    return tuple(sorted(found, key=lambda model: (model.maker.casefold(), model.model.casefold())))


def match(criterion: Criterion, model: Model) -> Match:
    """Whether the model meets the criterion.

    Unknown where nothing is known of it, where what is known cannot be read, and for what people
    judge.
    """
    attribute = attributes().get(criterion.attribute)
    if criterion.operator == "judged" or attribute is None:
        return "unknown"
    told = answer_of(model, attribute)
    if told is None:
        return "unknown"
    try:
        answer = read_answer(attribute, told, criterion.operator).answer
        return "failed" if standing(criterion, attribute, answer) == "fails" else "met"
    except (UnreadableError, UnfitError):
        return "unknown"


def matches(criterion: Criterion, models: Iterable[Model]) -> Matches:
    """The models by whether they meet one criterion."""
    return _sorted((model, match(criterion, model)) for model in models)


def matches_all(criteria: Iterable[Criterion], models: Iterable[Model]) -> Matches:
    """The models by whether they meet every mandatory criterion of these, as `verdict` says."""
    asked = tuple(criteria)
    return _sorted((model, verdict(asked, model)) for model in models)


def verdict(criteria: Iterable[Criterion], model: Model) -> Match:
    """Whether the model meets every mandatory criterion.

    Failing one is failing. What people judge says nothing of any model; of the others every one
    must be known to be met.
    """
    found = [match(c, model) for c in criteria if c.mandatory and c.operator != "judged"]
    if "failed" in found:
        return "failed"
    return "unknown" if "unknown" in found or not found else "met"


def _sorted(found: Iterable[tuple[Model, Match]]) -> Matches:
    by: dict[Match, list[Model]] = {"met": [], "failed": [], "unknown": []}
    for model, how in found:
        by[how].append(model)
    return Matches(*(tuple(by[how]) for how in ("met", "failed", "unknown")))
