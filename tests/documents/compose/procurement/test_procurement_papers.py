"""Papers of a procurement: every clause is on them, drafts say so, amounts stay numbers."""

from __future__ import annotations

import re
from decimal import Decimal
from io import BytesIO

import pypdfium2
import pytest
from openpyxl import load_workbook

from controller.documents.blocks import Document, Heading, Table
from controller.documents.compose.procurement.comparison_sheet import compose_comparison
from controller.documents.compose.procurement.sheet import specification_sheet
from controller.documents.compose.procurement.tor import terms_of_reference
from controller.documents.compose.procurement.workbook import comparison_sheets, price_sheets
from controller.documents.docx import render_docx
from controller.documents.pdf import render_pdf
from controller.documents.xlsx import render_xlsx
from controller.specs.specification import Exemption, Specification
from tests.documents.compose.procurement.example import (
    ARABIC,
    BIDDERS,
    POINT,
    SWITCH,
    compared,
    purchase,
    specification,
)
from tests.documents.compose.reading import check_fit_to_print, whole
from tests.documents.docx.reading import stories, words

BOTH = specification(POINT, SWITCH)
HEADINGS = (
    "๑. ความเป็นมา",
    "๒. วัตถุประสงค์",
    "๓. คุณสมบัติของผู้ยื่นข้อเสนอ",
    "๔. ขอบเขตของงานหรือรายละเอียดคุณลักษณะเฉพาะของพัสดุ",
    "๕. กำหนดเวลาส่งมอบพัสดุ",
    "๖. หลักเกณฑ์ในการพิจารณาคัดเลือกข้อเสนอ",
    "๗. วงเงินงบประมาณในการจัดหา",
    "๘. งวดงานและการจ่ายเงิน",
    "๙. อัตราค่าปรับ",
    "๑๐. ระยะเวลารับประกันความชำรุดบกพร่อง",
)


def papers(asked: Specification, *, final: bool = False) -> list[Document]:
    """The sheet, the TOR and the comparison of what is asked."""
    one = purchase(asked, final=final)
    offers = compared(*asked.items, final=final, scored=asked.award.rule != "price")
    return [specification_sheet(one), terms_of_reference(one), compose_comparison(offers)]


def tables(document: Document) -> list[Table]:
    """Its tables, in order."""
    return [block for block in document.blocks if isinstance(block, Table)]


@pytest.mark.parametrize("final", [False, True])
def test_they_fit_to_print(final: bool) -> None:
    """With one item and with two, by price and by points."""
    scored = POINT.criteria[0].model_copy(update={"weight": Decimal(40)})
    weighed = POINT.model_copy(update={"criteria": (scored, *POINT.criteria[1:])})
    for asked in (specification(), BOTH, specification(weighed, scored=True)):
        for document in papers(asked, final=final):
            check_fit_to_print(document)


def test_drafts_say_so_on_every_page_in_both_formats() -> None:
    """Until the director approved exactly this; then nothing does."""
    for document in papers(BOTH):
        drawn = pypdfium2.PdfDocument(render_pdf(document))
        pages = [page.get_textpage().get_text_range() for page in drawn]
        drawn.close()
        assert len(pages) > 1
        assert all(page.count("ร่าง") >= 2 for page in pages), "in the head and at the foot"
        heads = [words(story) for story in stories(render_docx(document))]
        assert sum("ร่าง" in head for head in heads) >= 4, "both heads and both feet"
    for document in papers(BOTH, final=True):
        assert (document.mark, "ร่าง" in document.foot) == ("", False)


def test_the_foot_names_case_revision_and_the_whole_hash() -> None:
    """So that a page alone can be held against the case."""
    for document in papers(BOTH, final=True):
        assert document.foot == f"เรื่อง 2569-2.4-0001 | ฉบับที่ ๒ | SHA-256 {BOTH.sha256}"


def test_a_tor_has_the_ten_headings_in_order() -> None:
    """Those of the letter, whatever the specification leaves out."""
    document = terms_of_reference(purchase(BOTH))
    found = [b.text for b in document.blocks if isinstance(b, Heading) and b.level == 2]
    assert tuple(found[:10]) == HEADINGS
    said = whole(document)
    assert "วงเงินงบประมาณ ๑,๐๐๐,๐๐๐.๐๐ บาท (หนึ่งล้านบาทถ้วน)" in said
    assert "ราคากลาง ๙๗๘,๐๐๒.๐๐ บาท (เก้าแสนเจ็ดหมื่นแปดพันสองบาทถ้วน)" in said
    assert "ร้อยละ ๐.๒๐" in said
    assert "โรงเรียนตัวอย่าง ข" in said, "where everything goes"


def test_points_of_a_tor_total_what_was_fixed() -> None:
    """The weights stand in it before any offer is known."""
    scored = POINT.criteria[0].model_copy(update={"weight": Decimal("40.0")})
    item = POINT.model_copy(update={"criteria": (scored, *POINT.criteria[1:])})
    document = terms_of_reference(purchase(specification(item, scored=True)))
    weights = next(t for t in tables(document) if t.columns[-1].title == "น้ำหนัก (คะแนน)")
    assert [row[1] for row in weights.rows] == ["๖๐", "๔๐"]
    assert weights.totals == ("รวม", "๑๐๐")


@pytest.mark.parametrize("items", [(POINT,), (POINT, SWITCH)])
def test_every_clause_has_one_number_on_every_paper(items: tuple[object, ...]) -> None:
    """The number a verdict names is the number the specification was approved with."""
    asked = specification(*items)  # type: ignore[arg-type]
    numbers = ["๑", "๒", "๓", "๔", "๕", "๖"] + ["๑", "๒"] * (len(items) - 1)
    sheet, tor, comparison = papers(asked)
    first = [row[0] for table in tables(sheet)[1:] for row in table.rows]
    assert first == numbers
    assert re.findall(r"^\(([๐-๙]+)\) ", whole(tor), re.MULTILINE) == numbers
    rows = [r[0] for t in tables(comparison) if t.columns[0].title == "ข้อ" for r in t.rows]
    assert [number for number in rows if number] == numbers


def test_digits_are_the_offices_but_names_stay_as_they_are() -> None:
    """`Layer 2`, `802.11`, `10/100/1000` and `WPA3` are names; amounts are not."""
    said = whole(specification_sheet(purchase(BOTH)))
    for kept in (
        "IEEE 802.11b",
        "10/100/1000 Base-T",
        "WPA3",
        "Layer 2 ของ OSI Model",
        "L2 Switch",
    ):
        assert kept in said, kept
    for written in ("๒.๔ GHz และ ๕ GHz", "ไม่น้อยกว่า ๑๖,๐๐๐ Mac Address", "๒๔ ช่อง", "≥ ๓ ปี"):
        assert written in said, written
    assert not re.search(r"[๐-๙]", whole(specification_sheet(purchase(BOTH, look=ARABIC))))


def test_the_sheet_says_where_prices_and_clauses_come_from() -> None:
    """And that a figure nobody checked is to be checked."""
    said = whole(specification_sheet(purchase(BOTH)))
    assert "รายการที่ ๓๖ ราคาตามเกณฑ์ ๒๒,๐๐๐.๐๐ บาท (ข้อมูลอ้างอิง โปรดตรวจกับเอกสารของผู้ประกาศ)" in said
    assert "สืบราคาจากผู้ขาย ๓ ราย" in said
    assert "สูงกว่าเกณฑ์: โรงเรียนอยู่ห่างไกล" in said
    assert "มิได้กำหนดให้ใกล้เคียงกับยี่ห้อใดยี่ห้อหนึ่ง" in said


def test_a_brand_that_must_be_named_takes_the_place_of_the_certificate() -> None:
    """Nobody certifies both."""
    exemption = Exemption(brand="ยี่ห้อ ก", reason="ต้องใช้อะไหล่ของเครื่องเดิม")
    said = whole(specification_sheet(purchase(specification(exemption=exemption))))
    assert "จำเป็นต้องระบุยี่ห้อ ยี่ห้อ ก ตามข้อยกเว้นในมาตรา ๙" in said
    assert "ต้องใช้อะไหล่ของเครื่องเดิม" in said
    assert "มิได้กำหนดให้ใกล้เคียง" not in said


def test_a_verdict_names_the_clauses_that_fail() -> None:
    """The last row, one verdict for each bidder; what does not pass stands on grey."""
    (table, *_) = tables(compose_comparison(compared()))
    assert table.totals[2:] == (
        "ผลการพิจารณา",
        "ตรงตามข้อกำหนด",
        "ไม่ตรงตามข้อกำหนด\n(ข้อ ๓)",
        "ไม่ตรงตามข้อกำหนด\n(ข้อ ๓, ๔, ๕)",
    )
    grey = {table.rows[row][column] for row, column in table.marked}
    assert grey == {
        "ไม่ระบุ",
        "WPA/WPA2\nไม่ผ่าน (หน้า 4)",
        "10/100 1 ช่อง\nอ่านค่าไม่ได้ (หน้า 4)",
        "ไม่มี\nไม่ผ่าน (หน้า 5)",
        "๒๒,๐๕๐.๐๐\nสูงกว่าราคากลาง",
        "๒๒,๒๐๐.๐๐\nสูงกว่าราคากลาง",
    }
    assert "Wi-Fi 6E\nดีกว่า (ภาคผนวก ก)" in {cell for row in table.rows for cell in row}


def test_no_table_has_more_than_five_bidders() -> None:
    """And each bidder stands in one table of each item, under one number."""
    compared_ = compared(POINT, SWITCH, bidders=12)
    found = [t for t in tables(compose_comparison(compared_)) if t.columns[0].title == "ข้อ"]
    titles = [[column.title for column in table.columns[3:]] for table in found]
    assert [len(one) for one in titles] == [5, 5, 2, 5, 5, 2]
    assert [t for one in titles[:3] for t in one] == [t for one in titles[3:] for t in one]
    assert titles[1][0] == "รายที่ ๖\nผู้เสนอราคา 06"


def test_a_concern_stands_with_what_was_written_or_that_nothing_was() -> None:
    """Silence is seen."""
    assert "(ยังไม่ได้ชี้แจง)" in whole(compose_comparison(compared()))
    concluded = whole(compose_comparison(compared(final=True)))
    assert "ได้เชิญชวนผู้มีอาชีพขายครบทุกรายแล้ว" in concluded
    assert "เป็นเงิน ๘๗๖,๐๐๐.๐๐ บาท (แปดแสนเจ็ดหมื่นหกพันบาทถ้วน)" in concluded
    assert "ข้อ ๔ รายที่ ๓: อ่าน “10/100 1 ช่อง” ไม่ได้" in concluded, "how answers were read"


def test_a_comparison_like_the_sample_takes_one_page_for_its_clauses() -> None:
    """Six clauses, three bidders, price and verdict: all in sight at once."""
    drawn = pypdfium2.PdfDocument(render_pdf(compose_comparison(compared())))
    first = "".join(drawn[0].get_textpage().get_text_range().split())
    drawn.close()
    assert "ผลการพิจารณา" in first


def test_amounts_of_the_workbooks_are_numbers() -> None:
    """In the office's digits by their format; the words beside them with 0-9."""
    made = load_workbook(
        BytesIO(render_xlsx(price_sheets(purchase(BOTH, final=True)), thai_digits=True))
    )
    prices = made["ราคา"]
    assert [c.value for c in prices[3]][2:6] == [4, "เครื่อง", 24500.5, 98002]
    assert prices["F4"].value == 978002
    assert prices["F4"].number_format == "[$-D00041E]#,##0.00"
    assert [row[1].value for row in made["คุณลักษณะเฉพาะ"].iter_rows(min_row=2)][-1] == "2"
    about = {row[0].value: row[1].value for row in made["เกี่ยวกับไฟล์นี้"].iter_rows()}
    assert about["SHA-256"] == BOTH.sha256
    assert about["สถานะ"] == "ฉบับที่อนุมัติหรือสรุปผลแล้ว"


def test_the_workbook_of_a_comparison_leaves_nothing_out() -> None:
    """Every bidder with words, outcome and page, whatever the printed tables hold."""
    sheets = comparison_sheets(compared(POINT, SWITCH))
    made = load_workbook(BytesIO(render_xlsx(sheets, thai_digits=True)))
    grid = made[made.sheetnames[2]]
    assert [cell.value for cell in grid[1]][3::3] == list(BIDDERS)
    assert [cell.value for cell in grid[4]][3:] == [
        "WPA2, WPA3, WPA", "เท่ากัน", "2", None, "ไม่ระบุ", None, "WPA/WPA2", "ไม่ผ่าน", "4",
    ]  # fmt: skip
    offered = made["ราคาที่เสนอ"]
    assert offered.max_row == 1 + 2 * len(BIDDERS)
    assert offered["H2"].value == 21900
    assert made["ข้อที่ต้องชี้แจง"].max_row >= 1
