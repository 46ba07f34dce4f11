"""Changes to files of models by their lines: what a person wrote, comments and order too, stays."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import yaml

from controller.specs.model import Fact, Model
from controller.specs.model_changes import ATTRIBUTES, FactChange, ModelChange
from controller.specs.models import model_key
from controller.workspace.files import MODELS
from controller.workspace.models import models_in
from controller.workspace.site_edits import NotEditableError, item_lines, quoted
from controller.workspace.yaml_lines import Document, Place, read_yaml

_SCHEMA = "# yaml-language-server: $schema=../../.khaen/schemas/models.json"
_VALUE = re.compile(r"(?P<head> *(?:- )?[a-z0-9_]+: *)(?P<value>[^#\s].*?)(?P<rest>\s*(?:#.*)?)")


def maker_path(maker: str) -> str:
    """Where the models of a maker are written: `specs/models/allied-telesis.yaml`."""
    slug = re.sub(r"[^a-z0-9]+", "-", maker.casefold()).strip("-")
    return f"{MODELS}{slug or 'other-makers'}.yaml"


def new_file(comment: str) -> str:
    """A file of models without any yet; `comment` is one line that says where they come from."""
    return f"{_SCHEMA}\n# {comment}\nmodels:\n"


def with_models(path: str, text: str, models: Sequence[Model]) -> str:
    """The file with these models at the end of its list. Errors: `NotEditableError`."""
    document = read_yaml(path, text)
    lines = text.rstrip("\n").split("\n")
    items = list(document.mappings("models"))
    if items:
        _, at, margin = item_lines(document, lines, items[-1][0])
    elif re.fullmatch(r"models:\s*", lines[-1]):
        at, margin = len(lines), 2
    else:
        raise NotEditableError
    new = [line for model in models for line in _entry(model, margin)]
    changed = "\n".join([*lines[:at], *new, *lines[at:]]) + "\n"
    return _checked(path, changed, models)


def with_facts(path: str, text: str, change: ModelChange) -> str:
    """The file with the facts of a known model added or replaced. Errors: `NotEditableError`."""
    document, lines = read_yaml(path, text), text.rstrip("\n").split("\n")
    place = _place(document, change.after.model)
    _, end, margin = item_lines(document, lines, place)
    known = document.value["models"][place[-1]]
    for fact in change.written:
        if fact.kind == "replaced":
            _replace(document, lines, (*place, *fact.place), fact)
    added = [fact for fact in change.written if fact.kind == "added"]
    fields = [fact for fact in added if len(fact.place) == 1]
    told = [fact for fact in added if len(fact.place) > 1]
    # What a person reads last, its source, stays last.
    last = document.position((*place, "source"), key=True)[0] - 1 if "source" in known else end
    pad = " " * (margin + 2)
    new = [f"{pad}{fact.name}: {_written(fact.after)}" for fact in fields]
    there = known.get(ATTRIBUTES)
    if told and there:
        line, column, _ = document.position((*place, ATTRIBUTES, next(iter(there))), key=True)
        deeper = " " * (column - 1)
        more = [f"{deeper}{fact.name}: {_written(fact.after)}" for fact in told]
        inserts = [(last, new), (line - 1, more)]
    else:
        more = [f"{pad}  {fact.name}: {_written(fact.after)}" for fact in told]
        inserts = [(last, [*new, *([f"{pad}{ATTRIBUTES}:"] if told else []), *more])]
    for at, put in sorted(inserts, key=lambda insert: -insert[0]):
        lines[at:at] = put
    return _checked(path, "\n".join(lines) + "\n", [change.after])


def _replace(document: Document, lines: list[str], place: Place, fact: FactChange) -> None:
    at = document.position(place, key=True)[0] - 1
    found = _VALUE.fullmatch(lines[at])
    if found is None or not found["head"].strip(" -").startswith(f"{fact.name}:"):
        raise NotEditableError
    lines[at] = f"{found['head']}{_written(fact.after)}{found['rest']}"


def _place(document: Document, number: str) -> Place:
    for place, told in document.mappings("models"):
        if isinstance(told.get("model"), str) and model_key(told["model"]) == model_key(number):
            return place
    raise NotEditableError


def _checked(path: str, text: str, wanted: Iterable[Model]) -> str:
    """The text, once it reads back as these models."""
    models, problems = models_in([read_yaml(path, text)])
    if problems or any(models.get(model_key(model.model)) != model for model in wanted):
        raise NotEditableError
    return text


def _entry(model: Model, margin: int) -> Iterator[str]:
    pad = " " * margin
    told = model.model_dump(exclude_defaults=True, exclude={ATTRIBUTES, "source"})
    for number, (key, value) in enumerate(told.items()):
        yield f"{pad}{'  ' if number else '- '}{key}: {_written(value)}"
    if model.attributes:
        yield f"{pad}  {ATTRIBUTES}:"
        for key, value in model.attributes.items():
            yield f"{pad}    {key}: {_written(value)}"
    if model.source:
        yield f"{pad}  source: {_written(model.source)}"


def _written(value: Fact | date) -> str:
    """A fact as YAML has it on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        listed = yaml.safe_dump([*value], default_flow_style=True, allow_unicode=True, width=10_000)
        return listed.strip()
    if isinstance(value, date):
        return value.isoformat()
    return quoted(value) if isinstance(value, str) else str(value)
