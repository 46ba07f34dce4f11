"""Measuring recorded devices comes to what a well-known monitoring system made of the same ones."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import pytest

from controller.facts.answers import Answers, Request
from controller.facts.measured import Measured, Memory
from controller.platforms.identifying import first_request, identify, next_request
from controller.platforms.profile import Profile, Tier, profile
from tests.platforms.recordings import Recording, answer, read_recording
from tests.recorded import recorded

EVERY: tuple[Tier, ...] = ("cycle", "quarter", "hour")
CYCLE: tuple[Tier, ...] = ("cycle",)
# What is reached today, in devices (temperatures: in sensors); never to be less.
REACHED = {
    "cpu": 80,
    "memory": 77,
    "both": 68,
    "temperatures": 231,
    "up": 90,
    "ports": 82,
    "clients": 15,
}


def told(recording: Recording) -> Profile:
    """The profile of the device as it identifies itself."""
    answers = Answers()
    question: Request | None = first_request()
    while question:
        answers |= answer(recording, question)
        question = next_request(answers)
    found = identify(answers)
    return profile(found.platform, found.object_id)


@pytest.fixture(scope="module")
def devices() -> list[tuple[dict[str, Any], Recording]]:
    expected = json.loads(recorded("snmp", "expected_summary.json").read_text(encoding="utf-8"))
    folder = recorded("snmp", "snmprec")
    return [(d, read_recording(folder / f"{d['community']}.snmprec")) for d in expected]


def test_recorded_devices_measure_as_expected(
    devices: list[tuple[dict[str, Any], Recording]],
) -> None:
    """The misses are printed: `pytest -s`."""
    reached = dict.fromkeys(REACHED, 0)
    for expected, recording in devices:
        about = told(recording)
        answers = answer(recording, about.request(EVERY))
        measured = about.read(answers)
        for name, right in checks(expected, measured).items():
            reached[name] += right
            if not right and name not in ("temperatures", "both"):
                print(f"{expected['community']} ({about.platform or 'standard'}): {name}")
        between = answer(recording, about.request(CYCLE, about.traits(answers)))
        again = about.read(between, about.traits(answers))
        assert again.processors == measured.processors, expected["community"]
        assert again.memories == measured.memories, expected["community"]
        assert again.clients == measured.clients, expected["community"]
    print(reached)
    short = {n: (reached[n], least) for n, least in REACHED.items() if reached[n] < least}
    assert not short, f"fewer than before: {short}"


def checks(expected: Mapping[str, Any], measured: Measured) -> dict[str, int]:
    """What of the expected was measured: counts to add up."""
    right: dict[str, int] = {}
    if expected["processors"]:
        loads = [p["usage"] for p in expected["processors"]]
        right["cpu"] = same(loads, (p.percent for p in measured.processors), 1.0)
    if pools := [m for m in expected["mempools"] if m["perc"] is not None]:
        right["memory"] = same(
            (m["perc"] for m in pools), (m.percent for m in measured.memories), 1.0
        )
        right["memory"] &= same_sizes(pools, measured.memories)
    if "cpu" in right and "memory" in right:
        right["both"] = right["cpu"] and right["memory"]
    degrees = [s.value for s in measured.sensors if s.kind == "temperature" and s.value is not None]
    right["temperatures"] = matched((t["value"] for t in expected["temperatures"]), degrees, 0.6)[0]
    if expected["ports"]:
        oper = list(measured.ports.states.get("oper", {}).values())
        right["up"] = int(oper.count(1) == expected["ports"]["oper_up"])
        right["ports"] = int(right["up"] and len(oper) == expected["ports"]["count"])
    if "clients" in expected["wireless_counts"]:
        right["clients"] = int(measured.clients is not None)
    return right


def same_sizes(pools: list[dict[str, Any]], found: Iterable[Memory]) -> int:
    """1 when the sizes are the same to one percent, where both sides tell all; else 0."""
    wanted, sizes = sorted(p["total"] for p in pools), [m.total for m in found]
    if wanted[0] <= 100 or not all(sizes) or len(wanted) != len(sizes):
        return 1
    pairs = zip(wanted, sorted(s for s in sizes if s), strict=True)
    return int(all(abs(a - b) <= 0.01 * a for a, b in pairs))


def same(expected: Iterable[float], found: Iterable[float], off: float) -> int:
    """1 when each expected figure is among those found and there are no others, else 0."""
    expected = list(expected)
    right, left = matched(expected, found, off)
    return int(right == len(expected) and not left)


def matched(
    expected: Iterable[float], found: Iterable[float], off: float
) -> tuple[int, list[float]]:
    """How many expected figures are found, each for itself, and the figures left over."""
    left, right = list(found), 0
    for figure in expected:
        near = [f for f in left if abs(f - figure) <= off]
        if near:
            left.remove(min(near, key=lambda f: abs(f - figure)))
            right += 1
    return right, left
