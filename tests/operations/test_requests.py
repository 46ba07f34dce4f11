"""What schools asked for: each school sees its own, and how far it got."""

from __future__ import annotations

from pathlib import Path

import pytest

from controller.errors import NotFound
from controller.operations.attach_form import attach_form
from controller.operations.detach_paper import detach_paper
from controller.operations.fill_form import fill_form
from controller.operations.list_requests import list_requests
from controller.operations.show_form import list_forms, show_form
from tests.operations.office import Desk, example

REPAIR = "repair_request"
COLLEAGUE = """
  - username: school3
    title: ครูผู้สอน โรงเรียนตัวอย่าง ก
    roles: [school]
    site: kkn-school-a
"""


def with_a_colleague(desk: Desk) -> Desk:
    """The desk with a second person of the first school."""
    file = Path(desk.context.root / "inventory/office.yaml")
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("\n\n# คำสั่งรักษา", COLLEAGUE + "\n# คำสั่งรักษา"), encoding="utf-8")
    assert desk.context.office().person("school3")
    return desk


def test_a_school_sees_what_its_people_sent(desk: Desk) -> None:
    """And nothing of another school; the office sees what every school sent, and no more."""
    with_a_colleague(desk)
    own, colleague, other = (desk.person(f"school{n}") for n in (1, 3, 2))
    made = fill_form(desk.context, own, REPAIR, example(REPAIR))
    theirs = fill_form(desk.context, other, REPAIR, example(REPAIR))
    fill_form(desk.context, desk.person("engineer1"), REPAIR, example(REPAIR))
    for person in (own, colleague):
        assert [r.form.number for r in list_requests(desk.context, person)] == [made.number]
        assert [f.number for f in list_forms(desk.context, person)] == [made.number]
        assert show_form(desk.context, person, made.number) == made
        with pytest.raises(NotFound):
            show_form(desk.context, person, theirs.number)
    seen = list_requests(desk.context, desk.person("officer1"))
    assert {r.form.number for r in seen} == {made.number, theirs.number}


def test_how_far_a_request_got(desk: Desk) -> None:
    """Received, in hand at a step, received again when it was taken off, and the case's end."""
    school, officer = desk.person("school1"), desk.person("officer1")
    made = fill_form(desk.context, school, REPAIR, example(REPAIR))

    def told() -> tuple[str, str]:
        (request,) = list_requests(desk.context, school)
        return request.standing, request.state.en

    assert told() == ("received", "received, waiting for an officer")
    case = desk.case("2.3", 4)
    attach_form(desk.context, officer, made.number, case.number)
    standing, words = told()
    assert standing == "working"
    assert words.startswith("in hand, step 5/")
    assert case.number not in words
    detach_paper(desk.context, officer, case.number, made.number)
    assert told()[0] == "received"
    attach_form(desk.context, officer, made.number, case.number)
    from controller.store import cases

    for state, standing in (("closed", "done"), ("withdrawn", "withdrawn")):
        stored = desk.now(case)
        with desk.context.store.begin() as conn:
            after = stored.model_copy(
                update={"state": state, "events": (*stored.events, stored.events[-1])}
            )
            cases.save_case(conn, after, len(stored.events))
        assert told()[0] == standing
