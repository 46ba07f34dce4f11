"""Dated entries: the work, the following up, the publication; and the study and the evaluation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from controller.errors import InputError, NotAllowed, Refused
from controller.processes import steps
from controller.processes.case import Case, Objective, Record, Result, Study
from tests.processes.example import (
    START,
    STUDY,
    TODAY,
    actor,
    appointed,
    entry,
    evaluation,
    opened,
    paper,
    submitted,
)
from tests.processes.walker import Walker, begin

LATER = START + timedelta(days=3)
DAY = date(2026, 11, 23)


def record(case: Case, made: Record, *, done: bool = False, by: str = "eng2") -> Case:
    return steps.record_entry(case, made, actor(by), LATER, done=done)


def test_work_is_written_down_until_it_is_all_done() -> None:
    case = begin("3.1").until(3).case
    case = record(case, entry("work", START, text="ประชุมครั้งที่ 1"))
    assert (case.step, case.events[-1].what) == (3, "recorded")
    with pytest.raises(Refused) as unready:
        record(case, entry("work", LATER), done=True)
    assert unready.value.hint is not None
    assert "khaen form fill coordination_record" in unready.value.hint.en
    case = steps.attach(case, paper("coordination_record"), actor("eng2"), LATER)
    case = record(case, entry("work", LATER, text="ลงนามความร่วมมือ"), done=True)
    assert (case.step, case.events[-1].what) == (4, "ended")
    assert [(r.text, r.by, r.step) for r in case.records] == [
        ("ประชุมครั้งที่ 1", "eng2", 3),
        ("ลงนามความร่วมมือ", "eng2", 3),
    ]
    assert "2026-11-20: ประชุมครั้งที่ 1" in case.events[-3].note


@pytest.mark.parametrize(
    ("number", "step", "kind"),
    [("3.1", 3, "follow-up"), ("2.1", 3, "work"), ("3.1", 4, "work"), ("3.1", 3, "publication")],
)
def test_an_entry_of_another_kind_is_refused(number: str, step: int, kind: Any) -> None:
    with pytest.raises((Refused, InputError)):
        record(begin(number).until(step).case, entry(kind, LATER))


@pytest.mark.parametrize(
    "fields",
    [
        {"text": " "},
        {"text": "ปลอม\u202eกลับ"},
        {"place": "a\x00b"},
        {"on": date(2026, 11, 24)},
        {"next": DAY},
        {"next": TODAY},
    ],
)
def test_an_entry_is_of_a_day_that_has_come_and_says_what_happened(fields: dict[str, Any]) -> None:
    case = begin("2.1").until(3).case
    made = entry("follow-up", LATER).model_copy(update=fields)
    with pytest.raises(InputError):
        record(case, made)
    good = entry("follow-up", LATER).model_copy(update={"next": date(2027, 2, 1)})
    assert record(case, good).records[-1].next == date(2027, 2, 1)


def test_work_on_devices_is_written_down_but_ended_only_by_the_run() -> None:
    case = record(begin("2.3").until(4).case, entry("work", LATER))
    assert case.step == 4
    with pytest.raises(Refused, match="not complete"):
        record(case, entry("work", LATER), done=True)


def publish(case: Case, by: str = "eng2", **fields: Any) -> Case:
    made = entry("publication", LATER).model_copy(update=fields)
    return steps.publish(case, made, actor(by), LATER)


def approved() -> Case:
    walker = begin("3.3").until(4)
    walker.now = LATER - timedelta(days=1)
    walker.decide()
    return walker.case


def test_nothing_is_published_before_it_is_approved() -> None:
    case = begin("3.3").until(4).case
    with pytest.raises(Refused) as early:
        publish(case)
    assert "not approved yet" in early.value.message.en
    assert early.value.hint is not None
    assert "khaen case approve 2569-3.3-0001" in early.value.hint.en
    with pytest.raises(InputError, match="before it was approved"):
        publish(approved(), on=date(2026, 11, 21))
    with pytest.raises(Refused):
        publish(begin("3.1").until(5).case)


def test_what_was_approved_waits_to_be_published_and_is_not_decided_again() -> None:
    case = approved()
    assert (case.state, case.step, case.events[-1].what) == ("open", 4, "approved")
    with pytest.raises(Refused) as again:
        Walker(case, LATER).decide()
    assert again.value.hint is not None
    assert "khaen case publish 2569-3.3-0001" in again.value.hint.en
    ended = publish(case, place="หน้าข้อมูลสารสนเทศของเว็บไซต์สำนักงาน")
    assert (ended.state, ended.events[-1].what) == ("closed", "recorded")
    assert "หน้าข้อมูลสารสนเทศ" in ended.events[-1].note
    assert ended.decisions == case.decisions


@pytest.mark.parametrize("fields", [{"place": " "}, {"text": ""}, {"on": date(2026, 11, 24)}])
def test_a_publication_says_where_and_what(fields: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        publish(approved(), **fields)


def test_the_people_of_the_case_publish_not_the_director() -> None:
    for by in ("boss", "root"):
        with pytest.raises(NotAllowed):
            publish(approved(), by)
    assert publish(approved(), "eng1").state == "closed"


def test_a_study_is_written_at_the_plan_step_and_replaced_there() -> None:
    case = steps.study(appointed(), STUDY, actor("eng1"), LATER)
    again = STUDY.model_copy(update={"work": "  อีกแบบหนึ่ง  "})
    case = steps.study(case, again, actor("lead"), LATER)
    assert case.study is not None
    assert case.study.work == "อีกแบบหนึ่ง"
    assert [(e.what, e.actor, e.note) for e in case.events[-2:]] == [
        ("studied", "eng1", STUDY.work),
        ("studied", "lead", "อีกแบบหนึ่ง"),
    ]
    for other in (opened(), submitted()):
        with pytest.raises(Refused):
            steps.study(other, STUDY, actor("eng1"), LATER)


@pytest.mark.parametrize(
    "fields",
    [
        {"reason": ""},
        {"work": " \n "},
        {"budget": Decimal(-1)},
        {"budget": Decimal("NaN")},
        {"begins": DAY, "ends": TODAY},
        {"objectives": (Objective(text=" "),)},
        {"objectives": (Objective(text="ก", target="\x1b[2J"),)},
    ],
)
def test_a_study_that_cannot_be_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        steps.study(appointed(), STUDY.model_copy(update=fields), actor("eng1"), LATER)
    whole = Study(reason="ก", work="ข", budget=Decimal(0), begins=TODAY, ends=TODAY)
    assert steps.study(appointed(), whole, actor("eng1"), LATER).study == whole


def evaluate(case: Case, **fields: Any) -> Case:
    made = evaluation(LATER).model_copy(update=fields)
    return steps.evaluate(case, made, actor("eng2"), LATER, run_open=False)


def at_evaluation() -> Case:
    return begin("2.5").until(5).case


@pytest.mark.parametrize(
    "fields",
    [
        {"satisfaction": Decimal("0.99")},
        {"satisfaction": Decimal("5.01")},
        {"satisfaction": Decimal("NaN")},
        {"satisfaction": Decimal(4), "answers": 0},
        {"answers": -1},
        {"objectives": (Result(objective=" ", reached="met"),)},
        {"objectives": (Result(objective="ก", reached="met", note="\x00"),)},
    ],
)
def test_figures_and_words_that_cannot_be_are_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        evaluate(at_evaluation(), **fields)
    assert evaluate(at_evaluation(), satisfaction=Decimal(5), answers=1).state == "closed"


def test_an_objective_nobody_judged_is_unknown_not_met() -> None:
    (objective,) = STUDY.objectives
    (forgotten,) = evaluate(at_evaluation()).evaluations[-1].objectives
    assert (forgotten.objective, forgotten.reached) == (objective.text, "unknown")
    judged = Result(objective=objective.text, target=objective.target, reached="partly")
    assert evaluate(at_evaluation(), objectives=(judged,)).evaluations[-1].objectives == (judged,)


def test_who_evaluates_and_when_is_as_it_was() -> None:
    lies: list[Callable[[], Case]] = [
        lambda: evaluate(at_evaluation(), by="boss"),
        lambda: evaluate(at_evaluation(), step=0),
        lambda: evaluate(at_evaluation(), at=START),
    ]
    for case in (lie() for lie in lies):
        made = case.evaluations[-1]
        assert (made.by, made.step, made.at) == ("eng2", 5, LATER)
