"""Finding a form and reading its definition."""

from __future__ import annotations

import pytest

from controller.errors import InputError, NotFound
from controller.processes.forms.catalogue import form, read_definition, slugs
from tests.processes.forms.small_form import TEXT


def test_a_form_is_found_by_its_slug_and_read_once() -> None:
    assert "repair_request" in slugs()
    assert form("repair_request").slug == "repair_request"
    assert form("repair_request") is form("repair_request")


@pytest.mark.parametrize("slip", ["repair_reqest", "repair-request", "Repair_Request"])
def test_a_slip_of_the_pen_is_told_the_nearest(slip: str) -> None:
    with pytest.raises(NotFound) as error:
        form(slip)
    assert error.value.hint is not None
    assert "repair_request" in error.value.hint.th


@pytest.mark.parametrize("name", ["../catalogue", "", "repair_request.yaml"])
def test_nothing_but_a_slug_is_read(name: str) -> None:
    with pytest.raises(NotFound):
        form(name)


BROKEN = {
    "a type there is not": ("type: integer, unit", "type: number, unit", 10, "Input should be"),
    "an unknown word": ("max_length: 20,", "maxlength: 20,", 8, "Extra inputs"),
    "a missing label": ("th: เรื่อง, ", "", 8, "Field required"),
    "a key written twice": ("unit: Mbps,", "unit: Mbps, unit: G,", 11, "“unit” stands twice"),
    "no YAML": ("edition: 2", "edition: [2", 3, "not valid YAML"),
    "a choice without options": ("type: rating", "type: choice", 19, "options belong to choice"),
    "two fields of one name": ("name: speed", "name: pieces", 1, "two fields named pieces"),
    "a later condition": ("field: urgent", "field: buyer_", 1, "no field before it"),
    "a condition no option meets": ("is: [other-way]", "is: [other]", 1, "that kind has not"),
    "a yes that is no option": ('is: ["yes"]', 'is: ["ใช่"]', 1, "options that urgent has not"),
    "a product of words": ("[quantity, price]", "[item, price]", 1, "multiplies what"),
    "a product of itself": ("[quantity, price]", "[amount, price]", 1, "multiplies what"),
    "a total of words": ("required: true, example: เมาส์", "total: true", 1, "is no number"),
    "words of words": ("in_words: amount", "in_words: item", 1, "no column of numbers"),
    "words of a day": ("type: date, ex", "type: date, in_words: self, ex", 1, "itself out"),
    "two columns of one name": ("name: price", "name: quantity", 1, "two columns of one name"),
    "a column without options": ("Fitting, type: yes_no", "F, type: choice", 1, "options belong"),
    "a signature of nobody": ("en: Buyer, field: buyer", "en: B, field: subject", 1, "no person"),
    "a survey without a rating": ("edition: 2", "edition: 2\nkind: survey", 1, ""),
}  # fmt: skip


@pytest.mark.parametrize("fault", BROKEN)
def test_a_fault_of_a_definition_is_told_with_its_line(fault: str) -> None:
    old, new, line, words = BROKEN[fault]
    text = TEXT.replace(old, new)
    assert text != TEXT
    if not words:
        text, words = text.replace("type: rating", "type: integer"), "a survey without a rating"
    with pytest.raises(InputError) as error:
        read_definition(text, "small.yaml")
    problem = error.value.problems[0]
    assert words in problem.message.en
    assert (problem.path, problem.line) == ("small.yaml", line)
    assert problem.column > 0


def test_all_faults_are_told_together() -> None:
    text = TEXT.replace("max_length: 20,", "maxlength: 20,").replace(
        "type: integer, u", "type: i, u"
    )
    with pytest.raises(InputError) as error:
        read_definition(text, "small.yaml")
    assert {problem.line for problem in error.value.problems} >= {8, 10}


def test_an_empty_file_is_no_definition() -> None:
    with pytest.raises(InputError):
        read_definition("", "empty.yaml")
