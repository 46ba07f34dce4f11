"""A switch as it comes is mended by the sample rules, its banner too."""

from __future__ import annotations

import pytest

from controller.compliance.evidence import Evidence, KeptConfiguration
from controller.compliance.judging import Judge
from controller.compliance.remedy import Remedy, remedy
from controller.configuration.lines import read_lines, write_lines
from controller.configuration.merging import future
from controller.lab.devices.arista_eos import defaults as eos
from controller.lab.devices.cisco_ios import defaults as ios
from controller.plans.build import Observation
from controller.plans.predicted import would_cut
from controller.platforms.manner import manner
from controller.platforms.registry import platform
from controller.workspace.load import Workspace, load_workspace
from tests.compliance.office import NOW
from tests.rules.tree import ROOT

FACTORY = {
    "cisco_ios": ios.default_configuration,
    "arista_eos": eos.default_configuration,
}


@pytest.fixture(scope="module")
def office() -> Workspace:
    """The sample office."""
    return load_workspace(ROOT)


@pytest.mark.parametrize("name", ["kkn-a-sw01", "kkn-a-sw06"])
def test_a_switch_as_it_comes_is_mended(office: Workspace, name: str) -> None:
    device = next(d for d in office.inventory.devices if d.name == name)
    known, how = platform(device.platform), manner(device.platform)
    text = FACTORY[device.platform](
        name, device.address, device.management_interface or "", device.uplink or ""
    )
    found = _mended(office, name, text)
    assert len(found.rules) > 12
    assert found.left == ()
    seen = Observation(device, known, text, found.text, "merge", None)
    assert not would_cut(seen, office.settings)
    assert not known.has_plain_secret(found.text)
    running = read_lines(known.mask(text), how.grammar)
    after = write_lines(future(running, read_lines(found.text, how.grammar), how))
    again = _mended(office, name, after)
    assert (again.text, again.rules) == ("", ())


def _mended(office: Workspace, name: str, text: str) -> Remedy:
    device = next(d for d in office.inventory.devices if d.name == name)
    known = platform(device.platform)
    evidence = Evidence(
        device=device,
        site=office.inventory.site_of(device),
        variables=office.inventory.variables(device),
        now=NOW,
        today=NOW.date(),
        configuration=KeptConfiguration(known.mask(text), "f", NOW),
    )
    findings = Judge(office.rulebook).judge(evidence)
    return remedy(findings, office.rulebook, evidence, manner(device.platform))
