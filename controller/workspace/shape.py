"""What a model allows at a place: its keys, its words. Used to say "did you mean"."""

from __future__ import annotations

import types
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from controller.workspace.yaml_lines import Place

FILLED_IN = "Filled in by the program"


def keys_of(model: type[BaseModel]) -> tuple[str, ...]:
    """The keys a person may write, in the model's order."""
    fields = model.model_fields.items()
    return tuple(name for name, field in fields if field.description != FILLED_IN)


def allowed_at(model: type[BaseModel], place: Place) -> tuple[str, ...]:
    """Keys (for a mapping) or words (for a closed list) that may stand at `place`."""
    shape: Any = model
    for step in place:
        shape = _inner(_without_none(shape), step)
    shape = _without_none(shape)
    if get_origin(shape) is Literal:
        return tuple(str(word) for word in get_args(shape))
    return keys_of(shape) if _is_model(shape) else ()


def _inner(shape: Any, step: str | int) -> Any:
    if _is_model(shape):
        field = shape.model_fields.get(step)
        return field.annotation if field else None
    if get_origin(shape) in {tuple, list, dict}:
        return get_args(shape)[0 if isinstance(step, int) else -1]
    return None


def _without_none(shape: Any) -> Any:
    if get_origin(shape) in {Union, types.UnionType}:
        return next((arm for arm in get_args(shape) if arm is not type(None)), None)
    return shape


def _is_model(shape: Any) -> bool:
    return isinstance(shape, type) and issubclass(shape, BaseModel)
