"""Papers drawn of forms and surveys, and files taken out again."""

from __future__ import annotations

from pathlib import Path

import pytest

from controller.errors import InputError, NotFound, StoreError
from controller.operations.answer_survey import answer_survey
from controller.operations.attach_file import attach_file
from controller.operations.close_survey import close_survey
from controller.operations.export_form import export_form
from controller.operations.export_survey import export_survey
from controller.operations.fetch_file import fetch_file
from controller.operations.fill_form import fill_form
from controller.operations.open_survey import open_survey
from tests.operations.office import Desk, example

FILES = {"pdf": b"%PDF-", "docx": b"PK\x03\x04", "xlsx": b"PK\x03\x04"}


@pytest.mark.parametrize("slug", ["repair_request", "user_card", "opinion_survey"])
def test_every_kind_of_form_is_drawn(desk: Desk, slug: str) -> None:
    """A record, a card, a survey: empty on the day it is drawn, filled on the day it was filled."""
    officer = desk.person("officer1")
    filled = fill_form(desk.context, officer, slug, example(slug))
    before = {w: export_form(desk.context, officer, w, "pdf") for w in (slug, filled.number)}
    assert all(pdf.startswith(FILES["pdf"]) for pdf in before.values())
    assert export_form(desk.context, officer, filled.number, "docx").startswith(FILES["docx"])
    desk.clock.forward(days=400)
    assert export_form(desk.context, officer, filled.number, "pdf") == before[filled.number]
    assert export_form(desk.context, officer, slug, "pdf") != before[slug]


def test_tables_are_drawn_as_sheets(desk: Desk) -> None:
    """A form without one says so."""
    officer = desk.person("officer1")
    sheets = export_form(desk.context, officer, "supply_request", "xlsx")
    assert sheets.startswith(FILES["xlsx"])
    with pytest.raises(InputError):
        export_form(desk.context, officer, "user_card", "xlsx")


def test_people_of_schools_draw_their_own(desk: Desk) -> None:
    """And every empty form."""
    school, officer = desk.person("school1"), desk.person("officer1")
    others = fill_form(desk.context, officer, "loan_request", example("loan_request"))
    with pytest.raises(NotFound):
        export_form(desk.context, school, others.number, "pdf")
    assert export_form(desk.context, school, "loan_request", "pdf").startswith(FILES["pdf"])


def test_the_report_of_a_closed_survey_stays_as_it_is(desk: Desk) -> None:
    """It bears the day it was closed."""
    officer = desk.person("officer1")
    opened = open_survey(desk.context, officer, "opinion_survey", "ความพึงพอใจ")
    answer_survey(desk.context, officer, opened.id, [example("opinion_survey")])
    close_survey(desk.context, officer, opened.id)
    report = export_survey(desk.context, officer, opened.id, "pdf")
    desk.clock.forward(days=400)
    assert export_survey(desk.context, officer, opened.id, "pdf") == report
    assert export_survey(desk.context, officer, opened.id, "docx").startswith(FILES["docx"])


def test_a_file_comes_out_as_it_went_in(desk: Desk, tmp_path: Path) -> None:
    """Or not at all."""
    case, engineer = desk.case("2.3", 4), desk.person("engineer1")
    file = tmp_path / "ผล.bin"
    file.write_bytes(b"\x00\xff\n")
    (paper,) = attach_file(desk.context, engineer, case.number, file).papers
    assert fetch_file(desk.context, desk.person("auditor1"), case.number, "ผล.bin") == b"\x00\xff\n"
    with pytest.raises(NotFound) as caught:
        fetch_file(desk.context, engineer, case.number, "ผล.bn")
    assert caught.value.hint
    assert "ผล.bin" in caught.value.hint.en
    kept = desk.context.folder / "files" / paper.sha256[:2] / paper.sha256
    kept.write_bytes(b"other")
    with pytest.raises(StoreError):
        fetch_file(desk.context, engineer, case.number, "ผล.bin")
