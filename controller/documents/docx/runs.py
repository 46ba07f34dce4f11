"""Runs of letters, each with all that Thai needs: Word reads Thai by the complex-script settings.

A run that sets only the plain font, size and weight comes out in another font, small and light.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache

from docx.oxml.parser import parse_xml

from controller.documents.docx.elements import Element, w
from controller.documents.xml_text import legal

FONT = "TH SarabunPSK"
# Fonts of official papers have no boxes, ticks or arrows. This one is on every Windows; others
# take a font of their own that has them.
SIGN_FONT = "Segoe UI Symbol"
TICKED, UNTICKED = "☑", "☐"

_SIGNS = re.compile("([\u2190-\u21ff\u2300-\u27bf\u2900-\u2bff\U0001f000-\U0001faff]+)")
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True)
class Type:
    """How letters look. `size` in points, halves allowed; `color` as RRGGBB."""

    size: float = 16
    bold: bool = False
    color: str = ""


TEXT = Type()
BOLD = Type(bold=True)
SMALL = Type(13)
# Boxes are larger than letters of their size, and would push the lines apart.
_BOX = Type(14)


def properties(look: Type, font: str = FONT) -> Element:
    """The `rPr` of a run, a style or a paragraph's mark."""
    return deepcopy(_model(look, font))


@lru_cache(maxsize=64)
def _model(look: Type, font: str) -> Element:
    """The properties to copy: a long table has thousands of runs and few looks."""
    size = round(look.size * 2)
    return w(
        "rPr",
        w("rFonts", ascii=font, hAnsi=font, eastAsia=font, cs=font),
        *((w("b"), w("bCs")) if look.bold else ()),
        *((w("color", val=look.color),) if look.color else ()),
        w("sz", val=size),
        w("szCs", val=size),
        # en-US for what is not Thai, or LibreOffice parts Latin words as if they were Thai.
        w("lang", val="en-US", eastAsia="en-US", bidi="th-TH"),
    )


def run(*content: Element, look: Type = TEXT, font: str = FONT) -> Element:
    """A run around what it holds."""
    return w("r", properties(look, font), *content)


def runs(text: str, look: Type = TEXT) -> Iterator[Element]:
    """`text` as runs: signs in a font that has them, line ends as line breaks."""
    for number, line in enumerate(legal(text).replace("\t", " ").split("\n")):
        if number:
            yield run(w("br"), look=look)
        for part in _SIGNS.split(line):
            if part:
                font = SIGN_FONT if _SIGNS.match(part) else FONT
                yield run(_letters(part), look=look, font=font)


def tab(look: Type = TEXT) -> Element:
    """A run that goes to the next tab stop."""
    return run(w("tab"), look=look)


def tick_box(ticked: bool) -> Element:
    """A box that an officer ticks in Word with a click."""
    box = run(_letters(TICKED if ticked else UNTICKED), look=_BOX, font=SIGN_FONT)
    settings = w("sdtPr", properties(_BOX, SIGN_FONT))
    settings.append(_check_settings(ticked))
    return w("sdt", settings, w("sdtContent", box))


def page_number(look: Type, *, thai: bool) -> Iterator[Element]:
    """The field that Word puts the page's number in."""
    yield run(w("fldChar", fldCharType="begin"), look=look)
    instruction = w("instrText")
    instruction.text = r" PAGE \* ThaiArabic " if thai else " PAGE "
    instruction.set(_XML_SPACE, "preserve")
    yield run(instruction, look=look)
    yield run(w("fldChar", fldCharType="separate"), look=look)
    yield run(_letters("๒" if thai else "2"), look=look)
    yield run(w("fldChar", fldCharType="end"), look=look)


def reach(text: str, look: Type = TEXT) -> float:
    """About how wide the longest line of `text` is, in points."""
    return look.size * max(sum(map(_share, line)) for line in text.split("\n"))


def _share(letter: str) -> float:
    """The advance of a letter in shares of the type size; vowels above and below have none."""
    if letter in ",. ":
        return 0.2
    if "๐" <= letter <= "๙":
        return 0.47
    return 0.0 if unicodedata.category(letter) in {"Mn", "Cf"} else 0.41


def _letters(text: str) -> Element:
    letters = w("t")
    letters.text = text
    letters.set(_XML_SPACE, "preserve")
    return letters


def _check_settings(ticked: bool) -> Element:
    """The part of Word 2010's vocabulary that makes a control a box to tick."""
    return parse_xml(
        '<w14:checkbox xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml">'
        f'<w14:checked w14:val="{int(ticked)}"/>'
        f'<w14:checkedState w14:val="{ord(TICKED):04X}" w14:font="{SIGN_FONT}"/>'
        f'<w14:uncheckedState w14:val="{ord(UNTICKED):04X}" w14:font="{SIGN_FONT}"/>'
        "</w14:checkbox>"
    )
