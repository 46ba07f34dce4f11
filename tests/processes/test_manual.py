"""The manual is read whole, and a wrong one is refused with the place and the reason."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import pytest
import yaml

from controller.errors import InputError, NotFound
from controller.processes.manual import MANUAL, Manual, process, read_manual, runnable

TEXT = files("controller.processes").joinpath("manual.yaml").read_text(encoding="utf-8")


def edited(number: str, /, **change: Any) -> str:
    """The office's manual with one process changed."""
    content = yaml.safe_load(TEXT)
    for entry in content["processes"]:
        if entry["number"] == number:
            entry.update(change)
    return yaml.safe_dump(content, allow_unicode=True)


def steps(*kinds_and_needs: str) -> list[dict[str, Any]]:
    return [
        {"kind": kind, "name": "ขั้นตอน", "english": "step", "needs": [need] if need else []}
        for kind, _, need in (text.partition(":") for text in kinds_and_needs)
    ]


def with_step(number: str, index: int, /, **change: Any) -> str:
    """The office's manual with one step of one process changed."""
    content = yaml.safe_load(TEXT)
    for entry in content["processes"]:
        if entry["number"] == number:
            entry["steps"][index].update(change)
    return yaml.safe_dump(content, allow_unicode=True)


def test_the_steps_of_the_main_process() -> None:
    main = process("2.3")
    assert [step.kind for step in main.steps] == [
        "appoint",
        "plan",
        "approve",
        "notify",
        "execute",
        "evaluate",
    ]
    assert main.steps[3].name == "แจ้งผู้ที่เกี่ยวข้องทราบแนวทางดำเนินการ"
    assert main.forms == ("work_request", "repair_request")
    assert runnable(main) is main


def test_every_name_is_there_in_both_languages() -> None:
    for entry in MANUAL.processes:
        assert entry.title.th != entry.title.en
        for step in entry.steps:
            assert step.title.en.isascii()
            assert not step.title.th.isascii()


def test_every_process_can_be_run_and_two_reach_devices() -> None:
    assert all(entry.runnable for entry in MANUAL.processes)
    reaching = [entry for entry in MANUAL.processes if entry.plans_a_change]
    assert [entry.number for entry in reaching] == ["2.2", "2.3"]
    assert all("run" in entry.steps[4].needs for entry in reaching)


@pytest.mark.parametrize(
    ("number", "step", "back"),
    [("2.3", 2, 1), ("2.8", 2, 1), ("3.1", 2, 1), ("3.1", 5, 4), ("3.3", 4, 3), ("2.3", 0, 0)],
)
def test_a_case_goes_back_to_the_work_before(number: str, step: int, back: int) -> None:
    assert process(number).returns_to(step) == back


def test_reading_what_was_written_gives_the_same() -> None:
    again = yaml.safe_dump(MANUAL.model_dump(mode="json"), allow_unicode=True)
    assert read_manual(again) == MANUAL


def test_an_unknown_number_is_not_found() -> None:
    with pytest.raises(NotFound):
        process("3.4")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "valid dictionary"),
        ("processes: [", "manual.yaml:2:1 not valid YAML"),
        (edited("2.3", colour="red"), "processes.2.colour"),
        (edited("2.3", status="perhaps"), "processes.2.status"),
        (edited("2.3", status={"todo": {"th": "", "en": "x"}}), "processes.2.status"),
        (edited("2.3", number="2.2"), "two processes with number 2.2"),
        (edited("2.3", slug="website"), "two processes with slug website"),
        (edited("2.3", forms=["no_such_form"]), "unknown form no_such_form"),
        (edited("2.3", references=["no_such_law"]), "unknown reference no_such_law"),
        (edited("2.3", steps=[]), "processes.2.steps"),
        (edited("2.3", steps=steps("dance:order")), "processes.2.steps.0.kind"),
        (edited("2.3", steps=steps("appoint:order", "notify:")), "says what it needs"),
        (edited("2.3", steps=steps("notify:run")), "kind notify cannot need ['run']"),
        (with_step("2.3", 2, needs=["publication"]), "an approve step needs a decision"),
        (with_step("2.3", 2, who=["group"]), "only the director decides"),
        (with_step("2.3", 2, who=["director", "officer"]), "only the director decides"),
        (with_step("2.3", 2, forms=["work_request"]), "no form is attached at an approve step"),
        (with_step("2.3", 2, may=["work_request"]), "no form is attached at an approve step"),
        (with_step("2.3", 2, returns_to=3), "step 3 cannot return a case to step 3"),
        (with_step("2.3", 2, returns_to=9), "step 3 cannot return a case to step 9"),
        (with_step("2.3", 2, returns_to=0), "processes.2.steps.2.returns_to"),
        (with_step("2.3", 1, returns_to=1), "only an approve step returns a case"),
        (with_step("2.3", 1, who=["everybody"]), "processes.2.steps.1.who"),
        (with_step("2.3", 1, days=0), "processes.2.steps.1.days"),
        (with_step("2.3", 1, forms=["no_such"]), "step 2 of process 2.3 names no form no_such"),
        (with_step("2.3", 1, forms=["work_request"]), "both must and may be attached"),
        (with_step("2.3", 4, needs=["run", "work"]), "needs a run needs nothing else"),
        (with_step("2.3", 4, may=[], forms=["repair_request"]), "needs a run needs nothing else"),
        (with_step("2.3", 4, may=["work_request"]), "asks for the forms ['repair_request']"),
        (edited("2.3", cycle="monthly"), "processes.2.cycle"),
        (edited("2.3", forms=[], steps=steps("approve:decision")), "no step to return a case to"),
    ],
)
def test_a_wrong_manual_is_refused_with_the_place(text: str, words: str) -> None:
    with pytest.raises(InputError) as wrong:
        read_manual(text)
    assert words in wrong.value.message.en
    assert words.isascii()
    assert wrong.value.problems


@pytest.mark.parametrize(
    "kinds",
    [
        ("execute:run",),
        ("plan:plan", "approve:decision", "execute:run"),
        ("appoint:order", "plan:plan", "execute:run"),
        ("appoint:order", "approve:decision", "execute:run"),
        ("appoint:order", "approve:decision", "plan:plan", "execute:run"),
        ("appoint:order", "plan:plan", "execute:run", "approve:decision"),
    ],
)
@pytest.mark.parametrize("status", ["done", {"todo": {"th": "ยังไม่มี", "en": "not yet"}}])
def test_no_manual_lets_a_run_come_before_its_approval(kinds: tuple[str, ...], status: Any) -> None:
    with pytest.raises(InputError, match="a run needs"):
        read_manual(edited("2.3", status=status, steps=steps(*kinds)))


def test_another_edition_may_do_without_a_notice() -> None:
    shorter = ("appoint:order", "plan:plan", "approve:decision", "execute:run", "evaluate:summary")
    other: Manual = read_manual(edited("2.3", forms=[], steps=steps(*shorter)))
    assert len(other.process("2.3").steps) == 5


def test_every_problem_is_named_at_once() -> None:
    with pytest.raises(InputError) as wrong:
        read_manual(edited("2.3", slug="Not A Slug", status="perhaps", steps=[]))
    places = {problem.message.en.split(":")[0] for problem in wrong.value.problems}
    assert {"at processes.2.slug", "at processes.2.steps"} <= places


def test_every_step_is_due_some_day() -> None:
    assert all(step.days for entry in MANUAL.processes for step in entry.steps)


def test_who_acts_where_the_manual_names_nobody() -> None:
    doers = {step.kind: step.doers for step in process("2.3").steps}
    assert doers["approve"] == ("director",)
    assert doers["plan"] == ("proposer", "group")
    assert doers["execute"] == ("group",)
    website = process("3.5")
    assert website.cycle == "fiscal-year"
    assert {step.roles for step in website.steps} == {("officer", "engineer")}
    assert not any(step.kind in {"appoint", "approve"} for step in website.steps)


def test_forms_and_surveys_are_what_their_definitions_say() -> None:
    """The manual's list is read at every start, the definitions one at a time."""
    folder = files("controller.processes.forms").joinpath("definitions")
    defined = {
        entry.name.removesuffix(".yaml"): yaml.safe_load(entry.read_text(encoding="utf-8"))
        for entry in folder.iterdir()
        if entry.name.endswith(".yaml")
    }
    assert set(defined) == {*MANUAL.forms, *MANUAL.annexes}
    for slug, content in defined.items():
        named = MANUAL.form(slug)
        assert named is not None
        assert named.survey is (content.get("kind") == "survey"), slug
        assert (slug in MANUAL.annexes) is (content.get("manual") is False), slug
