"""A device, and what is known of it, for judging."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from controller.compliance.evidence import Evidence, KeptConfiguration
from controller.compliance.finding import Finding
from controller.compliance.judging import Judge
from controller.compliance.rule import Rule, Waiver
from controller.compliance.rulebook import RuleBook
from controller.inventory.device import Device
from controller.inventory.site import Site

NOW = datetime(2026, 11, 27, 3, tzinfo=UTC)
SITE = Site(site="school-a", name_th="โรงเรียน ก", name_en="School A", kind="school", district="m")
SWITCH = Device(
    name="sw1", platform="cisco_ios", role="access", address="10.0.0.1", site="school-a",
    district="m", tags=("lab",), uplink="GigabitEthernet0/24",
)  # fmt: skip
WORDS = {"th": "เกณฑ์", "en": "rule"}


def rule(*checks: dict[str, Any], **rest: Any) -> Rule:
    """A rule `r` with these checks."""
    told: dict[str, Any] = {
        "id": "r",
        "title": WORDS,
        "why": [{"kind": "office", "reference": "x"}],
        "severity": "warning",
        "checks": checks,
    }
    return Rule.model_validate(told | rest)


def waiver(until: date, **rest: Any) -> Waiver:
    """A waiver `w` of the rule `r` for every device."""
    told: dict[str, Any] = {
        "id": "w", "rule": "r", "select": "all", "reason": "old", "approved_by": "director",
        "case": "1/2569", "until": until,
    }  # fmt: skip
    return Waiver.model_validate(told | rest)


def evidence(text: str | None = None, device: Device = SWITCH, **rest: Any) -> Evidence:
    """What is known of a device; its configuration when there is a text."""
    variables = {"device": device, "site": SITE, "idle_minutes": 15, "ntp_servers": ["10.0.0.5"]}
    kept = None if text is None else KeptConfiguration(text, "f", NOW)
    made = Evidence(device, SITE, variables, NOW, NOW.date(), kept)
    return replace(made, **rest)


def judged(rule: Rule, known: Evidence, *waivers: Waiver) -> Finding:
    """The one finding."""
    (finding,) = Judge(RuleBook((rule,), waivers)).judge(known)
    return finding
