"""`khaen form` as people type it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from controller.app import open_app
from controller.processes.case import Case
from controller.store import cases
from controller.thai import bangkok_date, buddhist_year
from tests.journeys.office import Office
from tests.operations.office import GROUP

FORM = "repair_request"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office with an officer and a school, and a case of 2.3 at its execute step."""
    made = Office(tmp_path_factory.mktemp("office") / "work")
    made.init()
    made.khaen("account", "add", "admin", signs="admin")
    made.login("admin")
    for name in ("officer1", "school1"):
        made.khaen("account", "add", name, signs=name)
    return made


@pytest.fixture(scope="module")
def case(office: Office) -> str:
    with open_app(office.root) as context, context.store.begin() as conn:
        at = context.clock()
        number = f"{buddhist_year(bangkok_date(at))}-2.3-0001"
        made = Case(
            number=number,
            process="2.3",
            title="ซ่อมสวิตช์",
            state="open",
            step=4,
            plan=None,
            proposer="engineer1",
            opened=at,
            group=GROUP,
        )
        cases.insert_case(conn, made)
    return number


def test_a_school_fills_a_form_and_the_officer_attaches_it(
    office: Office, case: str, tmp_path: Path
) -> None:
    """Template, mistakes told by line, form, list, paper, case."""
    file = tmp_path / "repair.yaml"
    empty = office.khaen("form", "template", FORM).out
    file.write_text(empty, encoding="utf-8")
    office.login("school1")
    wrong = office.khaen("form", "fill", FORM, "--from", str(file), expect=2)
    assert "repair.yaml" in wrong.err
    filled_in = _filled_in(FORM)
    file.write_text(filled_in.replace("phone: ", "phone: โทร "), encoding="utf-8")
    line = next(n for n, text in enumerate(filled_in.splitlines(), 1) if text.startswith("phone"))
    wrong = office.khaen("form", "fill", FORM, "--from", str(file), expect=2)
    assert f"repair.yaml:{line}:" in wrong.err
    file.write_text(filled_in, encoding="utf-8")
    kept = office.khaen("form", "fill", FORM, "--from", str(file), "--json").json
    assert kept["number"].endswith("-repair_request-0001")
    assert kept["by"] == "school1"
    listed = office.khaen("form", "list").out.split("\t")
    assert listed[:2] == [kept["number"], FORM]
    shown = office.khaen("form", "show", kept["number"]).out
    assert kept["sha256"] in shown
    assert "043000201" in shown.replace(" ", "")
    again = office.khaen("form", "template", FORM, "--from", kept["number"]).out
    assert again == filled_in
    assert office.khaen("form", "attach", kept["number"], "--case", case, expect=3).err
    office.login("officer1")
    moved = office.khaen("form", "attach", kept["number"], "--case", case, "--json").json
    assert [paper["number"] for paper in moved["papers"]] == [kept["number"]]


def test_forms_are_drawn_empty_and_filled(office: Office, tmp_path: Path) -> None:
    """As PDF, Word and Excel; the same form is the same bytes; the end of the name decides."""
    office.login("officer1")
    file = tmp_path / "supply.yaml"
    file.write_text(_filled_in("supply_request"), encoding="utf-8")
    kept = office.khaen("form", "fill", "supply_request", "--from", str(file), "--json").json
    blank, filled, again = (tmp_path / f"{name}.pdf" for name in ("blank", "filled", "again"))
    office.khaen("form", "export", "supply_request", "-o", str(blank))
    for target in (filled, again):
        office.khaen("form", "export", kept["number"], "-o", str(target))
    assert blank.read_bytes().startswith(b"%PDF-")
    assert filled.read_bytes() == again.read_bytes() != blank.read_bytes()
    word, sheet = tmp_path / "filled.docx", tmp_path / "papers" / "filled.xlsx"
    office.khaen("form", "export", kept["number"], "-o", str(word))
    with zipfile.ZipFile(io.BytesIO(word.read_bytes())) as packed:
        assert "word/document.xml" in packed.namelist()
    office.khaen("form", "export", kept["number"], "-o", str(sheet))
    assert load_workbook(sheet).sheetnames
    wrong = office.khaen("form", "export", kept["number"], "-o", "paper.odt", expect=2)
    assert ".docx" in wrong.err


def _filled_in(slug: str) -> str:
    from controller.processes.forms.catalogue import form
    from controller.processes.forms.template import example_values, template

    return template(form(slug), example_values(form(slug), {"requester"}))
