"""The sample office's rules: its switches fail many as they come, and none after one push."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from controller.compliance.evidence import Evidence, KeptConfiguration
from controller.compliance.finding import Finding
from controller.compliance.judging import Judge
from controller.inventory.device import Device
from controller.lab.configuration.rendering import render
from controller.lab.configuration.tree import Configuration
from controller.lab.devices.arista_eos import defaults as eos_defaults
from controller.lab.devices.arista_eos import grammar as eos_grammar
from controller.lab.devices.cisco_ios import defaults as ios_defaults
from controller.lab.devices.cisco_ios import grammar as ios_grammar
from controller.platforms.registry import platform
from controller.workspace.load import load_workspace
from tests.rules.tree import ROOT

SAMPLE = load_workspace(ROOT)
LAB = {"cisco_ios": (ios_defaults, ios_grammar), "arista_eos": (eos_defaults, eos_grammar)}
JUDGE = Judge(SAMPLE.rulebook)
CONFIGURATION = {
    rule.id
    for rule in SAMPLE.rulebook.rules
    if any(c.configuration and set(c.platform) & set(LAB) for c in rule.checks)
}
NOW = datetime(2026, 11, 27, 3, tzinfo=UTC)


@pytest.mark.parametrize("device", SAMPLE.inventory.devices, ids=lambda d: d.name)
def test_a_device_that_was_pushed_passes(device: Device) -> None:
    """Every rule on configurations; and the lab takes every line."""
    running = _as_it_comes(device)
    failed = {f.rule for f in _judged(device, _text(running)) if f.verdict == "fail"}
    assert len(failed) >= 10
    merged = running.merge(SAMPLE.render(device).replace("⟦secret:snmp_ro⟧", "lotus"))
    assert merged.refusals == ()
    bad = [
        f for f in _judged(device, _text(running)) if f.verdict not in ("pass", "not_applicable")
    ]
    assert bad == []


def test_no_rule_is_idle() -> None:
    """Each rule on configurations is judged on some device of the office, or not yet valid."""
    judged = {
        finding.rule
        for device in SAMPLE.inventory.devices
        for finding in _judged(device, _text(_as_it_comes(device)))
        if finding.verdict != "not_applicable"
    }
    later = {r.id for r in SAMPLE.rulebook.rules if r.valid_from and r.valid_from > NOW.date()}
    assert CONFIGURATION - judged - later == set()


def _as_it_comes(device: Device) -> Configuration:
    defaults, grammar = LAB[device.platform]
    assert device.management_interface
    assert device.uplink
    text = defaults.default_configuration(
        device.name, device.address, device.management_interface, device.uplink
    )
    return Configuration.read(grammar.DIALECT, defaults.PORTS, text)


def _text(running: Configuration) -> str:
    return render(running)


def _judged(device: Device, text: str) -> list[Finding]:
    inventory = SAMPLE.inventory
    masked = platform(device.platform).mask(text)
    known = Evidence(
        device,
        inventory.site_of(device),
        inventory.variables(device),
        NOW,
        NOW.date(),
        KeptConfiguration(masked, "f", NOW),
    )
    return [finding for finding in JUDGE.judge(known) if finding.rule in CONFIGURATION]
