"""Checks of a configuration: what is found, where, and on which line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from controller.compliance.finding import Detail
from tests.compliance.office import evidence, judged, rule

TABLE = yaml.safe_load(
    (Path(__file__).parent / "cases" / "configuration.yaml").read_text(encoding="utf-8")
)
TEXT: str = TABLE["text"]


@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: str(case["case"]))
def test_a_check_of_a_configuration(case: dict[str, Any]) -> None:
    """Verdict, and kind, path, line and number of each detail."""
    finding = judged(rule({"configuration": case["check"]}), evidence(TEXT))
    told = [_told(detail) for detail in finding.details]
    assert (finding.verdict, told) == (case["verdict"], case.get("details", []))


def _told(detail: Detail) -> str:
    number = "" if detail.number is None else f" @{detail.number}"
    return f"{detail.kind} {' > '.join((*detail.path, detail.line))}{number}".strip()


def test_details_without_a_line_say_it_in_words() -> None:
    """A pattern is no line one could type."""
    finding = judged(rule({"configuration": {"patterns": ["ntp peer .*"]}}), evidence(TEXT))
    (detail,) = finding.details
    assert detail.line == ""
    assert detail.words is not None
    assert "ntp peer" in detail.words.th


def test_what_nobody_can_read_is_unknown() -> None:
    """No configuration kept, or a platform without a grammar: never a pass."""
    asked = rule({"configuration": {"forbidden": ["x"]}})
    assert judged(asked, evidence(None)).verdict == "unknown"
    strange = evidence("x").device.model_copy(update={"platform": "no_such_platform"})
    assert judged(asked, evidence("x", strange)).verdict == "unknown"
