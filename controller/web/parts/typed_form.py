"""What was typed into the inputs of a page, as `fill` takes it, and its problems at their inputs.

An input is named after its field, in a table after row and column too: `items.0.price`; a photo is
`photos.0.name` and `photos.0.sha256`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from controller import thai
from controller.errors import InputError, Problem
from controller.processes.forms.definition import Column, FormDefinition, FormField
from controller.processes.forms.photos import photos_of
from controller.processes.forms.typed import Place, Typed

# More than any paper has; a request with more rows is not somebody filling in a form.
MOST_ROWS = 500


@dataclass(frozen=True)
class Posted:
    """The form as typed, and by line of a problem the name of the input it is about."""

    typed: Typed
    inputs: Mapping[int, str]

    def errors(self, error: InputError) -> dict[str, list[Problem]]:
        """Input name -> its problems; under the empty name those of no input."""
        told: dict[str, list[Problem]] = {}
        for problem in error.problems:
            told.setdefault(self.inputs.get(problem.line, ""), []).append(problem)
        return told


def posted(definition: FormDefinition, pairs: Iterable[tuple[str, str]]) -> Posted:
    """What a browser sent, as (input name, text), in the definition's order.

    Names that are no input of the form are left out: they are the page's own.
    """
    given: dict[str, list[str]] = {}
    for name, text in pairs:
        given.setdefault(name, []).append(text)
    reading = _Reading(given)
    for one in definition.fields:
        reading.read(one)
    places = reading.places
    return Posted(Typed(reading.values, "", places, places), reading.inputs)


@dataclass
class _Reading:
    given: Mapping[str, list[str]]
    values: dict[str, object] = field(default_factory=dict)
    places: dict[Place, tuple[int, int]] = field(default_factory=dict)
    inputs: dict[int, str] = field(default_factory=dict)

    def read(self, one: FormField) -> None:
        self.put((one.name,), one.name)
        if one.type in {"table", "photos"}:
            rows = self.rows(one)
            if rows:
                self.values[one.name] = rows
        elif one.type == "choices":
            chosen = [text for text in self.given.get(one.name, []) if text.strip()]
            if chosen:
                self.values[one.name] = chosen
        elif text := self.given.get(one.name, [""])[-1]:
            self.values[one.name] = text

    def rows(self, one: FormField) -> list[object]:
        """The rows that were sent, in their order, whatever rows between them were taken out."""
        columns = [c.name for c in one.columns if c.product is None] or ["name", "sha256"]
        start = f"{one.name}."
        inner = (name.removeprefix(start) for name in self.given if name.startswith(start))
        sent = {name.split(".", 1)[0] for name in inner}
        numbers = sorted(int(number) for number in sent if number.isascii() and number.isdigit())
        rows: list[object] = []
        for number in numbers[:MOST_ROWS]:
            names = {column: f"{start}{number}.{column}" for column in columns}
            row = {c: self.given[name][-1] for c, name in names.items() if name in self.given}
            self.put((one.name, len(rows)), names[columns[0]])
            for column, name in names.items():
                self.put((one.name, len(rows), column), name)
            rows.append({column: text for column, text in row.items() if text.strip()} or None)
        return rows

    def put(self, place: Place, name: str) -> None:
        line = len(self.inputs) + 1
        self.inputs[line] = name
        self.places[place] = (line, 1)


def as_typed(definition: FormDefinition, values: Mapping[str, object]) -> dict[str, object]:
    """The values of a filled form as somebody would type them, by field name.

    Days in the Buddhist era; yes and no as the inputs send them.
    """
    return {f.name: _typed(f, values[f.name]) for f in definition.fields if f.name in values}


def _typed(one: FormField | Column, value: object) -> object:
    if one.type == "photos":
        return list(photos_of(value))
    if isinstance(one, FormField) and one.type == "table" and isinstance(value, list):
        return [
            {c.name: _typed(c, row[c.name]) for c in one.columns if c.name in row} for row in value
        ]
    if isinstance(value, list):
        return [str(item) for item in value]
    if isinstance(value, bool):
        return "yes" if value else "no"
    if one.type == "date":
        return thai.short_date(date.fromisoformat(str(value)))
    return str(value)
