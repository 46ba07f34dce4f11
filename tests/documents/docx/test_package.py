"""The file around the words: the same bytes each time, the right page, nothing left over."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from hypothesis import given, settings

from controller.documents.blocks import Document, OrderHead
from controller.documents.docx import render_docx
from controller.errors import InputError
from tests.documents.docx.papers import code, every_block, memo, paper, papers
from tests.documents.docx.reading import W, body, part

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 95 100">'
    b'<circle cx="47" cy="50" r="45" fill="#900"/></svg>'
)
ELSEWHERE = """
import hashlib
from controller.documents.docx import render_docx
from tests.documents.docx.papers import every_block, paper
print(hashlib.sha256(render_docx(paper(*every_block("ก")))).hexdigest())
"""


@settings(max_examples=10, deadline=None)
@given(papers)
def test_the_same_paper_is_the_same_file(document: Document) -> None:
    """Byte for byte."""
    assert render_docx(document) == render_docx(document)


def test_the_same_paper_is_the_same_file_elsewhere() -> None:
    """In another process, on another day, with another seed for hashes."""
    told = [
        subprocess.run(
            [sys.executable, "-c", ELSEWHERE],
            env={"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": "."},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Bangkok"))
    ]
    assert told[0] == told[1] != ""


def test_files_in_the_zip_bear_the_paper_s_day() -> None:
    """Not the clock's; and there are only those Word needs."""
    with ZipFile(BytesIO(render_docx(memo()))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 11, 15, 0, 0, 0)}
        names = archive.namelist()
    assert len(names) == len(set(names))
    assert not [n for n in names if "thumbnail" in n or "WithEffects" in n or "numbering" in n]


def test_word_s_library_opens_it() -> None:
    """With the styles an officer chooses from, and no others."""
    word = docx.Document(BytesIO(render_docx(paper(*every_block("ก")))))
    assert {style.name for style in word.styles} == {
        "Normal", "Default Paragraph Font", "Normal Table", "No List", "Heading 1", "Heading 2",
        "Heading 3", "Header", "Footer", "Table Grid",
    }  # fmt: skip
    used = {p.style.name for p in word.paragraphs if p.style}
    assert used == {"Normal", "Heading 1", "Heading 2", "Heading 3"}


@pytest.mark.parametrize(
    ("page", "size", "margins"),
    [
        ("portrait", (11906, 16838), (1701, 1134, 1417, 1134)),
        ("landscape", (16838, 11906), (1134, 1134, 1417, 1134)),
        ("card", (4853, 3061), (170, 170, 85, 57)),
    ],
)
def test_the_page_has_the_size_and_margins_of_an_official_paper(
    page: str, size: tuple[int, int], margins: tuple[int, ...]
) -> None:
    """A4, 3 cm left and 2 cm right; a lying page 2 cm; a card the size of a card."""
    section = body(render_docx(paper(page=page))).find(f"{W}sectPr")
    sheet, room = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    assert (int(sheet.get(f"{W}w")), int(sheet.get(f"{W}h"))) == size
    assert tuple(int(room.get(f"{W}{s}")) for s in ("left", "right", "top", "bottom")) == margins
    assert (sheet.get(f"{W}orient") == "landscape") == (size[0] > size[1])


@pytest.mark.parametrize("garuda", [SVG, code().png], ids=["svg", "png"])
def test_the_garuda_stands_in_the_heads(garuda: bytes) -> None:
    """Floating, 1.5 cm high and 1.5 cm from the edge on a memo; 3 cm high on an order."""
    anchor = next(body(render_docx(memo(), garuda=garuda)).iter("{*}anchor"))
    assert [child.tag.rpartition("}")[2] for child in anchor] == [
        "simplePos", "positionH", "positionV", "extent", "effectExtent", "wrapNone", "docPr",
        "cNvGraphicFramePr", "graphic",
    ]  # fmt: skip
    assert anchor.find("{*}positionV/{*}posOffset").text == "540000"
    assert anchor.find("{*}extent").get("cy") == "540000"
    assert anchor.find("{*}docPr").get("descr") == "ตราครุฑ"
    order = body(render_docx(paper(OrderHead("สพม.", "๑", "แต่งตั้ง")), garuda=garuda))
    assert next(order.iter("{*}inline")).find("{*}extent").get("cy") == "1080000"


def test_without_a_garuda_its_place_stays_free() -> None:
    """An officer puts it in; the words stand where they would."""
    drawn = body(render_docx(paper(OrderHead("สพม.", "๑", "แต่งตั้ง"))))
    assert not list(drawn.iter("{*}drawing"))
    assert int(drawn[0].find(f"{W}pPr/{W}spacing").get(f"{W}line")) == 85 * 20


@pytest.mark.parametrize(
    "garuda", [b"not a picture", b"<svg", b"<html></html>", code().png[:30], b"\x89PNG\r\n\x1a\n"]
)
def test_a_garuda_that_is_no_picture_is_told(garuda: bytes) -> None:
    """In both languages, with what to do."""
    with pytest.raises(InputError) as told:
        render_docx(memo(), garuda=garuda)
    assert "ตราครุฑ" in told.value.message.th
    assert told.value.hint is not None
    assert "documents.garuda" in told.value.hint.en


def test_pictures_say_what_they_show_and_are_stored_once() -> None:
    """For who cannot see them; ids are numbers of their own."""
    picture = code()
    file = render_docx(paper(picture, picture))
    shown = list(body(file).iter("{*}docPr"))
    assert [p.get("descr") for p in shown] == ["รหัสบัตร", "รหัสบัตร"]
    assert [p.get("id") for p in shown] == ["1", "2"]
    assert [e.get("cx") for e in body(file).iter("{*}extent")] == ["720000", "720000"]
    with ZipFile(BytesIO(file)) as archive:
        assert [n for n in archive.namelist() if "/media/" in n] == ["word/media/image1.png"]


def test_fonts_and_application_are_told() -> None:
    """The official font has a stand-in of the same widths."""
    file = render_docx(memo())
    fonts = {f.get(f"{W}name"): f for f in part(file, "word/fontTable.xml")}
    assert sorted(fonts) == ["Segoe UI Symbol", "TH SarabunPSK"]
    assert fonts["TH SarabunPSK"].find(f"{W}altName").get(f"{W}val") == "TH Sarabun New"
    assert part(file, "docProps/app.xml")[0].text == "Khaen"
