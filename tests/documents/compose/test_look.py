"""How papers write digits, amounts and days; which words no line break may part."""

from __future__ import annotations

from decimal import Decimal

import pytest

from controller.documents.blocks import Paragraph
from controller.documents.compose.look import hash_lines
from controller.documents.compose.paper import paper
from tests.documents.compose.example import ARABIC, DAY, LOOK, OFFICE, START


@pytest.mark.parametrize(
    ("text", "thai", "arabic"),
    [
        ("พ.ศ. 2550–2554", "พ.ศ. ๒๕๕๐–๒๕๕๔", "พ.ศ. 2550–2554"),
        ("ข้อ ๒๑ (1)", "ข้อ ๒๑ (๑)", "ข้อ 21 (1)"),
        ("รองรับ IPv6 และ 802.1X จำนวน 24 ช่อง", "รองรับ IPv6 และ 802.1X จำนวน ๒๔ ช่อง", None),
        ("สองบรรทัด 1\nและ 2", "สองบรรทัด ๑\nและ ๒", None),
    ],
)
def test_words_take_the_office_s_digits_but_names_of_things_do_not(
    text: str, thai: str, arabic: str | None
) -> None:
    assert LOOK.words(text) == thai
    assert ARABIC.words(text) == (arabic or text)


def test_numbers_amounts_days_and_moments() -> None:
    assert (LOOK.count(1250), ARABIC.count(1250)) == ("๑,๒๕๐", "1,250")
    assert LOOK.money(Decimal("1250.5")) == "๑,๒๕๐.๕๐"
    assert ARABIC.money(Decimal("0.01")) == "0.01"
    assert (LOOK.day(DAY), ARABIC.day(DAY)) == ("๒๒ พฤศจิกายน ๒๕๖๙", "22 พฤศจิกายน 2569")
    assert LOOK.short_day(DAY) == "๒๒ พ.ย. ๒๕๖๙"
    assert LOOK.moment(START) == "๒๐ พ.ย. ๒๕๖๙ ๐๙:๐๐ น."
    assert ARABIC.day_of(START) == "20 พฤศจิกายน 2569"


def test_a_hash_parts_into_two_lines_and_loses_nothing() -> None:
    assert hash_lines("ab" * 32) == "ab" * 16 + "\n" + "ab" * 16


def test_days_and_the_office_s_name_stay_on_one_line() -> None:
    words = (Paragraph("ตั้งแต่วันที่ ๑ ตุลาคม ๒๕๖๙ ถึงวันที่ 30 กันยายน 2570"),)
    document = paper(OFFICE, "ชื่อ", DAY, words, look=LOOK)
    assert {"๑ ตุลาคม ๒๕๖๙", "30 กันยายน 2570"} <= set(document.keep)
    assert OFFICE.short in document.keep
    assert "".join(document.keep[:2]) == OFFICE.name_th
    assert document.author == OFFICE.name_th
