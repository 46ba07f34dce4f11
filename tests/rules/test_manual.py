"""Every process and every form of the office manual is accounted for."""

from __future__ import annotations

from controller.processes.manual import MANUAL, Todo

PROCESSES = [
    "2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "2.7", "2.8",
    "3.1", "3.2", "3.3", "3.5", "3.6", "3.7",
]  # fmt: skip
FORMS = {
    "supply_request", "repair_request", "loan_request", "work_request", "progress_monitoring",
    "opinion_survey", "spec_definition", "spec_comparison", "user_card_request", "user_card",
    "work_summary", "network_evaluation", "evaluation_report", "coordination_record",
    "information_report", "study_record", "data_access_request", "study_report", "data_processing",
    "operations_summary", "website_feedback", "annual_summary", "ict_application_record",
    "ict_application_report", "questionnaire", "assessment",
}  # fmt: skip


def test_every_process_of_the_manual_is_there() -> None:
    """The manual has 14; it has no 3.4."""
    assert [process.number for process in MANUAL.processes] == PROCESSES


def test_every_form_of_the_manual_is_there() -> None:
    """The manual has 26."""
    assert set(MANUAL.forms) == FORMS
    assert len(FORMS) == 26


def test_every_form_belongs_to_a_process() -> None:
    """A form that no process uses would never be filled in."""
    assert {form for process in MANUAL.processes for form in process.forms} == FORMS


def test_every_process_is_done_or_says_why_not() -> None:
    """`done`, or still to do for a reason in both languages; the main job's process is done."""
    for process in MANUAL.processes:
        assert process.status == "done" or isinstance(process.status, Todo), process.number
        if isinstance(process.status, Todo):
            assert process.status.todo.th.strip()
            assert process.status.todo.en.strip()
    assert MANUAL.process("2.3").runnable
