"""Surveys opened, answered, closed, and their results in a case."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from controller.errors import InputError, NotAllowed, NotFound, Refused, StoreError
from controller.operations.answer_survey import answer_survey
from controller.operations.close_survey import close_survey
from controller.operations.open_survey import open_survey
from controller.operations.show_survey import list_surveys, show_survey
from controller.processes.forms.catalogue import form
from controller.processes.forms.template import example_values, template
from controller.workspace.typed_files import typed_answers
from tests.operations.office import Desk, example
from tests.store.databases import database_in
from tests.store.intruder import Intruder

OPINION = "opinion_survey"
RATINGS = [f.name for f in form(OPINION).fields if f.type == "rating"]


def test_a_survey_is_answered_and_closed(desk: Desk) -> None:
    """Anybody of the office or a school answers; the results stay as they were."""
    officer, school = desk.person("officer1"), desk.person("school1")
    opened = open_survey(desk.context, officer, OPINION, "ความพึงพอใจ")
    assert (opened.id, opened.title, opened.given) == ("2569-opinion_survey-0001", "ความพึงพอใจ", 0)
    answer_survey(desk.context, school, opened.id, [example(OPINION)])
    told = answer_survey(desk.context, officer, opened.id, [example(OPINION)] * 3)
    assert told.given == 4
    before = show_survey(desk.context, officer, opened.id).results
    assert before.answers == 4
    assert close_survey(desk.context, officer, opened.id) == before
    assert show_survey(desk.context, desk.person("auditor1"), opened.id).results == before
    with pytest.raises(Refused, match=opened.id):
        answer_survey(desk.context, school, opened.id, [example(OPINION)])
    with pytest.raises(Refused, match=opened.id):
        close_survey(desk.context, officer, opened.id)
    assert [s.state for s in list_surveys(desk.context, school)] == ["closed"]
    second = open_survey(desk.context, officer, OPINION, "")
    assert (second.id[-4:], second.title) == ("0002", form(OPINION).th)


def test_the_results_go_to_the_case(desk: Desk) -> None:
    """As a paper with their hash, when the survey is closed, and once."""
    case = desk.case("2.1", 4)
    officer = desk.person("officer1")
    opened = open_survey(desk.context, officer, OPINION, "ความพึงพอใจ", case.number)
    answer_survey(desk.context, officer, opened.id, [example(OPINION)])
    assert desk.now(case).papers == ()
    with pytest.raises(NotAllowed):
        close_survey(desk.context, desk.person("deputy"), opened.id)
    assert show_survey(desk.context, officer, opened.id).survey.state == "open"
    close_survey(desk.context, officer, opened.id)
    (paper,) = desk.now(case).papers
    kept = show_survey(desk.context, officer, opened.id).survey
    assert (paper.kind, paper.form, paper.number) == ("survey", OPINION, opened.id)
    assert (paper.title, paper.sha256) == ("ความพึงพอใจ", kept.sha256)
    subjects = [desk.entries(a)[0].subject for a in ("open_survey", "close_survey")]
    assert subjects == [case.number, case.number]
    assert [s.id for s in list_surveys(desk.context, officer, case.number)] == [opened.id]


def test_nothing_leads_from_an_answer_to_a_person(desk: Desk) -> None:
    """The log knows who handed in how many, the answers know nobody and no hour."""
    officer, school = desk.person("officer1"), desk.person("school1")
    opened = open_survey(desk.context, officer, OPINION, "")
    answer_survey(desk.context, school, opened.id, [example(OPINION)])
    (entry,) = desk.entries("answer_survey")
    assert (entry.actor, entry.content) == ("school1", {"answers": 1})
    database = Intruder(database_in(desk.context.folder))
    ((survey, name, content, day),) = database.run("SELECT * FROM answers")
    assert (survey, day) == (opened.id, "2026-05-04")
    assert "school1" not in content + name
    assert name not in json.dumps(entry.content)


def test_every_problem_of_every_answer_is_told(desk: Desk, tmp_path: Path) -> None:
    """With its line; and not one answer is stored."""
    officer = desk.person("officer1")
    opened = open_survey(desk.context, officer, OPINION, "")
    good = template(form(OPINION), example_values(form(OPINION)))
    answers = tmp_path / "answers.yaml"
    lines = [line for line in good.splitlines() if line.strip() and not line.startswith("#")]
    listed = ["- " + lines[0], *("  " + line for line in lines[1:])]
    wrong = [line.replace(f"{RATINGS[0]}: 4", f"{RATINGS[0]}: 6") for line in listed]
    needed = next(f.name for f in form(OPINION).fields if f.required)
    missing = [line for line in lines if not line.startswith(f"{needed}:")]
    missing = ["- " + missing[0], *("  " + line for line in missing[1:])]
    answers.write_text("\n".join([*listed, *wrong, *missing]), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        answer_survey(desk.context, officer, opened.id, typed_answers(str(answers)))
    told = sorted((p.line, p.path) for p in caught.value.problems)
    first_wrong = len(listed) + 1 + next(i for i, line in enumerate(wrong) if ": 6" in line)
    assert told == [(first_wrong, str(answers)), (2 * len(listed) + 1, str(answers))]
    assert show_survey(desk.context, officer, opened.id).survey.given == 0


def test_a_sheet_has_an_answer_in_each_row(desk: Desk, tmp_path: Path) -> None:
    """The names of the fields on top; a wrong cell is named by its line."""
    officer = desk.person("officer1")
    opened = open_survey(desk.context, officer, OPINION, "")
    values = {k: v for k, v in example_values(form(OPINION)).items() if not isinstance(v, list)}
    sheet = tmp_path / "answers.csv"

    def write(rating: str) -> None:
        names = ",".join(values)
        rows = [
            ",".join(f'"{v}"' for v in (values | {RATINGS[0]: r}).values()) for r in ("5", rating)
        ]
        sheet.write_text("\ufeff" + "\r\n".join([names, *rows, ",".join("" for _ in values)]))

    write("๙")
    with pytest.raises(InputError) as caught:
        answer_survey(desk.context, officer, opened.id, typed_answers(str(sheet)))
    column = list(values).index(RATINGS[0]) + 1
    assert [(p.line, p.column) for p in caught.value.problems] == [(3, column)]
    write("๓")
    assert answer_survey(desk.context, officer, opened.id, typed_answers(str(sheet))).given == 2
    first = show_survey(desk.context, officer, opened.id).results.ratings[0]
    assert first.counts == (0, 0, 1, 0, 1)


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        ("", [0]),
        ("a,,a\n1,2,3\n", [1, 1]),
        ("a,b\n1\n1,2\n1,2,3\n", [2, 4]),
        ('a,b\n1,"x\n', [2]),
    ],
)
def test_a_sheet_that_does_not_fit_its_top_is_told(
    tmp_path: Path, content: str, lines: list[int]
) -> None:
    """Row by row."""
    sheet = tmp_path / "answers.csv"
    sheet.write_text(content)
    with pytest.raises(InputError) as caught:
        typed_answers(str(sheet))
    assert [p.line for p in caught.value.problems] == lines


def test_what_cannot_be_a_survey_is_refused(desk: Desk) -> None:
    """A form filled once, an unknown one, a case that ended, no answers at all."""
    officer = desk.person("officer1")
    with pytest.raises(InputError, match="repair_request"):
        open_survey(desk.context, officer, "repair_request", "")
    with pytest.raises(NotFound):
        open_survey(desk.context, officer, "opinion", "")
    with pytest.raises(NotFound):
        open_survey(desk.context, officer, OPINION, "", "2569-2.1-0009")
    closed = desk.case("2.1", 4, state="closed")
    with pytest.raises(Refused):
        open_survey(desk.context, officer, OPINION, "", closed.number)
    with pytest.raises(NotAllowed):
        open_survey(desk.context, desk.person("school1"), OPINION, "")
    opened = open_survey(desk.context, officer, OPINION, "")
    assert opened.id.endswith("-0001")
    with pytest.raises(Refused, match="nobody"):
        close_survey(desk.context, officer, opened.id)
    with pytest.raises(InputError, match="no answer"):
        answer_survey(desk.context, officer, opened.id, [])


def test_results_that_were_edited_are_told(desk: Desk) -> None:
    """They have the hash of the day they were closed."""
    officer = desk.person("officer1")
    opened = open_survey(desk.context, officer, OPINION, "")
    answer_survey(desk.context, officer, opened.id, [example(OPINION)])
    close_survey(desk.context, officer, opened.id)
    database = Intruder(database_in(desk.context.folder))
    database.run("UPDATE surveys SET results = replace(results, '4.00', '5.00')")
    with pytest.raises(StoreError, match=opened.id):
        show_survey(desk.context, officer, opened.id)
