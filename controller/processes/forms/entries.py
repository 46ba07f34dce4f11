"""Reads what was typed into one field or one cell of a table."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from controller import thai
from controller.language import nearest
from controller.processes.forms.definition import FormField
from controller.processes.forms.scalars import (
    Asked,
    Scalar,
    Wrong,
    not_an_option,
    option,
    read_scalar,
)
from controller.processes.forms.typed import Place

_LONGEST_SHOWN = 80
_NAME = {"name": "name", "ชื่อ": "name", "position": "position", "ตำแหน่ง": "position"}


@dataclass(frozen=True)
class Known:
    """What there is: schools and offices as code -> Thai name, asset numbers, hashes of photos.

    None means that nobody asked, so nothing is held against it.
    """

    sites: Mapping[str, str] | None = None
    assets: Collection[str] | None = None
    photos: Collection[str] | None = None


@dataclass(frozen=True)
class Complaint:
    """What is wrong with one value of a field.

    `place` is the way from the field to the value, `row` and `column` say it in words for a table
    (row from 1, column in Thai and English). `about_key` says that the name there is wrong.
    """

    wrong: Wrong
    found: str = ""
    place: Place = ()
    row: int = 0
    column: tuple[str, str] = ("", "")
    about_key: bool = False


def is_empty(raw: object) -> bool:
    """Whether nothing was typed: no value, or only blanks."""
    if isinstance(raw, str):
        return not raw.strip()
    return raw is None or (isinstance(raw, list | dict) and not raw)


def read_entry(asked: Asked, raw: object, known: Known) -> Scalar | Wrong:
    """The value of one field or cell that is not a list. `raw` is not empty."""
    if asked.type == "person" and isinstance(raw, Mapping):
        raw = _person(raw)
    text = raw if isinstance(raw, Wrong) else _text(asked, raw)
    if isinstance(text, Wrong):
        return text
    strange = next((c for c in text if _unprintable(c)), "")
    if strange:
        return Wrong(
            f"มีอักขระที่มองไม่เห็นหรือพิมพ์ลงกระดาษไม่ได้ (U+{ord(strange):04X}) ให้ลบแล้วพิมพ์ใหม่",
            f"holds a character that cannot be seen or printed (U+{ord(strange):04X}); retype it",
        )
    value = read_scalar(asked, text)
    return _in_inventory(asked, value, known) if isinstance(value, str) else value


def read_choices(asked: FormField, raw: object) -> tuple[list[str], list[Complaint]]:
    """The chosen values in the order of the options; `raw` is a list, or one text with commas."""
    if isinstance(raw, str):
        raw = [raw] if option(asked.options, thai.normalised(raw)) else raw.split(",")
    if not isinstance(raw, list):
        wrong = Wrong("ต้องเป็นรายการของตัวเลือก", "must be a list of options")
        return [], [Complaint(wrong, shown_raw(raw))]
    chosen: set[str] = set()
    complaints = []
    for at, item in enumerate(raw):
        text = thai.normalised(str(item)).strip()
        found = option(asked.options, text)
        if found is not None:
            chosen.add(found)
        else:
            complaints.append(Complaint(not_an_option(asked.options, text), shown_raw(item), (at,)))
    return [o.value for o in asked.options if o.value in chosen], complaints


def shown_raw(raw: object) -> str:
    """What was typed, short and safe to print on any terminal."""
    text = raw.isoformat() if isinstance(raw, date) else str(raw)
    safe = "".join(f"<U+{ord(c):04X}>" if _unprintable(c) and c != "\n" else c for c in text)
    line = " ".join(safe.split())
    return line if len(line) <= _LONGEST_SHOWN else line[:_LONGEST_SHOWN] + "…"


def _text(asked: Asked, raw: object) -> str | Wrong:
    if isinstance(raw, bool):
        if asked.type == "yes_no":
            return "true" if raw else "false"
        return Wrong(
            "YAML อ่านคำนี้เป็น ใช่/ไม่ใช่ ให้ใส่เครื่องหมายคำพูด",
            "was read as yes or no; put it in quotes",
        )
    if isinstance(raw, str):
        plain = raw.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
        return thai.normalised(plain).strip()
    if isinstance(raw, datetime):
        return raw.date().isoformat()
    if isinstance(raw, date):
        return raw.isoformat()
    if isinstance(raw, float):
        return f"{Decimal(repr(raw)):f}"
    if isinstance(raw, int | Decimal):
        return f"{raw:f}" if isinstance(raw, Decimal) else str(raw)
    return Wrong("ต้องเป็นค่าเดียว ไม่ใช่รายการ", "must be one value, not a list")


def _person(raw: Mapping[object, object]) -> str | Wrong:
    """Name and position written apart, as one text."""
    parts = {_NAME.get(str(key), ""): str(value) for key, value in raw.items() if value}
    if "" in parts:
        return Wrong(
            "เขียนเป็นข้อความเดียว หรือเป็น ชื่อ และ ตำแหน่ง",
            "is one text, or a name and a position",
            allowed=("name", "position"),
        )
    return ", ".join(parts[key] for key in ("name", "position") if key in parts)


def _unprintable(character: str) -> bool:
    """Controls, marks that turn the direction of writing, and what no font has."""
    if character == "\n":
        return False
    return unicodedata.category(character) in {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}


def _in_inventory(asked: Asked, value: str, known: Known) -> str | Wrong:
    if asked.type == "site" and known.sites is not None:
        return _site(value, known.sites)
    if asked.type == "asset" and known.assets is not None and value not in known.assets:
        # Comparing with tens of thousands of numbers is slow; a slip of the pen keeps most of it.
        alike = [a for a in known.assets if a[:4] == value[:4] or a[-4:] == value[-4:]]
        return Wrong(
            "ไม่มีเลขครุภัณฑ์นี้ในทะเบียน",
            "is not in the hardware register",
            suggestion=nearest(value, alike),
        )
    return value


def _site(value: str, sites: Mapping[str, str]) -> str | Wrong:
    """The name of the school that a code or a name stands for."""
    if value in sites:
        return sites[value]
    if value in sites.values():
        return value
    near = nearest(value, [*sites.values(), *sites])
    return Wrong(
        "ไม่มีสถานศึกษาหรือสำนักงานนี้ในทะเบียน ใช้ชื่อเต็มหรือรหัส",
        "is no school or office of the inventory; write its full name or its code",
        suggestion=sites.get(near, near),
    )
