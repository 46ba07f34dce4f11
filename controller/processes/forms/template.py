"""A form as a YAML file to fill in, every field explained, and the examples that belong to it."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import get_args

from controller import thai
from controller.processes.forms.definition import (
    Column,
    Filler,
    FormDefinition,
    FormField,
    Section,
)
from controller.processes.forms.filling import asked, fill
from controller.processes.forms.photos import MOST_PHOTOS, photos_of
from controller.processes.forms.rows import total_keys
from controller.processes.forms.scalars import Asked

_KINDS = {
    "text": "ข้อความบรรทัดเดียว",
    "paragraph": "ข้อความหลายบรรทัด ขึ้นต้นด้วย | แล้วย่อหน้าบรรทัดถัดไป",
    "integer": "จำนวนเต็ม",
    "decimal": "ตัวเลข มีทศนิยมได้",
    "money": "จำนวนเงิน (บาท)",
    "date": "วันที่ เช่น 22 พ.ย. 2569",
    "time": "เวลา เช่น 13.30 น.",
    "choice": "เลือกหนึ่งข้อ",
    "choices": "เลือกได้หลายข้อ คั่นด้วยจุลภาค",
    "yes_no": "ใช่ หรือ ไม่ใช่",
    "phone": "หมายเลขโทรศัพท์",
    "email": "อีเมล",
    "asset": "เลขครุภัณฑ์",
    "site": "ชื่อหรือรหัสโรงเรียน/หน่วยงาน",
    "person": "ชื่อ, ตำแหน่ง",
    "rating": "คะแนน 5 มากที่สุด ถึง 1 น้อยที่สุด",
    "table": "ตาราง แต่ละแถวขึ้นต้นด้วย -",
    "photos": f"ภาพถ่าย JPEG, PNG หรือ WebP ไม่เกิน {MOST_PHOTOS} ภาพ ชื่อแฟ้มละบรรทัด ขึ้นต้นด้วย -",
}
_PARTS = {"requester": "", "officer": "เจ้าหน้าที่กรอก", "approver": "ผู้มีอำนาจกรอก"}
# What YAML keeps as it is: begins with a letter, and holds nothing that means something to YAML.
_PLAIN = re.compile(
    r"[A-Za-z\u0e01-\u0e2e\u0e40-\u0e44][\w\u0e00-\u0e7f ./()%-]*[\w\u0e00-\u0e7f.)%]"
)
_WORDS = {"null", "true", "false", "yes", "no", "on", "off"}


def template(definition: FormDefinition, values: Mapping[str, object] | None = None) -> str:
    """The form as YAML text for `typed` and `fill`, with a comment in Thai above every field.

    Without `values` every field is empty and its example stands in the comment, so that no example
    is ever handed in; with them they are filled in, and filling the text gives them back.
    """
    lines = [
        f"# {definition.th}",
        f"# {definition.purpose.th}",
        "# ช่องที่มี * ต้องกรอก ช่องอื่นเว้นว่างได้ ใช้เลขไทยหรือเลขอารบิกก็ได้",
        "# ส่วนของเจ้าหน้าที่และผู้มีอำนาจเว้นว่างทั้งส่วนไว้ก่อนได้",
    ]
    sums = total_keys(definition)
    for section in definition.sections:
        lines += _heading(section)
        for one in section.fields:
            lines += ["", *_comment(definition, one), *_entry(one, (values or {}).get(one.name))]
            lines += [
                f"# {key}:  # ไม่ต้องกรอก ระบบรวม “{column.th}” ให้ ถ้ากรอกจะตรวจให้ตรงกัน"
                for key, (table, column) in sums.items()
                if table.name == one.name
            ]
    return "\n".join([*lines, ""])


def example_values(
    definition: FormDefinition, parts: Collection[Filler] = get_args(Filler)
) -> dict[str, object]:
    """The examples of the definition, filled in: what a finished form may look like.

    `parts` leaves out what others fill in, but for the names that print under their lines.

    Fields without an example are left out, except that ratings are 4 and required options the
    first one; so are fields that these examples do not ask for. A table has its example rows, or
    one row of its columns' examples.

    Errors: `InputError` when the examples do not fit the definition.
    """
    raw: dict[str, object] = {}
    for one in definition.fields:
        example = _example(one) if one.by in parts or one.type == "person" else None
        if example not in (None, "", []) and asked(definition, one, raw):
            raw[one.name] = example
    return fill(definition, raw)


def _example(one: FormField) -> object:
    if one.example is not None:
        return one.example
    if one.type == "rating":
        return "4"
    if one.type == "table":
        row = {c.name: c.example or _first_option(c) for c in one.columns}
        return [row] * max(1, one.rows) if any(row.values()) else None
    return _first_option(one) or None


def _first_option(asked_for: Asked) -> str:
    return asked_for.options[0].value if asked_for.options and asked_for.required else ""


def _heading(section: Section) -> Iterator[str]:
    if section.th:
        yield from ("", f"# ──── {section.th} ────")


def _comment(definition: FormDefinition, one: FormField) -> Iterator[str]:
    star = " *" if one.required else ""
    unit = f" หน่วย: {one.unit}" if one.unit else ""
    part = f" [{_PARTS[one.by]}]" if _PARTS[one.by] else ""
    yield f"# {one.th}{star}{part} ({_KINDS[one.type]}{unit})"
    if condition := definition.condition(one):
        yield f"#   กรอกเมื่อ {condition.th}"
    if one.hint is not None:
        yield f"#   {' '.join(one.hint.th.split())}"
    yield from (f"#   {option.value} = {option.th}" for option in one.options)
    for column in one.columns:
        yield f"#   {column.name} = {_column(column)}"
    if isinstance(one.example, str | int) and not one.options:
        yield f"#   เช่น {' '.join(_scalar(one, one.example).split())}"


def _column(column: Column) -> str:
    if column.product is not None:
        return f"{column.th} (ไม่ต้องกรอก คำนวณให้)"
    star = " *" if column.required else ""
    options = " หรือ ".join(f"{option.value} ({option.th})" for option in column.options)
    kind = options or _KINDS[column.type]
    example = f" เช่น {column.example}" if column.example else ""
    return f"{column.th}{star} ({kind}){example}"


def _entry(one: FormField, value: object) -> Iterator[str]:
    if one.type == "table":
        yield f"{one.name}:"
        rows = value if isinstance(value, list) and value else [{}]
        for row in rows:
            yield from _row(one, row)
    elif one.type == "photos":
        yield f"{one.name}:"
        for photo in photos_of(value):
            yield f"  - name: {json.dumps(photo['name'], ensure_ascii=False)}"
            yield f"    sha256: {photo['sha256']}"
    elif isinstance(value, list):
        yield f"{one.name}:"
        yield from (f"  - {_quoted(str(item))}" for item in value)
    elif isinstance(value, str) and "\n" in value:
        yield f"{one.name}: |-"
        yield from (f"  {line}".rstrip() for line in value.split("\n"))
    else:
        yield f"{one.name}: {_scalar(one, value)}".rstrip()


def _row(one: FormField, row: Mapping[str, object]) -> Iterator[str]:
    mark = "- "
    for column in one.columns:
        if column.product is None:
            yield f"  {mark}{column.name}: {_scalar(column, row.get(column.name))}".rstrip()
            mark = "  "


def _scalar(asked_for: Asked, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ใช่" if value else "ไม่ใช่"
    if asked_for.type == "date" and re.fullmatch(r"\d{4}-\d\d-\d\d", str(value)):
        return thai.short_date(date.fromisoformat(str(value)))
    if asked_for.type in {"integer", "decimal", "money", "rating"}:
        return str(value)
    return _quoted(str(value))


def _quoted(text: str) -> str:
    plain = _PLAIN.fullmatch(text) and text.lower() not in _WORDS
    return text if plain else json.dumps(text, ensure_ascii=False)
