"""The sample's rules on other platforms: of each a configuration that passes, and one that fails.

`cases/platforms/*.yaml` are named after platforms. On the good text every rule with a check for the
platform passes or does not apply; on the bad one every rule fails or is judged by the grace.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from controller.compliance.evidence import Evidence, KeptConfiguration
from controller.compliance.finding import Finding
from controller.compliance.judging import Judge
from controller.compliance.rulebook import RuleBook
from controller.inventory.device import Device
from tests.compliance.office import NOW, SITE
from tests.compliance.test_sample_rules import SAMPLE

CASES = sorted((Path(__file__).parent / "cases" / "platforms").glob("*.yaml"))


def _judged(platform: str, text: str) -> list[Finding]:
    """The findings of the rules that check configurations of this platform."""
    role: Any = "access" if "loop" in text or "stp" in text else "core"
    device = Device(name="sw1", platform=platform, role=role, address="10.0.0.1")
    variables = {"device": device, "site": SITE, "log_host": "10.0.0.7"}
    kept = KeptConfiguration(text, "f", NOW)
    rules = tuple(
        rule
        for rule in SAMPLE.rulebook.rules
        if any(check.configuration and platform in check.platform for check in rule.checks)
    )
    assert rules
    return list(
        Judge(RuleBook(rules)).judge(Evidence(device, SITE, variables, NOW, NOW.date(), kept))
    )


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_good_configuration_passes(path: Path) -> None:
    """Every rule that has a check for the platform."""
    findings = _judged(path.stem, yaml.safe_load(path.read_text(encoding="utf-8"))["good"])
    assert [f for f in findings if f.verdict not in ("pass", "not_applicable") or f.due] == []
    assert any(f.verdict == "pass" for f in findings)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_bad_configuration_fails(path: Path) -> None:
    """Every rule that has a check for the platform and is for devices in such a role."""
    findings = _judged(path.stem, yaml.safe_load(path.read_text(encoding="utf-8"))["bad"])
    well = {f.rule for f in findings if f.verdict == "pass" and not f.due}
    assert well == set()
    assert sum(f.verdict == "fail" or f.due is not None for f in findings) >= 1
