"""The whole Word file: the sheet, what repeats on every page, who made it when, and the zip."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

import docx
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.opc.part import Part
from docx.section import Section, _Footer, _Header
from docx.shared import Cm, Length

from controller.documents.blocks import Document
from controller.documents.docx.canvas import Canvas
from controller.documents.docx.card import HEIGHT, WIDTH
from controller.documents.docx.drawing import drawn
from controller.documents.docx.elements import Element
from controller.documents.docx.grid import flowed
from controller.documents.docx.paragraphs import Setting, Stop, line, paragraph
from controller.documents.docx.pictures import Album, showable
from controller.documents.docx.runs import TEXT, Type, page_number, runs, tab
from controller.documents.docx.styles import (
    APPLICATION,
    FONTS,
    replace_children,
    settings,
    styles,
)
from controller.documents.xml_text import legal
from controller.documents.zipped import zipped

_SHORT, _LONG = Cm(21), Cm(29.7)
_FOOT = Type(10, color="5A5A5A")
_MARK = Type(20, bold=True, color="8A8A8A")
_LONGEST_PROPERTY = 255
# Parts of the library's blank that our files have no use for, by the end of their relation.
_UNUSED = ("/stylesWithEffects", "/numbering", "/customXml", "/thumbnail", "/webSettings")
_FONT_TABLE, _APPLICATION = "/fontTable", "/extended-properties"


def packed(document: Document, garuda: bytes | None) -> bytes:
    """The paper as a Word file."""
    word = docx.Document()
    _clear(word)
    replace_children(word.styles.element, styles())
    replace_children(word.settings.element, settings())
    width = _sheet(word.sections[0], document)
    canvas = Canvas(
        width=width,
        language=document.language,
        place=Album(word).place,
        garuda=showable(garuda) if garuda else None,
        card=document.page == "card",
    )
    body = word.element.body
    for number, element in enumerate(flowed(drawn(document.blocks, canvas))):
        body.insert(number, element)
    if document.page not in {"card", "labels"}:
        _repeated(word.sections[0], document, width)
    _described(word, document)
    file = BytesIO()
    word.save(file)
    return zipped(file.getvalue(), document.day)


def _clear(word: WordDocument) -> None:
    """Leave of the library's blank only what we do not write ourselves."""
    package = word.part.package
    for relations in (word.part.rels, *((package.rels,) if package else ())):
        for key, relation in list(relations.items()):
            if relation.reltype.endswith(_UNUSED):
                del relations[key]
            elif relation.reltype.endswith(_FONT_TABLE):
                _rewrite(relation.target_part, FONTS)
            elif relation.reltype.endswith(_APPLICATION):
                _rewrite(relation.target_part, APPLICATION)


def _rewrite(part: Part, text: str) -> None:
    part._blob = text.encode()  # the library reads parts it does not know, and writes them as read


def _sheet(section: Section, document: Document) -> int:
    """Size and margins of the page; returns the width between the margins in twips."""
    margin = Cm(0.3)
    if document.page == "card":
        sizes = (Cm(WIDTH), Cm(HEIGHT))
        margins = (margin, margin, Cm(0.15), Cm(0.1))
    elif document.page == "labels":
        sizes = (_SHORT, _LONG)
        margins = (Cm(1), Cm(1), Cm(1.2), Cm(1.2))
    elif document.page == "landscape":
        sizes = (_LONG, _SHORT)
        margins = (Cm(2), Cm(2), Cm(2.5), Cm(2))
    else:
        sizes = (_SHORT, _LONG)
        margins = (Cm(3), Cm(2), Cm(2.5), Cm(2))
    section.page_width, section.page_height = sizes
    wide = sizes[0] > sizes[1]
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = margins
    section.header_distance, section.footer_distance = Cm(1.25), Cm(0.9)
    return round(_twips(sizes[0]) - _twips(margins[0]) - _twips(margins[1]))


def _twips(length: Length) -> float:
    return length / 635


def _repeated(section: Section, document: Document, width: int) -> None:
    """The page's number from the second page on, the mark and the foot of every page."""
    section.different_first_page_header_footer = True
    number = [*runs("- "), *page_number(TEXT, thai=document.thai_digits), *runs(" -")]
    # Word lets a mark behind the words be moved and lost; at the edge of the head it stays.
    setting = Setting(style="Header", stops=(Stop(width - 10, dotted=False),))
    plain = Setting("center", style="Header")
    standing = setting if document.mark else plain
    _fill(section.header, paragraph([*number, *_marked(document)], standing))
    _fill(section.first_page_header, paragraph(_marked(document), standing))
    for foot in (section.footer, section.first_page_footer):
        _fill(foot, line(document.foot, Setting(style="Footer"), _FOOT))


def _marked(document: Document) -> list[Element]:
    return [tab(_MARK), *runs(document.mark, _MARK)] if document.mark else []


def _fill(story: _Header | _Footer, content: Element) -> None:
    story.is_linked_to_previous = False
    replace_children(story.part.element, iter([content]))


def _described(word: WordDocument, document: Document) -> None:
    """What the file says of itself; its day is the document's, not the clock's."""
    day = datetime(document.day.year, document.day.month, document.day.day)  # noqa: DTZ001  as UTC
    said = word.core_properties
    said.title = legal(document.title)[:_LONGEST_PROPERTY]
    said.author = said.last_modified_by = legal(document.author)[:_LONGEST_PROPERTY]
    said.language = "th-TH" if document.language == "th" else "en-US"
    said.created = said.modified = day
    said.comments = ""
    said.revision = 1
