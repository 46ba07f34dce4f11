"""The reader of recordings answers as an agent does, on a recording of our own."""

from __future__ import annotations

from pathlib import Path

import pytest

from controller.facts.answers import Request
from tests.platforms.recordings import Recording, answer, read_recording


@pytest.fixture
def small(tmp_path: Path) -> Recording:
    lines = (
        b"1.3.6.1.2.1.1.2.0|6|.1.3.6.1.4.1.99",
        b"1.3.6.1.2.1.2.2.1.2.10|4|\xe0\xb8\x81",
        b"1.3.6.1.2.1.2.2.1.2.9|4x|00ff7C",
        b"1.3.6.1.2.1.2.2.1.20.1|65|7",
        b"1.3.6.1.2.1.4.20.1.1.192.0.2.1|64x|c0000201",
        b"1.3.6.1.2.1.4.20.1.1.192.0.2.2|64|192.0.2.2",
        b"1.3.6.1.2.1.1.3.0|5|",
        b"1.3.6.1.2.1.1.1.0|4|a|b",
        b"garbage",
    )
    (tmp_path / "small.snmprec").write_bytes(b"\r\n".join(lines) + b"\r\n")
    return read_recording(tmp_path / "small.snmprec")


def test_scalars_are_got_and_what_is_not_there_is_absent(small: Recording) -> None:
    asked = Request(scalars=("1.3.6.1.2.1.1.1.0", "1.3.6.1.2.1.1.2.0", "1.3.6.1.2.1.1.3.0"))
    assert answer(small, asked).scalars == {
        "1.3.6.1.2.1.1.1.0": b"a|b",
        "1.3.6.1.2.1.1.2.0": "1.3.6.1.4.1.99",
    }


def test_columns_are_walked_by_number_not_by_letter(small: Recording) -> None:
    asked = Request(columns=("1.3.6.1.2.1.2.2.1.2", "1.3.6.1.2.1.4.20.1.1", "1.3.6.1.2.1.2.2.1.3"))
    columns = answer(small, asked).columns
    assert list(columns["1.3.6.1.2.1.2.2.1.2"].items()) == [("9", b"\0\xff|"), ("10", "ก".encode())]
    assert set(columns["1.3.6.1.2.1.4.20.1.1"].values()) == {"192.0.2.1", "192.0.2.2"}
    assert columns["1.3.6.1.2.1.2.2.1.3"] == {}
