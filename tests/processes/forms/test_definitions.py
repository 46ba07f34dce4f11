"""Every form of the manual: complete, in two languages, and its own examples fill it in."""

from __future__ import annotations

from collections import Counter
from importlib.resources import files

import pytest
import yaml

from controller.errors import InputError
from controller.processes.forms.catalogue import form, slugs
from controller.processes.forms.definition import FormDefinition, FormField
from controller.processes.forms.filling import asked, digest, fill
from controller.processes.forms.template import example_values, template
from tests.processes.forms.small_form import from_yaml

MANUAL = yaml.safe_load(
    files("controller.processes").joinpath("manual.yaml").read_text(encoding="utf-8")
)
# Records the manual does not name, which its steps need all the same.
OURS = {"project_record", "training_course", "training_results"}

# Thai tables of statistics are headed so.
THE_SAME_IN_THAI = {"S.D."}


def thai(text: str) -> bool:
    return any("\u0e01" <= letter <= "\u0e5b" for letter in text)


def required(definition: FormDefinition) -> list[FormField]:
    """What a form filled in with its examples cannot do without."""
    values = example_values(definition)
    return [f for f in definition.fields if f.required and asked(definition, f, values)]


def test_every_form_of_the_manual_is_defined_and_three_of_ours() -> None:
    assert set(slugs()) == {*MANUAL["forms"], *OURS}
    assert len(MANUAL["forms"]) == 26
    assert {slug for slug in slugs() if not form(slug).manual} == OURS


@pytest.mark.parametrize("slug", sorted(MANUAL["forms"]))
def test_a_form_is_named_as_the_manual_names_it(slug: str) -> None:
    assert form(slug).slug == slug
    assert form(slug).th == MANUAL["forms"][slug]["name"]


@pytest.mark.parametrize("slug", slugs())
class TestEachForm:
    """What holds for every form."""

    def test_labels_are_thai_and_english(self, slug: str) -> None:
        definition = form(slug)
        labels = [(f.th, f.en) for f in definition.fields]
        labels += [(c.th, c.en) for f in definition.fields for c in f.columns]
        labels += [(o.th, o.en) for f in definition.fields for o in f.options]
        labels += [(p.th, p.en) for p in definition.sections if p.th or p.en]
        labels += [(s.th, s.en) for s in definition.signatures]
        labels += [(definition.th, definition.en)]
        labels += [(definition.purpose.th, definition.purpose.en)]
        # A label may be a name that is the same in both languages, such as LINE.
        assert not [th for th, en in labels if not thai(th) and th not in {en, *THE_SAME_IN_THAI}]
        assert not [en for _, en in labels if thai(en) or not en]
        hints = [f.hint for f in definition.fields if f.hint]
        assert all(thai(hint.th) and not thai(hint.en) for hint in hints)

    def test_no_label_stands_twice(self, slug: str) -> None:
        """In the form, and within one table: a problem names the field by its label."""
        definition = form(slug)
        tables = [[column.th for column in field.columns] for field in definition.fields]
        options = [[option.th for option in field.options] for field in definition.fields]
        for labels in ([field.th for field in definition.fields], *tables, *options):
            assert not [label for label, count in Counter(labels).items() if count > 1]

    def test_what_is_required_has_an_example(self, slug: str) -> None:
        definition = form(slug)
        plain = [f for f in definition.fields if not f.columns and not f.options]
        plain = [f for f in plain if f.type != "rating"]  # these have 4, see example_values
        lacking = [f.name for f in plain if f.required and f.example in (None, "", [])]
        for field in definition.fields:
            if field.columns and not field.example:
                columns = [c for c in field.columns if c.required and not c.options]
                lacking += [f"{field.name}.{c.name}" for c in columns if not c.example]
        assert not lacking

    def test_whoever_signs_has_a_field_for_name_and_position(self, slug: str) -> None:
        definition = form(slug)
        named = [signature.field for signature in definition.signatures]
        assert all(named)
        assert len(set(named)) == len(named)

    def test_its_examples_fill_it_in_through_its_template(self, slug: str) -> None:
        definition = form(slug)
        values = example_values(definition)
        text = template(definition, values)
        again = fill(definition, from_yaml(text, f"{slug}.yaml"))
        assert again == values
        assert digest(slug, 1, again) == digest(slug, 1, values)

    def test_a_required_field_left_out_is_named(self, slug: str) -> None:
        definition = form(slug)
        values = example_values(definition)
        fields = {field.name: field for field in definition.fields}
        for field in required(definition):
            others = {name: value for name, value in values.items() if name != field.name}
            begun = {fields[name].by for name in others if fields[name].type != "person"}
            if field.by not in {definition.fields[0].by, *begun}:
                assert fill(definition, others) == others  # an officer's part left alone
                continue
            with pytest.raises(InputError) as error:
                fill(definition, others)
            told = [problem.message.th for problem in error.value.problems]
            assert f"“{field.th}” ยังไม่ได้กรอก" in "\n".join(told)

    def test_an_empty_form_tells_all_that_is_missing(self, slug: str) -> None:
        definition = form(slug)
        first = definition.fields[0].by
        wanted = [f.th for f in definition.fields if f.required and f.by == first and not f.when]
        if not wanted:
            assert fill(definition, from_yaml(template(definition))) == {}
            return
        with pytest.raises(InputError) as error:
            fill(definition, from_yaml(template(definition)))
        told = [problem.message.th for problem in error.value.problems]
        assert [f"“{label}” " in words for label, words in zip(wanted, told, strict=True)]

    def test_the_widths_of_a_line_and_a_page_fit(self, slug: str) -> None:
        """A column narrower than a twentieth of the table cannot be read."""
        for field in form(slug).fields:
            whole = sum(column.width for column in field.columns)
            assert not [c.name for c in field.columns if c.width * 20 < whole]


def test_surveys_ask_nobody_who_they_are() -> None:
    for slug in slugs():
        definition = form(slug)
        if definition.kind == "survey":
            personal = {"person", "phone", "email"}
            assert not [f.name for f in definition.fields if f.type in personal], slug
