"""What stands in the Word file is what stands in the Document: all of it, once, in its order."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from controller.documents.blocks import (
    Document,
    Entries,
    Entry,
    MemoHead,
    Paragraph,
    Signature,
    Signatures,
    Table,
    TableColumn,
)
from controller.documents.docx import render_docx
from tests.documents.docx.papers import WEIRD, every_block, memo, paper, papers, register
from tests.documents.docx.reading import W, body, expected, part, shown, stories, words


@pytest.mark.parametrize("text", [*WEIRD, "ข้อความ"])
def test_every_block_keeps_its_words(text: str) -> None:
    """Also words that look like markup, or that XML has no place for."""
    document = paper(*every_block(text))
    assert words(body(render_docx(document))) == expected(document)


@pytest.mark.parametrize("document", [memo(), register(20)], ids=["memo", "register"])
def test_papers_keep_their_words(document: Document) -> None:
    """As offices write them."""
    assert words(body(render_docx(document))) == expected(document)


@settings(max_examples=60, deadline=None)
@given(papers)
def test_any_paper_keeps_its_words(document: Document) -> None:
    """Whatever it holds."""
    assert words(body(render_docx(document))) == expected(document)


def test_spaces_and_line_ends_stay() -> None:
    """Spaces at the ends and in a row are kept, a line end is a line end."""
    cell = Table((TableColumn("ก"),), (("  บรรทัด  ๑ \nบรรทัด ๒\r\nบรรทัด ๓",),))
    drawn = body(render_docx(paper(cell)))
    last = list(drawn.iter(f"{W}tc"))[-1]
    said = "".join(
        "\n" if part.tag == f"{W}br" else part.text for part in last.iter(f"{W}br", f"{W}t")
    )
    assert said == "  บรรทัด  ๑ \nบรรทัด ๒\nบรรทัด ๓"
    assert all(t.get("{http://www.w3.org/XML/1998/namespace}space") for t in last.iter(f"{W}t"))


def test_lines_of_a_paragraph_are_paragraphs() -> None:
    """Each with its indent, so that Word does not stretch the line before the break."""
    drawn = body(render_docx(paper(Paragraph("หนึ่ง\nสอง", indent=True))))
    paragraphs = list(drawn.iter(f"{W}p"))
    assert [words(p) for p in paragraphs] == ["หนึ่ง", "สอง"]
    assert all(p.find(f"{W}pPr/{W}ind").get(f"{W}firstLine") == "1417" for p in paragraphs)


@pytest.mark.parametrize("text", WEIRD)
def test_the_foot_stands_on_every_page(text: str) -> None:
    """On the first page too, whose header is empty; the others tell their number."""
    file = render_docx(paper(Paragraph("ก"), foot=text))
    said = sorted(words(story) for story in stories(file)[1:])
    assert said == sorted(["", "-๒-", *["".join(shown(text).split())] * 2])


@pytest.mark.parametrize(("thai", "field"), [(True, r"PAGE \* ThaiArabic"), (False, "PAGE")])
def test_pages_after_the_first_are_numbered(thai: bool, field: str) -> None:
    """In the digits of the office."""
    file = render_docx(paper(Paragraph("ก"), thai_digits=thai))
    fields = [f.text.strip() for story in stories(file) for f in story.iter(f"{W}instrText")]
    assert fields == [field]
    assert body(file).find(f"{W}sectPr/{W}titlePg") is not None


def test_an_empty_entry_leaves_dotted_lines() -> None:
    """As many as it asks for; one that is filled leaves what its words leave."""

    def tabs(entry: Entry) -> int:
        return len(list(body(render_docx(paper(Entries((entry,))))).iter(f"{W}p")))

    assert tabs(Entry("อาการ", lines=4)) == 4
    assert tabs(Entry("อาการ", "ไม่จ่ายไฟ", lines=4)) == 1
    drawn = body(render_docx(paper(Entries((Entry("ราคา", width=6, unit="บาท"),)))))
    assert [stop.get(f"{W}leader") for stop in drawn.iter(f"{W}tabs") for stop in stop] == ["dot"]


def test_roles_stand_beside_the_line_where_all_of_them_fit() -> None:
    """Or all below it, so that a row of signatures looks alike."""
    short = Signatures((Signature("ผู้ยืม"), Signature("ผู้ให้ยืม")), 2)
    long = Signatures((Signature("ผู้ยืม"), Signature("ประธานกรรมการตรวจรับพัสดุและกรรมการ")), 2)
    cells = [
        [words(p) for p in cell.iter(f"{W}p")]
        for block in (short, long)
        for cell in body(render_docx(paper(block))).iter(f"{W}tc")
    ]
    assert cells[:3:2] == [["ลงชื่อผู้ยืม", "()"], ["ลงชื่อ", "()", "ผู้ยืม"]]


@pytest.mark.parametrize("text", WEIRD)
def test_a_role_is_never_lost(text: str) -> None:
    """Beside the line or below it, once."""
    said = words(body(render_docx(paper(Signatures((Signature(text, position="ผู้อำนวยการ"),))))))
    role = "".join(shown(text).split())
    assert said in {f"ลงชื่อ{role}()ผู้อำนวยการ", f"ลงชื่อ(){role}ผู้อำนวยการ"}


def test_no_place_to_sign_asks_for_a_date_it_does_not_want() -> None:
    """None asks for none, an empty one leaves dots, a given one is printed after one word."""
    signed = Signatures(tuple(Signature("", dated=d) for d in (None, "", "๑ ม.ค. ๒๕๗๐", "วันที่ ๒")))
    said = words(body(render_docx(paper(signed))))
    assert said.count("วันที่") == 3
    assert "วันที่......../................/........" in said
    assert "วันที่๑ม.ค.๒๕๗๐" in said


def test_a_memo_without_attachments_does_not_speak_of_them() -> None:
    """The word stands only before what it names."""
    head = MemoHead("ก", "๑", "๑๕ พ.ย.", "เรื่อง", "ผู้อำนวยการ")
    assert "สิ่งที่ส่งมาด้วย" not in words(body(render_docx(paper(head))))


def test_the_file_says_what_it_is() -> None:
    """Title, author and day are the document's, too long a title is cut to what a file may say."""
    document = Document("ก\x00" + "ข" * 400, "สพม.\x07", memo().day, ())
    core = part(render_docx(document), "docProps/core.xml")
    said = {str(child.tag).rpartition("}")[2]: child.text or "" for child in core}
    assert said["title"] == "ก[U+0000]" + "ข" * 246
    assert said["creator"] == said["lastModifiedBy"] == "สพม.[U+0007]"
    assert said["created"] == said["modified"] == "2026-11-15T00:00:00Z"
    assert "python" not in "".join(said.values())
