"""The papers of a case: their numbers, the same bytes for the same content, what is kept."""

from __future__ import annotations

import io
import zipfile

import pytest

from controller.documents.compose.look import Look
from controller.errors import NotAllowed, NotFound, Refused
from controller.operations import compose_paper as composing
from controller.operations.case_papers import as_submitted
from controller.operations.notify_case import notify_case
from controller.operations.print_document import Printed, possible, print_document
from controller.operations.revise_case import revise_case
from controller.processes.case import Case
from controller.processes.dossier import submitted
from tests.operations.moves import STUDY, Moves
from tests.operations.office import Desk

OTHER = STUDY.model_copy(update={"work": "กำหนดคุณลักษณะของเครื่องพิมพ์"})


@pytest.fixture
def moves(desk: Desk) -> Moves:
    return Moves(desk)


def _printed(desk: Desk, case: Case, paper: str = "memo", who: str = "engineer1") -> Printed:
    return print_document(desk.context, desk.person(who), case.number, paper)


def _words(printed: Printed) -> str:
    with zipfile.ZipFile(io.BytesIO(printed.files["docx"])) as packed:
        return packed.read("word/document.xml").decode()


def test_the_same_content_keeps_number_and_bytes(desk: Desk, moves: Moves) -> None:
    """On another day too; other content has the next number."""
    case = moves.before_the_director()
    first = _printed(desk, case)
    desk.clock.forward(days=3)
    again = _printed(desk, case, who="director")
    assert (again.number, again.files) == (first.number, first.files)
    assert first.number == "ศธ ๐๔๒๖๐/๑"
    assert len(desk.entries("print_document")) == 1
    revise_case(desk.context, desk.person("engineer1"), case.number, "แก้")
    moves.submitted(moves.studied(case, OTHER))
    other = _printed(desk, case)
    assert other.number == "ศธ ๐๔๒๖๐/๒"
    assert other.files["pdf"] != first.files["pdf"]
    numbers = [entry.content["number"] for entry in desk.entries("print_document")]
    assert numbers == [1, 2]


def test_numbers_begin_where_the_paper_register_stands(desk: Desk, moves: Moves) -> None:
    """Memos and notifications share the register of the office."""
    file = desk.context.root / "inventory" / "office.yaml"
    text = file.read_text(encoding="utf-8")
    begun = text.replace("numbering:\n", "numbering:\n  first: {memo: {2569: 41}}\n")
    file.write_text(begun, encoding="utf-8")
    moves.director_signs_in()
    case = moves.submitted(moves.studied(moves.appointed(moves.opened("2.7"))))
    moves.decided(case)
    to = ("โรงเรียนตัวอย่าง ก",)
    notify_case(desk.context, desk.person("engineer1"), case.number, to, "โทรศัพท์", "ทราบ")
    memo, told = _printed(desk, case), _printed(desk, case, "notification")
    assert (memo.number, told.number) == ("ศธ ๐๔๒๖๐/๔๑", "ศธ ๐๔๒๖๐/๔๒")
    assert _printed(desk, case, "order").number == "๑/๒๕๖๙"


def test_a_memo_that_was_decided_on_is_kept(
    desk: Desk, moves: Moves, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever this program would draw one day; before that it is drawn with the decision."""
    moves.director_signs_in()
    case = moves.before_the_director()
    before = _printed(desk, case)
    moves.decided(case)
    decided = _printed(desk, case)
    assert decided.number == before.number
    assert decided.files["pdf"] != before.files["pdf"]
    monkeypatch.setattr(composing, "look_of", lambda _: Look(thai_digits=False))
    assert _printed(desk, case).files["pdf"] == decided.files["pdf"]
    assert _printed(desk, case).files["docx"] != decided.files["docx"]


def test_a_memo_never_tells_what_was_not_submitted(desk: Desk, moves: Moves) -> None:
    """Of a case that was changed since there is the PDF that was kept, or none."""
    moves.director_signs_in()
    case = moves.before_the_director()
    number = _printed(desk, case).number
    revise_case(desk.context, desk.person("engineer1"), case.number, "แก้")
    assert "memo" in possible(desk.context, desk.person("engineer1"), case.number)
    moves.studied(case, OTHER)
    assert "memo" not in possible(desk.context, desk.person("engineer1"), case.number)
    with pytest.raises(Refused, match=case.number):
        _printed(desk, case)
    moves.decided(moves.submitted(case))
    kept = _printed(desk, case)
    assert OTHER.work in _words(kept)
    assert kept.number != number
    revise_case(desk.context, desk.person("engineer1"), case.number, "แก้อีก")
    moves.studied(case, STUDY)
    after = _printed(desk, case)
    assert after.files == {"pdf": kept.files["pdf"]}
    assert after.number == kept.number


@pytest.mark.parametrize(
    ("changed", "same"),
    [
        ({}, True),
        ({"study": OTHER}, False),
        ({"study": None}, False),
        ({"title": "อื่น"}, False),
        ({"group": None}, False),
        ({"plan": "a" * 64}, False),
    ],
)
def test_what_a_memo_tells_is_what_was_submitted(
    desk: Desk, changed: dict[str, object], same: bool
) -> None:
    """Whatever of its words came, went or changed since."""
    case = desk.case("2.2", 2, study=STUDY)
    put = submitted(case, 2, "engineer1", desk.clock())
    case = case.model_copy(update={"submissions": (put,)})
    assert as_submitted(case.model_copy(update=changed)) is same


def test_a_study_that_came_after_the_submission_is_not_told(desk: Desk) -> None:
    """Of a process that needs none."""
    case = desk.case("2.2", 2)
    put = submitted(case, 2, "engineer1", desk.clock())
    later = case.model_copy(update={"submissions": (put,), "study": STUDY})
    assert not as_submitted(later)


def test_papers_that_cannot_be_yet(desk: Desk, moves: Moves) -> None:
    """Say what comes first; a process without a working group never has an order."""
    case = moves.opened("2.7")
    engineer = desk.person("engineer1")
    assert possible(desk.context, engineer, case.number) == ("order", "evidence", "flow")
    for paper in ("memo", "notification", "evaluation"):
        with pytest.raises(NotFound) as caught:
            _printed(desk, case, paper)
        assert caught.value.hint is not None
        assert case.number in caught.value.hint.en
    yearly = moves.opened("3.5")
    assert possible(desk.context, engineer, yearly.number) == ("evidence", "flow")
    with pytest.raises(NotFound, match=r"3\.5 appoints no working group"):
        _printed(desk, yearly, "order")
    assert desk.entries("print_document") == []


def test_who_only_reads_takes_no_number(desk: Desk, moves: Moves) -> None:
    """An auditor prints what is issued already, and what has no number."""
    case = moves.before_the_director()
    auditor = desk.person("auditor1")
    assert possible(desk.context, auditor, case.number) == ("order", "evidence", "flow")
    with pytest.raises(NotAllowed):
        _printed(desk, case, who="auditor1")
    with pytest.raises(NotAllowed):
        _printed(desk, case, "flow", who="school1")
    first = _printed(desk, case)
    assert "memo" in possible(desk.context, auditor, case.number)
    assert _printed(desk, case, who="auditor1") == first
    assert {*_printed(desk, case, "flow", who="auditor1").files} == {"pdf", "docx", "svg"}
