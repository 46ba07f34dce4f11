"""Forms filled in, numbered, revised, attached, and who may see them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from controller.errors import InputError, NotAllowed, NotFound, Refused
from controller.operations.attach_form import attach_form
from controller.operations.fill_form import fill_form
from controller.operations.show_form import list_forms, show_form
from controller.processes.case import Event
from controller.processes.forms.catalogue import form
from tests.operations.office import Desk, example, typed_text

REPAIR = "repair_request"


def another(slug: str = REPAIR) -> dict[str, object]:
    """The example with one word changed."""
    values = dict(example(slug).values)
    field = next(f for f in form(slug).fields if f.type == "paragraph" and values.get(f.name))
    return values | {field.name: "แก้ไขใหม่"}


def test_a_form_is_numbered_and_kept(desk: Desk) -> None:
    """By form and Buddhist year; the paper shows number and year; the audit log its hash."""
    school = desk.person("school1")
    first = fill_form(desk.context, school, REPAIR, example(REPAIR))
    second = fill_form(desk.context, school, REPAIR, example(REPAIR))
    loan = fill_form(desk.context, school, "loan_request", example("loan_request"))
    assert [f.number for f in (first, second, loan)] == [
        "2569-repair_request-0001",
        "2569-repair_request-0002",
        "2569-loan_request-0001",
    ]
    assert (first.printed, first.on, first.by, first.revision) == (
        "1/2569",
        "2026-05-04",
        "school1",
        1,
    )
    assert first.sha256 == second.sha256
    assert show_form(desk.context, school, first.number) == first
    entries = desk.entries("fill_form")
    assert [e.subject for e in entries] == [first.number, second.number, loan.number]
    assert entries[0].content["sha256"] == first.sha256


def test_what_is_wrong_is_told_whole_and_takes_no_number(desk: Desk) -> None:
    """The next form that is right has number 1."""
    school = desk.person("school1")
    with pytest.raises(InputError) as caught:
        fill_form(desk.context, school, REPAIR, typed_text("site: โรงเรียนที่ไม่มี\nphone: abc\n"))
    lines = {problem.line for problem in caught.value.problems}
    assert {1, 2} <= lines
    assert len(caught.value.problems) > 2
    assert fill_form(desk.context, school, REPAIR, example(REPAIR)).number.endswith("-0001")
    with pytest.raises(NotFound):
        fill_form(desk.context, school, "repair_requst", example(REPAIR))


def test_forms_filled_at_once_have_no_gap(desk: Desk) -> None:
    """Each its own number."""
    school = desk.person("school1")
    with ThreadPoolExecutor(6) as pool:
        made = list(
            pool.map(lambda _: fill_form(desk.context, school, REPAIR, example(REPAIR)), range(12))
        )
    assert sorted(int(f.number[-4:]) for f in made) == list(range(1, 13))


def test_a_revision_keeps_the_number(desk: Desk) -> None:
    """The same content makes none; another kind of form cannot take its place."""
    officer = desk.person("officer1")
    first = fill_form(desk.context, desk.person("school1"), REPAIR, example(REPAIR))
    second = fill_form(desk.context, officer, REPAIR, another(), revises=first.number)
    assert (second.number, second.revision, second.by) == (first.number, 2, "officer1")
    again = fill_form(desk.context, officer, REPAIR, another(), revises=first.number)
    assert again == second
    assert show_form(desk.context, officer, first.number, 1) == first
    assert len(desk.entries("fill_form")) == 2
    loan = example("loan_request")
    with pytest.raises(InputError):
        fill_form(desk.context, officer, "loan_request", loan, revises=first.number)
    with pytest.raises(NotFound):
        fill_form(desk.context, officer, REPAIR, another(), revises="2569-repair_request-0009")


def test_people_of_schools_see_their_own(desk: Desk) -> None:
    """Another's form is not there for them; the office sees all."""
    school, officer = desk.person("school1"), desk.person("officer1")
    own = fill_form(desk.context, school, REPAIR, example(REPAIR))
    others = fill_form(desk.context, officer, REPAIR, another())
    assert [f.number for f in list_forms(desk.context, school)] == [own.number]
    assert len(list_forms(desk.context, desk.person("auditor1"))) == 2
    for number in (others.number, "2569-repair_request-0077"):
        with pytest.raises(NotFound):
            show_form(desk.context, school, number)
    with pytest.raises(NotFound):
        fill_form(desk.context, school, REPAIR, another(), revises=others.number)
    with pytest.raises(NotAllowed):
        fill_form(desk.context, desk.person("auditor1"), REPAIR, example(REPAIR))


def test_a_form_goes_to_its_case_in_the_same_moment(desk: Desk) -> None:
    """As a paper with the form's hash; a revision takes its place there."""
    case = desk.case("2.3", 1)
    engineer = desk.person("engineer1")
    first = fill_form(
        desk.context, engineer, "work_request", example("work_request"), case=case.number
    )
    (paper,) = desk.now(case).papers
    assert (paper.kind, paper.form, paper.number) == ("form", "work_request", first.number)
    assert (paper.sha256, paper.revision, paper.by) == (first.sha256, 1, "engineer1")
    assert desk.now(case).events[-1].what == "attached"
    assert desk.entries("fill_form")[0].subject == case.number
    second = fill_form(
        desk.context, engineer, "work_request", another("work_request"), revises=first.number
    )
    (paper,) = desk.now(case).papers
    assert (paper.sha256, paper.revision, second.case) == (second.sha256, 2, case.number)


def test_a_case_that_cannot_take_it_leaves_nothing_behind(desk: Desk) -> None:
    """No form, no number, no audit line; neither at the wrong step nor from outside the group."""
    before_director = desk.case("2.3", 2)
    wrong_form = desk.case("2.3", 1)
    closed = desk.case("2.3", 1, state="closed")
    engineer, deputy = desk.person("engineer1"), desk.person("deputy")
    for who, slug, number, error in (
        (engineer, "work_request", before_director.number, Refused),
        (engineer, "loan_request", wrong_form.number, Refused),
        (engineer, "work_request", closed.number, Refused),
        (deputy, "work_request", wrong_form.number, NotAllowed),
        (engineer, "work_request", "2569-2.3-0099", NotFound),
    ):
        with pytest.raises(error):
            fill_form(desk.context, who, slug, example(slug), case=number)
    assert list_forms(desk.context, engineer) == ()
    assert desk.entries("fill_form") == []
    made = fill_form(desk.context, engineer, "work_request", example("work_request"))
    assert made.number.endswith("-0001")


def test_a_revision_of_what_was_approved_is_refused(desk: Desk) -> None:
    """The form stays as it was when the director read it."""
    case = desk.case("2.3", 1)
    engineer = desk.person("engineer1")
    first = fill_form(
        desk.context, engineer, "work_request", example("work_request"), case=case.number
    )
    from controller.store import cases

    stored = desk.now(case)
    event = Event(at=desk.clock(), actor="director", step=2, what="approved")
    moved = stored.model_copy(update={"step": 3, "events": (*stored.events, event)})
    with desk.context.store.begin() as conn:
        cases.save_case(conn, moved, len(stored.events))
    with pytest.raises(Refused):
        fill_form(
            desk.context, engineer, "work_request", another("work_request"), revises=first.number
        )
    assert show_form(desk.context, engineer, first.number) == first


def test_a_survey_goes_to_a_case_by_its_results(desk: Desk) -> None:
    """One person's answers are no results."""
    case = desk.case("3.7", 4)
    officer = desk.person("officer1")
    with pytest.raises(Refused, match="answered by many"):
        fill_form(
            desk.context, officer, "questionnaire", example("questionnaire"), case=case.number
        )


def test_a_school_s_form_is_attached_later(desk: Desk) -> None:
    """By the officer; to one case at a time."""
    officer = desk.person("officer1")
    filled = fill_form(desk.context, desk.person("school1"), REPAIR, example(REPAIR))
    case = desk.case("2.3", 4)
    elsewhere = desk.case("2.3", 4)
    moved = attach_form(desk.context, officer, filled.number, case.number)
    assert [p.number for p in moved.papers] == [filled.number]
    assert show_form(desk.context, officer, filled.number).case == case.number
    assert [f.number for f in list_forms(desk.context, officer, case=case.number)] == [
        filled.number
    ]
    with pytest.raises(Refused, match=case.number):
        attach_form(desk.context, officer, filled.number, elsewhere.number)
    with pytest.raises(Refused):
        attach_form(desk.context, officer, filled.number, case.number)
    with pytest.raises(Refused, match=case.number):
        fill_form(
            desk.context, officer, REPAIR, another(), case=elsewhere.number, revises=filled.number
        )
    with pytest.raises(NotAllowed):
        attach_form(desk.context, desk.person("school1"), filled.number, case.number)


def test_a_form_that_was_taken_off_stays_off_when_revised(desk: Desk) -> None:
    """Until it is attached again."""
    from controller.operations.detach_paper import detach_paper

    case = desk.case("2.3", 4)
    officer = desk.person("officer1")
    filled = fill_form(desk.context, officer, REPAIR, example(REPAIR), case=case.number)
    detach_paper(desk.context, officer, case.number, filled.number)
    fill_form(desk.context, officer, REPAIR, another(), revises=filled.number)
    assert desk.now(case).papers == ()
    moved = attach_form(desk.context, officer, filled.number, case.number)
    assert [(p.number, p.revision) for p in moved.papers] == [(filled.number, 2)]
    other = desk.case("2.3", 4)
    detach_paper(desk.context, officer, case.number, filled.number)
    assert attach_form(desk.context, officer, filled.number, other.number).papers
