"""The columns of the hardware register, under every name an office gives them."""

from __future__ import annotations

import re

from controller.errors import Text
from controller.inventory.asset import KIND_NAMES, STATE_NAMES
from controller.inventory.search import folded

COLUMN_NAMES: dict[str, Text] = {
    "number": Text(th="เลขครุภัณฑ์", en="Register number"),
    "kind": Text(th="ประเภท", en="Kind"),
    "brand": Text(th="ยี่ห้อ", en="Brand"),
    "model": Text(th="รุ่น", en="Model"),
    "serial": Text(th="หมายเลขเครื่อง", en="Serial number"),
    "acquired": Text(th="วันที่ได้มา", en="Acquired"),
    "price": Text(th="ราคา (บาท)", en="Price (baht)"),
    "room": Text(th="สถานที่ตั้ง", en="Room"),
    "state": Text(th="สถานะ", en="State"),
    "site": Text(th="หน่วยงาน", en="Site"),
    "note": Text(th="หมายเหตุ", en="Note"),
}
_ALSO = {
    "number": (
        "หมายเลขครุภัณฑ์", "รหัสครุภัณฑ์", "เลขที่ครุภัณฑ์", "เลขทะเบียน", "เลขทะเบียนครุภัณฑ์", "asset number",
        "asset", "number",
    ),
    "kind": ("ประเภทครุภัณฑ์", "ชนิด", "ชนิดครุภัณฑ์", "type"),
    "brand": ("ตราอักษร", "ผู้ผลิต", "make", "maker", "manufacturer"),
    "model": ("รุ่น/แบบ", "แบบ", "model number"),
    "serial": ("serial", "s/n", "sn", "serial no", "หมายเลขประจำเครื่อง", "ซีเรียล", "ซีเรียลนัมเบอร์"),
    "acquired": ("วันที่รับ", "วันเดือนปี", "วัน เดือน ปี ที่ได้มา", "วันที่ตรวจรับ", "วันที่", "date", "received"),
    "price": ("ราคา", "ราคาต่อหน่วย", "มูลค่า", "ราคาทุน", "price", "cost", "baht"),
    "room": ("ห้อง", "สถานที่", "ที่ตั้ง", "สถานที่ใช้งาน", "location", "place"),
    "state": ("สภาพ", "สถานภาพ", "status", "condition"),
    "site": ("โรงเรียน", "สถานศึกษา", "สังกัด", "school"),
    "note": ("notes", "remark", "remarks", "comment"),
}  # fmt: skip
_PRICE = re.compile(r"(\d{1,9}|\d{1,3}(?:,\d{3}){1,2})(?:\.(\d{1,2}))?")
_NOT_LETTERS = re.compile(r"[\s_./()*:\-]+")
_ALSO_KINDS = {
    "computer": ("เครื่องคอมพิวเตอร์", "pc", "desktop", "คอมพิวเตอร์ตั้งโต๊ะ"),
    "notebook": ("laptop", "โน๊ตบุ๊ค", "โน้ตบุ๊ค", "โน๊ตบุ๊ก", "คอมพิวเตอร์โน้ตบุ๊ก"),
    "all-in-one": ("คอมพิวเตอร์ all in one", "aio"),
    "tablet": ("แท็ปเล็ต", "แท็บเลต"),
    "server": ("เครื่องแม่ข่าย", "เซิร์ฟเวอร์"),
    "printer": ("เครื่องพิมพ์เลเซอร์", "ปริ้นเตอร์", "พรินเตอร์"),
    "projector": ("เครื่องฉายภาพ", "เครื่องโปรเจคเตอร์", "โปรเจคเตอร์", "เครื่องมัลติมีเดียโปรเจคเตอร์"),
    "switch": ("สวิทช์", "อุปกรณ์กระจายสัญญาณ"),
    "access-point": ("ap", "wireless ap", "แอคเซสพอยต์", "อุปกรณ์กระจายสัญญาณไร้สาย"),
    "ups": ("เครื่องสำรองไฟฟ้า",),
    "camera": ("กล้องวงจรปิด", "cctv"),
    "other": ("อื่นๆ",),
}
_ALSO_STATES = {
    "in-use": ("ใช้งานอยู่", "ใช้งานได้", "ปกติ", "ใช้ได้"),
    "repair": ("ซ่อม", "อยู่ระหว่างซ่อม"),
    "lost": ("หาย",),
    "disposed": ("จำหน่าย", "แทงจำหน่าย", "disposed"),
}


def _written(names: dict[str, Text], also: dict[str, tuple[str, ...]]) -> dict[str, str]:
    known = {}
    for word, text in names.items():
        for spelled in (word, text.th, text.en, *also.get(word, ())):
            known[plain(spelled)] = word
    return known


def plain(text: str) -> str:
    """`text` as names are compared: folded, without spaces and signs."""
    return _NOT_LETTERS.sub("", folded(text))


def read_price(text: str) -> int | None:
    """Satang in a price in baht (`18500`, `18,500.00`); None for anything else."""
    match = _PRICE.fullmatch(text)
    if match is None or not text.isascii():
        return None
    return int(match[1].replace(",", "")) * 100 + int((match[2] or "").ljust(2, "0"))


def written_price(satang: int) -> str:
    """A price as the files have it: `18500.00`."""
    return f"{satang // 100}.{satang % 100:02}"


HEADINGS = _written(COLUMN_NAMES, _ALSO)
KIND_WORDS = _written(KIND_NAMES, _ALSO_KINDS)
STATE_WORDS = _written(STATE_NAMES, _ALSO_STATES)
"""Spelled plainly -> the word the files use. Each spelling means one thing only."""
