"""The values of a filled form as people read them on a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from controller.errors import Text
from controller.processes.forms.definition import Column, FilledForm, FormDefinition, FormField
from controller.processes.forms.filling import asked
from controller.processes.forms.photos import Photo, photos_of
from controller.processes.forms.reading import in_words, shown
from controller.processes.forms.rows import totals
from controller.web.visit import Visit


@dataclass(frozen=True)
class Line:
    """One field: its label and what stands there, as text, as rows, or as photos.

    `rows` begin with the headings; `sums` is the row below them, empty without totals.
    """

    label: Text
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    numbers: tuple[bool, ...] = ()
    sums: tuple[str, ...] = ()
    photos: tuple[Photo, ...] = ()
    words: str = ""


@dataclass(frozen=True)
class Section:
    """One section with the fields that were asked."""

    title: Text | None
    lines: tuple[Line, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing in it was filled in."""
        return not any(one.rows or one.photos or one.text not in {"", "-"} for one in self.lines)


def sections(visit: Visit, definition: FormDefinition, filled: FilledForm) -> tuple[Section, ...]:
    """The form's sections in the order of the paper; a field left empty shows a dash."""
    made = []
    for section in definition.sections:
        title = Text(th=section.th, en=section.en) if section.th else None
        asked_for = [f for f in section.fields if asked(definition, f, filled.values)]
        lines = tuple(_line(visit, field, filled.values) for field in asked_for)
        made.append(Section(title, lines))
    return tuple(made)


def readable(visit: Visit, asked_for: FormField | Column, value: object) -> str:
    """One value in the visitor's language; a dash for nothing."""
    if value is None or value == "":
        return "-"
    if asked_for.type == "date":
        return visit.day(date.fromisoformat(str(value)))
    if visit.language == "en" and asked_for.options:
        words = {option.value: option.en for option in asked_for.options}
        chosen = value if isinstance(value, list) else [value]
        return ", ".join(words.get(str(one), str(one)) for one in chosen)
    if visit.language == "en" and asked_for.type == "yes_no":
        return "yes" if value is True else "no"
    return shown(asked_for, value, thai_digits=False)


def _line(visit: Visit, one: FormField, values: Mapping[str, object]) -> Line:
    label, value = Text(th=one.th, en=one.en), values.get(one.name)
    if one.type == "photos":
        return Line(label, photos=photos_of(value))
    if one.type == "table" and isinstance(value, list):
        return _table(visit, one, label, value)
    unit = f" {one.unit}" if one.unit and value is not None else ""
    return Line(label, readable(visit, one, value) + unit, words=in_words(one, value))


def _table(visit: Visit, one: FormField, label: Text, value: list[Mapping[str, object]]) -> Line:
    sums = totals(one, value)
    below = tuple(_sum(visit, one, sums)) if sums else ()
    heads = tuple(visit.t(column.th, column.en) for column in one.columns)
    rows = tuple(tuple(readable(visit, c, row.get(c.name)) for c in one.columns) for row in value)
    numbers = tuple(column.type in {"integer", "decimal", "money"} for column in one.columns)
    return Line(label, "", (heads, *rows), numbers, below, words=in_words(one, value))


def _sum(visit: Visit, one: FormField, sums: Mapping[str, str]) -> Iterator[str]:
    for at, column in enumerate(one.columns):
        if column.name in sums:
            yield readable(visit, column, sums[column.name])
        else:
            yield visit.t("รวม", "Total") if at == 0 else ""
