"""The optional file inventory/health.yaml: read when it is there, and wrong places named."""

from __future__ import annotations

from pathlib import Path

import pytest

from controller.errors import InputError
from controller.health.rules import read_rules, rules_of
from controller.inventory.watching import RuleChange, Watching
from controller.operations.init_workspace import init_workspace
from controller.workspace.load import check_workspace, load_workspace

FILE = "inventory/health.yaml"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A new workspace."""
    init_workspace(tmp_path / "office")
    return tmp_path / "office"


def test_it_may_be_missing_and_changes_rules_when_there(office: Path) -> None:
    """Thresholds, rules switched off, school hours, wanted firmware, services."""
    assert load_workspace(office).inventory.watching == Watching()
    (office / FILE).write_text(
        """
rules:
  high_cpu: {threshold: 95.5, grace_minutes: 30}
  no_clients: {enabled: false}
school_hours: {begin: "08:00", holidays: [2026-12-07]}
firmware: {cisco_ios: "15.2(7)E4"}
""",
        encoding="utf-8",
    )
    watching = load_workspace(office).inventory.watching
    rules = rules_of(watching)
    cpu = rules.rule("high_cpu")
    assert cpu is not None
    assert (cpu.threshold, cpu.clear, cpu.grace) == (95.5, 75, 30)
    assert rules.rule("no_clients") is None
    assert watching.firmware == {"cisco_ios": "15.2(7)E4"}


@pytest.mark.parametrize(
    ("text", "line", "column", "suggestion"),
    [
        ("rules:\n  high-cpu: {threshold: 95}\n", 2, 3, "high_cpu"),
        ("rules:\n  high_cpu: {treshold: 95}\n", 2, 14, "threshold"),
        ("rules:\n  high_cpu: {threshold: hot}\n", 2, 25, ""),
        ("rules:\n  high_cpu: {enabled: maybe}\n", 2, 23, ""),
        ("rules:\n  high_cpu: {clear: 96}\n", 2, 21, ""),
        ("firmware: {cisco-ios: '1'}\n", 1, 12, "cisco_ios"),
        ("school_hours: {days: [monday]}\n", 1, 23, "mon"),
        ("rule: {}\n", 1, 1, "rules"),
    ],
)
def test_what_is_wrong_is_named(
    office: Path, text: str, line: int, column: int, suggestion: str
) -> None:
    """With file, line, column, and what was meant."""
    (office / FILE).write_text(text, encoding="utf-8")
    workspace, problems = check_workspace(office)
    assert workspace is None
    (problem,) = problems
    assert (problem.path, problem.line, problem.column) == (FILE, line, column), problem
    assert problem.suggestion == suggestion


def test_a_threshold_moved_past_its_clear_takes_it_along() -> None:
    """Or an alert could neither open nor clear."""
    rules = rules_of(Watching(rules={"high_cpu": RuleChange(threshold=50)}))
    cpu = rules.rule("high_cpu")
    assert cpu is not None
    assert cpu.clear == 50


def test_the_programs_own_file_is_checked_too() -> None:
    """A wrong rule is told with its place, in both languages."""
    with pytest.raises(InputError) as caught:
        read_rules("rules:\n  - {rule: a, measure: dwn, severity: critical}\nservices: []\n")
    assert any("rules.0.measure" in p.message.en for p in caught.value.problems)
    with pytest.raises(InputError):
        read_rules("rules: [")
