"""The columns of an edition as a file for Excel, under the names people give them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from controller.errors import Text
from controller.inventory.register import plain
from controller.specs.criterion import Operator

EDITION_SHEET = Text(th="ฉบับ", en="Edition")
CLASS_SHEET = Text(th="รายการ", en="Items")
CRITERION_SHEET = Text(th="ข้อกำหนด", en="Criteria")
SHEETS = {"edition": EDITION_SHEET, "classes": CLASS_SHEET, "criteria": CRITERION_SHEET}

EDITION_ROWS: dict[str, Text] = {
    "id": Text(th="รหัสฉบับ", en="Edition id"),
    "th": Text(th="ชื่อฉบับ", en="Name in Thai"),
    "en": Text(th="ชื่อภาษาอังกฤษ", en="Name in English"),
    "issuer": Text(th="ผู้ประกาศ", en="Issuer"),
    "announced": Text(th="วันที่ประกาศ", en="Announced"),
    "status": Text(th="สถานะข้อมูล", en="Status"),
    "source": Text(th="ที่มาของข้อมูล", en="Source"),
    "years_of_service": Text(th="อายุการใช้งาน (ปี)", en="Years of service"),
    "partial": Text(th="แทนเฉพาะรายการที่มี", en="Replaces only what it lists"),
}
CLASS_COLUMNS: dict[str, Text] = {
    "id": Text(th="รหัสรายการ", en="Class"),
    "number": Text(th="ลำดับที่", en="Number"),
    "kind": Text(th="ประเภทครุภัณฑ์", en="Kind"),
    "th": Text(th="ชื่อรายการ", en="Name in Thai"),
    "en": Text(th="ชื่อภาษาอังกฤษ", en="Name in English"),
    "unit": Text(th="หน่วยนับ", en="Counted in"),
    "ceiling": Text(th="ราคาตามเกณฑ์ (บาท)", en="Ceiling (baht)"),
    "note": Text(th="หมายเหตุ", en="Note"),
}
CRITERION_COLUMNS: dict[str, Text] = {
    "class": Text(th="รหัสรายการ", en="Class"),
    "id": Text(th="รหัสข้อกำหนด", en="Criterion"),
    "text": Text(th="ข้อความที่พิมพ์", en="Text"),
    "attribute": Text(th="คุณสมบัติ", en="Attribute"),
    "operator": Text(th="การเทียบ", en="Operator"),
    "value": Text(th="ค่าที่กำหนด", en="Value"),
    "unit": Text(th="หน่วย", en="Unit"),
    "mandatory": Text(th="บังคับ", en="Mandatory"),
    "weight": Text(th="น้ำหนัก", en="Weight"),
    "reason": Text(th="เหตุผล", en="Reason"),
}
OPERATOR_NAMES: dict[Operator, Text] = {
    "at-least": Text(th="ไม่น้อยกว่า", en="at least"),
    "at-most": Text(th="ไม่เกิน", en="at most"),
    "equals": Text(th="เท่ากับ", en="equal to"),
    "one-of": Text(th="อย่างใดอย่างหนึ่งใน", en="one of"),
    "includes": Text(th="มีครบทุกอย่างใน", en="all of"),
    "is": Text(th="เป็น", en="is"),
    "judged": Text(th="ให้คณะพิจารณา", en="judged by people"),
}
YES = Text(th="ใช่", en="yes")
NO = Text(th="ไม่ใช่", en="no")
STATUS_NAMES: dict[str, Text] = {
    "reference": Text(th="ข้อมูลอ้างอิง", en="for reference"),
    "checked": Text(th="ตรวจกับประกาศแล้ว", en="checked"),
}
YES_WORDS = {plain(word): True for word in (*YES.both, "true", "1")} | {
    plain(word): False for word in (*NO.both, "false", "0")
}


def words_of(names: Mapping[Any, Text]) -> dict[str, str]:
    """Spelled plainly, in the file's own word and both languages -> the word of the files."""
    return {
        plain(told): str(name) for name, text in names.items() for told in (str(name), *text.both)
    }
