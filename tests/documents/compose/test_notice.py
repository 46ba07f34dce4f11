"""The memo that tells the people concerned."""

from __future__ import annotations

import pytest

from controller.documents.blocks import Document, MemoHead, Signatures
from controller.documents.compose.notice import notification
from controller.errors import Refused
from controller.processes import steps
from controller.processes.case import Case
from tests.documents.compose import example
from tests.documents.compose.example import DAY, LOOK, OFFICE
from tests.documents.compose.reading import check_fit_to_print, printed, whole
from tests.processes.example import actor

MESSAGE = "จะย้ายช่องต่อในวันเสาร์ที่ 28 พฤศจิกายน 2569\nเครือข่ายจะหยุดไม่เกิน 5 นาที"
APPROVED = example.case(step=3, decisions=(example.decision("approve", 2, 5),))


def told(case: Case = APPROVED) -> Case:
    """The case after the engine's own move, so that both agree on how it is written down."""
    return steps.notify(
        case,
        actor("engineer1"),
        example.at(6),
        to=("โรงเรียนตัวอย่าง ก", "โรงเรียนตัวอย่าง ข"),
        how="หนังสือราชการ",
        message=MESSAGE,
    )


def made(case: Case) -> Document:
    return notification(case, OFFICE, number="ศธ 04000/127", day=DAY, look=LOOK)


def test_it_says_to_whom_how_and_what_word_for_word() -> None:
    document = made(told())
    check_fit_to_print(document)
    head = document.blocks[0]
    assert isinstance(head, MemoHead)
    assert head.to == "โรงเรียนตัวอย่าง ก, โรงเรียนตัวอย่าง ข"
    assert head.number == "ศธ ๐๔๐๐๐/๑๒๗"
    texts = printed(document)
    assert all(line in texts for line in MESSAGE.splitlines())
    said = whole(document)
    assert "ส่งโดยหนังสือราชการ เมื่อ ๒๐ พ.ย. ๒๕๖๙ ๑๕:๐๐ น." in said
    assert "ได้รับอนุมัติเมื่อวันที่ ๒๐ พฤศจิกายน ๒๕๖๙" in said
    assert "ตั้งแต่วันที่ ๒๓ พฤศจิกายน ๒๕๖๙ ถึงวันที่ ๓๐ พฤศจิกายน ๒๕๖๙" in said
    assert "(to)" not in said


def test_whoever_told_signs_by_position_and_place() -> None:
    (signed,) = [b for b in made(told()).blocks if isinstance(b, Signatures)]
    assert [s.position for s in signed.signatures] == ["นักวิชาการคอมพิวเตอร์ชำนาญการ\nคณะทำงาน"]


def test_of_two_notices_the_last_is_printed() -> None:
    first = example.event(
        6, 3, "notified", "engineer1", "ถึง (to): ก\nโดย (by): ข\nข้อความ (message): ค"
    )
    case = told()
    head = made(case.model_copy(update={"events": (first, *case.events)})).blocks[0]
    assert isinstance(head, MemoHead)
    assert head.to.startswith("โรงเรียนตัวอย่าง ก")


def test_a_case_without_days_names_none() -> None:
    study = example.STUDY.model_copy(update={"begins": None})
    assert "กำหนดดำเนินการ" not in whole(made(told(APPROVED.model_copy(update={"study": study}))))


def test_there_is_nothing_to_print_before_anybody_was_told() -> None:
    with pytest.raises(Refused) as refused:
        made(APPROVED)
    assert refused.value.hint is not None
    assert "khaen case notify" in refused.value.hint.th
