"""Papers of a specification: who may have them, drafts and what was approved, other cases."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

import pypdfium2
import pytest
from openpyxl import load_workbook

from controller.errors import NotAllowed, NotFound
from controller.operations.print_specification import (
    FORMATS,
    Format,
    Paper,
    file_name,
    print_specification,
)
from controller.operations.procurement_papers import keep_paper
from controller.operations.revise_case import revise_case
from controller.processes.case import Case
from controller.specs.criterion import Criterion
from controller.specs.specification import Item, Place, Specification
from tests.operations.moves import Moves, whatever_the_lint_says
from tests.operations.office import Desk

ASKED = Specification(
    title="จัดซื้ออุปกรณ์กระจายสัญญาณไร้สาย",
    budget=Decimal(900_000),
    need="ทดแทนเครื่องที่ใช้งานมาเกิน 5 ปี",
    items=(
        Item(
            id="ap",
            th="อุปกรณ์กระจายสัญญาณไร้สาย (Access Point) แบบที่ 2",
            kind="access-point",
            quantity=40,
            price=Decimal(22000),
            baseline="mdes-2568-12/access-point-2",
            criteria=(Criterion(id="wpa", text="รองรับ WPA3"),),
            places=(Place(site="kkn-school-a", quantity=40),),
        ),
    ),
)


@pytest.fixture
def moves(desk: Desk) -> Moves:
    return Moves(desk)


def _written(desk: Desk, case: Case, asked: Specification = ASKED) -> Case:
    return keep_paper(
        desk.context,
        desk.person("engineer1"),
        "attach_file",
        case.number,
        kind="specification",
        name="specification",
        title="คุณลักษณะเฉพาะ",
        content=asked.content,
    )


def _specified(desk: Desk, moves: Moves) -> Case:
    case = moves.studied(moves.appointed(moves.opened("2.4", "จัดซื้ออุปกรณ์กระจายสัญญาณ")))
    return _written(desk, case)


def _print(
    desk: Desk, case: Case, paper: Paper = "sheet", wanted: Format = "pdf", who: str = "engineer1"
) -> bytes:
    return print_specification(desk.context, desk.person(who), case.number, paper, wanted)


def _pages(pdf: bytes) -> list[str]:
    drawn = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range() for page in drawn]
    finally:
        drawn.close()


def test_a_draft_says_so_until_exactly_this_is_approved(desk: Desk, moves: Moves) -> None:
    """And again as soon as the approval holds no more."""
    moves.director_signs_in()
    case = _specified(desk, moves)
    for paper in FORMATS:
        assert all("ร่าง" in page for page in _pages(_print(desk, case, paper)))
    moves.form(case, "spec_definition")
    with whatever_the_lint_says():
        moves.submitted(case)
    moves.decided(case)
    for paper in FORMATS:
        pages = _pages(_print(desk, case, paper, who="director"))
        assert not any("ร่าง" in page for page in pages), paper
        assert any("อนุมัติในระบบเมื่อ" in page for page in pages), paper
        assert all(ASKED.sha256 in page for page in pages), paper
    revise_case(desk.context, desk.person("engineer1"), case.number, "แก้จำนวน")
    assert all("ร่าง" in page for page in _pages(_print(desk, case)))


def test_the_same_specification_is_the_same_bytes(desk: Desk, moves: Moves) -> None:
    """On another day too: it bears the day it was written."""
    case = _specified(desk, moves)
    before = {
        (paper, wanted): _print(desk, case, paper, wanted)
        for paper, formats in FORMATS.items()
        for wanted in formats
    }
    desk.clock.forward(days=2)
    assert before == {key: _print(desk, case, *key) for key in before}


def test_the_baseline_of_the_workspace_tells_where_the_price_comes_from(
    desk: Desk, moves: Moves
) -> None:
    """With its number and day; the site by its name."""
    case = _specified(desk, moves)
    made = load_workbook(BytesIO(_print(desk, case, "sheet", "xlsx")))
    assert "รายการที่ 36" in str(made["ราคา"]["G2"].value)
    assert made["ราคา"]["F2"].value == 880_000
    assert made["สถานที่"]["B2"].value == "โรงเรียนตัวอย่าง ก"


def test_what_there_is_not_is_told(desk: Desk, moves: Moves) -> None:
    """No specification yet, no TOR to count on, no case of another school for school staff."""
    case = moves.opened("2.4")
    with pytest.raises(NotFound, match="specification"):
        _print(desk, case)
    case = _specified(desk, moves)
    with pytest.raises(NotFound) as told:
        _print(desk, case, "tor", "xlsx")
    assert told.value.hint is not None
    assert "pdf, docx" in told.value.hint.en
    with pytest.raises(NotAllowed):
        _print(desk, case, who="school1")
    assert file_name(case.number, "tor", "pdf") == f"{case.number}-tor.pdf"
