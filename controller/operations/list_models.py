"""The models of equipment: what the workspace tells of each, and which it tells nothing of."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from controller.accounts.actor import Actor, require
from controller.operations.context import Context
from controller.specs.model import Model
from controller.specs.models import Models, model_called, model_key


@dataclass(frozen=True)
class ModelRow:
    """One model. `known` is None for one that devices have and specs/models does not tell of.

    `devices` is how many of the devices the actor may see are of it, `assets` how many rows of the
    register.
    """

    name: str
    known: Model | None
    devices: int
    assets: int

    @property
    def kind(self) -> str:
        """Its kind as the register has kinds; empty where nobody said."""
        return self.known.kind if self.known else ""


def list_models(
    context: Context, actor: Actor, *, words: str = "", kind: str = ""
) -> tuple[ModelRow, ...]:
    """Every model told of, and those of devices nobody tells of; by name, the untold ones first.

    With `words` those that have every one of them in their maker's name or a number; with `kind`
    those of a kind.
    """
    require(actor, "show_inventory")
    inventory, models = context.inventory(), context.models()
    names = {key: model.model for key, model in models.items()}
    devices: Counter[str] = Counter()
    for device in inventory.devices:
        if device.model and actor.sees(device.site):
            key = _key(models, device.model)
            names.setdefault(key, device.model)
            devices[key] += 1
    assets = Counter(
        _key(models, a.model) for a in inventory.assets if a.model and actor.sees(a.site)
    )
    wanted = words.casefold().split()
    rows = (ModelRow(n, models.get(key), devices[key], assets[key]) for key, n in names.items())
    found = (row for row in rows if _has(row, wanted) and kind in {"", row.kind})
    return tuple(sorted(found, key=lambda row: (row.known is not None, row.name.casefold())))


def _key(models: Models, name: str) -> str:
    """The key of a name's model, whichever of its numbers the name is."""
    known = model_called(models, name)
    return model_key(known.model if known else name)


def _has(row: ModelRow, words: list[str]) -> bool:
    known = row.known
    told = (row.name, known.maker, known.part_number) if known else (row.name,)
    text = " ".join(told).casefold()
    return all(word in text for word in words)
