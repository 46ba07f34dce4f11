"""Every form of the manual as a page: its inputs, and the same values back as by YAML."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

import pytest

from controller.accounts.actor import Actor
from controller.errors import InputError
from controller.language import Language
from controller.processes.forms.catalogue import form, slugs
from controller.processes.forms.definition import FieldType, FormDefinition
from controller.processes.forms.filling import digest, fill
from controller.processes.forms.template import example_values, template
from controller.web.drawing import _environment, draw
from controller.web.parts.form_sheet import UNITS, Sheet, carried, open_sheet, sheet_for
from controller.web.parts.typed_form import as_typed, posted
from tests.operations.office import typed_text
from tests.processes.forms.small_form import FORM
from tests.web.browsed import inputs

OFFICER = Actor("officer1", "เจ้าหน้าที่", frozenset({"officer"}))
SCHOOL = Actor("school1", "ครู", frozenset({"school"}), "kkn-school-a")
KNOWN: dict[str, tuple[str, ...]] = {"sites": (), "people": ()}
SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


@dataclass(frozen=True)
class Reader:
    """Somebody who reads one of the languages."""

    language: Language = "th"


def page(sheet: Sheet, language: Language = "th") -> str:
    """The whole page of a form."""
    return draw(
        Reader(language),
        "form_fill.html",
        definition=sheet.definition,
        sheet=sheet,
        case="",
        revises="",
        action="/forms/x/fill",
        draft="x",
    )


def sheet(definition: FormDefinition, typed: dict[str, object]) -> Sheet:
    """The form as an officer fills it in for somebody else."""
    return sheet_for(definition, OFFICER, typed, author=False, known=KNOWN)


@pytest.mark.parametrize("slug", slugs())
class TestEachForm:
    """What holds for every form."""

    def test_a_filled_page_sends_what_a_file_says(self, slug: str) -> None:
        """The example, shown on the page and sent, has the hash it has as YAML."""
        definition = form(slug)
        values = example_values(definition)
        by_file = fill(definition, typed_text(template(definition, values)))
        sent = inputs(page(sheet(definition, as_typed(definition, values)))).pairs
        by_page = fill(definition, posted(definition, sent).typed)
        assert digest(slug, 1, by_page) == digest(slug, 1, by_file)

    def test_an_empty_page_has_an_input_for_every_field(self, slug: str) -> None:
        """In both languages; what is worked out has none."""
        definition = form(slug)
        for language in ("th", "en"):
            found = inputs(page(sheet(definition, {}), language)).names
            for field in definition.fields:
                if field.type == "table":
                    typed = [c.name for c in field.columns if c.product is None]
                    assert {f"{field.name}.0.{column}" for column in typed} <= found
                elif field.type != "photos":
                    assert field.name in found

    def test_a_problem_stands_at_its_input(self, slug: str) -> None:
        """Everything missing is told at a field of the page, and nothing at none."""
        definition = form(slug)
        sent = posted(definition, inputs(page(sheet(definition, {}))).pairs)
        try:
            fill(definition, sent.typed)
        except InputError as error:
            told = sent.errors(error)
            assert "" not in told
            assert all(definition.field(name.split(".")[0]) for name in told)

    def test_what_was_typed_is_shown_inert(self, slug: str) -> None:
        """Markup in any text stays text."""
        definition = form(slug)
        texts: dict[str, object] = {f.name: SCRIPT for f in definition.fields if not f.columns}
        texts |= {
            f.name: [{c.name: SCRIPT for c in f.columns}] for f in definition.fields if f.columns
        }
        texts |= {f.name: [] for f in definition.fields if f.type == "photos"}
        for drawn in (page(sheet(definition, texts)), _plain(definition, texts)):
            assert "<script>alert" not in drawn
            assert not inputs(drawn).tags & {"img"}


def _plain(definition: FormDefinition, typed: dict[str, object]) -> str:
    fields = '{% import "parts/form_fields.html" as fields with context %}{{ fields.parts(sheet) }}'
    made = _environment().from_string(fields)
    shown = open_sheet(definition, typed, {})
    return made.render(sheet=shown, t=lambda th, _: th, w=lambda text: text.th, language="th")


def test_rows_keep_their_inputs_when_one_was_taken_out() -> None:
    """Rows 0, 3 and 7 of the page are rows 1 to 3 of the form; a problem names the page's input."""
    definition = form("repair_request")
    sent = [
        ("costs.7.part", "ค"), ("costs.0.part", "ก"), ("costs.3.part", ""), ("costs.3.price", "x"),
        ("costs.0.quantity", "1"), ("costs.0.price", "๑,๒๕๐"), ("costs.7.quantity", "2"),
        ("costs.7.price", "1.50"), ("costs.x.part", "?"), ("costs.99999999999.part", ""),
        ("unknown", "1"),
    ]  # fmt: skip
    given = posted(definition, sent)
    assert given.typed.values["costs"] == [
        {"part": "ก", "quantity": "1", "price": "๑,๒๕๐"},
        {"price": "x"},
        {"part": "ค", "quantity": "2", "price": "1.50"},
        None,
    ]
    with pytest.raises(InputError) as caught:
        fill(definition, given.typed)
    assert {"costs.3.part", "costs.3.price"} <= set(given.errors(caught.value))


def test_a_school_is_not_asked_for_the_parts_of_others() -> None:
    """Its page says whose they are, and a revision leaves the officer's part as it is."""
    definition = form("repair_request")
    typed = as_typed(definition, example_values(definition))
    drawn = page(sheet_for(definition, SCHOOL, typed, author=True, known=KNOWN))
    found = inputs(drawn).names
    assert {"symptom", "site", "reporter"} <= found
    assert not {"finding", "channel", "decision", "costs.0.part"} & found
    assert "ส่วนนี้เจ้าหน้าที่เป็นผู้กรอก" in drawn
    kept = carried(definition, SCHOOL, typed, author=True)
    assert {"finding", "costs"} <= set(kept)
    assert not {"decision", "symptom"} & set(kept)
    assert carried(definition, OFFICER, typed, author=False) == {}


def test_a_condition_is_told_in_words_and_to_the_script() -> None:
    """The field says which field decides, and by which values."""
    drawn = page(sheet(form("repair_request"), {}))
    assert 'data-field="kind_other" data-when="kind" data-is="other"' in drawn
    assert "กรอกเมื่อ" in drawn


def test_every_type_has_an_input() -> None:
    """The small form of the tests has every type, and its page takes each."""
    assert {f.type for f in FORM.fields} == {*get_args(FieldType)}
    photo = {"name": "สวิตช์ <1>.jpg", "sha256": "a" * 64}
    more = {"photos": [photo], "colours": ["red", "green"], "rooms": [{"room": "ห้อง <2>"}]}
    values = fill(FORM, {**example_values(FORM), **more})
    assert {f.name for f in FORM.fields} - set(values) == {"kind_other"}
    sent = inputs(page(sheet(FORM, as_typed(FORM, values)))).pairs
    assert fill(FORM, posted(FORM, sent).typed) == values


def test_every_unit_has_an_english_word() -> None:
    """Whoever reads English fills in people and baht, not คน and บาท."""
    units = {one.unit for slug in slugs() for one in form(slug).fields if one.unit}
    assert {unit for unit in units if not unit.isascii()} == set(UNITS)
    known = sheet_for(form("repair_request"), SCHOOL, {}, author=True, known=KNOWN)
    assert "(people)" in page(known, "en")
    assert "(คน)" in page(known, "th")
    assert '<p lang="th">' in page(known, "en")
