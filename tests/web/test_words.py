"""Names of files in headers, hints on pages, answers as somebody types them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from controller.errors import InputError, Text
from controller.web.download import disposition, media_of
from controller.web.hints import PLACES, on_page
from controller.web.parts.asking import Kind, Question, _answer
from tests.rules.test_documented import COMMANDS


@pytest.mark.parametrize(
    ("name", "ascii_name"),
    [
        ("plan.pdf", "plan.pdf"),
        ("ผังเครือข่าย.pdf", "file.pdf"),
        ('a"; filename="b.exe', "a__ filename__b.exe"),
        ("a\r\nset-cookie: x.txt", "a__set-cookie_ x.txt"),
        ("../../etc/passwd", "passwd"),
        (".htaccess", "htaccess"),
    ],
)
def test_a_name_cannot_leave_its_header(name: str, ascii_name: str) -> None:
    told = disposition(name)
    assert told.startswith(f'attachment; filename="{ascii_name}"; filename*=UTF-8')
    assert not {*told} & {"\r", "\n"}
    assert told.count('"') == 2
    told.encode("ascii")


def test_only_known_types_are_named() -> None:
    assert media_of("a.PDF") == "application/pdf"
    assert {media_of(n) for n in ("a.html", "a.svg", "a", "a.js")} == {"application/octet-stream"}


def test_every_command_that_has_a_place_is_one() -> None:
    assert {("khaen", *words.split()) for words in PLACES} <= COMMANDS


@pytest.mark.parametrize(
    ("hint", "shown"),
    [
        ("read it again: `khaen case show 2569-2.3-0001`", "read it again: “the page of the case”"),
        ("see khaen case list", "see “the page Cases”"),
        ("go on: khaen case show 2569-2.1-0001, then", "go on: “the page of the case”, then"),
        ("run khaen audit-log verify, then", "run khaen audit-log verify, then"),
        ("`khaen form fill spec_definition --case X`", "“fill the form in”"),
    ],
)
def test_a_hint_names_the_button_and_not_the_command(hint: str, shown: str) -> None:
    assert on_page(hint, "en") == shown


def answer(kind: Kind, typed: object) -> object:
    """What an answer is read as."""
    return _answer(Question("q", Text(th="ช่อง", en="field"), kind), SimpleNamespace(value=typed))


def test_days_and_figures_are_read_as_people_write_them() -> None:
    for typed in ("22 พ.ย. 2569", "๒๒ พฤศจิกายน ๒๕๖๙", "2026-11-22", " 2026-11-22 "):
        assert answer("day", typed) == date(2026, 11, 22)
    assert answer("number", "๑๒๕,๐๐๐.๕๐") == Decimal("125000.50")
    assert answer("day", " ") is None
    assert answer("number", "") is None
    for kind, typed in (("day", "22/11/69"), ("day", "2569-11-22"), ("number", "many")):
        with pytest.raises(InputError) as wrong:
            answer(kind, typed)  # type: ignore[arg-type]
        assert wrong.value.message.en.startswith("field: ")
