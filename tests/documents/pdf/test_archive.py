"""A paper fit to be kept: declared archival and tagged, its fonts inside, the same every time."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from io import BytesIO
from typing import Any

import pikepdf
import pytest
import typst

from controller.documents import typesetting
from controller.documents.blocks import Document, Heading, Paragraph, Table, TableColumn
from controller.documents.pdf import render_pdf
from controller.documents.tounicode import with_letters
from tests.documents.pdf import papers
from tests.documents.pdf.reading import by_glyph, squeezed
from tests.rules.tree import ROOT

STYLES = {
    "Regular": ("regular", "normal"),
    "Bold": ("bold", "normal"),
    "Italic": ("regular", "italic"),
    "BoldItalic": ("bold", "italic"),
}


@pytest.mark.parametrize("paper", sorted(papers.PAPERS))
def test_a_paper_says_that_it_is_archival_and_tagged(paper: str) -> None:
    document = papers.PAPERS[paper]()
    with pikepdf.open(BytesIO(render_pdf(document))) as file:
        metadata = file.Root.Metadata.read_bytes().decode()
        assert "<pdfaid:part>2</pdfaid:part>" in metadata
        assert "<pdfaid:conformance>A</pdfaid:conformance>" in metadata
        assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
        assert bool(file.Root.MarkInfo.Marked)
        assert "/StructTreeRoot" in file.Root
        assert str(file.Root.Lang) == "th"
        assert file.Root.OutputIntents[0].S == "/GTS_PDFA1"
        assert str(file.docinfo["/Title"]) == document.title
        assert str(file.docinfo["/CreationDate"]).startswith("D:20261122")
        assert "/ID" in file.trailer


def test_metadata_lies_in_the_file_for_all_to_read() -> None:
    """Archives look for it without a PDF reader."""
    assert b"pdfaid:conformance" in render_pdf(papers.memo())


@pytest.mark.parametrize("paper", sorted(papers.PAPERS))
def test_every_font_is_inside_and_no_letter_is_an_empty_box(paper: str) -> None:
    with pikepdf.open(BytesIO(render_pdf(papers.PAPERS[paper]()))) as file:
        seen = 0
        for page in file.pages:
            for font in page.obj.Resources.get("/Font", {}).values():
                assert "SPMSaraban-" in str(font.BaseFont)
                assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor
            for codes in _glyphs(page):
                seen += 1
                assert b"\0\0" not in [codes[i : i + 2] for i in range(0, len(codes), 2)]
        assert seen


def _glyphs(page: pikepdf.Page) -> list[bytes]:
    shown = [one for one in pikepdf.parse_content_stream(page) if str(one.operator) in {"Tj", "TJ"}]
    pieces: list[Any] = []
    for one in shown:
        pieces += one.operands if str(one.operator) == "Tj" else list(one.operands[0])
    return [bytes(piece) for piece in pieces if isinstance(piece, pikepdf.String)]


def test_a_table_tells_a_listener_which_cells_are_its_heading() -> None:
    with pikepdf.open(BytesIO(render_pdf(papers.table(3)))) as file:
        kinds = [str(thing.S) for thing in _tags(file.Root.StructTreeRoot)]
    assert kinds.count("/TH") == 6
    assert kinds.count("/TR") == 1 + 3 + 1
    assert "/H1" in kinds


@pytest.mark.parametrize("levels", [(2, 3, 2), (3, 2, 3), (1, 3, 1), (3, 3, 1)])
def test_headings_skip_no_level_whatever_they_look_like(levels: tuple[Any, ...]) -> None:
    """A reader who hears the paper would believe a part is missing."""
    blocks = tuple(Heading(f"หัวข้อ {n}", level) for n, level in enumerate(levels))
    document = Document(title="ก", author="ข", day=papers.DAY, blocks=blocks)
    with pikepdf.open(BytesIO(render_pdf(document))) as file:
        kinds = [str(thing.S) for thing in _tags(file.Root.StructTreeRoot)]
    depths = [int(kind[2:]) for kind in kinds if kind[:2] == "/H" and kind[2:].isdigit()]
    assert len(depths) == len(levels)
    assert all(after <= before + 1 for before, after in zip([0, *depths], depths, strict=False))


def _tags(thing: Any) -> list[Any]:
    children = thing.get("/K", [])
    children = children if isinstance(children, pikepdf.Array) else [children]
    found = [child for child in children if isinstance(child, pikepdf.Dictionary) and "/S" in child]
    return [tag for child in found for tag in (child, *_tags(child))]


@pytest.mark.parametrize("paper", sorted(papers.PAPERS))
def test_the_same_paper_is_the_same_bytes(paper: str) -> None:
    first = render_pdf(papers.PAPERS[paper]())
    assert render_pdf(papers.PAPERS[paper]()) == first


def test_another_process_draws_the_same_bytes() -> None:
    """Another seed of hashing too, and nothing drawn before."""
    program = (
        "import hashlib\n"
        "from controller.documents.pdf import render_pdf\n"
        "from tests.documents.pdf import papers\n"
        "print(hashlib.sha256(render_pdf(papers.form())).hexdigest())\n"
    )
    other = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert other.stdout.strip() == hashlib.sha256(render_pdf(papers.form())).hexdigest()


def test_what_changes_in_a_paper_changes_its_bytes() -> None:
    blocks = (Table((TableColumn("ก"),), (("๑",),)), Paragraph("ข"))
    one = Document(title="ก", author="ข", day=papers.DAY, blocks=blocks)
    assert render_pdf(one) != render_pdf(papers.memo())


@pytest.mark.parametrize("style", sorted(STYLES))
def test_all_four_weights_come_back_letter_by_letter(style: str) -> None:
    weight, slant = STYLES[style]
    source = f'#set text(font: "SPM Saraban", weight: "{weight}", style: "{slant}")\n{papers.MARKS}'
    fonts = typst.Fonts(False, False, [typesetting.FONTS])
    pdf = typst.Compiler(source.encode(), font_paths=fonts).compile(format="pdf", timestamp=0)
    assert isinstance(pdf, bytes)
    with pikepdf.open(BytesIO(pdf)) as file:
        used = {str(font.BaseFont) for font in file.pages[0].obj.Resources.Font.values()}
    assert {name.rpartition("-")[2] for name in used} == {style}
    assert squeezed(by_glyph(with_letters(pdf))) == squeezed(papers.MARKS)
