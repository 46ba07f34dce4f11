"""The schedule is read by itself, quickly, and without the file there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from controller.errors import InputError
from controller.workspace.schedule import read_schedule

TOP = Path(__file__).resolve().parents[2]


def test_the_sample_schedule_does_each_task_once() -> None:
    entries = read_schedule(TOP).entries
    assert sorted(entry.do for entry in entries) == ["audit", "backup", "pack", "report"]
    assert all(entry.times.text == entry.cron for entry in entries)


def test_without_the_file_nothing_is_done_by_itself(tmp_path: Path) -> None:
    assert read_schedule(tmp_path).entries == ()


def test_a_broken_file_is_refused_with_every_problem(tmp_path: Path) -> None:
    (tmp_path / "compliance").mkdir()
    broken = "schedule:\n  - {name: A, cron: x, do: nap}\n"
    (tmp_path / "compliance/schedule.yaml").write_text(broken, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_schedule(tmp_path)
    assert len(caught.value.problems) == 3
