"""The gate opens for one good case, and for no single change of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pytest

from controller.errors import NotApproved, StalePlan
from controller.plans.plan import Accepted, Plan
from controller.processes import steps
from controller.processes.approval import Verdict, insist, may_apply
from controller.processes.case import Event
from tests.processes.dossier_mutations import DOSSIER_MUTATIONS
from tests.processes.example import (
    OFFICE,
    PLAN,
    Scene,
    actor,
    appointed,
    decided,
    entry,
    good_scene,
    notified,
    opened,
    submitted,
)
from tests.processes.gate_mutations import MUTATIONS, REASON, Mutation, input_with
from tests.processes.test_history import twice_approved
from tests.processes.walker import Walker

ALL = [*MUTATIONS, *DOSSIER_MUTATIONS]


def english(verdict: Verdict) -> str:
    return "; ".join(reason.en for reason in verdict.reasons)


@pytest.mark.parametrize("process", ["2.2", "2.3"])
@pytest.mark.parametrize("by", ["boss", "deputy"])
def test_the_gate_opens_for_the_good_case(process: str, by: str) -> None:
    verdict = good_scene(process, by).verdict()
    assert verdict == Verdict(open=True, reasons=())
    insist(verdict, good_scene(process, by).case)


@pytest.mark.parametrize("mutation", ALL, ids=lambda m: m.name)
def test_any_one_change_shuts_it_and_says_why(mutation: Mutation) -> None:
    scene = mutation.change(good_scene())
    verdict = scene.verdict()
    assert verdict.open is mutation.open
    assert mutation.words in english(verdict)
    assert all(reason.th and reason.en for reason in verdict.reasons)
    with pytest.raises((NotApproved, StalePlan)):
        insist(verdict, scene.case)


@pytest.mark.parametrize(
    "mutation",
    [m for m in ALL if not m.name.startswith(("file", "all files", "step passed"))],
    ids=lambda m: m.name,
)
def test_taking_back_needs_the_same_approval(mutation: Mutation) -> None:
    verdict = replace(mutation.change(good_scene()), kind="rollback").verdict()
    assert verdict.open is mutation.open
    assert mutation.words in english(verdict)


def test_taking_back_is_open_whatever_became_of_the_files() -> None:
    scene = replace(good_scene(), kind="rollback", inputs_now={})
    assert scene.verdict().open is True
    after = steps.executed(scene.case, "run-1", "apply", {"confirmed": 1}, "eng1", scene.now)
    assert replace(scene, case=after).verdict().open is True
    assert replace(scene, case=after, kind="apply").verdict().open is False


def test_all_reasons_are_given_at_once() -> None:
    scene = replace(input_with(good_scene(), None), chain_ok=None, plan=None, entry=None)
    assert len(scene.verdict().reasons) == 3
    scene = replace(input_with(good_scene(), None), chain_ok=False, entry=None)
    assert len(scene.verdict().reasons) == 3


def test_only_changed_files_make_a_stale_plan() -> None:
    scene = input_with(good_scene(), "d" * 64)
    with pytest.raises(StalePlan) as stale:
        insist(scene.verdict(), scene.case)
    assert "school-a.yaml" in stale.value.message.en
    with pytest.raises(NotApproved) as shut:
        insist(replace(scene, chain_ok=False).verdict(), scene.case)
    assert "school-a.yaml" in shut.value.message.en
    assert "altered" in shut.value.message.en
    assert shut.value.hint is not None
    assert scene.case.number in shut.value.hint.th


@pytest.mark.parametrize(
    ("step", "process", "command"),
    [
        (2, "2.3", "khaen case approve 2569-2.3-0001"),
        (3, "2.3", "khaen case notify 2569-2.3-0001"),
        (4, "2.3", "khaen case show 2569-2.3-0001"),
        (99, "2.3", "khaen case show 2569-2.3-0001"),
        (0, "9.9", "khaen case show 2569-2.3-0001"),
    ],
)
def test_the_refusal_says_what_is_due(step: int, process: str, command: str) -> None:
    fields = {"step": step, "process": process}
    scene = replace(good_scene(), chain_ok=False)
    case = scene.case.model_copy(update=fields)
    with pytest.raises(NotApproved) as shut:
        insist(replace(scene, case=case).verdict(), case)
    assert shut.value.hint is not None
    assert command in shut.value.hint.en
    assert command in shut.value.hint.th


def test_an_id_written_beside_a_plan_is_never_believed() -> None:
    assert PLAN.id
    edited = PLAN.model_copy(update={"selector": "all"})
    assert edited.id == PLAN.id  # the copy carries the old id with it
    assert replace(good_scene(), plan=edited).verdict().open is False


def test_an_unsealed_verdict_is_not_a_yes() -> None:
    case = good_scene().case
    with pytest.raises(NotApproved):
        insist(Verdict(open=None, reasons=()), case)
    with pytest.raises(NotApproved):
        insist(Verdict(open=False, reasons=()), case)


def test_reasons_accepted_in_the_open_do_not_shut_it() -> None:
    """The plan that is approved is the one that says so; accepting later is another plan."""
    reason = REASON.model_copy(update={"check": "removes_much"})
    device = PLAN.devices[0].model_copy(update={"reasons": (reason,)})
    accepted = Accepted(check="removes_much", why="เลิกใช้ VLAN เก่าทั้งหมด")
    values = {**PLAN.model_dump(), "devices": (device,), "accepted": (accepted,)}
    plan = Plan.model_validate(values)
    case, entry = decided(submitted(appointed(opened(plan=plan))), plan=plan)
    assert Scene(case=notified(case), plan=plan, entry=entry).verdict().open is True


def test_what_came_after_the_approval_does_not_shut_it() -> None:
    """Papers and entries of the work: the good scene has a file attached since."""
    scene = good_scene()
    assert [p.step for p in scene.case.papers] == [1, 4]
    made = entry("work", scene.now)
    case = steps.record_entry(scene.case, made, actor("eng2"), scene.now, done=False)
    assert replace(scene, case=case).verdict().open is True


def test_who_works_after_deciding_did_not_propose_what_they_decided_on() -> None:
    scene = good_scene(by="deputy")
    decision = scene.case.decisions[-1]
    for what, at, opens in (
        ("attached", scene.now, True),
        ("recorded", decision.at, True),
        ("submitted", scene.now, False),
    ):
        event = Event(at=at, actor="deputy", step=4, what=what)
        case = scene.case.model_copy(update={"events": (*scene.case.events, event)})
        assert (replace(scene, case=case).verdict().open is True) is opens, what


def test_results_sent_back_leave_the_change_to_be_taken_back() -> None:
    """The gate looks at the approval before the run, not at a later one of the results."""
    walker = Walker(opened(), manual=twice_approved()).until(5)
    walker.decide("return")
    first, second = walker.case.decisions

    def verdict(kind: Literal["apply", "rollback"], seq: int) -> Verdict:
        return may_apply(
            walker.case,
            PLAN,
            walker.log[seq],
            True,
            OFFICE,
            {file.path: file.sha256 for file in PLAN.inputs},
            walker.now,
            kind=kind,
            manual=walker.manual,
        )

    assert verdict("rollback", first.audit_seq).open is True
    assert verdict("rollback", second.audit_seq).open is False
    assert verdict("apply", first.audit_seq).open is False
