"""Papers are attached where the manual asks for them, and stay as they were approved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from controller.errors import InputError, NotAllowed, NotFound, Refused
from controller.processes import steps
from controller.processes.case import Case, Paper
from controller.processes.manual import read_manual
from controller.processes.needs import forms_at, missing
from tests.processes.example import (
    START,
    actor,
    appointed,
    decided,
    notified,
    opened,
    paper,
    studied,
    submitted,
)
from tests.processes.test_manual import edited
from tests.processes.test_manual import steps as written_steps
from tests.processes.walker import Walker, begin

LATER = START + timedelta(hours=8)


def attach(case: Case, wanted: Paper, by: str = "eng1") -> Case:
    return steps.attach(case, wanted, actor(by), LATER)


def detach(case: Case, number: str) -> Case:
    return steps.detach(case, number, actor("eng1"), LATER)


def at_execute() -> Case:
    return notified(decided(submitted(studied(appointed())))[0])


def test_a_paper_says_where_it_was_attached_and_by_whom() -> None:
    lies = paper("work_request").model_copy(update={"step": 4, "by": "boss", "at": START})
    case = attach(appointed(), lies)
    assert [(p.step, p.by, p.at) for p in case.papers] == [(1, "eng1", LATER)]
    event = case.events[-1]
    assert (event.what, event.step) == ("attached", 1)
    assert "2570-work_request-0001 r1: แบบบันทึกขอให้ดำเนินการ" in event.note
    assert lies.sha256[:12] in event.note


def test_a_revision_takes_the_place_of_the_paper() -> None:
    case = attach(attach(appointed(), paper("work_request", "a")), paper("", "b.pdf"))
    case = attach(case, paper("work_request", "a", text="2", revision=2))
    case = attach(case, paper("", "b.pdf", text="2"))
    assert [(p.number, p.revision) for p in case.papers] == [("a", 2), ("b.pdf", 2)]
    later = attach(case, paper("", "b.pdf", text="2", revision=7))
    assert later.papers[1].revision == 7


def test_the_same_content_is_not_attached_twice() -> None:
    case = attach(appointed(), paper("work_request"))
    with pytest.raises(Refused, match="same content"):
        attach(case, paper("work_request"))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (paper("work_request", "x"), paper("", "x", text="2")),
        (paper("", "x"), paper("work_request", "x", text="2")),
    ],
)
def test_one_number_names_one_paper(first: Paper, second: Paper) -> None:
    with pytest.raises(Refused, match="another paper"):
        attach(attach(appointed(), first), second)


@pytest.mark.parametrize("slug", ["repair_request", "questionnaire", "no_such_form"])
def test_a_form_the_step_does_not_ask_for_is_refused(slug: str) -> None:
    with pytest.raises(Refused) as refused:
        attach(appointed(), paper(slug))
    assert f"has no form {slug} (it may have: work_request)" in refused.value.message.en
    assert refused.value.hint is not None
    assert "khaen case submit" in refused.value.hint.en


def test_a_survey_counts_only_by_its_results() -> None:
    case = begin("3.7").until(3).case
    one_answer = paper("questionnaire").model_copy(update={"kind": "form"})
    with pytest.raises(Refused) as refused:
        attach(case, one_answer)
    assert refused.value.hint is not None
    assert "khaen survey open questionnaire --case 2569-3.7-0001" in refused.value.hint.th
    whole = attach(case, paper("questionnaire"))
    # Asked for at the next step, and answered while the work went on.
    walker = Walker(whole).until(4)
    assert [f.slug for f in forms_at(walker.case, 4) if f.must and not f.attached] == ["assessment"]
    record = paper("spec_definition").model_copy(update={"kind": "survey"})
    with pytest.raises(Refused, match="is no survey"):
        attach(begin("2.4").until(1).case, record)


def test_a_file_is_no_form_whatever_it_calls_itself() -> None:
    scan = paper("spec_definition").model_copy(update={"kind": "file"})
    case = attach(begin("2.4").until(1).case, scan)
    assert any("spec_definition" in text.en for text in missing(case))


def test_what_was_approved_already_is_not_the_work_that_came_of_it() -> None:
    walker = begin("2.8").until(1)
    walker.case = attach(walker.case, paper("network_evaluation", "design"))
    walker.until(3)
    assert any("network_evaluation" in text.en for text in missing(walker.case))
    walker.to_the_end()
    numbers = [p.number for p in walker.case.papers if p.form == "network_evaluation"]
    assert numbers[0] == "design"
    assert len(numbers) == 2


def test_nothing_changes_while_it_is_before_the_director() -> None:
    case = submitted(studied(appointed()))
    moves: list[Callable[[], Case]] = [
        lambda: attach(case, paper("", "ใหม่.pdf")),
        lambda: attach(case, paper("", "ผังเครือข่าย.pdf", text="2")),
        lambda: detach(case, "ผังเครือข่าย.pdf"),
    ]
    for move in moves:
        with pytest.raises(Refused) as refused:
            move()
        assert refused.value.hint is not None
        assert "khaen case revise 2569-2.3-0001" in refused.value.hint.en


def test_what_was_approved_is_neither_changed_nor_taken_off() -> None:
    case = at_execute()
    moves: list[Callable[[], Case]] = [
        lambda: attach(case, paper("", "ผังเครือข่าย.pdf", text="2")),
        lambda: detach(case, "ผังเครือข่าย.pdf"),
    ]
    for move in moves:
        with pytest.raises(Refused) as refused:
            move()
        assert "part of what was approved" in refused.value.message.en
        assert refused.value.hint is not None
        assert "khaen case revise" in refused.value.hint.th
    more = attach(case, paper("repair_request"))
    assert detach(more, "2570-repair_request-0001").papers == case.papers


def test_after_a_return_or_revision_everything_can_be_changed() -> None:
    returned, _ = decided(submitted(studied(appointed())), kind="return")
    revised = steps.revise(at_execute(), "แก้ผัง", actor("eng1"), LATER, run_open=False)
    for case in (returned, revised):
        assert detach(case, "ผังเครือข่าย.pdf").papers == ()
        assert attach(case, paper("", "ผังเครือข่าย.pdf", text="2")).papers[0].revision == 2


def test_the_results_put_forward_keep_the_plan_that_was_approved_untouched() -> None:
    """Two approvals: sent back by the second, what the first approved stays as it is."""
    walker = begin("3.1").until(1)
    walker.case = attach(walker.case, paper("", "แผน.pdf"))
    walker.until(5)
    walker.decide("return")
    assert walker.case.step == 4
    with pytest.raises(Refused, match="part of what was approved"):
        steps.detach(walker.case, "แผน.pdf", walker.doer(), LATER)
    report = next(p for p in walker.case.papers if p.form == "information_report")
    new = paper("information_report", report.number, text="2", revision=2)
    walker.case = steps.attach(walker.case, new, walker.doer(), LATER)
    walker.to_the_end()
    assert walker.case.state == "closed"
    assert len(walker.case.submissions) == 3


def test_a_form_an_ended_step_needed_is_revised_but_not_taken_off() -> None:
    walker = begin("3.1").until(4)
    record = next(p for p in walker.case.papers if p.form == "coordination_record")
    with pytest.raises(Refused) as refused:
        steps.detach(walker.case, record.number, walker.doer(), LATER)
    assert "ended with this form" in refused.value.message.en
    new = paper("coordination_record", record.number, text="2", revision=2)
    after = steps.attach(walker.case, new, walker.doer(), LATER)
    assert [(p.revision, p.step) for p in after.papers if p.number == record.number] == [(2, 3)]
    two = steps.attach(
        begin("3.1").until(3).case, paper("coordination_record"), actor("eng2"), LATER
    )
    walker = Walker(steps.attach(two, paper("coordination_record", "b"), actor("eng2"), LATER))
    walker.until(4)
    assert steps.detach(walker.case, "b", walker.doer(), LATER).papers


def test_an_unknown_paper_names_the_nearest() -> None:
    case = attach(appointed(), paper("", "ผังเครือข่าย.pdf"))
    with pytest.raises(NotFound) as missed:
        detach(case, "ผังเครือข่ย.pdf")
    assert missed.value.hint is not None
    assert "ผังเครือข่าย.pdf" in missed.value.hint.th
    with pytest.raises(NotFound):
        detach(appointed(), "x")


def test_people_outside_the_case_attach_nothing() -> None:
    with pytest.raises(NotAllowed):
        attach(appointed(), paper("work_request"), "root")
    with pytest.raises(NotAllowed):
        steps.detach(attach(appointed(), paper("", "a")), "a", actor("root"), LATER)


def test_a_paper_with_a_name_nobody_can_read_is_refused() -> None:
    for fields in ({"title": " "}, {"number": ""}, {"title": "ปลอม\u202eกลับ"}):
        with pytest.raises(InputError):
            attach(appointed(), paper("work_request").model_copy(update=fields))


def test_a_case_approved_before_papers_were_put_on_record_keeps_what_it_has() -> None:
    case = attach(at_execute(), paper("", "หน้างาน.jpg"))
    old = case.model_copy(update={"submissions": ()})
    with pytest.raises(Refused):
        detach(old, "หน้างาน.jpg")


def test_another_manual_may_ask_for_the_same_form_again() -> None:
    kinds = ("appoint:order", "plan:study", "execute:work", "approve:decision", "evaluate:summary")
    written = written_steps(*kinds)
    written[2]["forms"] = ["work_request"]
    written[4]["forms"] = ["work_request"]
    manual = read_manual(edited("2.3", forms=["work_request"], steps=written))
    case = opened(plan=None)
    walker = Walker(case, manual=manual).to_the_end()
    assert walker.case.state == "closed"
    assert [p.step for p in walker.case.papers] == [2, 4]
