"""What a specification is judged by: everything the office knows, gathered once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from controller.inventory.asset import Asset
from controller.procurement.brands import Names, names_of
from controller.procurement.matching import Match, match
from controller.specs.baseline import Baselines
from controller.specs.criterion import Criterion
from controller.specs.model import Model
from controller.specs.models import Models

Meets = Callable[[Criterion, Model], Match]
"""How a model stands to a criterion."""


@dataclass(frozen=True)
class Known:
    """Baselines, models, the register by number, sites, brand names, and the day it is.

    It is made by `known`, once for many lints: looking through a register for brands takes longer
    than a lint does.
    """

    today: date
    baselines: Baselines = field(default_factory=Baselines)
    models: tuple[Model, ...] = ()
    assets: Mapping[str, Asset] = field(default_factory=dict)
    sites: Mapping[str, str] = field(default_factory=dict)
    names: Names = field(default_factory=Names)
    meets: Meets = match


def known(
    today: date,
    baselines: Baselines,
    models: Models,
    assets: Iterable[Asset],
    sites: Mapping[str, str],
) -> Known:
    """What the office knows today. `sites` are the names of sites by their id."""
    listed = {asset.number: asset for asset in assets}
    told = tuple(models.values())
    return Known(
        today=today,
        baselines=baselines,
        models=told,
        assets=listed,
        sites=sites,
        names=names_of(told, listed.values()),
        meets=_remembering(),
    )


def _remembering() -> Meets:
    """`match`, which reads the words of a model once: a lint asks again at every keystroke."""
    found: dict[tuple[object, ...], Match] = {}

    def meets(criterion: Criterion, model: Model) -> Match:
        asked = (criterion.attribute, criterion.operator, criterion.value, criterion.unit)
        key = (*asked, model.maker, model.model)
        if key not in found:
            found[key] = match(criterion, model)
        return found[key]

    return meets
