"""What a decision binds: everything that was submitted, and nobody who wrote it decides."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from controller.errors import InputError, NotAllowed, Refused, StalePlan
from controller.processes import deciding, steps
from controller.processes.case import DecisionKind, Group
from controller.processes.manual import read_manual
from tests.processes.example import (
    OFFICE,
    OTHER,
    PLAN,
    START,
    STUDY,
    TODAY,
    actor,
    appointed,
    decided,
    evaluation,
    opened,
    paper,
    studied,
    submitted,
)
from tests.processes.test_deciding import draft
from tests.processes.test_history import twice_approved
from tests.processes.test_manual import edited
from tests.processes.test_manual import steps as written_steps
from tests.processes.walker import Walker, begin

PAPER = "2570-work_request-0001"


def test_a_decision_binds_everything_that_was_submitted() -> None:
    case = submitted(studied(appointed()))
    decision = draft(case, "boss")
    assert (decision.dossier, decision.step) == (case.submissions[-1].dossier, 2)
    assert decision.to_step is None
    assert draft(case, "boss", "return").to_step == 1
    assert draft(case, "boss", "refuse").dossier == decision.dossier


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        ({"study": None}, "ผลการศึกษาและข้อเสนอ"),
        ({"papers": ()}, "ไฟล์แนบ"),
        ({"title": "งานอื่น"}, "ชื่อเรื่อง"),
        ({"group": None}, "คณะทำงาน"),
        ({"submissions": ()}, ""),
    ],
)
def test_what_is_not_as_submitted_is_not_approved(fields: dict[str, Any], title: str) -> None:
    """Changed in the database, between submitting and deciding."""
    case = submitted(studied(appointed()))
    good = deciding.seal(draft(case, "boss"), 5, "f" * 64)
    changed = case.model_copy(update=fields)
    with pytest.raises(StalePlan) as stale:
        draft(changed, "boss")
    assert title in stale.value.message.th
    assert stale.value.hint is not None
    assert "khaen case revise 2569-2.3-0001" in stale.value.hint.en
    with pytest.raises(Refused):
        deciding.decide(changed, good, OFFICE)
    assert draft(changed, "boss", "return").kind == "return"


def test_a_list_of_items_that_was_edited_is_not_approved() -> None:
    case = submitted(studied(appointed()))
    (submission,) = case.submissions
    fewer = submission.model_copy(update={"items": submission.items[:-1]})
    with pytest.raises(StalePlan):
        draft(case.model_copy(update={"submissions": (fewer,)}), "boss")


@pytest.mark.parametrize("of", ["dossier", "plan"])
@pytest.mark.parametrize("digits", [6, 12, 64])
def test_the_director_may_name_what_was_read(of: str, digits: int) -> None:
    case = submitted(studied(appointed()))
    whole = case.submissions[-1].dossier if of == "dossier" else PLAN.id
    for typed in (whole[:digits], f" {whole[:digits].upper()} "):
        assert draft(case, "boss", seen=typed).dossier == case.submissions[-1].dossier


def test_what_was_read_must_be_what_is_decided_on() -> None:
    case = submitted(studied(appointed()))
    read = case.submissions[-1].dossier[:12]
    back, _ = decided(case, kind="return")
    back = steps.study(back, STUDY.model_copy(update={"budget": None}), actor("eng1"), START)
    again = steps.submit(back, None, actor("eng1"), START)
    kinds: tuple[DecisionKind, ...] = get_args(DecisionKind)
    for kind in kinds:
        with pytest.raises(StalePlan) as stale:
            draft(again, "boss", kind, seen=read)
        assert read in stale.value.message.en
        assert again.submissions[-1].dossier[:12] in stale.value.message.th
    with pytest.raises(StalePlan):
        draft(again, "boss", seen="0" * 64)
    with pytest.raises(InputError):
        draft(again, "boss", seen=again.submissions[-1].dossier[:5])


def test_whoever_wrote_what_is_put_forward_does_not_decide_on_it() -> None:
    group = Group(order="๑", dated=TODAY, chair="boss", members=("eng2",), secretary="eng1")
    case = steps.appoint(opened(), group, OFFICE, actor("eng1"), START)
    studying = steps.study(case, STUDY, actor("boss"), START)
    attaching = steps.attach(case, paper("work_request"), actor("boss"), START)
    for written in (studying, attaching, steps.detach(attaching, PAPER, actor("eng1"), START)):
        waiting = steps.submit(written, None, actor("eng1"), START)
        with pytest.raises(NotAllowed, match="boss proposed"):
            draft(waiting, "boss")
        assert draft(waiting, "deputy").role == "acting-director"


def test_who_decided_once_may_work_in_the_case_but_not_decide_on_that_work() -> None:
    group = Group(order="๑", dated=TODAY, chair="deputy", members=("eng2",), secretary="eng1")
    walker = begin("3.1")
    walker.case = steps.appoint(walker.case, group, OFFICE, actor("eng1"), START)
    walker.until(2)
    walker.decide(by="deputy")
    walker.case = steps.attach(
        walker.case, paper("coordination_record"), actor("deputy"), walker.now
    )
    walker.until(5)
    with pytest.raises(NotAllowed, match="deputy proposed"):
        walker.decide(by="deputy")
    walker.decide(by="boss")
    assert walker.case.state == "closed"
    assert [d.role for d in walker.case.decisions] == ["acting-director", "director"]


def test_whoever_evaluated_does_not_decide_on_the_evaluation() -> None:
    """Also where somebody else did the last thing before it went to the director."""
    group = Group(order="๑", dated=TODAY, chair="boss", members=("eng2",), secretary="eng1")
    kinds = ("appoint:order", "plan:study", "evaluate:summary", "approve:decision")
    written = written_steps(*kinds)
    written[2]["needs"] = ["summary", "notice"]
    manual = read_manual(edited("2.5", forms=[], steps=written))
    walker = Walker(begin("2.5").case, manual=manual)
    walker.case = steps.appoint(walker.case, group, OFFICE, actor("eng1"), START, manual=manual)
    case = walker.until(2).case
    walker.case = steps.evaluate(
        case, evaluation(START), actor("boss"), START, run_open=False, manual=manual
    )
    assert walker.until(3).case.submissions[-1].by == "eng1"
    with pytest.raises(NotAllowed, match="boss proposed"):
        walker.decide()


def test_results_are_decided_on_without_the_plan_that_was_carried_out() -> None:
    """The second approval is of the results: the change plan was the first one's matter."""
    walker = Walker(opened(), manual=twice_approved()).until(5)
    walker.plan = OTHER
    walker.decide()
    assert walker.case.state == "closed"
    assert [d.plan for d in walker.case.decisions] == [PLAN.id, PLAN.id]


def test_of_two_approvals_in_a_row_the_director_may_give_both() -> None:
    kinds = ("appoint:order", "plan:study", "approve:decision", "approve:decision")
    manual = read_manual(edited("2.5", forms=[], steps=written_steps(*kinds)))
    walker = begin("2.5")
    walker.manual = manual
    walker.to_the_end()
    assert [(d.step, d.actor) for d in walker.case.decisions] == [(2, "boss"), (3, "boss")]
    assert [s.by for s in walker.case.submissions] == ["eng2", "eng2"]
