"""A form of the manual as data: what is asked, of whom, and where it prints.

One YAML file per form in `definitions/`, named after the form. Another office, or another edition
of the manual, changes these files and no code.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from controller.errors import Text

NAME = r"^[a-z][a-z0-9_]{0,39}$"
FieldType = Literal[
    "text",  # one line
    "paragraph",  # several lines
    "integer",
    "decimal",
    "money",  # baht with satang; printed in figures, and in words where `in_words` says so
    "date",
    "time",
    "choice",  # one of `options`, printed as boxes to tick
    "choices",  # any of `options`
    "yes_no",
    "phone",
    "email",
    "asset",  # a number of the hardware register (เลขครุภัณฑ์)
    "site",  # a school or office
    "person",  # a name and position, as it prints under a signature
    "rating",  # 1 to 5, for surveys
    "table",  # rows of `columns`
    "photos",  # pictures, by the hash of their bytes
]
NUMBERS = frozenset({"integer", "decimal", "money"})
# Who fills a field in: whoever asks, the officer who handles it, whoever approves it.
Filler = Literal["requester", "officer", "approver"]


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(_Value):
    """Words in both languages. Documents print the Thai."""

    th: str = Field(min_length=1)
    en: str = Field(min_length=1)

    @property
    def text(self) -> Text:
        """The same as messages carry it."""
        return Text(th=self.th, en=self.en)


class Option(_Value):
    """One thing to choose. `value` is what data holds."""

    value: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")
    th: str = Field(min_length=1)
    en: str = Field(min_length=1)


class When(_Value):
    """The condition under which a field is asked: an earlier field holds one of these values.

    Options are named by value; of `yes_no`, `yes` or `no`.
    """

    field: str
    is_: tuple[str, ...] = Field(alias="is", min_length=1)


class Column(_Value):
    """One column of a table field. `width` is its share of the page, in parts.

    `total` prints the sum of the column under the table; `product` names two number columns this
    one is the product of, so that nobody types it. An amount is never negative unless `min` is.
    """

    name: str = Field(pattern=NAME)
    th: str = Field(min_length=1)
    en: str = Field(min_length=1)
    type: Literal["text", "integer", "decimal", "money", "date", "choice", "yes_no", "asset"] = (
        "text"
    )
    required: bool = False
    options: tuple[Option, ...] = ()
    min: Decimal | None = None
    max: Decimal | None = None
    width: int = Field(default=1, ge=1, le=12)
    total: bool = False
    product: tuple[str, str] | None = None
    example: str = ""


class FormField(_Value):
    """One thing a form asks.

    `width` is its share of a line: 12 a whole line, 6 half of one. `min` and `max` bound numbers,
    `max_length` letters, `rows` the least rows of a table. `blank_rows` are drawn on the empty
    form. `in_words` names the column whose total, or with "self" the amount, prints in words too.
    `group` gathers the ratings of a survey under one heading. `required` holds for whoever fills
    the form in first, and for the others from the moment they fill their part in.
    """

    name: str = Field(pattern=NAME)
    th: str = Field(min_length=1)
    en: str = Field(min_length=1)
    type: FieldType
    required: bool = False
    by: Filler = "requester"
    width: int = Field(default=12, ge=1, le=12)
    unit: str = ""
    hint: Words | None = None
    options: tuple[Option, ...] = ()
    columns: tuple[Column, ...] = ()
    rows: int = Field(default=0, ge=0)
    blank_rows: int = Field(default=5, ge=1, le=40)
    min: Decimal | None = None
    max: Decimal | None = None
    max_length: int = Field(default=2000, ge=1)
    when: When | None = None
    in_words: str = ""
    group: Words | None = None
    example: object = None

    @model_validator(mode="after")
    def _fitting(self) -> FormField:
        if (self.type in {"choice", "choices"}) != bool(self.options):
            raise ValueError(f"{self.name}: options belong to choice and choices, and only there")
        if (self.type == "table") != bool(self.columns):
            raise ValueError(f"{self.name}: columns belong to a table, and only there")
        if len({o.value for o in self.options}) < len(self.options):
            raise ValueError(f"{self.name}: two options with one value")
        return self


class Section(_Value):
    """A part of a form under a heading of its own; its fields tell who fills it in."""

    th: str = ""
    en: str = ""
    fields: tuple[FormField, ...] = Field(min_length=1)


class Signature(_Value):
    """A place to sign. `field` names the `person` field that prints under the line."""

    th: str = Field(min_length=1)
    en: str = Field(min_length=1)
    field: str = ""
    dated: bool = True


class FormDefinition(_Value):
    """One form.

    `kind`: a record is filled once, a survey is answered by many, a card is printed to be carried.
    `manual` is False for a record the manual does not name, which its steps need all the same.
    `recipient` is whom it is addressed to (เรียน …), `{director}` in it the office's director,
    `opening` the sentence above the fields, `closing` the sentence below, `notes` small print with
    its source (law, regulation).
    """

    slug: str = Field(pattern=NAME)
    edition: int = Field(ge=1)
    kind: Literal["record", "survey", "card"] = "record"
    manual: bool = True
    th: str = Field(min_length=1)
    en: str = Field(min_length=1)
    purpose: Words
    page: Literal["portrait", "landscape", "card"] = "portrait"
    recipient: str = ""
    opening: str = ""
    closing: str = ""
    sections: tuple[Section, ...] = Field(min_length=1)
    signatures: tuple[Signature, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def title(self) -> Text:
        """The form's name in both languages."""
        return Text(th=self.th, en=self.en)

    @cached_property
    def fields(self) -> tuple[FormField, ...]:
        """Every field, in the order of the paper."""
        return tuple(field for section in self.sections for field in section.fields)

    def field(self, name: str) -> FormField | None:
        """The field of this name."""
        return next((field for field in self.fields if field.name == name), None)

    def condition(self, field: FormField) -> Text | None:
        """When `field` is asked, in words: `“Kind” is “Other”`; None for always."""
        decisive = self.field(field.when.field) if field.when else None
        if field.when is None or decisive is None:
            return None
        words = {option.value: (option.th, option.en) for option in decisive.options}
        held = [({"yes": ("ใช่", "yes"), "no": ("ไม่ใช่", "no")} | words)[v] for v in field.when.is_]
        return Text(
            th=f"“{decisive.th}” เป็น “{' หรือ '.join(th for th, _ in held)}”",
            en=f"“{decisive.en}” is “{' or '.join(en for _, en in held)}”",
        )

    @model_validator(mode="after")
    def _consistent(self) -> FormDefinition:
        faults = list(self._faults())
        if faults:
            raise ValueError(f"form {self.slug}: " + "; ".join(faults))
        return self

    def _faults(self) -> Iterator[str]:
        names = [field.name for field in self.fields]
        yield from (f"two fields named {n}" for n in sorted({*names}) if names.count(n) > 1)
        for place, field in enumerate(self.fields):
            if field.when is not None:
                yield from self._faults_of_condition(field.name, field.when, names[:place])
            yield from _faults_of_columns(field)
        for signature in self.signatures:
            signer = self.field(signature.field) if signature.field else None
            if signature.field and (signer is None or signer.type != "person"):
                yield f"a signature names {signature.field}, which is no person field"
        if self.kind == "survey" and not any(f.type == "rating" for f in self.fields):
            yield "a survey without a rating"

    def _faults_of_condition(self, name: str, when: When, earlier: list[str]) -> Iterator[str]:
        # Only an earlier field: so that no two fields wait for each other.
        if when.field not in earlier:
            yield f"{name} depends on {when.field}, which is no field before it"
            return
        field = self.field(when.field)
        options = {option.value for option in field.options} if field else set()
        if field is not None and field.type == "yes_no":
            options = {"yes", "no"}
        if not {*when.is_} <= options:
            yield f"{name} depends on options that {when.field} has not"


def _faults_of_columns(field: FormField) -> Iterator[str]:
    columns = {column.name: column for column in field.columns}
    numbers = {name for name, column in columns.items() if column.type in NUMBERS}
    if len(columns) < len(field.columns):
        yield f"{field.name} has two columns of one name"
    if field.in_words and field.in_words not in {"self", *numbers}:
        yield f"{field.name} writes out {field.in_words}, which is no column of numbers"
    if field.in_words == "self" and field.type not in NUMBERS:
        yield f"{field.name} writes itself out and is no number"
    for name, column in columns.items():
        if (column.type == "choice") != bool(column.options):
            yield f"{field.name}.{name}: options belong to choice, and only there"
        if (column.total or column.product) and name not in numbers:
            yield f"{field.name}.{name} is worked out and is no number"
        if column.product and not {*column.product} <= numbers - {name}:
            yield f"{field.name}.{name} multiplies what is no other column of numbers"


class FilledForm(_Value):
    """A form as filled in, checked against its definition.

    `values` holds plain JSON values by field name: text, numbers as text (`"1250.50"`), dates in
    ISO 8601, choices by value, tables as lists of rows, photos by their hashes. `number` is its
    own, for example `2570-repair_request-0001`; `printed` what the paper shows: `๑/๒๕๗๐`.
    `final` forms are the office's record; a change makes the next revision. `sha256` is of
    slug, edition and values only, so that equal content has an equal hash.
    """

    number: str
    printed: str
    slug: str
    edition: int
    revision: int = 1
    case: str | None = None
    values: dict[str, object]
    by: str
    on: str
    sha256: str

    @property
    def version(self) -> str:
        """Another one after every revision, and when the form goes to another case."""
        return f"{self.revision}-{self.case or ''}"
