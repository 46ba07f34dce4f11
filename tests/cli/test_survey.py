"""`khaen survey` and `khaen notice` as people type them."""

from __future__ import annotations

from pathlib import Path

import pytest

from controller.processes.forms.catalogue import form
from controller.processes.forms.template import example_values, template
from tests.journeys.office import Office

FORM = "opinion_survey"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office with one officer."""
    made = Office(tmp_path_factory.mktemp("office") / "work")
    made.init()
    made.khaen("account", "add", "officer1", signs="officer1")
    made.login("officer1")
    return made


@pytest.mark.slow
def test_a_survey_from_opening_to_its_report(office: Office, tmp_path: Path) -> None:
    """Open, answer, mistakes by line, results, close, report."""
    opened = office.khaen("survey", "open", FORM, "--title", "ความพึงพอใจ", "--json").json
    number = opened["id"]
    answer = tmp_path / "answer.yaml"
    filled_in = template(form(FORM), example_values(form(FORM)))
    answer.write_text(filled_in, encoding="utf-8")
    office.khaen("survey", "answer", number, "--from", str(answer))
    rating = next(f.name for f in form(FORM).fields if f.type == "rating")
    line = next(n for n, t in enumerate(filled_in.splitlines(), 1) if t.startswith(f"{rating}:"))
    answer.write_text(filled_in.replace(f"{rating}: 4", f"{rating}: 9"), encoding="utf-8")
    wrong = office.khaen("survey", "answer", number, "--from", str(answer), expect=2)
    assert f"answer.yaml:{line}:" in wrong.err
    told = office.khaen("survey", "results", number).out
    assert "4.00" in told
    closed = office.khaen("survey", "close", number, "--json").json
    assert closed["answers"] == 1
    listed = office.khaen("survey", "list").out.rstrip("\n").split("\t")
    assert (listed[0], listed[2], listed[4]) == (number, "1", "ความพึงพอใจ")
    report = tmp_path / "report.pdf"
    office.khaen("survey", "results", number, "-o", str(report))
    assert report.read_bytes().startswith(b"%PDF-")
    assert office.khaen("survey", "results", number, "-o", "x.txt", expect=2).err
    late = office.khaen("survey", "answer", number, "--from", str(answer), expect=2)
    assert late.err
    answer.write_text(filled_in, encoding="utf-8")
    assert number in office.khaen("survey", "answer", number, "--from", str(answer), expect=3).err


def test_an_outbox_without_anything(office: Office) -> None:
    """Nothing to list, to send, to remind of."""
    for words in (("list",), ("send", "--now"), ("remind",)):
        assert office.khaen("notice", *words, "--json").json == []
