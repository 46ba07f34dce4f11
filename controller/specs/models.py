"""The model of a piece of equipment, found by what is called its model anywhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from controller.specs.model import Model

Models = Mapping[str, Model]
"""Models by `model_key` of their number."""


@dataclass(frozen=True, eq=False)
class KnownModels(Mapping[str, Model]):
    """Each model once, by the key of its number; looked up by the key of its part number too."""

    models: Mapping[str, Model]
    parts: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Model:
        """The model of this number or part number. Errors: `KeyError`."""
        found = self.models.get(key)
        return self.models[self.parts[key]] if found is None else found

    def __iter__(self) -> Iterator[str]:
        """The keys of the numbers."""
        return iter(self.models)

    def __len__(self) -> int:
        """How many models there are."""
        return len(self.models)


def model_key(name: str) -> str:
    """The number as it is looked for: inventories differ in case and blanks."""
    return "".join(name.split()).casefold()


def by_key(models: Iterable[Model]) -> KnownModels:
    """The models, ready to be looked through.

    A part number never hides a model's own number, and one that two models have finds neither.
    """
    known = {model_key(model.model): model for model in models}
    named = Counter(model_key(model.part_number) for model in known.values())
    parts = {
        part: key
        for key, model in known.items()
        if (part := model_key(model.part_number)) and part not in known and named[part] == 1
    }
    return KnownModels(known, parts)


def model_called(models: Models, *names: str | None) -> Model | None:
    """The model of the first of these names that is known."""
    keys = (model_key(name) for name in names if name)
    return next((models[key] for key in keys if key in models), None)
