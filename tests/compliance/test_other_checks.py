"""Checks of facts, hardware and process: what is not known is unknown, never a pass."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from controller.compliance.evidence import Past
from controller.inventory.asset import Asset
from controller.specs.model import Model
from tests.compliance.office import NOW, evidence, judged, rule

FACTS: dict[str, Any] = {
    "identity": {"version": "15.2(2)E3", "name": "SW1"},
    "interfaces": [
        {"name": "GigabitEthernet0/1", "up": False, "enabled": True},
        {"name": "GigabitEthernet0/24", "up": True},
    ],
    "ports": [
        {"name": "Gi0/1", "oper": "up", "duplex": "half"},
        {"name": "Gi0/2", "oper": "down", "duplex": "half"},
        {"name": "Gi0/3", "oper": "up"},
    ],
    "users": [],
}


@pytest.mark.parametrize(
    ("check", "verdict"),
    [
        ({"fact": "identity.version", "at_least": "15.0"}, "pass"),
        ({"fact": "identity.version", "at_least": "15.2(10)E"}, "fail"),
        ({"fact": "identity.version", "at_most": "15.2(2)E3"}, "pass"),
        ({"fact": "identity.version", "like": "15\\..*"}, "pass"),
        ({"fact": "identity.version", "like": "15"}, "fail"),
        ({"fact": "identity.name", "one_of": ["sw1"]}, "pass"),
        ({"fact": "identity.name", "none_of": ["sw1"]}, "fail"),
        ({"fact": "identity.serial", "like": ".+"}, "unknown"),
        ({"fact": "ntp.synchronised", "one_of": [True]}, "unknown"),
        ({"fact": "users[].level", "at_most": 1}, "not_applicable"),
        ({"fact": "interfaces[].up", "one_of": [True]}, "fail"),
        ({"fact": "interfaces[].up", "one_of": [True], "some": True}, "pass"),
        (
            {
                "fact": "interfaces[].up",
                "where": {"name": "{{ device.uplink }}"},
                "one_of": [True],
            },
            "pass",
        ),
        ({"fact": "interfaces[].up", "where": {"name": "x"}, "one_of": [True]}, "not_applicable"),
        ({"fact": "interfaces[].up", "where": {"name": "{{ z }}"}, "one_of": [True]}, "unknown"),
        # Gi0/1 is wrong; Gi0/3, which does not tell, comes after that.
        ({"fact": "ports[].duplex", "where": {"oper": "up"}, "none_of": ["half"]}, "fail"),
        ({"fact": "ports[].duplex", "where": {"name": "Gi0/3"}, "none_of": ["half"]}, "unknown"),
    ],
)
def test_facts(check: dict[str, Any], verdict: str) -> None:
    """By dotted names; `[]` means each."""
    known = evidence(facts=FACTS, facts_at=NOW)
    assert judged(rule({"fact": check}), known).verdict == verdict


def test_a_wrong_fact_is_named() -> None:
    """Which one, what it is and what it should be."""
    check = {"fact": "ports[].duplex", "where": {"oper": "up"}, "none_of": ["half"]}
    (detail,) = judged(rule({"fact": check}), evidence(facts=FACTS)).details
    assert detail.line == "ports Gi0/1.duplex: half"
    assert detail.words is not None
    assert "none of half" in detail.words.en


def test_old_facts_do_not_count() -> None:
    """With `within_days`; without it they do."""
    old = evidence(facts=FACTS, facts_at=NOW - timedelta(days=3))
    check = {"fact": "identity.version", "at_least": "15.0"}
    assert judged(rule({"fact": check}), old).verdict == "pass"
    assert judged(rule({"fact": check | {"within_days": 2}}), old).verdict == "unknown"
    assert judged(rule({"fact": check | {"within_days": 4}}), old).verdict == "pass"
    never = replace(old, facts_at=None)
    assert judged(rule({"fact": check | {"within_days": 4}}), never).verdict == "unknown"


ASSET = Asset(
    "1", "school-a", "switch", "Cisco", "C", "S", date(2021, 11, 1), 100, "", "in-use", ""
)
MODEL = Model(
    model="C", ports=24, port_mbps=1000, uplink_mbps=10000, poe_watts=370, wifi=6,
    warranty_years=3, end_of_support=date(2027, 1, 1),
)  # fmt: skip


@pytest.mark.parametrize(
    ("check", "known", "bare"),
    [
        ({"age_at_most_years": 6}, "pass", "unknown"),
        ({"age_at_most_years": 5}, "fail", "unknown"),
        ({"in_warranty": True}, "fail", "unknown"),
        ({"in_warranty": False}, "pass", "unknown"),
        ({"supported": True}, "pass", "unknown"),
        ({"supported": False}, "fail", "unknown"),
        ({"ports_at_least": 24}, "pass", "unknown"),
        ({"ports_at_least": 48}, "fail", "unknown"),
        ({"port_mbps_at_least": 1000}, "pass", "unknown"),
        ({"uplink_mbps_at_least": 25000}, "fail", "unknown"),
        ({"poe_watts_at_least": 370}, "pass", "unknown"),
        ({"wifi_at_least": 7}, "fail", "unknown"),
        ({"ports_at_least": 48, "supported": True}, "fail", "unknown"),
    ],
)
def test_hardware(check: dict[str, Any], known: str, bare: str) -> None:
    """From the register and the model; without them nobody knows."""
    asked = rule({"hardware": check})
    assert judged(asked, evidence(asset=ASSET, model=MODEL)).verdict == known
    assert judged(asked, evidence()).verdict == bare


DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("check", "past", "verdict"),
    [
        ({"backup_at_most_days": 7}, Past(backed_up=NOW - 7 * DAY), "pass"),
        ({"backup_at_most_days": 7}, Past(backed_up=NOW - 8 * DAY), "fail"),
        ({"backup_at_most_days": 7}, Past(), "fail"),
        ({"changed_by_case": True}, Past(changed_by_case="12"), "pass"),
        ({"changed_by_case": True}, Past(changed_by_case=""), "fail"),
        ({"changed_by_case": True}, Past(), "unknown"),
        ({"alerts_noted_within_hours": 24}, Past(), "pass"),
        ({"alerts_noted_within_hours": 24}, Past(oldest_unacknowledged=NOW - DAY), "pass"),
        ({"alerts_noted_within_hours": 23}, Past(oldest_unacknowledged=NOW - DAY), "fail"),
    ],
)
def test_process(check: dict[str, Any], past: Past, verdict: str) -> None:
    """A backup nobody made is a failure; a change nobody recorded is unknown."""
    assert judged(rule({"process": check}), evidence(past=past)).verdict == verdict
