"""Fills a form in: what somebody typed becomes plain values, or the list of all that is wrong.

Nothing is guessed and nothing is dropped: a value that cannot be read, a field that is not asked
and a number that does not add up are all told at once, each with its place in the file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from controller import thai
from controller.errors import InputError, Problem, Text
from controller.language import nearest
from controller.processes.forms.definition import Filler, FormDefinition, FormField
from controller.processes.forms.entries import (
    Complaint,
    Known,
    is_empty,
    read_choices,
    read_entry,
    shown_raw,
)
from controller.processes.forms.photos import read_photos
from controller.processes.forms.rows import check_total, read_rows, total_keys
from controller.processes.forms.scalars import Wrong
from controller.processes.forms.typed import Typed


def fill(
    definition: FormDefinition,
    raw: Mapping[str, object] | Typed,
    *,
    path: str = "",
    known: Known | None = None,
) -> dict[str, object]:
    """The values of the form, in its own order, as `FilledForm.values` holds them.

    `raw` maps names of fields, or their Thai labels, to what was typed: text, numbers, days,
    lists, for a table a list of rows. As `Typed` it carries path and places itself. `known` adds
    the check of schools and asset numbers against the inventory.

    The part of whoever fills the form in first has to be complete; the part of an officer or an
    approver from the moment anything but a name stands in it.

    Errors: `InputError` whose `problems` name everything wrong, sorted by line and column; what is
    missing altogether has line 0.
    """
    typed = raw if isinstance(raw, Typed) else Typed(raw, path)
    filling = _Filling(definition, typed, known or Known())
    values = filling.values()
    if filling.problems:
        raise _refused(definition, filling.problems)
    return values


def asked(definition: FormDefinition, one: FormField, values: Mapping[str, object]) -> bool:
    """Whether a form with these values asks for the field at all (see `When`)."""
    if one.when is None:
        return True
    decisive = definition.field(one.when.field)
    if decisive is None or not asked(definition, decisive, values):
        return False
    return bool(_spellings(values.get(decisive.name)) & {*one.when.is_})


def digest(slug: str, edition: int, values: Mapping[str, object]) -> str:
    """SHA-256 (hex) of a filled form's content: equal content has an equal hash."""
    content = {"slug": slug, "edition": edition, "values": values}
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _spellings(value: object) -> set[str]:
    """How a `When` may write a value."""
    if isinstance(value, bool):
        return {"yes", "true"} if value else {"no", "false"}
    if isinstance(value, list):
        return {str(item) for item in value}
    return set() if value is None else {str(value)}


@dataclass
class _Filling:
    definition: FormDefinition
    typed: Typed
    known: Known
    problems: list[Problem] = field(default_factory=list)
    read: dict[str, object] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    unreadable: set[str] = field(default_factory=set)

    def values(self) -> dict[str, object]:
        self.problems.extend(self.typed.problems)
        self.name_keys()
        for one in self.definition.fields:
            if one.name in self.keys and not is_empty(self.typed.values[self.keys[one.name]]):
                self.read_one(one)
        self.check_conditions()
        self.check_totals()
        return {f.name: self.read[f.name] for f in self.definition.fields if f.name in self.read}

    def name_keys(self) -> None:
        """Which key of the file holds which field; keys that hold none are told."""
        names = {label: f.name for f in self.definition.fields for label in (f.th, f.name)}
        sums = total_keys(self.definition)
        for key in self.typed.values:
            name = names.get(key.strip())
            if name is None:
                if key not in sums:
                    self.add_key(key, _no_field(self.definition, key), _meant(key, names))
            elif name in self.keys:
                self.add_key(key, _filled_twice(self.keys[name]))
            else:
                self.keys[name] = key

    def read_one(self, one: FormField) -> None:
        key = self.keys[one.name]
        value, complaints = _read(one, self.typed.values[key], self.known)
        for complaint in complaints:
            self.complain(one, complaint, key)
        if complaints:
            self.unreadable.add(one.name)
        elif not is_empty(value):
            self.read[one.name] = value

    def check_conditions(self) -> None:
        """What is asked and missing, and what is filled in though nobody asks for it."""
        begun = self.begun_parts()
        for one in self.definition.fields:
            if one.name in self.unreadable or self.undecided(one):
                continue
            is_asked = asked(self.definition, one, self.read)
            if is_asked and one.required and one.name not in self.read and one.by in begun:
                self.complain(one, _missing(one), self.keys.get(one.name, one.name))
            elif (
                not is_asked and one.name in self.read and (when := self.definition.condition(one))
            ):
                key = self.keys[one.name]
                found = shown_raw(self.typed.values[key])
                self.complain(one, Complaint(_not_asked(when), found), key)

    def begun_parts(self) -> set[Filler]:
        given = {*self.read, *self.unreadable}
        others = {f.by for f in self.definition.fields if f.name in given and f.type != "person"}
        return {self.definition.fields[0].by, *others}

    def undecided(self, one: FormField) -> bool:
        """Whether a field it depends on could not be read."""
        while one.when is not None:
            if one.when.field in self.unreadable:
                return True
            decisive = self.definition.field(one.when.field)
            if decisive is None:
                return False
            one = decisive
        return False

    def check_totals(self) -> None:
        for key, (one, column) in total_keys(self.definition).items():
            raw = self.typed.values.get(key)
            if key in self.keys.values() or is_empty(raw) or one.name in self.unreadable:
                continue
            rows = self.read.get(one.name, [])
            complaint = check_total(column, raw, rows if isinstance(rows, list) else [])
            if complaint is not None:
                self.complain(one, complaint, key)

    def complain(self, one: FormField, complaint: Complaint, key: str) -> None:
        wrong, (th, en) = complaint.wrong, complaint.column
        row_th = f"แถวที่ {complaint.row} " if complaint.row else ""
        row_en = f"row {complaint.row} " if complaint.row else ""
        message = Text(
            th=f"“{one.th}” {row_th}{f'“{th}” ' if th else ''}{wrong.th}",
            en=f"“{one.en}” {row_en}{f'“{en}” ' if en else ''}{wrong.en}",
        )
        line, column = self.typed.at((key, *complaint.place), key=complaint.about_key)
        found, path = complaint.found, self.typed.path
        self.problems.append(
            Problem(path, line, column, message, found, wrong.allowed, wrong.suggestion)
        )

    def add_key(self, key: str, message: Text, suggestion: str = "") -> None:
        line, column = self.typed.at((key,), key=True)
        found, path = shown_raw(key), self.typed.path
        self.problems.append(Problem(path, line, column, message, found, (), suggestion))


def _read(one: FormField, raw: object, known: Known) -> tuple[object, list[Complaint]]:
    if one.type == "table":
        return read_rows(one, raw, known)
    if one.type == "choices":
        return read_choices(one, raw)
    if one.type == "photos":
        return _photos(one, raw, known)
    value = read_entry(one, raw, known)
    if isinstance(value, Wrong):
        return None, [Complaint(value, shown_raw(raw))]
    return value, []


def _photos(one: FormField, raw: object, known: Known) -> tuple[object, list[Complaint]]:
    photos, wrongs = read_photos(one, raw, known.photos)
    items = raw if isinstance(raw, list) else []
    return photos, [
        Complaint(wrong, shown_raw(raw))
        if at < 0
        else Complaint(wrong, shown_raw(items[at]), (at,), at + 1)
        for at, wrong in wrongs
    ]


def _missing(one: FormField) -> Complaint:
    example = _example(one)
    th, en = shown_raw(example.th), shown_raw(example.en)
    wrong = Wrong(
        "ยังไม่ได้กรอก" + (f" เช่น {th}" if th else ""),
        "is not filled in" + (f"; for example {en}" if en else ""),
    )
    return Complaint(wrong)


def _example(one: FormField) -> Text:
    """What may stand in the field, as people write it: of a choice the words of an option."""
    if one.options:
        chosen = next((o for o in one.options if o.value == one.example), one.options[0])
        return Text(th=chosen.th, en=chosen.en)
    text = one.example if isinstance(one.example, str) else ""
    if one.type == "date" and text[:4].isdecimal():
        text = thai.short_date(date.fromisoformat(text))
    return Text(th=text, en=text)


def _not_asked(condition: Text) -> Wrong:
    return Wrong(
        f"กรอกเฉพาะเมื่อ {condition.th} นอกนั้นให้เว้นว่างไว้",
        f"is filled in only when {condition.en}; leave it empty otherwise",
    )


def _no_field(definition: FormDefinition, key: str) -> Text:
    shown = shown_raw(key)
    return Text(
        th=f"“{definition.th}” ไม่มีช่องชื่อ “{shown}”", en=f"“{definition.en}” has no field “{shown}”"
    )


def _filled_twice(key: str) -> Text:
    return Text(
        th=f"ช่องนี้กรอกไว้แล้วในชื่อ “{key}” ให้เหลือที่เดียว",
        en=f"this field is filled in already as “{key}”; keep one of the two",
    )


def _meant(key: str, names: Mapping[str, str]) -> str:
    return names.get(nearest(key, names), "")


def _refused(definition: FormDefinition, problems: list[Problem]) -> InputError:
    count = len(problems)
    return InputError(
        Text(
            th=f"กรอก “{definition.th}” ยังไม่ถูกต้อง {count} แห่ง",
            en=f"“{definition.en}” has {count} problem{'s' if count > 1 else ''}",
        ),
        hint=Text(
            th=f"แก้ตามที่แจ้งแล้วส่งใหม่ ดูแบบเปล่าพร้อมคำอธิบายด้วย khaen form template {definition.slug}",
            en="mend what is named and hand it in again; the empty form with explanations: "
            f"khaen form template {definition.slug}",
        ),
        problems=tuple(sorted(problems, key=lambda problem: (problem.line, problem.column))),
    )
