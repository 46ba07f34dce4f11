"""A form as a file to fill in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.errors import InputError
from controller.processes.forms.filling import fill
from controller.processes.forms.template import example_values, template
from tests.processes.forms.small_form import ENOUGH, FORM, from_yaml

EXAMPLES = example_values(FORM)


def test_an_empty_template_fills_nothing_in() -> None:
    """No example is ever handed in by somebody who overlooks it."""
    with pytest.raises(InputError) as error:
        fill(FORM, from_yaml(template(FORM)))
    told = [problem.message.th for problem in error.value.problems]
    assert len(told) == 4
    assert all("ยังไม่ได้กรอก" in words for words in told)
    assert all(problem.line > 0 for problem in error.value.problems)


def test_a_template_explains_every_field() -> None:
    text = template(FORM)
    for field in FORM.fields:
        star = " *" if field.required else ""
        assert f"# {field.th}{star} " in text
        for option in field.options:
            assert f"{option.value} = {option.th}" in text
        for column in field.columns:
            assert f"{column.name} = {column.th}" in text
    assert "เช่น 22 พ.ย. 2569" in text
    assert "กรอกเมื่อ “วิธีซื้อ” เป็น “วิธีอื่น”" in text
    assert "กรอกเมื่อ “เร่งด่วน” เป็น “ใช่”" in text
    assert "# items_amount_total:" in text


def test_a_filled_template_gives_the_values_back() -> None:
    values = {**EXAMPLES, "reason": "ข้อ 1: มี # และ -\n\nข้อ 2", "colours": ["red", "green"]}
    text = template(FORM, values)
    assert "\nreason: |-\n  ข้อ 1: มี # และ -\n\n  ข้อ 2\n" in text
    assert fill(FORM, from_yaml(text)) == values


def test_examples_are_what_a_finished_form_holds() -> None:
    assert EXAMPLES["kind"] == "shop"
    assert EXAMPLES["score"] == "4"
    assert EXAMPLES["items"] == [
        {"item": "เมาส์", "quantity": "2", "price": "150.00", "amount": "300.00"}
    ]
    assert "kind_other" not in EXAMPLES
    assert EXAMPLES["why_urgent"] == "เปิดภาคเรียน"
    assert "colours" not in EXAMPLES


AWKWARD = st.one_of(
    st.sampled_from(
        ["null", "~", "yes", "No", "1e3", "- a", "a: b", "a # b", '"', "'", "{", "0x1"]
    ),
    st.text(alphabet="กำ้า๑0a:-#'\"{}[],&*!|>%@` \\\n", min_size=1, max_size=20),
)


@given(AWKWARD, AWKWARD)
def test_no_text_is_misread_by_yaml(line: str, paragraph: str) -> None:
    raw = {**ENOUGH, "buyer": line + ".", "reason": paragraph, "rooms": [line]}
    values = fill(FORM, raw)
    assert fill(FORM, from_yaml(template(FORM, values))) == values
