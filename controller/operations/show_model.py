"""One model of equipment: what is known of it, by the names of the catalogue, and who has it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from controller.accounts.actor import Actor, require
from controller.errors import NotFound, Text
from controller.language import nearest
from controller.operations.context import Context
from controller.operations.list_models import ModelRow, list_models
from controller.procurement.matching import Match, match, verdict
from controller.specs.attribute import Attribute, attributes
from controller.specs.baseline import Baseline, Edition
from controller.specs.criterion import Criterion
from controller.specs.model import Fact, Model
from controller.specs.model_answers import fact_of
from controller.specs.models import model_called, model_key
from controller.workspace.models import model_places


@dataclass(frozen=True)
class BaselineMet:
    """How a model stands against a baseline: its criteria by whether the model meets them.

    `verdict` is of the mandatory ones; criteria that people judge are among the `unknown`.
    """

    baseline: Baseline
    edition: Edition | None
    verdict: Match
    met: tuple[Criterion, ...]
    failed: tuple[Criterion, ...]
    unknown: tuple[Criterion, ...]


@dataclass(frozen=True)
class ModelView:
    """A model, the file it stands in, and what it tells for each attribute it answers.

    `baselines` are those of its kind in force today, with how it stands against each.
    """

    row: ModelRow
    model: Model
    path: str
    facts: tuple[tuple[Attribute, Fact], ...]
    baselines: tuple[BaselineMet, ...]


def show_model(context: Context, actor: Actor, name: str) -> ModelView:
    """The model of this number or part number, however it is spelled.

    Errors: `NotFound` for one specs/models does not tell of; `InputError` when its files are not in
    order.
    """
    require(actor, "show_inventory")
    models = context.models()
    model = model_called(models, name)
    if model is None:
        near = nearest(name, [known.model for known in models.values()])
        raise NotFound(
            Text(
                th=f"specs/models ไม่มีข้อมูลรุ่น “{name}”",
                en=f"specs/models tells nothing of “{name}”",
            ),
            hint=Text(th=f"ใกล้เคียง: {near}", en=f"nearest: {near}") if near else _LIST,
        )
    key = model_key(model.model)
    row = next(r for r in list_models(context, actor) if r.known and model_key(r.name) == key)
    told = ((attribute, fact_of(model, attribute)) for attribute in attributes().values())
    return ModelView(
        row=row,
        model=model,
        path=model_places(context.root).get(key, ""),
        facts=tuple((attribute, fact) for attribute, fact in told if fact is not None),
        baselines=tuple(_baselines(context, model)),
    )


def _baselines(context: Context, model: Model) -> Iterator[BaselineMet]:
    known, today = context.baselines(), context.today()
    ids = dict.fromkeys(b.id for b in known.baselines if model.kind and b.kind == model.kind)
    for baseline in filter(None, (known.newest(id_, today) for id_ in ids)):
        found: dict[Match, list[Criterion]] = {"met": [], "failed": [], "unknown": []}
        for criterion in baseline.criteria:
            found[match(criterion, model)].append(criterion)
        yield BaselineMet(
            baseline=baseline,
            edition=known.edition(baseline.edition),
            verdict=verdict(baseline.criteria, model),
            met=tuple(found["met"]),
            failed=tuple(found["failed"]),
            unknown=tuple(found["unknown"]),
        )


_LIST = Text(th="ดูทั้งหมดด้วย khaen spec model list", en="see them all: khaen spec model list")
