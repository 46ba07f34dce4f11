"""Pictures in the line of text, and the one that floats: the garuda of a memo."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

from docx.image.exceptions import (
    InvalidImageStreamError,
    UnexpectedEndOfFileError,
    UnrecognizedImageError,
)
from docx.image.image import Image
from docx.oxml.parser import parse_xml
from docx.shared import Cm

from controller.documents.blocks import Document, Lines, Picture, Stacks
from controller.documents.docx.canvas import Canvas
from controller.documents.docx.elements import Element, w
from controller.documents.docx.paragraphs import STANDING, Setting, line, paragraph
from controller.documents.docx.runs import BOLD, run
from controller.documents.typesetting import typeset
from controller.documents.xml_text import legal
from controller.documents.zipped import FIRST_DAY
from controller.errors import InputError, Text

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_UNREADABLE = (
    UnrecognizedImageError,
    InvalidImageStreamError,
    UnexpectedEndOfFileError,
    ArithmeticError,  # a picture without width or height
)
# The shape of an anchor: over the text, which flows as if it were not there, 1.5 cm from the edge.
_ANCHOR = """
<wp:anchor xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0"
    locked="0" layoutInCell="1" allowOverlap="1">
  <wp:simplePos x="0" y="0"/>
  <wp:positionH relativeFrom="margin"><wp:posOffset>0</wp:posOffset></wp:positionH>
  <wp:positionV relativeFrom="page"><wp:posOffset>540000</wp:posOffset></wp:positionV>
  <wp:effectExtent l="0" t="0" r="0" b="0"/>
  <wp:wrapNone/>
</wp:anchor>
"""
# The garuda of an order is 3 cm high; this many dots an inch print sharp.
_DRAWING = """
#set page(width: auto, height: auto, margin: 0pt, fill: none)
#image(bytes(sys.inputs.picture), height: 3cm)
"""
_DOTS_PER_INCH = 300
_TWIPS_PER_CM = 567


class Album:
    """Puts pictures into the file of one Word document."""

    def __init__(self, word: WordDocument) -> None:
        self._part = word.part
        self._count = 0

    def place(
        self, picture: bytes, width: float, height: float, shows: str, floating: bool
    ) -> Element:
        """The element that shows `picture`, `width` or `height` centimetres large."""
        self._count += 1
        inline = self._part.new_pic_inline(
            BytesIO(picture), Cm(width) if width else None, Cm(height) if height else None
        )
        inline.docPr.set("id", str(self._count))
        inline.docPr.set("descr", legal(shows))
        return w("drawing", _anchored(inline) if floating else inline)


def picture(block: Picture, canvas: Canvas) -> Iterator[Element]:
    """The picture in a paragraph of its own."""
    shown = canvas.place(block.png, block.width, 0, block.alt, False)
    yield paragraph([run(shown)], Setting(STANDING[block.align], before=5, after=5))


def plot(block: Lines | Stacks, canvas: Canvas) -> Iterator[Element]:
    """The title, and the chart as a picture as wide as the room, drawn as the PDF draws it."""
    if block.title:
        yield line(block.title, Setting(before=8, after=4, keep=True), BOLD)
    bare = replace(block, title="")
    alone = Document(block.alt, "", FIRST_DAY, (bare,), language=canvas.language)
    drawn = typeset(alone, None, "png")
    shown = canvas.place(drawn, canvas.width / _TWIPS_PER_CM, 0, block.alt, False)
    yield paragraph([run(shown)], Setting("center", before=5, after=5))


def showable(garuda: bytes) -> bytes:
    """The office's garuda in a form Word shows: as it is, or an SVG drawn.

    Errors: `InputError` when it is no picture.
    """
    try:
        read = Image.from_blob(garuda if garuda[:1] != b"<" else _drawn(garuda))
        read.scaled_dimensions(None, Cm(1))
    except _UNREADABLE as error:
        raise _unreadable() from error
    return bytes(read.blob)


def _drawn(svg: bytes) -> bytes:
    import typst

    try:
        made = typst.compile(
            _DRAWING.encode(),
            format="png",
            ppi=_DOTS_PER_INCH,
            sys_inputs={"picture": svg.decode()},
        )
    except (typst.TypstError, UnicodeDecodeError) as error:
        raise _unreadable() from error
    return made if isinstance(made, bytes) else b""


def _anchored(inline: Element) -> Element:
    """The same picture, floating. The schema has its children in an order of its own."""
    anchor = parse_xml(_ANCHOR)
    extent, *rest = list(inline)
    anchor.insert(3, extent)
    for child in rest:
        anchor.append(child)
    return anchor


def _unreadable() -> InputError:
    return InputError(
        Text(th="อ่านรูปตราครุฑไม่ได้", en="cannot read the picture of the garuda"),
        hint=Text(
            th="ใส่ชื่อแฟ้ม PNG หรือ SVG ที่เปิดดูได้ในค่าตั้ง documents.garuda",
            en="name a PNG or SVG file that can be opened in the setting documents.garuda",
        ),
    )
