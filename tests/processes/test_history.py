"""What the events of a case tell about where it stands and what still holds."""

from __future__ import annotations

from datetime import timedelta

import pytest

from controller.processes import steps
from controller.processes.case import Case, Event
from controller.processes.history import (
    approval,
    approvals,
    arrived,
    gate_step,
    governing,
    here,
    since_submitted,
)
from controller.processes.manual import MANUAL, Manual, process, read_manual
from tests.processes.example import (
    START,
    STUDY,
    actor,
    appointed,
    decided,
    notified,
    opened,
    submitted,
)
from tests.processes.test_manual import edited
from tests.processes.test_manual import steps as written_steps
from tests.processes.walker import Walker, begin


def told(*happenings: str, step: int) -> Case:
    """A case with these events, each `step:what`, an hour apart, standing at `step`."""
    events = []
    for hour, text in enumerate(happenings):
        place, _, what = text.partition(":")
        at = START + timedelta(hours=hour)
        events.append(Event(at=at, actor="x", step=int(place), what=what))
    return opened("3.1", plan=None).model_copy(update={"events": tuple(events), "step": step})


@pytest.mark.parametrize(
    ("happenings", "step", "hour", "since"),
    [
        (["0:opened"], 0, 0, 1),
        (["0:opened", "0:planned"], 0, 0, 2),
        (["0:opened", "0:appointed"], 1, 1, 0),
        (["0:opened", "0:appointed", "1:studied"], 1, 1, 1),
        (["0:opened", "0:appointed", "1:submitted", "2:returned"], 1, 3, 0),
        (["0:opened", "0:appointed", "1:submitted", "2:returned", "1:studied"], 1, 3, 1),
    ],
)
def test_a_case_came_to_its_step_when_it_came_last(
    happenings: list[str], step: int, hour: int, since: int
) -> None:
    case = told(*happenings, step=step)
    assert arrived(case) == START + timedelta(hours=hour)
    assert len(here(case)) == since


ONCE = ["0:opened", "0:appointed", "1:submitted", "2:approved"]
TWICE = [*ONCE, "3:ended", "4:evaluated"]


@pytest.mark.parametrize(
    ("happenings", "step", "held"),
    [
        (ONCE[:3], 2, []),
        (ONCE, 3, [2]),
        (TWICE, 5, [2]),
        ([*TWICE, "5:returned"], 4, [2]),
        ([*TWICE, "5:returned"], 3, [2]),
        ([*TWICE, "5:returned"], 1, []),
        ([*TWICE, "5:returned"], 2, []),  # no return leads to an approval
        ([*TWICE, "5:returned"], 5, []),  # a return that leads nowhere
        ([*TWICE, "5:revised"], 4, [2]),
        ([*TWICE, "5:approved"], 5, [2, 5]),  # approved, still to be published
        ([*TWICE, "5:approved", "5:revised"], 4, [2]),
        ([*TWICE, "5:refused"], 5, []),
        ([*TWICE, "5:withdrawn"], 5, []),
        ([*ONCE, "3:revised"], 1, []),
        ([*ONCE, "3:revised"], 3, []),
        ([*ONCE, "3:voided"], 1, []),
        ([*ONCE, "3:voided", "1:submitted"], 2, []),
        ([*ONCE, "3:voided", "1:submitted", "2:approved"], 3, [2]),
        ([*ONCE, "3:recorded"], 1, []),  # went back and nobody knows why
    ],
)
def test_which_approvals_hold(happenings: list[str], step: int, held: list[int]) -> None:
    assert list(approvals(told(*happenings, step=step))) == held


def test_the_approval_before_the_run_governs_the_devices() -> None:
    assert gate_step(process("2.3")) == 2
    assert gate_step(process("3.1")) is None
    assert gate_step(twice_approved().process("2.3")) == 2
    case, _ = decided(submitted())
    assert governing(case) == case.decisions[-1]
    assert approval(case) == case.decisions[-1]
    assert governing(case.model_copy(update={"process": "9.9"})) is None
    assert approval(case.model_copy(update={"plan": "0" * 64})) is None
    assert approval(decided(submitted(), kind="return")[0]) is None


def twice_approved() -> Manual:
    """Process 2.3 with its results put to the director as well."""
    kinds = ("appoint:order", "plan:plan", "approve:decision", "execute:run")
    more = ("evaluate:summary", "approve:decision")
    return read_manual(edited("2.3", forms=[], steps=written_steps(*kinds, *more)))


def test_a_later_decision_does_not_take_its_place() -> None:
    manual = twice_approved()
    walker = Walker(opened(), manual=manual).until(5)
    first = walker.case.decisions[0]
    walker.decide("return", comment="แก้ตัวเลข")
    assert walker.case.step == 4
    assert governing(walker.case, manual) == first
    assert approval(walker.case, manual) == first
    walker.to_the_end()
    assert [d.step for d in walker.case.decisions] == [2, 5, 5]
    assert governing(walker.case, manual) == first


def test_planning_again_voids_only_what_holds() -> None:
    case = notified(decided(submitted(appointed()))[0])
    back = steps.revise(case, "แก้ไข", actor("eng1"), START, run_open=False)
    assert approval(back) is None
    assert governing(back) is not None


def test_every_process_has_at_most_one_gate() -> None:
    for entry in MANUAL.processes:
        runs = [i for i, step in enumerate(entry.steps) if "run" in step.needs]
        assert (gate_step(entry) is not None) is bool(runs)
        assert begin(entry.number).case.number


def test_what_changed_since_the_case_was_submitted_before() -> None:
    walker = begin("3.1").until(1)
    assert since_submitted(walker.case) == (None, ())
    walker.until(2)
    first = walker.case.submissions[-1]
    assert since_submitted(walker.case) == (None, ()), "this submission is the first"
    walker.decide("return", comment="แก้แผน")
    assert since_submitted(walker.case) == (first.at, ())
    again = STUDY.model_copy(update={"work": "ทำอย่างอื่น"})
    walker.case = steps.study(walker.case, again, walker.doer(), walker.now)
    since, changes = since_submitted(walker.case)
    assert since == first.at
    assert [(c.key, c.what) for c in changes] == [("study", "changed")]
    walker.until(2)
    assert since_submitted(walker.case)[0] == first.at, "the one before the one that waits"
