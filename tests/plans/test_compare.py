"""What changed between two plans is said in words."""

from __future__ import annotations

from typing import Any

import pytest

from controller.plans.build import Observation, build_plan
from controller.plans.compare import compare
from controller.plans.plan import Accepted, InputFile, Plan
from controller.settings import Rollout, Settings
from tests.plans.example import IOS, observation

GROUPS = InputFile(path="inventory/groups.yaml", sha256="a" * 64)


def plan(*seen: Observation, inputs: tuple[InputFile, ...] = (GROUPS,), **more: Any) -> Plan:
    told: dict[str, Any] = {"office": "kkn", "selector": "all", "settings": Settings()}
    return build_plan(inputs=inputs, observations=seen or (observation(),), **(told | more))


OLD = plan()
GROUPS_EDITED = InputFile(path=GROUPS.path, sha256="b" * 64)
SW = "kkn-a-sw01:"
LINES = "-hostname new | +hostname b"
LOGINS = Accepted(check="changes_logins", why="x")


@pytest.mark.parametrize(
    ("new", "told"),
    [
        (plan(observation(), observation("sw02")), ["devices added: sw02"]),
        (plan(observation("sw02")), ["devices added: sw02", "devices removed: kkn-a-sw01"]),
        (plan(observation(candidate="hostname b\n")), [f"{SW} the candidate changed: {LINES}"]),
        (plan(observation(running=IOS + "vlan 7\n")), [f"{SW} running configuration changed"]),
        (plan(observation(diff="+hostname c")), [f"{SW} the device's difference changed"]),
        (plan(settings=Settings(rollout=Rollout(batch=20))), ["devices in a batch: 10 → 20"]),
        (plan(inputs=(GROUPS_EDITED,)), ["files edited: inventory/groups.yaml"]),
        (plan(inputs=()), ["files no longer used: inventory/groups.yaml"]),
        (plan(inputs=(GROUPS, InputFile(path="x", sha256="c" * 64))), ["files added: x"]),
        (plan(selector="role=access"), ["selector: “all” → “role=access”"]),
        (plan(observation(), observation("b", diff="")), ["now left out: b (unchanged)"]),
        (plan(observation(diff="+aaa new-model"), accepted=[LOGINS]),
         [f"{SW} the device's difference changed", f"{SW} reasons against changed",
          "accepted reasons: changes_logins"]),
        (plan(predicted=True), ["one is predicted, the other is not"]),
    ],
)  # fmt: skip
def test_compare(new: Plan, told: list[str]) -> None:
    found = compare(OLD, new)
    assert [text.en for text in found] == told
    assert all(text.th and text.th != text.en for text in found)


def test_every_difference_is_told() -> None:
    """Whatever field differs, something is said: an id never changes in silence."""
    for field in Plan.model_fields:
        if field != "format":
            other = plan(observation("kkn-a-sw09", diff=""), inputs=(), office="x", selector="y",
                         settings=Settings(rollout=Rollout(canary=5)), predicted=True)  # fmt: skip
            changed = OLD.model_copy(update={field: getattr(other, field)})
            changed = Plan.model_validate(changed.model_dump())
            assert bool(compare(OLD, changed)) == (changed.id != OLD.id), field


def test_the_same_plan_has_nothing_to_tell() -> None:
    assert compare(OLD, plan()) == ()


def test_long_changes_are_cut() -> None:
    long = plan(observation(candidate="".join(f"vlan {n}\n" for n in range(2, 60))))
    (text, *_) = compare(OLD, long)
    assert text.en.count("|") < 15
    assert "…" in text.en
