"""Reads a Word file back as Word would: its parts, its runs, its words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from docx.oxml.parser import parse_xml

from controller.documents.blocks import (
    Block,
    Card,
    Chart,
    Document,
    Entries,
    Flow,
    Frame,
    Heading,
    HeatMap,
    Lines,
    MemoHead,
    OrderHead,
    Paragraph,
    Signature,
    Signatures,
    Stacks,
    Table,
    Ticks,
)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
THAI = re.compile(r"[\u0e01-\u0e5b]")
_TURNING = {0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}


def part(file: bytes, name: str) -> Any:
    """The root element of one part of the file."""
    with ZipFile(BytesIO(file)) as archive:
        return parse_xml(archive.read(name))


def stories(file: bytes) -> list[Any]:
    """The body, and every header and footer."""
    with ZipFile(BytesIO(file)) as archive:
        names = [n for n in archive.namelist() if re.match(r"word/(document|header|footer)", n)]
    return [part(file, name) for name in names]


def body(file: bytes) -> Any:
    """The body of the document."""
    return part(file, "word/document.xml")[0]


def words(element: Any) -> str:
    """The words in an element, without any space between them."""
    return bare("".join(text.text or "" for text in element.iter(f"{W}t")))


def bare(text: str) -> str:
    """`text` without white space, which a drawing may add between words."""
    return "".join(text.split())


def expected(document: Document) -> str:
    """All words of the paper in order, with those few the drawing adds, without spaces."""
    signs = ("ลงชื่อ", "วันที่") if document.language == "th" else ("Signed", "Date")
    marks = ("อนุมัติ", "ส่งคืน") if document.language == "th" else ("approved", "returned")
    return "".join(
        bare(shown(text)) for block in document.blocks for text in _words(block, signs, marks)
    )


def shown(text: str) -> str:
    """What of `text` a file can hold, said anew here: the rest stands as its number."""
    return "".join(_letter(letter) for letter in text)


def _letter(letter: str) -> str:
    number = ord(letter)
    plain = letter in "\t\n\r" or 0x20 <= number < 0xD800 or 0xE000 <= number < 0xFFFE
    legal = (plain or number > 0xFFFF) and number not in _TURNING
    return letter if legal else f"[U+{number:04X}]"


Pair = tuple[str, str]


def _words(block: Block, signs: Pair, marks: Pair) -> Iterator[str]:  # noqa: C901
    match block:
        case Heading() | Paragraph():
            yield block.text
        case MemoHead():
            yield "บันทึกข้อความส่วนราชการ" + block.office
            yield "ที่" + block.number + "วันที่" + block.dated + "เรื่อง" + block.subject
            yield "เรียน" + block.to + "สิ่งที่ส่งมาด้วย" * bool(block.attached)
            yield from block.attached
        case OrderHead():
            yield "คำสั่ง" + block.office.removeprefix("คำสั่ง")
            yield "ที่" + block.number + "เรื่อง" + block.subject
        case Entries():
            for entry in block.entries:
                yield entry.label + entry.text + entry.unit
        case Ticks():
            yield block.label
            yield from ("☐☑"[ticked] + text for text, ticked in block.options)
        case Table():
            yield from (column.title for column in block.columns)
            yield from (cell for row in (*block.rows, block.totals) for cell in row)
        case Signatures():
            yield from (text for one in block.signatures for text in _signature(one, signs))
        case Frame():
            yield block.title
            yield from (text for inner in block.blocks for text in _words(inner, signs, marks))
        case Flow():
            yield from _flow(block, marks)
        case Chart():
            yield block.title
            yield from (bar.label + bar.shown for bar in block.bars)
        case Lines() | Stacks():
            yield block.title
        case HeatMap():
            yield block.corner
            yield from block.columns
            for label, shades in block.rows:
                yield label
                yield from (shade.text for shade in shades)
        case Card():
            yield block.heading + block.subheading
            yield from (name + said for name, said in block.lines)
            yield block.foot


def _signature(one: Signature, signs: Pair) -> Iterator[str]:
    """A short role stands beside the line to sign on; the papers here have no other."""
    yield one.note + signs[0] + one.role
    yield f"({one.name})" + one.position
    if one.dated is not None:
        dated = one.dated or "......../................/........"
        yield dated if dated.startswith(signs[1]) else signs[1] + dated


def _flow(block: Flow, marks: Pair) -> Iterator[str]:
    targets = [step.back_to for step in block.steps]
    for index, step in enumerate(block.steps):
        yield "✓" * (step.state == "done") + step.text + step.note
        yield ("←" + marks[1]) * targets.count(index)
        if index < len(block.steps) - 1:
            yield "↓" + marks[0] * (step.kind == "approve")
