"""The model of a piece of equipment, found by what is called its model anywhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from controller.specs.model import Model

Models = Mapping[str, Model]
"""Models by `model_key` of their number."""


def model_key(name: str) -> str:
    """The number as it is looked for: inventories differ in case and blanks."""
    return "".join(name.split()).casefold()


def by_key(models: Iterable[Model]) -> dict[str, Model]:
    """The models, ready to be looked through."""
    return {model_key(model.model): model for model in models}


def model_called(models: Models, *names: str | None) -> Model | None:
    """The model of the first of these names that is known."""
    keys = (model_key(name) for name in names if name)
    return next((models[key] for key in keys if key in models), None)
