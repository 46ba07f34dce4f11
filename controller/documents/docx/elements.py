"""Elements of WordprocessingML, and the units they count in.

Children stand in the order the schema asks for, for Word refuses files where they do not.
"""

from __future__ import annotations

from docx.oxml.ns import nsmap
from docx.oxml.parser import oxml_parser
from docx.oxml.xmlchemy import BaseOxmlElement

Element = BaseOxmlElement

_WORD = nsmap["w"]
_NAMES = {"w": _WORD}
_PREFIX = f"{{{_WORD}}}"


def w(tag: str, /, *children: Element, **attributes: str | int) -> Element:
    """`<w:tag w:name="value">` with these children."""
    named = {_PREFIX + name: str(value) for name, value in attributes.items()}
    made: Element = oxml_parser.makeelement(_PREFIX + tag, named, _NAMES)
    for child in children:
        made.append(child)
    return made


def centimetres(length: float) -> int:
    """A length in twentieths of a point, as most of Word counts."""
    return round(length * 1440 / 2.54)


def points(length: float) -> int:
    """Points in twentieths of a point."""
    return round(length * 20)
