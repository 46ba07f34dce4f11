"""Values as they stand on paper."""

from __future__ import annotations

import pytest

from controller.processes.forms.definition import FormField
from controller.processes.forms.reading import in_words, name_and_position, shown
from controller.processes.forms.rows import totals
from tests.processes.forms.small_form import FORM


def field(name: str) -> FormField:
    found = FORM.field(name)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("name", "value", "plain", "thai"),
    [
        ("subject", "ซื้อ 3 ตัว", "ซื้อ 3 ตัว", "ซื้อ 3 ตัว"),
        ("pieces", "1200", "1,200", "๑,๒๐๐"),
        ("speed", "1234.5", "1,234.5", "๑,๒๓๔.๕"),
        ("budget", "1250.50", "1,250.50", "๑,๒๕๐.๕๐"),
        ("needed", "2026-11-22", "22 พฤศจิกายน 2569", "๒๒ พฤศจิกายน ๒๕๖๙"),
        ("hour", "09:05", "09.05 น.", "๐๙.๐๕ น."),
        ("phone", "043000100 ต่อ 12", "0 4300 0100 ต่อ 12", "๐ ๔๓๐๐ ๐๑๐๐ ต่อ ๑๒"),
        ("phone", "0800000100", "08 0000 0100", "๐๘ ๐๐๐๐ ๐๑๐๐"),
        ("phone", "1579", "1579", "๑๕๗๙"),
        ("number", "7440-016-0002", "7440-016-0002", "7440-016-0002"),
        ("score", "4", "4", "๔"),
        ("kind", "shop", "ซื้อจากร้าน", "ซื้อจากร้าน"),
        ("colours", ["red", "blue"], "แดง, ชมพู, น้ำเงิน", "แดง, ชมพู, น้ำเงิน"),
        ("urgent", True, "ใช่", "ใช่"),
        ("urgent", False, "ไม่ใช่", "ไม่ใช่"),
        ("pieces", None, "", ""),
    ],
)
def test_a_value_on_paper(name: str, value: object, plain: str, thai: str) -> None:
    assert shown(field(name), value, thai_digits=False) == plain
    assert shown(field(name), value, thai_digits=True) == thai


def test_a_day_is_short_in_a_column() -> None:
    day = field("items").columns[0].model_copy(update={"type": "date"})
    assert shown(day, "2026-11-22", thai_digits=False) == "22 พ.ย. 2569"


def test_columns_are_added_up_and_written_out() -> None:
    items = field("items")
    rows = [{"item": "ก", "amount": "0.10"}, {"item": "ข"}, {"item": "ค", "amount": "1250.15"}]
    assert totals(items, rows) == {"amount": "1250.25"}
    assert in_words(items, rows) == "หนึ่งพันสองร้อยห้าสิบบาทยี่สิบห้าสตางค์"
    assert in_words(field("budget"), "900.00") == "เก้าร้อยบาทถ้วน"


@pytest.mark.parametrize(("name", "value"), [("budget", None), ("items", []), ("pieces", "3")])
def test_no_words_where_there_is_nothing_to_write_out(name: str, value: object) -> None:
    assert in_words(field(name), value) == ""


@pytest.mark.parametrize(
    ("typed", "name", "position"),
    [
        ("นางสาวตัวอย่าง ทดสอบ, นักวิชาการคอมพิวเตอร์", "นางสาวตัวอย่าง ทดสอบ", "นักวิชาการคอมพิวเตอร์"),
        ("นายตัวอย่าง ทดสอบ ตำแหน่ง ครู", "นายตัวอย่าง ทดสอบ", "ครู"),
        ("นายตัวอย่าง ทดสอบ", "นายตัวอย่าง ทดสอบ", ""),
        ("ดร.ตัวอย่าง ทดสอบ", "ดร.ตัวอย่าง ทดสอบ", ""),
        ("นักวิชาการคอมพิวเตอร์", "", "นักวิชาการคอมพิวเตอร์"),
        ("นายทะเบียน", "", "นายทะเบียน"),
        ("นายช่างไฟฟ้า", "", "นายช่างไฟฟ้า"),
        ("นายกองค์การบริหารส่วนตำบล", "", "นายกองค์การบริหารส่วนตำบล"),
        ("ตำแหน่ง ครู", "", "ครู"),
        (None, "", ""),
    ],
)
def test_name_and_position_under_a_signature(typed: object, name: str, position: str) -> None:
    assert name_and_position(typed) == (name, position)
