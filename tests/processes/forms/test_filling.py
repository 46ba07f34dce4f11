"""Filling a form in: what officers type is understood, and what is wrong is told all at once."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.errors import InputError
from controller.processes.forms.catalogue import form
from controller.processes.forms.entries import Known
from controller.processes.forms.filling import asked, digest, fill
from tests.processes.forms.small_form import ENOUGH, FORM, from_yaml, only, refused


def test_everything_wrong_is_told_at_once_with_its_place() -> None:
    typed = from_yaml(
        """\
subject: จัดซื้อเมาส์
pieces: มาก
need: 22 พ.ย. 2569
needed: 2569-11-22
phone: 0412345670
phone: 1579
kind: ยืม
items:
  - item: เมาส์
    quantity: สอง
  - {item: จอ, quantity: 1, price: 2,500}
  - {quantity: 3}
posted: ๒๓ พ.ย. ๒๕๖๙
"""
    )
    with pytest.raises(InputError) as error:
        fill(FORM, typed)
    problems = error.value.problems
    assert [(p.line, p.column, p.found) for p in problems] == [
        (0, 0, ""),
        (0, 0, ""),
        (2, 9, "มาก"),
        (3, 1, "need"),
        (4, 9, "2569-11-22"),
        (5, 8, "0412345670"),
        (6, 1, "phone"),
        (7, 7, "ยืม"),
        (10, 15, "สอง"),
        (11, 38, "500"),
        (12, 5, ""),
    ]
    begins = (
        "“ผู้ขอซื้อ” ยังไม่ได้กรอก เช่น นักวิชาการพัสดุ",
        "“เลขทะเบียน” ยังไม่ได้กรอก เช่น ๑/๒๕๗๐",
        "“จำนวนชิ้น” ต้องเป็นตัวเลข เช่น 3 หรือ 1,250.50",
        "“แบบขอซื้อ” ไม่มีช่องชื่อ “need”",
        "“ต้องการภายใน” ไม่ใช่วันที่ที่อ่านได้ เขียนแบบ 22 พ.ย. 2569",
        "“โทรศัพท์” ไม่ใช่หมายเลขโทรศัพท์ไทย",
        "ช่อง “phone” ซ้ำ",
        "“วิธีซื้อ” ไม่มีตัวเลือกนี้",
        "“รายการ” แถวที่ 1 “จำนวน” ต้องเป็นตัวเลข เช่น 3 หรือ 1,250.50",
        "“รายการ” แถวที่ 2 ตัวเลขที่มีจุลภาคในวงเล็บ { } ต้องใส่เครื่องหมายคำพูด",
        "“รายการ” แถวที่ 3 “ชื่อรายการ” ยังไม่ได้กรอก เช่น เมาส์",
    )
    for problem, words in zip(problems, begins, strict=True):
        assert problem.message.th.startswith(words)
    assert {p.path for p in problems} == {"purchase.yaml"}
    assert "11 แห่ง" in error.value.message.th
    assert {p.found: p.suggestion for p in problems}["need"] == "needed"
    assert problems[7].allowed == ("ซื้อจากร้าน (shop)", "วิธีอื่น (other-way)")


def test_values_come_in_the_order_of_the_paper_and_nothing_is_invented() -> None:
    values = fill(FORM, dict(reversed(ENOUGH.items())))
    assert list(values) == ["subject", "kind", "buyer", "items"]


def test_fields_may_be_named_as_the_paper_names_them() -> None:
    assert fill(FORM, {**ENOUGH, "จำนวนชิ้น": "3"})["pieces"] == "3"
    assert fill(FORM, {**ENOUGH, "items": [{"ชื่อรายการ": "จอ", "จำนวน": "1"}]})["items"] == [
        {"item": "จอ", "quantity": "1"}
    ]
    assert "“pieces”" in only({**ENOUGH, "pieces": 3, "จำนวนชิ้น": 4}).message.th


@pytest.mark.parametrize("empty", [None, "", "  ", [], {}])
def test_an_empty_field_is_one_not_filled_in(empty: object) -> None:
    assert "pieces" not in fill(FORM, {**ENOUGH, "pieces": empty})
    assert "ยังไม่ได้กรอก" in only({**ENOUGH, "subject": empty}).message.th


@pytest.mark.parametrize("name", [f.name for f in FORM.fields if f.required and f.when is None])
def test_a_required_field_left_out_is_named(name: str) -> None:
    officer = {"posted": "22 พ.ย. 2569", "register": "1"}
    field = FORM.field(name)
    assert field is not None
    left = {key: value for key, value in {**ENOUGH, **officer}.items() if key != name}
    assert field.th in only(left).message.th


class TestConditions:
    """A field that another one asks for."""

    def test_it_is_required_only_when_asked(self) -> None:
        assert "“ระบุวิธี” ยังไม่ได้กรอก" in only({**ENOUGH, "kind": "other-way"}).message.th
        values = fill(FORM, {**ENOUGH, "kind": "วิธีอื่น", "kind_other": "แลก"})
        assert values["kind_other"] == "แลก"

    def test_what_nobody_asks_is_not_dropped_silently(self) -> None:
        message = only({**ENOUGH, "kind_other": "แลก"}).message
        assert "เฉพาะเมื่อ “วิธีซื้อ” เป็น “วิธีอื่น”" in message.th

    def test_yes_and_no_can_ask_too(self) -> None:
        assert fill(FORM, {**ENOUGH, "urgent": "ใช่", "why_urgent": "ก"})["why_urgent"] == "ก"
        message = only({**ENOUGH, "urgent": "ไม่", "why_urgent": "ก"}).message
        assert "เฉพาะเมื่อ “เร่งด่วน” เป็น “ใช่”" in message.th

    def test_nothing_follows_from_an_answer_that_cannot_be_read(self) -> None:
        assert only({**ENOUGH, "kind": "ยืม", "kind_other": "แลก"}).found == "ยืม"

    def test_the_paper_can_ask_the_same(self) -> None:
        field = FORM.field("kind_other")
        assert field is not None
        assert asked(FORM, field, {"kind": "other-way"})
        assert not asked(FORM, field, {"kind": "shop"})
        assert not asked(FORM, field, {})


class TestParts:
    """The part of an officer is either left alone or complete."""

    def test_the_requester_leaves_it_alone(self) -> None:
        assert "posted" not in fill(FORM, ENOUGH)

    def test_a_name_to_print_does_not_begin_it(self) -> None:
        assert fill(FORM, {**ENOUGH, "officer": "เจ้าหน้าที่พัสดุ"})["officer"]

    def test_once_begun_it_has_to_be_complete(self) -> None:
        assert "เลขทะเบียน" in only({**ENOUGH, "posted": "22 พ.ย. 2569"}).message.th


class TestSums:
    """Products and totals are worked out; what is typed there is only compared."""

    def test_a_product_is_worked_out(self) -> None:
        rows = [{"item": "จอ", "quantity": "3", "price": "1,250.50"}, {"item": "x", "quantity": 1}]
        items = fill(FORM, {**ENOUGH, "items": rows})["items"]
        assert items == [
            {"item": "จอ", "quantity": "3", "price": "1250.50", "amount": "3751.50"},
            {"item": "x", "quantity": "1"},
        ]

    def test_a_product_that_was_typed_right_is_accepted(self) -> None:
        rows = [{"item": "จอ", "quantity": 3, "price": 100, "amount": "300 บาท"}]
        assert fill(FORM, {**ENOUGH, "items": rows, "items_amount_total": "300.00"})

    def test_a_product_that_does_not_come_out_is_told(self) -> None:
        rows = [{"item": "จอ", "quantity": 3, "price": 100, "amount": 301}]
        problem = only({**ENOUGH, "items": rows})
        assert "แถวที่ 1 “จำนวนเงิน”" in problem.message.th
        assert "3 × 100.00 = 300.00" in problem.message.th
        assert (problem.found, problem.suggestion) == ("301", "300.00")

    def test_a_product_needs_its_factors(self) -> None:
        problem = only({**ENOUGH, "items": [{"item": "จอ", "quantity": 3, "amount": 300}]})
        assert "“จำนวน” × “ราคาต่อหน่วย”" in problem.message.th

    def test_a_factor_that_cannot_be_read_is_told_once(self) -> None:
        rows = [{"item": "จอ", "quantity": "x", "price": 1, "amount": 300}]
        assert only({**ENOUGH, "items": rows}).found == "x"

    def test_a_total_that_does_not_add_up_is_told(self) -> None:
        rows = [{"item": "ก", "quantity": 1, "price": "0.10"}] * 3
        problem = only({**ENOUGH, "items": rows, "items_amount_total": "0.31"})
        assert problem.message.th.startswith("“รายการ” “รวม จำนวนเงิน” รวมได้ 0.30 ")
        assert (problem.found, problem.suggestion) == ("0.31", "0.30")

    def test_a_total_that_is_no_number_is_told(self) -> None:
        assert only({**ENOUGH, "items_amount_total": "สามร้อย"}).found == "สามร้อย"


class TestTables:
    """Rows of a table."""

    def test_empty_rows_do_not_count(self) -> None:
        rows = [None, {"item": "", "quantity": None}, {"item": "จอ", "quantity": 1}]
        assert fill(FORM, {**ENOUGH, "items": rows})["items"] == [{"item": "จอ", "quantity": "1"}]

    def test_too_few_rows_are_told(self) -> None:
        assert "มี 1 แถว ต้องมีอย่างน้อย 2 แถว" in only({**ENOUGH, "offers": ["ร้าน ก"]}).message.th

    def test_a_table_of_empty_rows_is_not_filled_in(self) -> None:
        assert "ยังไม่ได้กรอก" in only({**ENOUGH, "items": [{"item": ""}]}).message.th
        assert "offers" not in fill(FORM, {**ENOUGH, "offers": [{"shop": None}, ""]})

    def test_a_column_there_is_not_is_told(self) -> None:
        rows = [{"item": "จอ", "quantity": 1, "prise": 3, "จำนวน": 4}]
        problems = refused({**ENOUGH, "items": rows})
        assert [(p.found, p.suggestion) for p in problems] == [("prise", "price"), ("จำนวน", "")]

    def test_a_cell_may_be_a_yes(self) -> None:
        rows = [{"item": "จอ", "quantity": 1, "fitting": "ใช่"}]
        assert fill(FORM, {**ENOUGH, "items": rows})["items"] == [
            {"item": "จอ", "quantity": "1", "fitting": True}
        ]


class TestKnown:
    """What the inventory has."""

    KNOWN = Known(
        sites={"school-a": "โรงเรียนตัวอย่าง ก", "office": "สำนักงาน"},
        assets=frozenset({"7440-016-0002", "7440-017-0001"}),
    )

    def test_a_site_is_kept_by_its_name(self) -> None:
        for typed in ("school-a", "โรงเรียนตัวอย่าง ก"):
            values = fill(FORM, {**ENOUGH, "site": typed}, known=self.KNOWN)
            assert values["site"] == "โรงเรียนตัวอย่าง ก"

    def test_what_is_not_there_is_told_with_the_nearest(self) -> None:
        raw = {**ENOUGH, "site": "โรงเรียนตัวอย่าง ข", "number": "7440-016-0020"}
        assert [p.suggestion for p in refused(raw, self.KNOWN)] == [
            "โรงเรียนตัวอย่าง ก",
            "7440-016-0002",
        ]

    def test_nobody_asked_the_inventory(self) -> None:
        assert fill(FORM, {**ENOUGH, "site": "ที่ใดก็ได้", "number": "x-1"})["number"] == "x-1"


class TestFiles:
    """Values as they stand in YAML."""

    def test_every_value_is_what_was_typed(self) -> None:
        typed = from_yaml(
            "phone: 0412345670\nhour: 10:30\nsubject: on\nbudget:\nitems: [~, 1.50]\n"
        )
        assert typed.values == {
            "phone": "0412345670",
            "hour": "10:30",
            "subject": "on",
            "budget": None,
            "items": [None, "1.50"],
        }
        assert typed.places["items", 1] == (5, 12)
        assert typed.at(("items", 1, "quantity")) == (5, 12)
        assert typed.at(("buyer",)) == (0, 0)

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("- 1\n", "ชื่อช่อง: ค่า"),
            ("subject: &a ก\nreason: *a\n", "ชื่ออ้างอิง"),
            ("subject: !secret ก\n", "ป้ายชนิด"),
            ("? [a]\n: b\n", "ต้องเป็นข้อความ"),
            ("subject: ก\nsubject: ข\n", "ซ้ำ"),
        ],
    )
    def test_what_a_form_file_may_not_hold(self, text: str, words: str) -> None:
        (problem, *_) = from_yaml(text).problems
        assert words in problem.message.th
        assert problem.line > 0


def test_equal_content_has_an_equal_hash() -> None:
    values = {"b": ["x"], "a": "ก"}
    plain = '{"edition":2,"slug":"small","values":{"a":"ก","b":["x"]}}'
    assert digest("small", 2, values) == hashlib.sha256(plain.encode()).hexdigest()
    assert digest("small", 2, {"a": "ก", "b": ["x"]}) == digest("small", 2, values)
    assert digest("small", 3, values) != digest("small", 2, values)
    assert digest("small", 2, {"a": "ข", "b": ["x"]}) != digest("small", 2, values)


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.decimals()
    | st.dates()
    | st.text(alphabet='กำ้เ๑1.,:/- \n\u202eaง"', max_size=10)
    | st.sampled_from(["22 พ.ย. 2569", "1,250.50", "ใช่", "shop", "วิธีอื่น", "red, เขียว", "ต่อ 1"])
)
COLUMNS = st.sampled_from(["item", "quantity", "price", "amount", "fitting", "z"])
ROWS = st.lists(st.dictionaries(COLUMNS, SCALARS, max_size=4), max_size=3)
KEYS = st.sampled_from([*(f.name for f in FORM.fields), "x", "เรื่อง", "items_amount_total"])


@given(st.dictionaries(KEYS, SCALARS | st.lists(SCALARS, max_size=3) | ROWS, max_size=6))
def test_whatever_is_typed_is_filled_in_or_told(raw: dict[str, object]) -> None:
    """Never an error of another kind, and what is filled in stays as it is when filled in again."""
    try:
        values = fill(FORM, {**ENOUGH, **raw})
    except InputError as error:
        values = {}
        problems = error.problems
    else:
        problems = ()
        assert fill(FORM, values) == values
    assert bool(values) != bool(problems)


def test_a_choice_that_is_missing_is_told_by_its_words() -> None:
    """What stands in the data, `urgent`, is no word of the page."""
    with pytest.raises(InputError) as error:
        fill(form("repair_request"), from_yaml("{}"))
    told = next(p.message for p in error.value.problems if "ความเร่งด่วน" in p.message.th)
    assert told.th.endswith("เช่น ด่วน (กระทบการเรียนการสอนหรือการให้บริการ)")
    assert told.en.endswith("for example Urgent (work or classes affected)")
