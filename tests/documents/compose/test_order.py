"""The order that appoints a working group."""

from __future__ import annotations

import pytest

from controller.documents.blocks import Document, OrderHead, Signatures, Table
from controller.documents.compose.look import Look
from controller.documents.compose.order import order
from controller.processes.case import Case
from controller.processes.manual import MANUAL
from tests.documents.compose import example
from tests.documents.compose.example import ARABIC, DAY, DIRECTOR, LOOK, OFFICE
from tests.documents.compose.reading import check_fit_to_print, printed, whole

APPOINTING = [p.number for p in MANUAL.processes if p.steps[0].kind == "appoint"]


def made(case: Case, look: Look = LOOK) -> Document:
    return order(case, OFFICE, example.process(case.process), number="45/2569", day=DAY, look=look)


def table(document: Document) -> Table:
    (found,) = [b for b in document.blocks if isinstance(b, Table)]
    return found


@pytest.mark.parametrize("number", APPOINTING)
@pytest.mark.parametrize("look", [LOOK, ARABIC], ids=["thai", "arabic"])
def test_the_duties_are_the_steps_of_the_process(number: str, look: Look) -> None:
    document = made(example.case(number), look)
    check_fit_to_print(document)
    duties = [t for t in printed(document) if t[0] in look.digits("123456789") and ". " in t[:3]]
    steps = example.process(number).steps
    assert len(duties) == len(steps)  # one less without the appointment, one more for the rest
    assert "ผอ.สพม." not in whole(document)
    assert duties[-1].endswith("รายงานผลให้ผู้บังคับบัญชาทราบ")


def test_the_head_and_the_preamble_say_who_orders_what_by_which_authority() -> None:
    document = made(example.case("2.3"))
    head = document.blocks[0]
    assert isinstance(head, OrderHead)
    assert (head.office, head.number) == (OFFICE.name_th, "๔๕/๒๕๖๙")
    assert head.subject.startswith("แต่งตั้งคณะทำงานติดตั้ง ดูแล บำรุงรักษา")
    said = whole(document)
    assert LOOK.words(MANUAL.edition.authority) in said
    assert "“แยกเครือข่ายห้องปฏิบัติการคอมพิวเตอร์ โรงเรียนตัวอย่าง ก”" in said
    assert "กระบวนงานที่ ๒.๓" in said


def test_a_noun_of_the_manual_does_not_follow_the_working_group() -> None:
    head = made(example.case("3.1")).blocks[0]
    assert isinstance(head, OrderHead)
    assert head.subject.startswith("แต่งตั้งคณะทำงานประสานงาน")


def test_everybody_of_the_group_stands_with_position_and_place() -> None:
    rows = table(made(example.case())).rows
    assert [(row[0], row[2], row[3]) for row in rows] == [
        ("๑", OFFICE.people[2].title, "ประธานคณะทำงาน"),
        ("๒", "นักวิชาการคอมพิวเตอร์ชำนาญการ", "คณะทำงาน"),
        ("๓", "นักวิชาการคอมพิวเตอร์ปฏิบัติการ", "คณะทำงานและเลขานุการ"),
    ]
    assert all(set(row[1]) == {"."} for row in rows)


def test_an_order_that_has_no_number_yet_leaves_room_for_it() -> None:
    process = example.process("2.3")
    head = order(example.case(), OFFICE, process, number="", day=DAY, look=LOOK).blocks[0]
    assert isinstance(head, OrderHead)
    assert set(head.number) == {"."}


def test_without_a_group_the_places_are_empty() -> None:
    rows = table(made(example.case(group=None))).rows
    assert all(row[2] == "" for row in rows)
    assert (rows[0][3], rows[-1][3]) == ("ประธานคณะทำงาน", "คณะทำงานและเลขานุการ")


@pytest.mark.parametrize(
    ("case", "day"),
    [(example.case(), "๑๙"), (example.case(group=None), "๒๒")],
    ids=["as the group says", "today"],
)
def test_the_order_is_dated_and_signed_by_the_director(case: Case, day: str) -> None:
    document = made(case)
    texts = printed(document)
    assert f"ทั้งนี้ ตั้งแต่วันที่ {day} พฤศจิกายน ๒๕๖๙ เป็นต้นไป" in texts
    assert f"สั่ง ณ วันที่ {day} พฤศจิกายน พ.ศ. ๒๕๖๙" in texts
    (signed,) = [b for b in document.blocks if isinstance(b, Signatures)]
    assert [s.position for s in signed.signatures] == [DIRECTOR]
