"""What was put in is what is copied out, whoever reads the file, and nothing of it is markup."""

from __future__ import annotations

from dataclasses import replace

import pytest

from controller.documents import typesetting
from controller.documents.blocks import (
    Bar,
    Block,
    Card,
    Chart,
    Document,
    Entries,
    Entry,
    Flow,
    FlowStep,
    Frame,
    Heading,
    MemoHead,
    OrderHead,
    Paragraph,
    Signature,
    Signatures,
    Table,
    TableColumn,
    Ticks,
)
from controller.documents.pdf import render_pdf
from tests.documents.pdf import papers
from tests.documents.pdf.reading import READERS, by_glyph, squeezed, strings

INJECTIONS = (
    "#panic()",
    "#{sys.inputs}",
    "$x^2$",
    "*bold*",
    "_u_",
    "@ref",
    "\\\\ \\u{41}",
    "`raw` ```code```",
    "<label>",
    "// not a comment",
    "/* nor this */",
    "= heading",
    "- item",
    "+ item",
    "/ term: x",
    "[content]",
    "{code}",
    "\"quoted\" 'too' --- ...",
    "https://a.example/b#c",
    "~ \\ & %",
    '}) #read("main.typ")',
)


@pytest.mark.parametrize("reader", sorted(READERS))
@pytest.mark.parametrize("paper", sorted(papers.PAPERS))
def test_every_string_of_a_paper_is_copied_out_exactly(paper: str, reader: str) -> None:
    document = papers.PAPERS[paper]()
    read = squeezed(READERS[reader](render_pdf(document)))
    missing = [text for text in strings(document) if squeezed(text) not in read]
    assert not missing, f"{missing[:3]} of {len(missing)}"


@pytest.mark.parametrize("reader", sorted(READERS))
@pytest.mark.parametrize("marked", papers.MARKS.split())
def test_a_cluster_is_copied_once_and_whole(marked: str, reader: str) -> None:
    document = _holding(Paragraph(f"หน้า{marked}หลัง"))
    assert squeezed(READERS[reader](render_pdf(document))) == f"หน้า{marked}หลัง"


def test_without_mending_a_reader_of_glyphs_is_misled() -> None:
    """So the three readers above would notice if the letters were not mended."""
    raw = typesetting.typeset(_holding(Paragraph(papers.MARKS)), None, "pdf")
    assert squeezed(papers.MARKS) not in squeezed(by_glyph(raw))


@pytest.mark.parametrize("text", INJECTIONS)
def test_markup_is_only_text(text: str) -> None:
    """In every place where a paper takes a string."""
    document = _holding(*_everywhere(text))
    document = replace(document, title=text, author=text, foot=text, keep=(text, "คำ"))
    read = squeezed(READERS["pdfium"](render_pdf(document)))
    places = sum(squeezed(text) in squeezed(one) for one in strings(document))
    assert read.count(squeezed(text)) >= places


def _everywhere(text: str) -> tuple[Block, ...]:
    return (
        MemoHead(text, text, text, text, text, (text,)),
        OrderHead(text, text, text),
        *(Heading(text, level) for level in (1, 2, 3)),
        Paragraph(text),
        Entries((Entry(text, text, 6, text), Entry(text, text, 6))),
        Ticks(text, ((text, True), (text, False))),
        Table((TableColumn(text), TableColumn(text)), ((text, text),), (text, text)),
        Signatures((Signature(text, text, text, text, text),)),
        Flow((FlowStep(text, "approve", note=text), FlowStep(text, "plan"))),
        Chart(text, (Bar(text, 1, text),), 2),
        Frame(text, (Paragraph(text),)),
        Card(text, text, ((text, text),), papers.code(), text),
    )


def _holding(*blocks: Block) -> Document:
    return Document(title="เอกสาร", author=papers.OFFICE, day=papers.DAY, blocks=blocks)


def test_line_breaks_of_a_text_are_kept() -> None:
    read = READERS["pdfium"](render_pdf(_holding(Paragraph("บรรทัดหนึ่ง\nบรรทัดสอง"))))
    assert [line for line in read.splitlines() if line] == ["บรรทัดหนึ่ง", "บรรทัดสอง"]


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        ("ยิ้ม 😀", "ยิ้ม [U+1F600]"),
        ("abc\u202edef", "abc[U+202E]def"),
        ("ก\u200bข\u2060ค\ufeffง", "กขคง"),
        ("bell\x07", "bell[U+0007]"),
        ("漢字", "[U+6F22][U+5B57]"),
        ("A\tB\r\nC", "A B\nC"),
        ("1\u20112", "1-2"),
        ("→ ≥ ≤ × ± °C ½ • … “ก” –", "→ ≥ ≤ × ± °C ½ • … “ก” –"),
    ],
)
def test_a_letter_that_no_font_has_stands_as_its_number(given: str, printed: str) -> None:
    read = READERS["pdfium"](render_pdf(_holding(Paragraph(given))))
    assert squeezed(read) == squeezed(printed)


def test_boxes_and_ticks_within_a_text_are_drawn() -> None:
    """No Thai font has them: they must neither be lost as empty boxes nor stop the paper."""
    read = READERS["pdfium"](render_pdf(_holding(Paragraph("☐ ก ☑ ข ✓ ค ✔ ง □ จ"))))
    assert squeezed(read) == "กขคงจ"
