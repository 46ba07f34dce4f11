"""Lines that fit: no letter lost, none parted from its marks, none too wide."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.cli.layout import wrapped

LEADING, FOLLOWING = "เแโใไ", "ะาำๅๆฯ"
SYLLABLES = st.lists(
    st.sampled_from(["กู้", "น้ำ", "เก", "แม่", "ไป", "ๆ", " ", "ab", "0-"]), max_size=120
)


def _columns(text: str) -> int:
    """Thai marks stand above or below; every other letter of these tests takes one column."""
    return sum(unicodedata.combining(c) == 0 and unicodedata.category(c) != "Mn" for c in text)


@pytest.mark.parametrize(
    ("text", "width", "indent", "lines"),
    [
        ("สั้น", 80, 0, ["สั้น"]),
        ("one two " * 6, 0, 4, ["one two " * 6]),
        (
            "เสนอผู้อำนวยการสำนักงานเขต พิจารณาให้ความเห็นชอบ",
            40,
            2,
            ["เสนอผู้อำนวยการสำนักงานเขต", "  พิจารณาให้ความเห็นชอบ"],
        ),
        ("น้ำ" * 40, 40, 0, ["น้ำ" * 20, "น้ำ" * 20]),
        ("ก" * 39 + "เก", 40, 0, ["ก" * 39, "เก"]),
        ("ก" * 39 + "กู้า", 40, 0, ["ก" * 39, "กู้า"]),
        ("กู้" * 50, 40, 4, ["กู้" * 40, "    " + "กู้" * 10]),
    ],
)
def test_lines(text: str, width: int, indent: int, lines: list[str]) -> None:
    assert list(wrapped(text, width, indent)) == lines


@given(SYLLABLES.map("".join), st.integers(40, 120), st.integers(0, 12))
def test_every_line_fits_and_nothing_is_lost(text: str, width: int, indent: int) -> None:
    lines = list(wrapped(text, width, indent))
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        assert _columns(line) <= width
    for line in lines[:-1]:
        assert line[-1] not in LEADING
    for line in lines[1:]:
        first = line.strip()[0]
        assert unicodedata.category(first) != "Mn"
        assert first not in FOLLOWING or f" {first}" in text
