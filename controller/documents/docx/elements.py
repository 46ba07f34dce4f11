"""Elements of WordprocessingML, and the units they count in.

Children stand in the order the schema asks for, for Word refuses files where they do not.
"""

from __future__ import annotations

import re

from docx.oxml.ns import nsmap
from docx.oxml.parser import oxml_parser
from docx.oxml.xmlchemy import BaseOxmlElement

Element = BaseOxmlElement

_WORD = nsmap["w"]
_NAMES = {"w": _WORD}
# What XML has no place for, and the signs that turn the writing round.
_UNWRITABLE = re.compile(
    "[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
    "|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)


def w(tag: str, /, *children: Element, **attributes: str | int) -> Element:
    """`<w:tag w:name="value">` with these children."""
    made: Element = oxml_parser.makeelement(f"{{{_WORD}}}{tag}", nsmap=_NAMES)
    for name, value in attributes.items():
        made.set(f"{{{_WORD}}}{name}", str(value))
    for child in children:
        made.append(child)
    return made


def legal(text: str) -> str:
    """`text` as the file can hold it, with one kind of line end.

    What it cannot hold stands as its number, as in the PDF: a bell as [U+0007].
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNWRITABLE.sub(lambda found: f"[U+{ord(found[0]):04X}]", lines)


def centimetres(length: float) -> int:
    """A length in twentieths of a point, as most of Word counts."""
    return round(length * 1440 / 2.54)


def points(length: float) -> int:
    """Points in twentieths of a point."""
    return round(length * 20)
