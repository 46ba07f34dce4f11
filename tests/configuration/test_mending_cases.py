"""The peers' own cases of mending: the same answers, but for those that differ on purpose."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from controller.configuration.lines import read_lines
from controller.configuration.mending import mend
from controller.configuration.merging import future
from controller.platforms.manner import manner
from tests.configuration.mending_cases import NAMES, ON_PURPOSE, answers
from tests.recorded import recorded

# ProCurve: nobody knows whether `service dhcp` is shown once `no service dhcp` was taken back.
UNSTABLE = frozenset({"hp_procurve__090"})


def test_the_answers_are_those_of_the_peers() -> None:
    found = list(answers())
    assert {answer.case for answer in found if not answer.same} == set(ON_PURPOSE)
    assert len(found) > 70


def test_each_leads_to_its_target_in_the_platforms_own_manner() -> None:
    for category in ("remediation", "workflow_circular"):
        for path in sorted(recorded("config", category).glob("*.json")):
            if path.stem not in UNSTABLE:
                _close_the_circle(path)


def _close_the_circle(path: Path) -> None:
    content = json.loads(path.read_text(encoding="utf-8"))
    known = manner(NAMES[path.stem.partition("__")[0]])
    running = read_lines(content["running"], known.grammar)
    target = read_lines(content.get("target") or content.get("intended") or "", known.grammar)
    for before, after in ((running, target), (target, running)):
        reached = future(before, mend(before, after, known), known)
        assert mend(reached, after, known) == {}, path.stem


@pytest.mark.parametrize("name", sorted(set(NAMES.values())))
def test_every_platform_of_the_cases_says_how_it_is_changed(name: str) -> None:
    known = manner(name)
    line = "set system host-name a" if known.opposites else "description a"
    removal = known.removal(("interface a",), line)
    assert removal != line
    assert known.taken(known.opposite(line)) == line
