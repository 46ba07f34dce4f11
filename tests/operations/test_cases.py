"""Cases opened, appointed, recorded, evaluated, withdrawn: numbers, audit lines, who was first."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal
from threading import Barrier
from typing import Any

import pytest

from controller.errors import InputError, NotAllowed, Refused
from controller.operations.appoint_group import Appointment
from controller.operations.attach_file import attach_file
from controller.operations.detach_paper import detach_paper
from controller.operations.evaluate_case import evaluate_case
from controller.operations.notify_case import notify_case
from controller.operations.record_case import record_case
from controller.operations.revise_case import revise_case
from controller.operations.show_case import list_cases, show_case
from controller.operations.show_progress import show_progress
from controller.operations.study_case import study_case
from controller.operations.verify_audit_log import verify_audit_log
from controller.operations.withdraw_case import withdraw_case
from controller.processes.case import Result
from controller.processes.dossier import changes
from controller.store import cases
from tests.operations.moves import GROUP, STUDY, Moves
from tests.operations.office import Desk

NUMBERING = "numbering:\n  prefix: ศธ ๐๔๒๖๐\n"


@pytest.fixture
def moves(desk: Desk) -> Moves:
    return Moves(desk)


def _begun_on_paper(desk: Desk) -> None:
    """The registers of 2569 began on paper: orders to 111, memos to 40."""
    file = desk.context.root / "inventory" / "office.yaml"
    text = file.read_text(encoding="utf-8")
    assert NUMBERING in text
    first = "  first:\n    order: {2569: 112}\n    memo: {2569: 41}\n"
    file.write_text(text.replace(NUMBERING, NUMBERING + first), encoding="utf-8")


def test_orders_take_the_next_number(desk: Desk, moves: Moves) -> None:
    """From the first one of the office file; another order's own number takes none."""
    _begun_on_paper(desk)
    own = Appointment("officer1", "engineer2", order="๗/๒๕๖๘", dated=date(2025, 12, 1))
    orders = [moves.appointed(moves.opened("2.4"), wanted).group for wanted in (GROUP, own, GROUP)]
    assert [(g.order, g.dated) for g in orders if g] == [
        ("๑๑๒/๒๕๖๙", date(2026, 5, 4)),
        ("๗/๒๕๖๘", date(2025, 12, 1)),
        ("๑๑๓/๒๕๖๙", date(2026, 5, 4)),
    ]


def test_an_order_that_is_refused_gives_its_number_back(desk: Desk, moves: Moves) -> None:
    """Nothing of it is kept; the next one has no gap. A new number is dated today."""
    case = moves.opened("2.4")
    wrong = Appointment(chair="officer9", secretary="engineer2")
    late = Appointment("officer1", "engineer2", dated=date(2026, 4, 1))
    for wanted in (wrong, late):
        with pytest.raises(InputError):
            moves.appointed(case, wanted)
    assert desk.now(case) == case
    assert desk.entries("appoint_group") == []
    after = moves.appointed(case).group
    assert after is not None
    assert after.order == "๑/๒๕๖๙"


def test_one_case_of_a_yearly_process(desk: Desk, moves: Moves) -> None:
    """In each fiscal year; one that was withdrawn does not count."""
    first = moves.opened("3.5")
    with pytest.raises(Refused, match=first.number):
        moves.opened("3.5")
    withdraw_case(desk.context, desk.person("engineer1"), first.number, "เปิดผิด")
    second = moves.opened("3.5")
    assert second.number == "2569-3.5-0002"
    desk.clock.forward(days=150)  # past 1 October
    assert moves.opened("3.5").number == "2569-3.5-0003"


def test_a_withdrawn_case_frees_its_devices(desk: Desk) -> None:
    """Only by its proposer, and the case stays as it was for everybody else."""
    case = desk.case("2.3", 1)
    with desk.context.store.begin() as conn:
        assert cases.reserve(conn, case.number, ["kkn-a-sw01"]) == {}
    with pytest.raises(NotAllowed):
        withdraw_case(desk.context, desk.person("engineer2"), case.number, "ไม่ทำแล้ว")
    with desk.context.store.read() as conn:
        assert cases.reserved_for(conn, case.number) == ("kkn-a-sw01",)
    after = withdraw_case(desk.context, desk.person("engineer1"), case.number, "ไม่ทำแล้ว")
    assert (after.state, after.events[-1].note) == ("withdrawn", "ไม่ทำแล้ว")
    with desk.context.store.read() as conn:
        assert cases.reserved_for(conn, case.number) == ()


def test_a_revision_voids_and_the_next_submission_shows_changes(desk: Desk, moves: Moves) -> None:
    """What was approved is approved no more; the director is shown what is different."""
    moves.director_signs_in()
    case = moves.decided(moves.before_the_director())
    assert case.step == 3
    back = revise_case(desk.context, desk.person("engineer2"), case.number, "ราคาเปลี่ยน")
    assert (back.step, back.events[-1].what) == (1, "revised")
    other = STUDY.model_copy(update={"budget": Decimal(125_000)})
    again = moves.submitted(moves.studied(case, other))
    assert again.step == 2
    told = changes(*again.submissions[-2:])
    assert [(c.key, c.what) for c in told] == [("study", "changed")]
    with pytest.raises(Refused):
        record_case(
            desk.context, desk.person("engineer1"), case.number, "work",
            on=date(2026, 5, 4), text="ทำไปก่อน",
        )  # fmt: skip


def test_an_evaluation_is_kept_and_ends_its_step(desk: Desk, moves: Moves) -> None:
    """With results for the objectives; what nobody judged is unknown, never met."""
    moves.director_signs_in()
    case = moves.decided(moves.before_the_director())
    given: dict[str, Any] = {"results": "ครบ", "satisfaction": Decimal("4.25"), "answers": 12}
    engineer = desk.person("engineer1")
    with pytest.raises(Refused):
        evaluate_case(desk.context, engineer, case.number, **given)
    for slug in ("data_processing", "operations_summary"):
        moves.form(case, slug)
    met = Result(objective=STUDY.objectives[0].text, reached="met", note="ครบ")
    for wrong in ({"satisfaction": Decimal(6)}, {"results": " "}, {"answers": 0}):
        with pytest.raises(InputError):
            evaluate_case(desk.context, engineer, case.number, **given | wrong)
    after = evaluate_case(desk.context, engineer, case.number, **given, objectives=[met])
    (kept,) = after.evaluations
    assert [r.reached for r in kept.objectives] == ["met", "unknown"]
    assert (kept.satisfaction, kept.answers, kept.problems) == (Decimal("4.25"), 12, "-")
    assert (after.step, len(after.submissions)) == (4, 2)


def test_published_only_after_the_second_approval(desk: Desk, moves: Moves) -> None:
    """Then the case of 3.3 is closed."""
    moves.director_signs_in()
    case = moves.decided(moves.before_the_director())
    for slug in ("data_processing", "operations_summary"):
        moves.form(case, slug)
    evaluate_case(desk.context, desk.person("engineer1"), case.number, results="ครบ")

    def publish() -> str:
        done = record_case(
            desk.context, desk.person("engineer2"), case.number, "publication",
            on=date(2026, 5, 4), text="เผยแพร่", place="เว็บไซต์สำนักงาน",
        )  # fmt: skip
        return done.state

    with pytest.raises(Refused):
        publish()
    assert moves.decided(case).state == "open"
    assert publish() == "closed"


def test_progress_of_a_plan(desk: Desk, moves: Moves) -> None:
    """Two reports on one project: the later counts, what it does not repeat holds."""
    case = desk.case("2.1", 1)
    moves.studied(case)
    moves.form(case, "project_record")
    engineer = desk.person("engineer1")
    (before,) = show_progress(desk.context, engineer, case.number, 2570)
    assert (before.budget, before.spent, before.percent) == (Decimal("450000.00"), None, None)
    assert show_progress(desk.context, engineer, case.number) == ()  # nothing planned for 2569
    desk_case = desk.now(case)
    with desk.context.store.begin() as conn:
        moved = desk_case.model_copy(
            update={"step": 3, "events": (*desk_case.events, desk_case.events[-1])}
        )
        cases.save_case(conn, moved, len(desk_case.events))
    moves.form(case, "progress_monitoring")
    later = [{"code": "k1", "actual": "54"}]
    moves.form(case, "progress_monitoring", period="year", spent="405000.00", indicators=later)
    (after,) = show_progress(desk.context, engineer, case.number, 2570)
    assert (after.spent, after.percent, after.period) == (
        Decimal("405000.00"), Decimal("90.00"), "year",
    )  # fmt: skip
    figures = {one.code: (one.target, one.actual, one.percent) for one in after.indicators}
    assert figures == {
        "K1": (Decimal(60), Decimal(54), Decimal("90.00")),
        "K2": (Decimal(120), Decimal(126), Decimal("105.00")),
    }


def test_every_move_leaves_one_audit_line(desk: Desk, moves: Moves) -> None:
    """Who, what, on which case; and the chain is whole."""
    moves.director_signs_in()
    engineer = desk.person("engineer1")
    case = moves.appointed(moves.opened("2.4", "เครื่องใหม่"))
    moves.studied(case)
    moves.form(case, "spec_definition")
    file = desk.context.root / "ราคา.txt"
    file.write_text("ราคากลาง", encoding="utf-8")
    attach_file(desk.context, engineer, case.number, file)
    detach_paper(desk.context, engineer, case.number, "ราคา.txt")
    moves.submitted(case)
    revise_case(desk.context, engineer, case.number, "แก้")
    moves.submitted(case)
    moves.decided(case, "return", "เพิ่มราคา")
    moves.submitted(case)
    moves.decided(case)
    notify_case(desk.context, engineer, case.number, ("โรงเรียนตัวอย่าง ก",), "โทรศัพท์", "ทราบ")
    moves.form(case, "spec_comparison")
    record_case(
        desk.context, desk.person("officer1"), case.number, "work",
        on=desk.context.today(), text="จัดซื้อ", done=True,
    )  # fmt: skip
    closed = evaluate_case(desk.context, engineer, case.number, results="ครบ")
    assert closed.state == "closed"
    with desk.context.store.read() as conn:
        from controller.store import audit_log

        said = [(e.actor, e.action) for e in audit_log.about(conn, case.number)]
    assert said == [
        ("engineer1", "open_case"),
        ("engineer1", "appoint_group"),
        ("engineer1", "study_case"),
        ("engineer1", "fill_form"),
        ("engineer1", "attach_file"),
        ("engineer1", "detach_paper"),
        ("engineer1", "submit_case"),
        ("engineer1", "revise_case"),
        ("engineer1", "submit_case"),
        ("director", "decide_case"),
        ("engineer1", "submit_case"),
        ("director", "decide_case"),
        ("engineer1", "notify_case"),
        ("engineer1", "fill_form"),
        ("officer1", "record_case"),
        ("engineer1", "evaluate_case"),
    ]
    assert desk.entries("study_case")[0].content["study"]["work"] == STUDY.work
    assert desk.entries("revise_case")[0].content["reason"] == "แก้"
    assert desk.entries("evaluate_case")[0].content["state"] == "closed"
    assert verify_audit_log(desk.context, desk.person("auditor1")).ok is True


def test_what_is_refused_leaves_no_trace(desk: Desk, moves: Moves) -> None:
    """Neither in the case nor in the log; by people without a part, and at the wrong step."""
    case = moves.appointed(moves.opened("2.4"))
    before = desk.now(case)
    for who, error in (("deputy", NotAllowed), ("school1", NotAllowed), ("auditor1", NotAllowed)):
        with pytest.raises(error):
            study_case(desk.context, desk.person(who), case.number, STUDY)
    engineer = desk.person("engineer1")
    with pytest.raises(Refused):
        evaluate_case(desk.context, engineer, case.number, results="ครบ")
    with pytest.raises(Refused):
        revise_case(desk.context, engineer, case.number, "แก้")
    with pytest.raises(Refused):
        moves.submitted(case)
    assert desk.now(case) == before
    for action in ("study_case", "evaluate_case", "revise_case", "submit_case"):
        assert desk.entries(action) == []


def test_two_people_move_one_case(desk: Desk, moves: Moves) -> None:
    """At the same moment: each study is whole or refused, and every event has its line."""
    case = moves.appointed(moves.opened("2.4"))
    together = Barrier(4)

    def write(number: int) -> bool:
        together.wait()
        study = STUDY.model_copy(update={"work": f"งาน {number}"})
        who = desk.person(("engineer1", "engineer2", "officer1", "engineer1")[number])
        try:
            study_case(desk.context, who, case.number, study)
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(write, range(4)))
    after = desk.now(case)
    studied = [event for event in after.events if event.what == "studied"]
    assert len(studied) == len(desk.entries("study_case")) == sum(done) >= 1
    assert after.study is not None
    assert after.study.work == studied[-1].note
    assert verify_audit_log(desk.context, desk.person("auditor1")).ok is True


def test_two_people_submit_one_case(desk: Desk, moves: Moves) -> None:
    """One does; the other is told the case is past it."""
    case = moves.studied(moves.appointed(moves.opened("3.3")))
    together = Barrier(2)

    def submit(_: int) -> bool:
        together.wait()
        try:
            moves.submitted(case)
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(submit, range(2))) == [False, True]
    assert len(desk.now(case).submissions) == 1


def test_late_cases_are_listed(desk: Desk, moves: Moves) -> None:
    """From the day after the step was due; not those that have ended."""
    case, ended = moves.opened("2.4"), moves.opened("2.4")
    engineer = desk.person("engineer1")
    withdraw_case(desk.context, engineer, ended.number, "ซ้ำ")
    desk.clock.forward(days=7)
    assert list_cases(desk.context, engineer, late=True) == ()
    desk.clock.forward(days=1)
    assert [c.number for c in list_cases(desk.context, engineer, late=True)] == [case.number]
    assert [c.number for c in list_cases(desk.context, engineer)] == [ended.number, case.number]
    assert [c.number for c in list_cases(desk.context, engineer, "withdrawn")] == [ended.number]
    assert show_case(desk.context, engineer, case.number).opened == desk.clock() - timedelta(days=8)
