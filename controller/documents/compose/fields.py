"""The fields of a form as blocks: entries with dotted lines, boxes to tick, tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from controller.documents.blocks import Block, Entries, Entry, Ticks
from controller.documents.compose.look import Look
from controller.documents.compose.tables import Values, rating_tables, table, written
from controller.processes.forms.definition import FormDefinition, FormField
from controller.processes.forms.filling import asked as asked_for
from controller.processes.forms.reading import in_words

# How many dotted lines an empty field of several lines leaves.
_EMPTY_LINES = 2
# What does not go into a run of entries, and how it is drawn.
_SHAPES = {
    "choice": "ticks",
    "choices": "ticks",
    "yes_no": "ticks",
    "table": "table",
    "rating": "rating",
}


def field_blocks(
    definition: FormDefinition, fields: Sequence[FormField], values: Values, look: Look
) -> Iterator[Block]:
    """The fields in their order: what was filled in, or room to write it by hand.

    A field whose condition was answered otherwise is not asked and does not print, nor do photos
    that are not there: nobody can draw them by hand.
    """
    asked = [field for field in fields if is_asked(definition, field, values)]
    asked = [field for field in asked if field.type != "photos" or field.name in values]
    for shape, run in groupby(asked, key=lambda field: _SHAPES.get(field.type, "entry")):
        if shape == "entry":
            yield Entries(tuple(e for f in run for e in _entries(f, values.get(f.name), look)))
        elif shape == "rating":
            yield from rating_tables(tuple(run), values, look)
        elif shape == "ticks":
            yield from (_ticks(field, values.get(field.name), look) for field in run)
        else:
            for field in run:
                yield from table(field, values.get(field.name), look)


def is_asked(definition: FormDefinition, field: FormField, values: Values) -> bool:
    """Whether the paper has room for `field`: always, until its condition is answered otherwise."""
    decisive = definition.field(field.when.field) if field.when else None
    if decisive is None:
        return True
    if decisive.name not in values:
        return is_asked(definition, decisive, values)
    return asked_for(definition, field, values)


def _entries(field: FormField, value: object, look: Look) -> Iterator[Entry]:
    yield Entry(
        label=look.words(field.th),
        text=written(field, value, look),
        width=field.width,
        unit=look.words(field.unit),
        lines=_EMPTY_LINES if field.type == "paragraph" else 1,
    )
    if field.in_words:
        yield Entry("(ตัวอักษร)", in_words(field, value))


def _ticks(field: FormField, value: object, look: Look) -> Ticks:
    if field.type == "yes_no":
        return Ticks(look.words(field.th), (("ใช่", value is True), ("ไม่ใช่", value is False)))
    chosen = value if isinstance(value, list) else [value]
    options = tuple((look.words(option.th), option.value in chosen) for option in field.options)
    return Ticks(look.words(field.th), options)
