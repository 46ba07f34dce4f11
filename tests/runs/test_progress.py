"""Canary, room and stop rules, without any device."""

from __future__ import annotations

import pytest

from controller.plans.outcome import State
from controller.plans.plan import DevicePlan, Plan, Policy
from controller.runs.errand import in_order
from controller.runs.progress import Progress


def policy(**values: int) -> Policy:
    usual = {"canary": 1, "batch": 5, "stop_after_failed_percent": 10, "confirm_minutes": 5}
    return Policy(**(usual | values))


def after(progress: Progress, *states: State, lost: bool = False) -> str:
    """The code of the reason to stop after devices ended so."""
    for number, state in enumerate(states):
        progress.record(f"sw{number}", state, lost=lost)
    return progress.stop.code if progress.stop else ""


def test_only_canaries_until_they_are_confirmed() -> None:
    progress = Progress(20, policy(canary=2))
    assert progress.room() == 2
    progress.record("a", "confirmed", lost=False)
    assert progress.room() == 1
    progress.record("b", "confirmed", lost=False)
    assert progress.room() == 5


def test_a_drifted_canary_proves_nothing_and_stops_nothing() -> None:
    progress = Progress(20, policy())
    assert after(progress, "drifted") == ""
    assert progress.room() == 1


@pytest.mark.parametrize("state", ["failed", "refused", "rolled_back", "unknown"])
def test_a_canary_that_fails_stops(state: State) -> None:
    assert after(Progress(20, policy()), state) == "canary-failed"


def test_more_than_the_share_stops() -> None:
    good: tuple[State, ...] = ("confirmed",) * 5
    assert after(Progress(20, policy()), *good, "failed", "failed") == ""
    assert after(Progress(20, policy()), *good, "failed", "failed", "failed") == "too-many-failed"
    assert after(Progress(20, policy(stop_after_failed_percent=0)), *good, "failed") != ""
    assert after(Progress(2, policy(stop_after_failed_percent=100)), "confirmed", "failed") == ""


def test_drifted_devices_are_no_failures() -> None:
    drifted: tuple[State, ...] = ("drifted",) * 15
    assert after(Progress(20, policy()), "confirmed", *drifted) == ""


def test_a_device_lost_by_the_push_stops_at_once() -> None:
    progress = Progress(500, policy())
    progress.record("first", "confirmed", lost=False)
    assert after(progress, "rolled_back", lost=True) == "lost-reachability"


def test_the_order_is_site_by_site() -> None:
    names = {"z1": "a", "z2": "a", "m1": "b", "m2": "b", "a1": "c"}
    plan = Plan(
        office="x", selector="", inputs=(), policy=policy(canary=1, batch=2),
        devices=tuple(_device(name, site) for name, site in sorted(names.items())),
    )  # fmt: skip
    batches = in_order(plan, [name for name in names if name != "m2"])
    assert list(batches.items()) == [("z1", 0), ("z2", 1), ("m1", 1), ("a1", 2)]


def _device(name: str, site: str) -> DevicePlan:
    return DevicePlan(
        device=name, site=site, role="access", platform="cisco_ios", operation="merge",
        fingerprint="", candidate="", diff="", rollback="commit-confirm", checks=(),
    )  # fmt: skip
