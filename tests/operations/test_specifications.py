"""A specification in its case: written, linted when it is put forward, shown with its changes."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from controller.errors import InputError, NotAllowed, NotFound, Outdated, Refused
from controller.operations.draft_specification import draft_specification, draft_text, read_draft
from controller.operations.lint_specification import lint_specification
from controller.operations.revise_case import revise_case
from controller.operations.show_form import show_form
from controller.operations.show_specification import compare_specification, show_specification
from controller.operations.write_specification import write_specification
from controller.processes.case import Case
from controller.procurement.drafting import Wanted
from controller.specs.specification import Specification
from tests.operations.moves import Moves
from tests.operations.office import Desk

WHAT = "access-point-2"


@pytest.fixture
def moves(desk: Desk) -> Moves:
    """The walk of a case, with a director who can decide."""
    made = Moves(desk)
    made.director_signs_in()
    return made


def drafted(desk: Desk, quantity: int = 2) -> Specification:
    """A draft of access points, every warning of it explained."""
    office = (desk.context, desk.person("engineer1"))
    whole = draft_specification(
        *office, [Wanted(WHAT, quantity)], need="สัญญาณไม่ครอบคลุม", fund="งบดำเนินงาน"
    )
    warnings = {
        r.key: "ตรวจสอบแล้ว" for r in lint_specification(*office, whole) if r.severity == "warning"
    }
    return whole.model_copy(update={"accepted": warnings})


def changed(whole: Specification, **fields: object) -> Specification:
    """The same with other fields."""
    return Specification.model_validate({**whole.model_dump(), **fields})


def at_plan(moves: Moves) -> Case:
    """A procurement whose group lays down the specification."""
    return moves.studied(moves.appointed(moves.opened("2.4", "จัดซื้อ")))


def written(moves: Moves, number: str, whole: Specification) -> Case:
    """The case with this specification, written by engineer1."""
    desk = moves.desk
    return write_specification(desk.context, desk.person("engineer1"), number, whole)


def test_writing_keeps_the_paper_and_fills_its_form(moves: Moves) -> None:
    desk, whole = moves.desk, drafted(moves.desk)
    case = written(moves, at_plan(moves).number, whole)
    assert {paper.kind: paper.sha256 for paper in case.papers}["specification"] == whole.sha256
    (form,) = [paper for paper in case.papers if paper.form == "spec_definition"]
    values = show_form(desk.context, desk.person("engineer1"), form.number).values
    assert values["price_source"] == "mdes"
    assert values["items"][0]["quantity"] == "2"  # type: ignore[index]
    assert values["chair"] == desk.context.office().person("officer1").title  # type: ignore[union-attr]
    again = written(moves, case.number, changed(whole, budget=50_000))
    assert [paper.revision for paper in again.papers] == [2, 2]
    with pytest.raises(Refused):
        written(moves, case.number, changed(whole, budget=50_000))


def test_it_belongs_to_the_plan_step_of_a_procurement(moves: Moves) -> None:
    whole = drafted(moves.desk)
    with pytest.raises(InputError):
        written(moves, moves.studied(moves.appointed(moves.opened("3.3"))).number, whole)
    with pytest.raises(Refused):
        written(moves, moves.opened("2.4", "จัดซื้อ").number, whole)
    with pytest.raises(NotFound):
        written(moves, "2569-2.4-9999", whole)
    case, context = at_plan(moves), moves.desk.context
    with pytest.raises(NotAllowed):
        write_specification(context, moves.desk.person("auditor1"), case.number, whole)
    seen = replace(context, seen=("1",))
    with pytest.raises(Outdated):
        write_specification(seen, moves.desk.person("engineer1"), case.number, whole)


def test_errors_and_unexplained_warnings_are_not_put_to_the_director(moves: Moves) -> None:
    whole = drafted(moves.desk)
    case = written(moves, at_plan(moves).number, changed(whole, budget=1))
    with pytest.raises(Refused, match="over-budget:budget"):
        moves.submitted(case)
    written(moves, case.number, changed(whole, accepted={}))
    with pytest.raises(Refused, match=f"few-models:{WHAT}"):
        moves.submitted(case)
    written(moves, case.number, whole)
    assert moves.submitted(case).step == case.step + 1


def test_what_was_approved_is_shown_beside_what_is_proposed(moves: Moves) -> None:
    desk, whole = moves.desk, drafted(moves.desk)
    engineer = desk.person("engineer1")
    case = written(moves, at_plan(moves).number, whole)
    moves.submitted(case)
    moves.decided(case)
    assert show_specification(desk.context, engineer, case.number).approved is None
    with pytest.raises(Refused):
        written(moves, case.number, changed(whole, budget=99_000))
    revise_case(desk.context, engineer, case.number, "วงเงินเพิ่ม")
    written(moves, case.number, changed(whole, budget=99_000))
    view = show_specification(desk.context, engineer, case.number)
    assert view.approved == whole
    assert [(d.about, d.before, d.after) for d in view.changed] == [("budget", "44,000", "99,000")]


def test_a_case_without_one_says_how_to_make_it(moves: Moves) -> None:
    with pytest.raises(NotFound, match="no specification"):
        show_specification(moves.desk.context, moves.desk.person("director"), at_plan(moves).number)


def test_a_file_reads_back_and_is_compared(moves: Moves) -> None:
    desk, whole = moves.desk, drafted(moves.desk)
    office = (desk.context, desk.person("officer1"))
    text = draft_text(*office, whole)
    assert read_draft(*office, "spec.yaml", text.encode()) == whole
    case = written(moves, at_plan(moves).number, whole)
    other = changed(whole, fund="งบอื่น")
    (difference,) = compare_specification(*office, case.number, other)
    assert (difference.about, difference.after) == ("fund", "งบอื่น")


def test_who_may_not_write_may_not_draft(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        draft_specification(desk.context, desk.person("director"), [Wanted(WHAT, 1)], need="x")
    assert drafted(desk).budget == Decimal(44_000)
