"""One value of each type: what officers type is understood, what cannot stand is told."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from controller.processes.forms.filling import fill
from tests.processes.forms.small_form import ENOUGH, FORM, only


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("subject", "  จัดซื้อ\n เมาส์ ", "จัดซื้อ เมาส์"),
        ("subject", "น\u0e4d\u0e49\u0e32", "น\u0e49\u0e33"),
        ("subject", 2569, "2569"),
        ("reason", "ข้อ 1\r\n\tข้อ 2\n\n\n\nจบ ", "ข้อ 1\nข้อ 2\n\nจบ"),
        ("pieces", "๑,๒๐๐ ชิ้น", "1200"),
        ("pieces", 12, "12"),
        ("pieces", "3.0", "3"),
        ("pieces", "007", "7"),
        ("speed", "1.50 Mbps", "1.5"),
        ("speed", 0.1, "0.1"),
        ("speed", 1e-7, "0.0000001"),
        ("speed", "-2", "-2"),
        ("speed", "100", "100"),
        ("budget", "1,250.5 บาท", "1250.50"),
        ("budget", "๑๒๐๐.-", "1200.00"),
        ("budget", Decimal(10), "10.00"),
        ("needed", "๒๒ พ.ย. ๒๕๖๙", "2026-11-22"),
        ("needed", "22 พฤศจิกายน พ.ศ. 2569", "2026-11-22"),
        ("needed", "วันที่ 22 พ.ย. 2569", "2026-11-22"),
        ("needed", "22/11/2569", "2026-11-22"),
        ("needed", "5-1-๒๕๖๙", "2026-01-05"),
        ("needed", "2026-11-22", "2026-11-22"),
        ("needed", date(2026, 11, 22), "2026-11-22"),
        ("needed", datetime(2026, 11, 22, 9, 0), "2026-11-22"),  # noqa: DTZ001
        ("hour", "๙.๐๕ น.", "09:05"),
        ("hour", "13:30", "13:30"),
        ("phone", "0-4300-0100 ต่อ ๑๒", "043000100 ต่อ 12"),
        ("phone", "+66 8 0000 0100", "0800000100"),
        ("phone", "โทร. 1579", "1579"),
        ("email", "ict.group@example.go.th", "ict.group@example.go.th"),
        ("number", " ๗๔๔๐-๐๑๖-๐๐๐๒ ", "7440-016-0002"),
        ("score", "๕", "5"),
        ("score", 1, "1"),
        ("score", "มากที่สุด", "5"),
        ("colours", ["เขียว", "red"], ["red", "green"]),
        ("colours", "น้ำเงิน", ["blue"]),
        ("colours", "แดง, ชมพู", ["red"]),
        ("colours", "green, blue", ["blue", "green"]),
        ("urgent", "ใช่", True),
        ("urgent", "ไม่ใช่", False),
        ("urgent", False, False),
        ("urgent", "No", False),
        ("buyer", {"ชื่อ": "นางสาว ก", "position": "ครู"}, "นางสาว ก, ครู"),
        ("kind", "ซื้อจากร้าน ", "shop"),
        ("kind", "In a shop", "shop"),
        ("rooms", ["101", "", "102"], [{"room": "101"}, {"room": "102"}]),
    ],
)
def test_what_officers_type_is_understood(name: str, typed: object, kept: object) -> None:
    assert fill(FORM, {**ENOUGH, name: typed})[name] == kept


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("subject", "ก" * 21, "ไม่เกิน 20 ตัวอักษร"),
        ("subject", ["a", "b"], "ค่าเดียว"),
        ("subject", True, "เครื่องหมายคำพูด"),
        ("pieces", "สาม", "ต้องเป็นตัวเลข"),
        ("pieces", "12,50", "ต้องเป็นตัวเลข"),
        ("pieces", "1.5", "จำนวนเต็ม"),
        ("pieces", "0", "ไม่น้อยกว่า 1"),
        ("pieces", "5001", "ไม่เกิน 5,000"),
        ("pieces", True, "เครื่องหมายคำพูด"),
        ("speed", "1" * 16, "ยาวเกินไป"),
        ("speed", float("nan"), "ต้องเป็นตัวเลข"),
        ("speed", "1e5", "ต้องเป็นตัวเลข"),
        ("budget", "10.005", "สตางค์"),
        ("budget", "-1", "ไม่ติดลบ"),
        ("needed", "31 เม.ย. 2569", "วันที่"),
        ("needed", "22/13/2569", "วันที่"),
        ("needed", "พรุ่งนี้", "วันที่"),
        ("hour", "25:00", "เวลา"),
        ("phone", "12345", "โทรศัพท์"),
        ("phone", "0812345", "โทรศัพท์"),
        ("email", "ict@", "อีเมล"),
        ("score", "6", "1 ถึง 5"),
        ("score", "ดี", "1 ถึง 5"),
        ("urgent", "บางที", "ใช่ หรือ ไม่ใช่"),
        ("buyer", {"อายุ": "3"}, "ชื่อ และ ตำแหน่ง"),
        ("colours", {"red": True}, "รายการของตัวเลือก"),
        ("items", "เมาส์", "แต่ละแถว"),
        ("items", ["เมาส์ 2 ตัว"], "แต่ละแถว"),
        ("rooms", {"room": "101"}, "แต่ละแถว"),
        ("subject", "ก\u202eข", "U+202E"),
        ("subject", "ก\x07ข", "U+0007"),
        ("reason", "ก\uf70a", "U+F70A"),
    ],
)
def test_what_cannot_stand_is_told(name: str, typed: object, words: str) -> None:
    problem = only({**ENOUGH, name: typed})
    field = FORM.field(name)
    assert field is not None
    assert problem.message.th.startswith(f"“{field.th}” ")
    assert problem.message.en.startswith(f"“{field.en}” ")
    assert words in problem.message.th
    assert problem.found


@pytest.mark.parametrize(
    ("name", "typed", "meant"),
    [
        ("needed", "22 พ.ย. 2026", "22 พ.ย. 2569"),
        ("needed", "22 พ.ย. 69", "22 พ.ย. 2569"),
        ("needed", "22/11/69", "22 พ.ย. 2569"),
        ("needed", "22/11/2026", "22 พ.ย. 2569"),
        ("needed", "2569-11-22", "22 พ.ย. 2569"),
        ("needed", "22 พย 2569", "22 พ.ย. 2569"),
        ("needed", "22 พฤศจิกาย 2569", "22 พ.ย. 2569"),
        ("needed", "22 November 2026", "22 พ.ย. 2569"),
        ("needed", "99/99/2569", ""),
        ("budget", "10.005", "10.01"),
        ("kind", "ซื้อจากล้าน", "ซื้อจากร้าน"),
        ("kind", "shp", "ซื้อจากร้าน"),
    ],
)
def test_what_was_probably_meant_is_offered_and_never_taken(
    name: str, typed: str, meant: str
) -> None:
    assert only({**ENOUGH, name: typed}).suggestion == meant
