"""What is read of a model beside what is known of it: facts to add, and facts that differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from controller.errors import Text
from controller.specs.model import Fact, Model
from controller.specs.models import model_key

FactKind = Literal["added", "replaced", "kept"]
FACT_KINDS: dict[FactKind, Text] = {
    "added": Text(th="เพิ่ม", en="added"),
    "replaced": Text(th="แทนค่าเดิม", en="replaced"),
    "kept": Text(th="คงค่าเดิม", en="kept as it is"),
}
ModelKind = Literal["new", "changed", "same"]
MODEL_KINDS: dict[ModelKind, Text] = {
    "new": Text(th="รุ่นใหม่", en="new"),
    "changed": Text(th="แก้ไข", en="changed"),
    "same": Text(th="ตรงกันแล้ว", en="the same"),
}
ATTRIBUTES = "attributes"
_NAMES = frozenset({"model", "source", ATTRIBUTES})


@dataclass(frozen=True)
class FactChange:
    """One fact: `place` is a field, or `attributes` and a name of the catalogue.

    `kept` means that what a person wrote stays although `after` was read; `before` is None where
    nothing was known.
    """

    place: tuple[str, ...]
    before: Fact | date | None
    after: Fact | date
    kind: FactKind

    @property
    def name(self) -> str:
        """The last word of its place: a field or an attribute."""
        return self.place[-1]


@dataclass(frozen=True)
class ModelChange:
    """One model as it would be: `after`, and the facts that brought it there.

    A new model lists no facts: all of `after` is new.
    """

    kind: ModelKind
    after: Model
    facts: tuple[FactChange, ...] = ()

    @property
    def written(self) -> tuple[FactChange, ...]:
        """The facts that would be written."""
        return tuple(fact for fact in self.facts if fact.kind != "kept")


def merged(known: Model | None, read: Model, *, overwrite: bool = False) -> ModelChange:
    """What is known, with what was read beside it.

    What is known already stays where it differs, unless `overwrite`. The model keeps the number it
    has, and its source names both.
    """
    if known is None:
        return ModelChange("new", read)
    facts = tuple(_facts(known, read, overwrite=overwrite))
    written = [fact for fact in facts if fact.kind != "kept"]
    if not written:
        return ModelChange("same", known, facts)
    changed: dict[str, Any] = {fact.name: fact.after for fact in written if len(fact.place) == 1}
    told = {fact.name: fact.after for fact in written if len(fact.place) > 1}
    changed[ATTRIBUTES] = {**known.attributes, **told}
    if read.source and read.source not in known.source:
        changed["source"] = "; ".join(word for word in (known.source, read.source) if word)
        kind: FactKind = "replaced" if known.source else "added"
        source = FactChange(("source",), known.source or None, changed["source"], kind)
        facts = (*facts, source)
    after = Model.model_validate({**known.model_dump(), **changed})
    return ModelChange("changed", after, facts)


def _facts(known: Model, read: Model, *, overwrite: bool) -> Iterator[FactChange]:
    for place, after in _told(read):
        # What the office calls the model may be what its maker calls the part.
        if place == ("part_number",) and model_key(read.part_number) == model_key(known.model):
            continue
        field = len(place) == 1
        before = getattr(known, place[0]) if field else known.attributes.get(place[1])
        if before is None or before == "":
            yield FactChange(place, None, after, "added")
        elif before != after:
            yield FactChange(place, before, after, "replaced" if overwrite else "kept")


def _told(model: Model) -> Iterator[tuple[tuple[str, ...], Fact | date]]:
    for name in Model.model_fields:
        value = getattr(model, name)
        if name not in _NAMES and value is not None and value != "":
            yield (name,), value
    for name, value in model.attributes.items():
        yield (ATTRIBUTES, name), value
