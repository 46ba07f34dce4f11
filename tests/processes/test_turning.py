"""A case pulled back, withdrawn, or sent back to a step that is named."""

from __future__ import annotations

from datetime import timedelta

import pytest

from controller.errors import InputError, NotAllowed, Refused
from controller.processes import steps
from controller.processes.case import Case
from controller.processes.manual import MANUAL, read_manual
from tests.processes.example import GROUP, OFFICE, START, actor, opened
from tests.processes.test_manual import edited
from tests.processes.test_manual import steps as written_steps
from tests.processes.walker import NUMBERS, Walker, begin

LATER = START + timedelta(days=3)


def revise(case: Case, by: str = "eng1", run_open: bool | None = False) -> Case:
    return steps.revise(case, "ต้องแก้ตัวเลข", actor(by), LATER, run_open=run_open)


def withdraw(case: Case, by: str = "eng1", run_open: bool | None = False) -> Case:
    return steps.withdraw(case, "ไม่จำเป็นแล้ว", actor(by), LATER, run_open=run_open)


@pytest.mark.parametrize(
    ("number", "step", "back"),
    [
        ("2.3", 2, 1),
        ("2.3", 3, 1),
        ("2.3", 4, 1),
        ("2.3", 5, 1),
        ("2.8", 1, 0),
        ("2.8", 2, 1),
        ("3.1", 3, 1),
        ("3.1", 4, 1),
        ("3.1", 5, 4),
        ("3.3", 4, 3),
        ("3.5", 3, 0),
    ],
)
def test_a_case_is_pulled_back_to_the_work_before(number: str, step: int, back: int) -> None:
    before = begin(number).until(step).case
    case = revise(before)
    assert (case.step, case.state) == (back, "open")
    assert (case.events[-1].what, case.events[-1].note) == ("revised", "ต้องแก้ตัวเลข")
    assert case.events[:-1] == before.events
    assert (case.decisions, case.submissions) == (before.decisions, before.submissions)
    assert Walker(case, LATER).to_the_end().case.state == "closed"


@pytest.mark.parametrize(("number", "step"), [("2.3", 0), ("2.3", 1), ("2.8", 0), ("3.5", 0)])
def test_before_anything_was_submitted_there_is_nothing_to_pull_back(
    number: str, step: int
) -> None:
    with pytest.raises(Refused, match="nothing to pull back"):
        revise(begin(number).until(step).case)


def test_what_waits_to_be_published_can_still_be_pulled_back() -> None:
    walker = begin("3.3").until(4)
    walker.decide()
    back = revise(walker.case)
    assert back.step == 3
    again = Walker(back, LATER).to_the_end().case
    assert again.state == "closed"
    assert len(again.decisions) == 3


@pytest.mark.parametrize("step", [2, 3, 4, 5])
def test_only_the_people_of_the_case_pull_it_back(step: int) -> None:
    case = begin("2.3").until(step).case
    for by in ("eng1", "lead", "eng2"):
        assert revise(case, by).step == 1
    for by in ("boss", "deputy", "root"):
        with pytest.raises(NotAllowed):
            revise(case, by)


def test_the_proposer_pulls_it_back_also_from_outside_the_group() -> None:
    group = GROUP.model_copy(update={"members": ()})
    for step in (2, 3, 4, 5):
        walker = begin("2.3")
        walker.case = steps.appoint(walker.case, group, OFFICE, actor("eng1"), START)
        assert revise(walker.until(step).case, "eng1").step == 1


def test_past_an_approval_it_goes_back_to_what_was_approved() -> None:
    """Not to an evaluation since: what is to be revised is what the director decided on."""
    kinds = ("appoint:order", "plan:study", "approve:decision", "evaluate:summary", "execute:work")
    manual = read_manual(edited("2.5", forms=[], steps=written_steps(*kinds)))
    case = Walker(begin("2.5").case, manual=manual).until(4).case
    back = steps.revise(case, "แก้ไข", actor("eng1"), LATER, run_open=False, manual=manual)
    assert back.step == 1


@pytest.mark.parametrize("run_open", [True, None])
def test_nothing_turns_while_a_run_may_be_open(run_open: bool | None) -> None:
    case = begin("2.3").until(4).case
    with pytest.raises(Refused, match="run"):
        revise(case, run_open=run_open)
    with pytest.raises(Refused, match="run"):
        withdraw(case, run_open=run_open)


def test_both_need_a_reason() -> None:
    case = begin("2.3").until(2).case
    with pytest.raises(InputError):
        steps.revise(case, " ", actor("eng1"), LATER, run_open=False)
    with pytest.raises(InputError):
        steps.withdraw(case, "", actor("eng1"), LATER, run_open=False)


@pytest.mark.parametrize("number", NUMBERS)
def test_the_proposer_withdraws_a_case_at_any_step(number: str) -> None:
    for step in range(len(MANUAL.process(number).steps)):
        walker = begin(number, "eng1").until(step)
        changed = any(e.what == "executed" for e in walker.case.events)
        if changed:
            continue
        case = withdraw(walker.case)
        assert (case.state, case.step) == ("withdrawn", step)
        assert (case.events[-1].what, case.events[-1].note) == ("withdrawn", "ไม่จำเป็นแล้ว")
        with pytest.raises(Refused) as ended:
            revise(case)
        assert "is withdrawn" in ended.value.message.en
        assert "ถอนเรื่องแล้ว" in ended.value.message.th


def test_nobody_else_withdraws_it() -> None:
    for by in ("lead", "eng2", "boss", "root"):
        with pytest.raises(NotAllowed) as refused:
            withdraw(begin("2.3").until(2).case, by)
        assert refused.value.hint is not None
        assert refused.value.hint.en == "who may: eng1"


@pytest.mark.parametrize(
    ("runs", "free"),
    [
        ([("apply", {"confirmed": 1})], False),
        ([("apply", {"failed": 1})], False),
        ([("apply", {"unknown": 1, "waiting": 9})], False),
        ([("apply", {})], False),
        ([("apply", {"rolled_back": 1, "waiting": 9})], True),
        ([("apply", {"drifted": 1, "refused": 2})], True),
        ([("apply", {"failed": 1}), ("rollback", {"rolled_back": 1})], True),
        ([("apply", {"failed": 1}), ("rollback", {"confirmed": 1, "rolled_back": 1})], True),
        ([("apply", {"failed": 1}), ("rollback", {"rolled_back": 1, "unknown": 1})], False),
        ([("apply", {"failed": 1}), ("rollback", {})], False),
        ([("apply", {"failed": 1}), ("rollback", {"rolled_back": 1}), ("rollback", {})], True),
    ],
)
def test_a_case_that_left_devices_changed_is_not_withdrawn(
    runs: list[tuple[str, dict[str, int]]], free: bool
) -> None:
    case = begin("2.3").until(4).case
    for place, (kind, outcomes) in enumerate(runs):
        taken: dict[str, int] = outcomes
        if kind == "apply":
            case = steps.executed(case, f"r{place}", "apply", taken, "eng1", LATER)
        else:
            case = steps.executed(case, f"r{place}", "rollback", taken, "eng1", LATER)
    if free:
        assert withdraw(case).state == "withdrawn"
        return
    with pytest.raises(Refused) as refused:
        withdraw(case)
    assert refused.value.hint is not None
    assert "khaen rollback 2569-2.3-0001" in refused.value.hint.en


@pytest.mark.parametrize(
    ("number", "at", "to", "passes"),
    [
        ("2.3", 2, 1, True),
        ("2.3", 2, 0, True),
        ("2.3", 2, 2, False),
        ("2.3", 2, 3, False),
        ("2.3", 2, -1, False),
        ("3.1", 5, 4, True),
        ("3.1", 5, 3, True),
        ("3.1", 5, 2, False),
        ("3.1", 5, 1, True),
        ("3.1", 5, 0, True),
    ],
)
def test_a_return_goes_to_the_step_that_is_named(
    number: str, at: int, to: int, passes: bool
) -> None:
    walker = begin(number).until(at)
    before = walker.case
    if not passes:
        with pytest.raises(InputError) as refused:
            walker.decide("return", to_step=to)
        assert f"step {to + 1}" in refused.value.message.en
        assert refused.value.hint is not None
        assert refused.value.hint.th.startswith("ส่งกลับได้ที่ 1. แต่งตั้งคณะทำงาน")
        return
    walker.decide("return", comment="แก้ตัวเลข", to_step=to)
    case = walker.case
    assert (case.step, case.decisions[-1].to_step) == (to, to)
    assert case.events[-1].note.startswith("แก้ตัวเลข\nกลับไปขั้นตอนที่ (back to step)")
    assert f"{to + 1}: {MANUAL.process(number).steps[to].name}" in case.events[-1].note
    assert case.events[:-1] == before.events
    assert walker.to_the_end().case.state == "closed"


def test_only_a_return_names_a_step() -> None:
    walker = begin("2.3").until(2)
    with pytest.raises(InputError, match="only a return"):
        walker.decide("approve", to_step=1)
    with pytest.raises(InputError, match="only a return"):
        walker.decide("refuse", to_step=1)


def test_a_case_sent_back_to_its_order_gets_another_group() -> None:
    walker = begin("2.3").until(2)
    walker.decide("return", comment="กรรมการไม่ครบ", to_step=0)
    other = GROUP.model_copy(update={"order": "๔๖/๒๕๖๙", "chair": "deputy"})
    with pytest.raises(NotAllowed):
        steps.appoint(walker.case, other, OFFICE, actor("root"), LATER)
    for by in ("eng1", "lead", "eng2", "boss"):
        case = steps.appoint(walker.case, other, OFFICE, actor(by), LATER)
        assert (case.step, case.group) == (1, other)
    with pytest.raises(NotAllowed):
        steps.submit(case, None, actor("lead"), LATER)
    assert Walker(case, LATER).to_the_end().case.state == "closed"


def test_a_manual_may_name_the_step_a_return_goes_to() -> None:
    process = MANUAL.process("3.1")
    steps_of = list(process.steps)
    steps_of[5] = steps_of[5].model_copy(update={"returns_to": 4})
    other = process.model_copy(update={"steps": tuple(steps_of)})
    assert other.returns_to(5) == 3
    assert process.returns_to(5) == 4
    assert other.work_before(5) == 4


def test_a_case_opened_by_somebody_else_is_theirs_to_withdraw() -> None:
    case = opened(proposer="lead")
    assert withdraw(case, "lead").state == "withdrawn"
