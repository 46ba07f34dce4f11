"""Where things stand on the paper: what a Thai official would send back."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest

from controller.documents.blocks import (
    Block,
    Card,
    Document,
    Entries,
    Entry,
    Frame,
    Heading,
    MemoHead,
    PageBreak,
    PageShape,
    Paragraph,
    Signature,
    Signatures,
    Space,
    Table,
    TableColumn,
)
from controller.documents.pdf import render_pdf
from controller.errors import InputError
from tests.documents.pdf import papers
from tests.documents.pdf.reading import by_pdfium, dotted_lines, pages, place, squeezed, words

CM = 72 / 2.54
A_PIXEL = papers.code().png


def paper(*blocks: Block, page: PageShape = "portrait", **more: str) -> Document:
    """A paper of these blocks."""
    foot = more.get("foot", "")
    return Document(
        title="เอกสาร",
        author=papers.OFFICE,
        day=papers.DAY,
        blocks=blocks,
        page=page,
        keep=(papers.OFFICE,),
        foot=foot,
    )


@pytest.mark.parametrize(
    ("name", "count"),
    [("memo", 1), ("order", 1), ("form", 2), ("table", 7), ("flow", 1), ("chart", 1), ("card", 1)],
)
def test_a_paper_takes_as_many_pages_as_expected(name: str, count: int) -> None:
    assert pages(papers.PAPERS[name]()) == count


@pytest.mark.parametrize(
    ("page", "size"),
    [("portrait", (21, 29.7)), ("landscape", (29.7, 21)), ("card", (8.56, 5.4))],
)
def test_a_page_has_the_size_its_shape_says(page: PageShape, size: tuple[float, float]) -> None:
    document = replace(papers.card(), page=page)
    with pikepdf.open(BytesIO(render_pdf(document))) as file:
        box = [float(side) / CM for side in file.pages[0].mediabox]
    assert box[2:] == pytest.approx(size, abs=0.01)


def test_the_labels_of_a_memo_stand_on_the_first_line_of_what_they_label() -> None:
    """Also where the office is so long that it takes two lines."""
    pdf = render_pdf(papers.memo())
    for label, beginning in (
        ("ส่วนราชการ", "กลุ่มส่งเสริมการศึกษาทางไกล"),
        ("ที่ศธ", "ศธ ๐๔๓๐๐"),
        ("วันที่", "๒๒ พฤศจิกายน"),
        ("เรื่อง", "ขออนุมัติกำหนด"),
    ):
        _, left, bottom = place(pdf, label)
        _, after, baseline = place(pdf, beginning)
        assert after > left
        assert bottom == pytest.approx(baseline, abs=1)  # letters of two sizes, one baseline


def test_a_memo_has_dotted_lines_to_the_margin_and_no_ruled_one() -> None:
    head = MemoHead("กลุ่ม ก", "ศธ ๑", "๒๒ พ.ย. ๒๕๖๙", "เรื่องหนึ่ง", "ผู้อำนวยการ")
    lines = dotted_lines(render_pdf(paper(head), garuda=A_PIXEL))
    assert len(lines) == 4
    assert all(length > 4 * CM for _, length in lines)


def test_the_garuda_stands_on_a_memo_and_an_order_in_their_heights() -> None:
    heights = {"memo": 1.5, "order": 3.0}
    for name, height in heights.items():
        with pikepdf.open(BytesIO(render_pdf(papers.PAPERS[name](), garuda=A_PIXEL))) as file:
            matrices = [
                [float(number) for number in one.operands]
                for one in pikepdf.parse_content_stream(file.pages[0])
                if str(one.operator) == "cm"
            ]
        assert any(abs(abs(m[3]) - height * CM) < 0.1 for m in matrices), name
    assert "ตราครุฑ" in by_pdfium(render_pdf(papers.memo()))
    assert "ตราครุฑ" not in by_pdfium(render_pdf(papers.memo(), garuda=A_PIXEL))


@pytest.mark.parametrize(
    "broken", [b"", b"no picture", A_PIXEL[:90], b"<svg", b"%PDF-1.7", b"\xff\xd8\xff\xe0"]
)
def test_a_garuda_that_is_no_picture_is_refused_in_two_languages(broken: bytes) -> None:
    with pytest.raises(InputError) as refused:
        render_pdf(papers.memo(), garuda=broken)
    assert "ครุฑ" in refused.value.message.th
    assert refused.value.hint
    render_pdf(papers.chart(), garuda=broken)  # a paper without it does not care


@pytest.mark.parametrize(
    ("entry", "lengths"),
    [
        (Entry("ชื่อ", ""), 1),
        (Entry("ชื่อ", "สั้น"), 1),
        (Entry("ข้อเสนอแนะ", "", lines=4), 4),
        (Entry("ราคา", "", 4, unit="บาท"), 1),
        (Entry("เหตุผล", papers.LONG), 5),
        (Entry("เหตุผล", "", lines=30), 30),
        (Entry("", "", lines=2), 2),
    ],
)
def test_an_entry_stands_on_as_many_dotted_lines_as_it_needs(entry: Entry, lengths: int) -> None:
    assert len(dotted_lines(render_pdf(paper(Entries((entry,)))))) == lengths


def test_the_dotted_line_begins_after_the_label_and_ends_before_the_unit() -> None:
    pdf = render_pdf(paper(Entries((Entry("จำนวน", "", 12, unit="เครื่อง"),))))
    ((_, length),) = dotted_lines(pdf)
    _, label, _ = place(pdf, "จำนวน")
    _, unit, _ = place(pdf, "เครื่อง")
    assert 9 * CM < length < unit - label - 30


def test_entries_stand_side_by_side_while_their_twelfths_fit() -> None:
    widths = (6, 6, 4, 4, 4, 8, 6)
    entries = tuple(Entry(f"ช่อง{n}", "ก", width) for n, width in enumerate(widths))
    pdf = render_pdf(paper(Entries(entries)))
    heights = [round(place(pdf, f"ช่อง{n}")[2]) for n in range(len(widths))]
    assert heights[0] == heights[1] > heights[2] == heights[3] == heights[4] > heights[5]
    assert heights[5] > heights[6]


def test_the_words_of_an_entry_stand_above_their_line() -> None:
    pdf = render_pdf(paper(Entries((Entry("ก", "ขขข"),))))
    _, _, bottom = place(pdf, "ขขข")
    with pikepdf.open(BytesIO(pdf)) as file:
        content = list(pikepdf.parse_content_stream(file.pages[0]))
    at = next(i for i, one in enumerate(content) if str(one.operator) == "d")
    moved = [one for one in content[:at] if str(one.operator) == "cm"][-1]
    line = float(moved.operands[5])
    assert 0 < bottom - line < 5


def test_the_heading_of_a_table_stands_on_every_page() -> None:
    pdf = render_pdf(papers.table(60))
    read = squeezed(by_pdfium(pdf))
    assert read.count("เลขครุภัณฑ์") == pages(papers.table(60)) == 7


def test_a_row_does_not_part_over_two_pages() -> None:
    text = "รายการที่ยาวกว่าหนึ่งบรรทัดแน่นอน "
    rows = tuple((f"ต้น {text * (5 + n % 7)} จบ",) for n in range(30))
    for read in _by_page(render_pdf(paper(Table((TableColumn("รายการ"),), rows)))):
        assert read.count("ต้น") == read.count("จบ") > 0


def _by_page(pdf: bytes) -> list[str]:
    letters = words(pdf)
    last = letters[-1][0]
    return ["".join(one[3] for one in letters if one[0] == page) for page in range(last + 1)]


def test_figures_have_room_in_a_column_said_to_be_narrow() -> None:
    """Figures part nowhere, so in a column too narrow they would run over their neighbour."""
    columns = (TableColumn("รายการ", 20), TableColumn("ราคา", 1, "right"))
    amount = "๑๒,๓๔๕,๖๗๘.๐๐"
    pdf = render_pdf(paper(Table(columns, (("ยาว " * 60, amount),), ("รวม", amount))))
    _, left, _ = place(pdf, amount)
    assert max(at for _, at, _, letter in words(pdf) if letter == "ว" and at < left) < left
    assert max(at for _, at, _, letter in words(pdf) if letter == "ย") < left
    assert left < 17.5 * CM


def test_a_hash_in_a_narrow_column_parts_instead_of_leaving_the_page() -> None:
    columns = (TableColumn("รายการ", 3), TableColumn("ค่า", 1))
    for block in (
        Table(columns, (("ก", "9f86d081884c7d659a2feaa0c55ad015" * 2),)),
        Table(columns, (("ก", "9f86d081884c7d659a2feaa0c55ad015"),)),
        Table((TableColumn("รายการ", 12), TableColumn("ค่า", 1)), (("ก", "serial:0123456789AB"),)),
        Paragraph("9f86d081884c7d659a2feaa0c55ad015" * 4),
        Entries((Entry("ค่า", "9f86d081884c7d659a2feaa0c55ad015" * 4),)),
    ):
        assert max(left for _, left, _, _ in words(render_pdf(paper(block)))) < 19 * CM


def test_the_word_for_totals_stands_right_before_the_first_total() -> None:
    columns = tuple(TableColumn(title, 2, "right") for title in ("ก", "ข", "ค", "ง"))
    table = Table(columns, (("๑", "๒", "๓", "๔"),), ("", "รวม", "", "๙๙"))
    pdf = render_pdf(paper(table))
    assert place(pdf, "รวม")[1] > place(pdf, "๓")[1] - CM


@pytest.mark.parametrize("fill", range(20, 33))
def test_a_signature_is_whole_and_never_alone_on_a_page(fill: int) -> None:
    """Wherever the page ends, line, name and position stay together, with words above them."""
    document = paper(
        *(Paragraph(f"บรรทัด {n}") for n in range(fill)),
        Space(2),
        Signatures((Signature("ผู้เสนอ", "ชื่อสมมติ", "ตำแหน่งหนึ่ง", dated=""),)),
    )
    pdf = render_pdf(document)
    page = place(pdf, "ลงชื่อ")[0]
    assert place(pdf, "(ชื่อสมมติ)")[0] == place(pdf, "ตำแหน่งหนึ่ง")[0] == page
    assert place(pdf, f"บรรทัด {fill - 1}")[0] == page


@pytest.mark.parametrize("fill", range(22, 31))
def test_two_rows_of_signatures_stand_on_one_page(fill: int) -> None:
    signatures = tuple(Signature("ผู้ตรวจ", f"ชื่อ{n}") for n in range(4))
    filling = (Paragraph(f"บรรทัด {n}") for n in range(fill))
    pdf = render_pdf(paper(*filling, Signatures(signatures, 2)))
    assert len({place(pdf, f"(ชื่อ{n})")[0] for n in range(4)}) == 1


def test_signatures_side_by_side_stand_on_one_line_whatever_is_noted_above() -> None:
    signatures = (Signature("ก", note="อนุมัติ ๑๒\nรายการที่ ๓"), Signature("ข"), Signature("ค"))
    lines = [
        bottom
        for _, _, bottom, letter in words(render_pdf(paper(Signatures(signatures, 3))))
        if letter == "ล"
    ]
    assert len(lines) == 3
    assert max(lines) - min(lines) < 0.1


def test_a_frame_goes_to_the_next_page_as_a_whole() -> None:
    frame = Frame("ส่วนของเจ้าหน้าที่", tuple(Paragraph(f"ในกรอบ {n}") for n in range(6)))
    pdf = render_pdf(paper(*(Paragraph(f"บรรทัด {n}") for n in range(26)), frame))
    assert place(pdf, "ส่วนของ")[0] == place(pdf, "ในกรอบ 0")[0] == place(pdf, "ในกรอบ 5")[0] == 1


@pytest.mark.parametrize("before", ["ก" * n for n in range(20, 60, 3)])
def test_a_word_to_keep_is_not_parted(before: str) -> None:
    pdf = render_pdf(paper(Paragraph(f"{before}{papers.OFFICE} ต่อจากนั้น")))
    letters = [one for one in words(pdf) if one[3].strip()]
    text = "".join(one[3] for one in letters)
    at = text.index(papers.OFFICE)
    office = letters[at : at + len(papers.OFFICE)]
    base = [bottom for _, _, bottom, letter in office if letter in "กขคงนาวสธยต"]
    assert max(base) - min(base) < 6


@pytest.mark.parametrize("before", ["ก" * n for n in range(48, 66)])
def test_closing_marks_stay_with_their_word(before: str) -> None:
    read = by_pdfium(render_pdf(paper(Paragraph(f"{before}“ต่าง ๆ” (ไทย) ฯลฯ พ.ศ. ๒๕๖๙"))))
    starts = {line.strip()[:3] for line in read.splitlines()}
    assert not {start[:1] for start in starts - {"ฯลฯ"}} & set("ๆ”)ฯ๒")


@pytest.mark.parametrize("number", ["๐ ๒๑๒๓ ๔๕๖๗", "พ.ศ. ๒๕๖๙", "มาตรา ๒๖", "0-4300-0000"])
def test_a_number_stays_with_what_it_belongs_to(number: str) -> None:
    for length in range(40, 66):
        read = by_pdfium(render_pdf(paper(Paragraph(f"{'ก' * length} {number} แล้ว"))))
        assert any(number in line for line in read.splitlines()), length


def test_pages_are_numbered_from_the_second_in_thai_digits() -> None:
    blocks = (Paragraph("หนึ่ง"), PageBreak(), Paragraph("สอง"), PageBreak(), Paragraph("สาม"))
    thai = squeezed(by_pdfium(render_pdf(paper(*blocks))))
    assert "-๒-" in thai
    assert "-๓-" in thai
    assert "-๑-" not in thai
    arabic = by_pdfium(render_pdf(replace(paper(*blocks), thai_digits=False)))
    assert "- 2 -" in arabic


def test_the_foot_stands_small_at_the_foot_of_every_page() -> None:
    document = paper(Paragraph("หนึ่ง"), PageBreak(), Paragraph("สอง"), foot="KH-0001 ฉบับที่ 2")
    pdf = render_pdf(document)
    assert by_pdfium(pdf).count("KH-0001 ฉบับที่ 2") == 2
    assert place(pdf, "KH-0001")[2] < 2 * CM


def test_a_heading_stays_with_what_it_heads() -> None:
    for lines in range(24, 33):
        blocks = [Paragraph(f"บรรทัด {n}") for n in range(lines)]
        pdf = render_pdf(paper(*blocks, Heading("หัวข้อหลัก"), Paragraph("เนื้อความ")))
        assert place(pdf, "หัวข้อหลัก")[0] == place(pdf, "เนื้อความ")[0]


def test_an_empty_document_is_one_empty_page() -> None:
    assert pages(paper()) == 1


@pytest.mark.parametrize("count", [1, 4, 9])
def test_the_lines_of_a_card_stand_above_its_foot(count: int) -> None:
    """More of them are set smaller."""
    lines = tuple((f"ช่อง{n}", f"ค่า{n}") for n in range(count))
    card = Card("บัตร", "สำนักงาน", lines, papers.code(), foot="หากพบโปรดส่งคืน")
    pdf = render_pdf(paper(card, page="card"))
    _, _, lowest = place(pdf, f"ค่า{count - 1}")
    assert lowest > place(pdf, "หากพบ")[2] + 6
    assert pages(paper(card, page="card")) == 1


def test_two_cards_take_two_cards() -> None:
    card = Card("บัตร", "สำนักงาน", (("ชื่อ", "ก"),), papers.code())
    assert pages(paper(card, card, page="card")) == 2
