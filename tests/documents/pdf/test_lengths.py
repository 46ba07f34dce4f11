"""What is kept together fits on a page; what may not fit is let go."""

from __future__ import annotations

import pytest

from controller.documents.blocks import (
    Block,
    Entries,
    Entry,
    Frame,
    Paragraph,
    Signature,
    Signatures,
    Space,
    Table,
    TableColumn,
    Ticks,
)
from controller.documents.lengths import lines, row_together, together
from controller.documents.pdf import render_pdf
from tests.documents.pdf.papers import LONG
from tests.documents.pdf.reading import place, words
from tests.documents.pdf.test_layout import CM, paper

COLUMNS = (TableColumn("ก", 1), TableColumn("ข", 3))
PARTS: dict[str, Block] = {
    "thai": Paragraph(LONG),
    "capitals": Paragraph("WIDE WORDS OF CAPITALS " * 8),
    "breaks": Paragraph("ก\nข\nค"),
    "small entries": Entries(tuple(Entry("ช่อง", "คำ", 3) for _ in range(5))),
    "empty entry": Entries((Entry("ข้อเสนอแนะ", lines=4),)),
    "narrow entry": Entries((Entry("ที่ตั้ง", LONG[:90], 4), Entry("วันที่", "", 4))),
    "ticks": Ticks("ประเภท", tuple((f"ตัวเลือกที่ {n} ของข้อนี้", False) for n in range(9))),
    "table": Table(COLUMNS, ((LONG[:60], LONG[:200]),) * 2, ("รวม", "๑")),
    "signature": Signatures((Signature("ผู้อนุมัติ", note="ก\nข", position="ค\nง\nจ", dated=""),)),
    "signatures": Signatures((Signature("ก", position=LONG[:70], dated=""),) * 3, 3),
}


@pytest.mark.parametrize("part", sorted(PARTS))
def test_the_longest_frame_that_is_kept_together_stands_on_one_page(part: str) -> None:
    """Filled with one kind of block up to the limit, each kind being counted in its own way."""
    blocks: list[Block] = []
    while together(Frame("กรอบ", (*blocks, PARTS[part]))):
        blocks.append(PARTS[part])
    assert blocks
    frame = Frame("กรอบแรก", (*blocks, Paragraph("ท้ายสุด", small=True)))
    assert lines(frame) >= lines(Frame("กรอบแรก", tuple(blocks)))
    pdf = render_pdf(paper(Paragraph("ก่อน"), frame))
    page, _, bottom = place(pdf, "ท้ายสุด")
    assert page == place(pdf, "กรอบแรก")[0]
    assert bottom > 2 * CM


def test_a_frame_longer_than_a_page_goes_on_over_the_next() -> None:
    pdf = render_pdf(paper(Frame("ยาว", (*[PARTS["thai"]] * 9, Paragraph("ท้ายสุด")))))
    assert place(pdf, "ท้ายสุด")[0] == 1
    assert min(bottom for _, _, bottom, letter in words(pdf) if letter.strip()) > CM


@pytest.mark.parametrize("height", range(0, 60, 6))
def test_more_signatures_than_a_page_holds_part_between_rows(height: int) -> None:
    many = Signatures(tuple(Signature(f"คนที่{n}", f"ชื่อ{n}", dated="") for n in range(16)), 2)
    assert not together(many)
    assert row_together(many)
    pdf = render_pdf(paper(Space(height), many))
    assert {place(pdf, f"(ชื่อ{n})")[0] for n in range(16)} == {0, 1}
    assert all(place(pdf, f"คนที่{n}")[0] == place(pdf, f"(ชื่อ{n})")[0] for n in range(16))


def test_a_signature_longer_than_a_page_still_prints_whole() -> None:
    endless = Signatures((Signature("ก", note="\n".join(f"ข้อ {n}" for n in range(60))),))
    assert not row_together(endless)
    assert place(render_pdf(paper(endless)), "ข้อ 59")[0] == 1
