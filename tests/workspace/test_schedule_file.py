"""The schedule is read by itself, quickly, and without the file there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from controller.errors import InputError
from controller.operations.init_workspace import init_workspace
from controller.workspace.load import check_workspace
from controller.workspace.schedule import read_schedule

TOP = Path(__file__).resolve().parents[2]


def test_the_sample_schedule_shows_what_an_office_does() -> None:
    entries = read_schedule(TOP).entries
    assert {"audit", "backup", "pack", "report", "remind"} <= {e.do for e in entries}
    assert all(entry.times.text == entry.cron for entry in entries)


def test_without_the_file_nothing_is_done_by_itself(tmp_path: Path) -> None:
    assert read_schedule(tmp_path).entries == ()


def test_a_broken_file_is_refused_with_every_problem(tmp_path: Path) -> None:
    broken = "schedule:\n  - {name: A, cron: x, do: nap}\n"
    (tmp_path / "schedules.yaml").write_text(broken, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_schedule(tmp_path)
    assert len(caught.value.problems) == 3


def test_the_file_where_earlier_versions_read_it_is_never_passed_over(tmp_path: Path) -> None:
    (tmp_path / "compliance").mkdir()
    (tmp_path / "compliance/schedule.yaml").write_text("schedule: []\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"git mv compliance/schedule\.yaml schedules\.yaml"):
        read_schedule(tmp_path)


def test_freezes_are_read_with_days_and_times(tmp_path: Path) -> None:
    text = """
freezes:
  - {name: exams, begins: 2027-03-01, ends: 2027-03-05, reason: สอบ, select: role=access}
  - {name: visit, begins: "2027-04-01T08:00", ends: "2027-04-01T12:30", reason: รับตรวจ}
"""
    (tmp_path / "schedules.yaml").write_text(text, encoding="utf-8")
    exams, visit = read_schedule(tmp_path).freezes
    assert exams.until.isoformat() == "2027-03-06T00:00:00+07:00"
    assert visit.since.isoformat() == "2027-04-01T08:00:00+07:00"
    assert visit.until.isoformat() == "2027-04-01T12:30:00+07:00"


def test_what_a_playbook_is_given_is_held_against_the_catalogue(tmp_path: Path) -> None:
    init_workspace(tmp_path / "office")
    text = """schedule:
  - {name: one, cron: "0 4 * * *", do: playbook, playbook: collect-fact}
  - {name: two, cron: "0 4 * * *", do: playbook, playbook: banner}
  - {name: three, cron: "0 4 * * *", do: playbook, playbook: collect-facts, set: {nothing: 1}}
  - {name: four, cron: "0 4 * * *", do: playbook, playbook: collect-facts}
"""
    (tmp_path / "office/schedules.yaml").write_text(text, encoding="utf-8")
    _, problems = check_workspace(tmp_path / "office")
    found = [(p.path, p.line, p.message.en) for p in problems]
    assert found == [
        ("schedules.yaml", 2, "there is no such playbook"),
        ("schedules.yaml", 3, problems[1].message.en),
        ("schedules.yaml", 4, "the playbook does not take this"),
    ]
    assert "approved case" in problems[1].message.en
    assert problems[0].suggestion == "collect-facts"
