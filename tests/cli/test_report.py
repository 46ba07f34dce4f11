"""`khaen report` as people type it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from controller.procurement.need_paper import read_need
from tests.journeys.office import Office

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office with one officer."""
    made = Office(tmp_path_factory.mktemp("office") / "work")
    made.init()
    made.khaen("account", "add", "officer1", signs="officer1")
    made.login("officer1")
    return made


def test_the_evaluation_is_shown_written_and_told_as_json(office: Office, tmp_path: Path) -> None:
    """The suffix says which format; nothing measured is said, and null."""
    told = office.khaen("--lang", "en", "report", "evaluation", "--year", "2569").out
    assert "not measured" in told
    assert "nothing was measured in this period" in told
    file = tmp_path / "evaluation.xlsx"
    written = office.khaen("report", "evaluation", "--year", "2569", "--json", "-o", str(file)).json
    assert file.read_bytes().startswith(b"PK")
    assert written["whole"]["availability"] is None
    wrong = str(tmp_path / "evaluation.txt")
    office.khaen("report", "evaluation", "-o", wrong, expect=2)
    office.khaen("report", "evaluation", "--year", "2026", expect=2)


def test_a_form_is_drafted_to_be_finished(office: Office, tmp_path: Path) -> None:
    """As YAML on standard output, or as a file."""
    drafted = office.khaen(
        "report", "form", "network_evaluation", "--site", "kkn-school-a", "--year", "2569"
    ).out
    assert "findings:" in drafted
    file = tmp_path / "form.pdf"
    office.khaen("report", "form", "evaluation_report", "--year", "2569", "-o", str(file))
    assert file.read_bytes().startswith(b"%PDF-")


def test_needs_are_shown_written_and_told_as_json(office: Office, tmp_path: Path) -> None:
    """Causes with commas or said again; the JSON is what a draft begins with."""
    asked = ("spec", "need", "--cause", "age,growth", "--years", "5", "--kind", "access-point")
    told = office.khaen("--lang", "en", *asked).out
    assert "access point: 5 (service life over 5)" in told
    file = tmp_path / "needs.xlsx"
    rooms = "kkn-school-a:access-point:2=rooms"
    found = office.khaen(*asked, "--ask", rooms, "--json", "-o", str(file)).json
    assert found["quantity"] == 7
    assert read_need(json.dumps(found)).items[0].quantity == 7
    assert file.read_bytes().startswith(b"PK")
