"""Who may decide, in which capacity, on which day; and what the decision does."""

from __future__ import annotations

from datetime import date, timedelta
from typing import get_args

import pytest

from controller.accounts.actor import Actor
from controller.errors import InputError, NotAllowed, Refused, StalePlan, UnsafePlan
from controller.inventory.office import ActingOrder
from controller.plans.plan import Plan, Reason
from controller.processes import deciding, steps
from controller.processes.capacity import Capacity, capacity, standing
from controller.processes.case import Case, Decision, DecisionKind, Group
from tests.processes.example import (
    DAYS,
    DEPUTY_TITLE,
    DIRECTOR_TITLE,
    OFFICE,
    OTHER,
    PLAN,
    START,
    TODAY,
    actor,
    decided,
    opened,
    submitted,
)

DIRECTOR = Capacity("director", DIRECTOR_TITLE, None)
ACTING = Capacity("acting-director", f"{DEPUTY_TITLE} รักษาราชการแทน{DIRECTOR_TITLE}", "๑๒๓/๒๕๖๙")


@pytest.mark.parametrize(
    ("username", "day", "expected"),
    [
        ("boss", TODAY, DIRECTOR),
        ("boss", date(2020, 1, 1), DIRECTOR),
        ("old-boss", date(2026, 9, 30), DIRECTOR),
        ("old-boss", date(2026, 10, 1), None),
        ("new-boss", date(2027, 9, 30), None),
        ("new-boss", date(2027, 10, 1), DIRECTOR),
        ("deputy", date(2026, 11, 19), None),  # the order is dated, but does not cover the day
        ("deputy", date(2026, 11, 20), ACTING),
        ("deputy", date(2026, 11, 25), ACTING),
        ("deputy", date(2026, 11, 26), None),
        ("retired", TODAY, None),  # the order covers the day, but they have left
        ("retired", date(2026, 10, 15), "๑๒๔/๒๕๖๙"),
        ("ghost", TODAY, None),  # an order for somebody the office does not know
        ("lead", TODAY, None),
        ("eng1", TODAY, None),
        ("root", TODAY, None),
        ("nobody", TODAY, None),
    ],
)
def test_capacity_by_the_day(username: str, day: date, expected: Capacity | str | None) -> None:
    held = standing(OFFICE, username, day)
    if isinstance(expected, str):
        assert held is not None
        assert (held.role, held.acting_order) == ("acting-director", expected)
    else:
        assert held == expected


@pytest.mark.parametrize(
    ("change", "counts"),
    [
        ({}, True),
        ({"dated": date(2026, 11, 21)}, False),  # not yet written on the day
        ({"since": date(2026, 11, 21)}, False),
        ({"until": date(2026, 11, 19)}, False),
        ({"since": date(2026, 11, 25), "until": date(2026, 11, 20)}, False),
        ({"order": "  "}, False),
        ({"username": "eng2"}, False),
    ],
)
def test_an_acting_order_counts_only_when_whole(change: dict[str, object], counts: bool) -> None:
    order = OFFICE.acting[0].model_copy(update=change)
    office = OFFICE.model_copy(update={"acting": (order,)})
    assert (standing(office, "deputy", TODAY) is not None) is counts


def test_of_two_orders_the_later_one_is_named() -> None:
    later = ActingOrder(
        username="deputy",
        order="๒๐๐/๒๕๖๙",
        dated=date(2026, 11, 19),
        since=date(2026, 11, 20),
        until=date(2026, 11, 21),
    )
    office = OFFICE.model_copy(update={"acting": (later, *OFFICE.acting)})
    held = standing(office, "deputy", TODAY)
    assert held is not None
    assert held.acting_order == "๒๐๐/๒๕๖๙"


@pytest.mark.parametrize("username", ["root", "lead", "eng1", "eng2", "deputy", "nobody"])
def test_a_session_that_says_director_gives_nothing(username: str) -> None:
    claimed = Actor(username, DIRECTOR_TITLE, frozenset({"director", "admin"}))
    with pytest.raises(NotAllowed) as refused:
        deciding.draft_decision(
            submitted(),
            "approve",
            comment="",
            plan=PLAN,
            actor=claimed,
            office=OFFICE,
            at=START + timedelta(days=35),  # when nobody acts for the director
            approval_days=DAYS,
        )
    hint = refused.value.hint
    assert hint is not None
    assert hint.en == "who may decide: boss"


def test_the_director_may_chair_the_group_and_decide() -> None:
    group = Group(order="๑", dated=TODAY, chair="boss", secretary="eng1")
    case = steps.appoint(opened(), group, OFFICE, actor("eng1"), START)
    case, _ = decided(submitted(case))
    assert case.decisions[-1].title == DIRECTOR_TITLE


@pytest.mark.parametrize("how", ["opens", "submits", "plans", "replans"])
def test_the_director_never_decides_on_what_they_propose(how: str) -> None:
    group = Group(order="๑", dated=TODAY, chair="boss", secretary="eng1")
    case = opened(proposer="boss" if how == "opens" else "eng1")
    case = steps.appoint(case, group, OFFICE, actor("boss"), START)
    planned_by = "boss" if how == "plans" else None
    if how == "replans":
        case = steps.attach_plan(case, OTHER.id, actor("boss"), START, run_open=False)
        case = steps.attach_plan(case, PLAN.id, actor("eng1"), START, run_open=False)
    case = steps.submit(case, None, actor("boss" if how == "submits" else "eng1"), START)
    for kind in get_args(DecisionKind):
        with pytest.raises(NotAllowed) as refused:
            draft(case, "boss", kind, planned_by=planned_by)
        assert "boss proposed case" in refused.value.message.en
        assert refused.value.hint is not None
        assert "deputy" in refused.value.hint.en


def draft(
    case: Case,
    by: str,
    kind: DecisionKind = "approve",
    *,
    comment: str = "เหตุผล",
    plan: Plan | None = PLAN,
    planned_by: str | None = None,
    seen: str = "",
) -> Decision:
    return deciding.draft_decision(
        case,
        kind,
        comment=comment,
        plan=plan,
        actor=actor(by),
        office=OFFICE,
        at=START,
        approval_days=DAYS,
        planned_by=planned_by,
        seen=seen,
    )


def test_an_approval_says_everything_and_expires() -> None:
    decision = draft(submitted(), "deputy", comment="  ")
    assert decision.plan == PLAN.id
    assert decision.title == ACTING.title
    assert decision.acting_order == "๑๒๓/๒๕๖๙"
    assert decision.comment == ""
    assert decision.expires == START + timedelta(days=DAYS)
    assert draft(submitted(), "deputy", "refuse").expires is None


def test_it_moves_the_case_on_back_or_to_its_end() -> None:
    waiting = submitted()
    on, _ = decided(waiting)
    assert (on.step, on.state, on.events[-1].what) == (3, "open", "approved")
    back, _ = decided(waiting, kind="return")
    assert (back.step, back.state, back.events[-1].what) == (1, "open", "returned")
    assert back.events[:-1] == waiting.events
    ended, _ = decided(waiting, kind="refuse")
    assert (ended.step, ended.state, ended.events[-1].what) == (2, "refused", "refused")
    again, _ = decided(submitted(back), at=START + timedelta(hours=9), seq=9)
    assert [d.kind for d in again.decisions] == ["return", "approve"]
    assert again.events[: len(back.events)] == back.events


def test_returning_and_refusing_need_a_reason() -> None:
    kinds: tuple[DecisionKind, ...] = ("return", "refuse")
    for kind in kinds:
        with pytest.raises(InputError) as missing:
            draft(submitted(), "boss", kind, comment=" ")
        assert missing.value.hint is not None
        assert "reason" in missing.value.hint.en


def test_only_at_the_approval_step() -> None:
    with pytest.raises(Refused) as early:
        draft(opened(), "boss")
    assert early.value.hint is not None
    assert "khaen case appoint 2569-2.3-0001" in early.value.hint.en
    approved, _ = decided(submitted())
    with pytest.raises(Refused) as late:
        draft(approved, "boss")
    assert late.value.hint is not None
    assert "khaen case notify" in late.value.hint.th


@pytest.mark.parametrize("plan", [None, OTHER, PLAN.model_copy(update={"selector": "all"})])
def test_nothing_but_the_plan_of_the_case_is_approved(plan: Plan | None) -> None:
    with pytest.raises(StalePlan):
        draft(submitted(), "boss", plan=plan)


def test_a_plan_with_a_reason_against_it_is_not_approved() -> None:
    reason = Reason(check="cuts_management", th="ตัดทางจัดการ", en="cuts our own way in")
    device = PLAN.devices[0].model_copy(update={"reasons": (reason,)})
    bad = Plan.model_validate({**PLAN.model_dump(), "devices": (device,)})
    with pytest.raises(UnsafePlan) as unsafe:
        draft(submitted(opened_for(bad.id)), "boss", plan=bad)
    assert "school-a-sw01: cuts our own way in" in unsafe.value.message.en
    predicted = Plan.model_validate({**PLAN.model_dump(), "predicted": True})
    with pytest.raises(UnsafePlan):
        draft(submitted(opened_for(predicted.id)), "boss", plan=predicted)
    assert draft(submitted(opened_for(bad.id)), "boss", "return", plan=bad).kind == "return"


def opened_for(plan: str) -> Case:
    group = Group(order="๑", dated=TODAY, chair="lead", secretary="eng1")
    return steps.appoint(
        steps.attach_plan(opened(), plan, actor("eng1"), START, run_open=False),
        group,
        OFFICE,
        actor("eng1"),
        START,
    )


def test_a_decision_counts_only_sealed_and_only_for_its_case() -> None:
    case = submitted()
    bare = draft(case, "boss")
    with pytest.raises(Refused, match="audit log"):
        deciding.decide(case, bare, OFFICE)
    good = deciding.seal(bare, 5, "f" * 64)
    for wrong in (
        {"case": "2569-2.3-0002"},
        {"plan": OTHER.id},
        {"role": "acting-director"},
        {"acting_order": "๑/๒๕๖๙"},
        {"dossier": "f" * 64},
        {"step": 5},
        {"step": None},
    ):
        with pytest.raises(Refused, match="not about case"):
            deciding.decide(case, good.model_copy(update=wrong), OFFICE)
    with pytest.raises(NotAllowed):
        deciding.decide(case, good.model_copy(update={"actor": "root"}), OFFICE)
    with pytest.raises(NotAllowed):
        deciding.decide(case, good, OFFICE, planned_by="boss")
    assert deciding.decide(case, good, OFFICE).step == 3


def test_when_nobody_may_decide_it_says_what_is_needed() -> None:
    office = OFFICE.model_copy(update={"acting": ()})
    case = submitted(opened_for(PLAN.id).model_copy(update={"proposer": "boss"}))
    with pytest.raises(NotAllowed) as refused:
        capacity(office, "boss", case, TODAY)
    assert refused.value.hint is not None
    assert "order for an acting director" in refused.value.hint.en
