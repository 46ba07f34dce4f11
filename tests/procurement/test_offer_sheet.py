"""Offers as bidders hand them over: understood as they are meant, or told by the cell why not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from controller.documents.compose.offer_template import offer_csv
from controller.documents.reading import read_grids
from controller.inventory.grid import Row
from controller.procurement.offer import ItemOffer, Offer, Stated
from controller.procurement.offer_sheet import read_offer_grids, stated_specifications, unstated_in
from tests.procurement.bids import (
    BIDDER,
    FRONT,
    OFFERED,
    POINTS,
    SPECIFICATION,
    SWITCHES,
    Spoil,
    filled,
    read,
    row_of,
    template,
)

WHOLE = Offer(
    bidder=BIDDER,
    specification=SPECIFICATION.sha256,
    items=(
        ItemOffer(
            item="access-point", brand="ยี่ห้อ ก", model="รุ่น ก-6", price=Decimal(8900),
            answers=(
                Stated(criterion="wifi", text="IEEE 802.11ax", page="3"),
                Stated(criterion="wpa", text="WPA2, WPA3", page="3"),
                Stated(criterion="ports", text="๑ ช่อง", page="4"),
                Stated(criterion="web", text="มี"),
            ),
        ),
        ItemOffer(
            item="switch", brand="ยี่ห้อ ก", model="รุ่น ก-24", price=Decimal("19500.5"),
            answers=(
                Stated(criterion="ports", text="24", page="12"),
                Stated(criterion="training", text="อบรม 1 วัน", page="20"),
            ),
        ),
    ),
)  # fmt: skip


def test_a_filled_template_is_the_offer_in_the_bidders_own_words() -> None:
    found = read(filled())
    assert found.faults == ()
    assert found.offer == WHOLE
    assert stated_specifications(read_grids(template())) == {SPECIFICATION.sha256}


def test_the_template_is_the_same_bytes_is_locked_and_holds_no_formula() -> None:
    assert template() == template()
    book = load_workbook(BytesIO(template()))
    assert [page.title[:10] for page in book] == ["ข้อเสนอ", "1 อุปกรณ์ก"[:10], "2 อุปกรณ์ก"[:10]]
    for page in book:
        assert page.protection.sheet
        assert page.row_dimensions[1].hidden
        cells = [cell for row in page.iter_rows() for cell in row]
        assert all(cell.data_type != "f" for cell in cells)
        assert any(not cell.protection.locked for cell in cells)
    switch = book.worksheets[SWITCHES]
    assert switch.cell(row_of(switch, 2, "training"), 3).value == "=อบรมผู้ดูแล 1 วัน"
    listed = book.worksheets[POINTS].data_validations.dataValidation
    assert any("มี,ไม่มี" in str(rule.formula1) for rule in listed)


def test_what_is_left_empty_or_out_is_not_stated() -> None:
    def spoil(book: Workbook) -> None:
        page = book.worksheets[POINTS]
        page.cell(row_of(page, 2, "wpa"), OFFERED).value = "-"
        page.delete_rows(row_of(page, 2, "web"))
        front = book.worksheets[FRONT]
        front.delete_rows(row_of(front, 2, "switch"))

    offer = read(filled(spoil)).offer
    assert offer is not None
    assert unstated_in(offer, SPECIFICATION) == (("access-point", "wpa"), ("access-point", "web"))
    assert offer.item("switch").price is None


def _put(page: int, code: str, value: Any, column: int = OFFERED) -> Spoil:
    def spoil(book: Workbook) -> None:
        sheet = book.worksheets[page]
        sheet.cell(row_of(sheet, 2, code), column).value = value

    return spoil


def _merge(book: Workbook) -> None:
    book.worksheets[POINTS].merge_cells("E5:E7")


def _merge_aside(book: Workbook) -> None:
    book.worksheets[FRONT].merge_cells("A3:H3")


def _rename(book: Workbook) -> None:
    book.worksheets[POINTS].cell(4, OFFERED).value = "คุณลักษณะที่เสน"


def _without_heading(book: Workbook) -> None:
    book.worksheets[POINTS].cell(4, OFFERED).value = "อื่น ๆ"


def _twice(book: Workbook) -> None:
    page = book.worksheets[POINTS]
    page.append(["1.9", "wifi", "", "", "802.11be", ""])


def _altered(book: Workbook) -> None:
    page = book.worksheets[SWITCHES]
    page.cell(row_of(page, 2, "ports"), 3).value = "ช่อง 10/100/1000 Base-T ไม่น้อยกว่า 16 ช่อง"


def _no_code(book: Workbook) -> None:
    book.worksheets[POINTS].append(["", "", "", "", "24 ช่อง", ""])


def _remove(book: Workbook) -> None:
    book.remove(book.worksheets[SWITCHES])


def _hide(book: Workbook) -> None:
    book.worksheets[SWITCHES].sheet_state = "hidden"


def _front_gone(book: Workbook) -> None:
    book.remove(book.worksheets[FRONT])


def _copied(book: Workbook) -> None:
    book.worksheets[POINTS].title = "first"
    book.copy_worksheet(book.worksheets[POINTS]).title = "copy"


def _nameless(book: Workbook) -> None:
    page = book.worksheets[FRONT]
    page.cell(row_of(page, 5, "ชื่อผู้เสนอราคา"), 6).value = None


AP = "1 อุปกรณ์กระจายสัญญาณไร้สาย (Ac"
FAULTS: list[tuple[str, Spoil, str, str]] = [
    ("merged cells", _merge, f"{AP}!E5", "merged cells"),
    ("renamed heading", _rename, f"{AP}!E4", "heading was changed"),
    ("lost heading", _without_heading, f"{AP}!4", "is missing"),
    ("duplicate row", _twice, f"{AP}!B9", "row 5 answers"),
    ("row without a code", _no_code, f"{AP}!B9", "no code"),
    ("unknown code", _put(POINTS, "wpa", "wp", 2), f"{AP}!B6", "no criterion"),
    ("altered words", _altered, "2 อุปกรณ์กระจายสัญญาณ 24 ช่อง!C5", "words of the criterion"),
    ("a formula", _put(POINTS, "ports", "=12*2"), f"{AP}!E7", "formula"),
    ("a command", _put(POINTS, "wpa", "@SUM(A1)"), f"{AP}!E6", "begins as"),
    ("another", _put(POINTS, "wpa", "+cmd|' /C calc'!A0"), f"{AP}!E6", "begins as"),
    ("a date", _put(POINTS, "ports", date(2026, 1, 10)), f"{AP}!E7", "into a date"),
    ("too long", _put(POINTS, "ports", "ก" * 1001), f"{AP}!E7", "longer than"),
    ("price in words", _put(FRONT, "switch", "สองหมื่น", 8), "ข้อเสนอ!H14", "in baht"),
    ("price with unit", _put(FRONT, "switch", "20,000 บาท", 8), "ข้อเสนอ!H14", "in baht"),
    ("for nothing", _put(FRONT, "switch", 0, 8), "ข้อเสนอ!H14", "above 0"),
    ("unknown item", _put(FRONT, "switch", "swich", 2), "ข้อเสนอ!B14", "no item"),
    ("sheet removed", _remove, "ข้อเสนอ!1", "gone or hidden"),
    ("sheet hidden", _hide, "ข้อเสนอ!1", "gone or hidden"),
    ("no front", _front_gone, f"{AP}!1", "no offer"),
    ("sheet copied", _copied, "copy!B1", "same item"),
    ("no bidder", _nameless, "ข้อเสนอ!F9", "not named"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("spoil", "cell", "why"), [f[1:] for f in FAULTS], ids=[f[0] for f in FAULTS]
)
def test_every_fault_is_told_by_its_cell(spoil: Spoil, cell: str, why: str) -> None:
    found = read(filled(spoil))
    assert found.offer is None
    assert (found.faults[0].cell, len(found.faults)) == (cell, len({f.cell for f in found.faults}))
    assert why in found.faults[0].message.en
    assert all(all(fault.message.both) for fault in found.faults)


def test_a_wrong_price_and_a_near_code_say_what_was_meant() -> None:
    assert read(filled(_put(FRONT, "switch", "20,000 บาท", 8))).faults[0].suggestion == "20000"
    assert read(filled(_put(FRONT, "switch", "swich", 2))).faults[0].suggestion == "switch"


def test_ten_thousand_strange_rows_are_told_without_ten_thousand_lines() -> None:
    grids = read_grids(filled())
    strange = (Row(100 + at, ("", f"x{at}", "", "", "24")) for at in range(10_000))
    longer = replace(grids[POINTS], rows=(*grids[POINTS].rows, *strange))
    found = read_offer_grids([grids[FRONT], longer, grids[SWITCHES]], SPECIFICATION)
    assert len(found.faults) == 21
    assert "9,980 more rows" in found.faults[-1].message.en


def test_cells_merged_beside_the_table_do_no_harm() -> None:
    assert read(filled(_merge_aside)).offer == WHOLE


def test_a_workbook_of_something_else_is_no_offer() -> None:
    book = Workbook()
    book.worksheets[0].append(["เลขครุภัณฑ์", "ประเภท"])
    made = BytesIO()
    book.save(made)
    (fault,) = read(made.getvalue()).faults
    assert (fault.cell, fault.found) == ("Sheet!1", "Sheet")
    assert "no offer" in fault.message.en


def _csv(*changes: tuple[str, str]) -> bytes:
    text = offer_csv(SPECIFICATION).decode("utf-8-sig")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    return text.encode()


def _as_filled(line: str) -> str:
    """A line of the empty CSV file as the bidder of `WHOLE` fills it in."""
    item, code, *_ = [*line.split(","), ""]
    if item == "ชื่อผู้เสนอราคา":
        return f"{item},{BIDDER}"
    offer = WHOLE.item(item)
    if code in {"ยี่ห้อ", "รุ่น"}:
        return f"{item},{code},,{offer.brand if code == 'ยี่ห้อ' else offer.model},"
    if code.startswith("ราคา"):
        return f'{item},{code},,"{offer.price:,}",'
    answer = offer.answer(code)
    return f'{item},{code},,"{answer.text}",{answer.page}' if answer.text else line


def test_a_csv_file_is_read_the_same_way() -> None:
    lines = offer_csv(SPECIFICATION).decode("utf-8-sig").splitlines()
    assert lines[0] == f"khaen-offer,{SPECIFICATION.sha256}"
    assert "switch,training,'=อบรมผู้ดูแล 1 วัน,," in lines
    told = [_as_filled(line) for line in lines]
    found = read("\n".join(told).encode())
    assert found.faults == ()
    assert found.offer == WHOLE


def test_faults_of_a_csv_file_have_their_cells() -> None:
    wrong = _csv(
        ("ชื่อผู้เสนอราคา,", "ชื่อผู้เสนอราคา,ก"),
        ("switch,training,'=อบรมผู้ดูแล 1 วัน,,", "switch,training,,=1+1,"),
        ("access-point,wpa", "access-pont,wpa"),
        ("access-point,web", "access-point,wifi"),
    )
    told = {fault.cell: fault.message.en for fault in read(wrong).faults}
    assert told["CSV!D16"].startswith("it begins as a formula")
    assert "no item" in told["CSV!A9"]
    assert "answers this already" in told["CSV!B11"]


def test_an_empty_template_names_nobody() -> None:
    found = read(template())
    assert [fault.message.en for fault in found.faults] == ["the bidder is not named"]
