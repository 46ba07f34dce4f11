"""The styles, settings and fonts of our Word files, in place of those of the library's own blank.

What an officer types anew takes them too, so they say for Thai all that every run says.
"""

from __future__ import annotations

from collections.abc import Iterator

from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement

from controller.documents.docx.elements import Element, w
from controller.documents.docx.prose import HEADING_SIZES
from controller.documents.docx.runs import FONT, SIGN_FONT, TEXT, Type, properties

_NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

# Word opens what names no mode as a file of 2007. A line that ends in a break is not stretched.
SETTINGS = f"""
<w:settings {_NAMESPACE}>
  <w:zoom w:percent="100"/>
  <w:defaultTabStop w:val="720"/>
  <w:characterSpacingControl w:val="doNotCompress"/>
  <w:compat>
    <w:doNotExpandShiftReturn/>
    <w:compatSetting w:name="compatibilityMode"
        w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>
    <w:compatSetting w:name="overrideTableStyleFontSizeAndJustification"
        w:uri="http://schemas.microsoft.com/office/word" w:val="1"/>
    <w:compatSetting w:name="enableOpenTypeFeatures"
        w:uri="http://schemas.microsoft.com/office/word" w:val="1"/>
    <w:compatSetting w:name="doNotFlipMirrorIndents"
        w:uri="http://schemas.microsoft.com/office/word" w:val="1"/>
  </w:compat>
  <w:themeFontLang w:val="en-US" w:bidi="th-TH"/>
  <w:decimalSymbol w:val="."/>
  <w:listSeparator w:val=","/>
</w:settings>
"""

# The newer font of the same design and widths stands in where the official one is missing.
FONTS = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:fonts {_NAMESPACE}>
  <w:font w:name="{FONT}">
    <w:altName w:val="TH Sarabun New"/>
    <w:charset w:val="DE"/>
    <w:family w:val="swiss"/>
    <w:pitch w:val="variable"/>
  </w:font>
  <w:font w:name="{SIGN_FONT}">
    <w:charset w:val="00"/>
    <w:family w:val="swiss"/>
    <w:pitch w:val="variable"/>
  </w:font>
</w:fonts>
"""

APPLICATION = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">
  <Application>Khaen</Application>
</Properties>
"""


def replace_children(part: BaseOxmlElement, children: Iterator[Element]) -> None:
    """Give an element of the library's blank our children instead of its own."""
    for child in list(part):
        part.remove(child)
    for child in children:
        part.append(child)


def settings() -> Iterator[Element]:
    """What stands in the settings."""
    yield from list(parse_xml(SETTINGS))


def styles() -> Iterator[Element]:
    """The defaults, then every style: few enough for an officer to find their way."""
    single = w("spacing", before=0, after=0, line=240, lineRule="auto")
    yield w(
        "docDefaults",
        w("rPrDefault", properties(TEXT)),
        w("pPrDefault", w("pPr", single)),
    )
    yield _style("paragraph", "Normal", "Normal", properties(TEXT), quick=True, default=True)
    yield _style(
        "character",
        "DefaultParagraphFont",
        "Default Paragraph Font",
        properties(TEXT),
        default=True,
    )
    yield _style("table", "TableNormal", "Normal Table", _cell_margins(108), default=True)
    yield _style("numbering", "NoList", "No List", default=True)
    for level, size in enumerate(HEADING_SIZES, start=1):
        yield _style(
            "paragraph",
            f"Heading{level}",
            f"heading {level}",
            w("pPr", w("keepNext"), w("keepLines"), w("outlineLvl", val=level - 1)),
            properties(Type(size, bold=True)),
            based="Normal",
            quick=True,
        )
    for name in ("Header", "Footer"):
        yield _style("paragraph", name, name.lower(), properties(TEXT), based="Normal")
    yield _style("table", "TableGrid", "Table Grid", _grid(), based="TableNormal")


def _style(
    kind: str,
    key: str,
    name: str,
    *content: Element,
    based: str = "",
    quick: bool = False,
    default: bool = False,
) -> Element:
    made = w("style", type=kind, **({"default": 1} if default else {}), styleId=key)
    made.append(w("name", val=name))
    if based:
        made.append(w("basedOn", val=based))
    if based == "Normal":
        made.append(w("next", val="Normal"))
    if quick:
        made.append(w("qFormat"))
    for child in content:
        made.append(child)
    return made


def _cell_margins(side: int) -> Element:
    sides = {"top": 0, "left": side, "bottom": 0, "right": side}
    margins = (w(name, w=size, type="dxa") for name, size in sides.items())
    return w("tblPr", w("tblInd", w=0, type="dxa"), w("tblCellMar", *margins))


def _grid() -> Element:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = (w(side, val="single", sz=4, space=0, color="auto") for side in sides)
    return w("tblPr", w("tblBorders", *lines))
