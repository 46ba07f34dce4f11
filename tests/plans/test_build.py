"""The same content gives the same plan id, wherever and in whatever order it is computed."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.errors import InputError, UnsafePlan
from controller.plans.build import Observation, build_plan
from controller.plans.plan import Accepted, DevicePlan, InputFile, Plan
from controller.platforms.registry import platform
from controller.settings import Rollout, Safety, Settings
from tests.plans.example import EOS, IOS, device, observation

INPUTS = (
    InputFile(path="inventory/groups.yaml", sha256="a" * 64),
    InputFile(path="b", sha256="b" * 64),
)
LOGINS = Accepted(check="changes_logins", why="ย้ายไปใช้ RADIUS ตามแผน")


def plan(
    *seen: Observation, accepted: tuple[Accepted, ...] = (), settings: Settings | None = None
) -> Plan:
    return build_plan(
        office="kkn",
        selector="all",
        inputs=INPUTS,
        settings=settings or Settings(),
        observations=seen,
        accepted=accepted,
    )


@pytest.mark.parametrize(
    ("seen", "why", "detail"),
    [
        (observation(diff=""), "unchanged", ""),
        (observation(diff="!List of Commands:\nend\n!No changes were found"), "unchanged", ""),
        (observation(running=None, diff=None, unreachable="timed out"), "unreachable", "timed out"),
        (observation(running=None, diff=None), "unreachable", "no running configuration"),
        (observation(running=None, diff=""), "unreachable", "no running configuration"),
        (observation(unreachable="tried snmp-server community S3cret RO"), "unreachable",
         "tried snmp-server community S3cret RO"),
        (observation(maintenance="รอเปลี่ยนพัดลม"), "maintenance", "รอเปลี่ยนพัดลม"),
        (observation(running=None, diff=None, maintenance="x"), "maintenance", "x"),
    ],
)  # fmt: skip
def test_left_out(seen: Observation, why: str, detail: str) -> None:
    made = plan(seen)
    assert made.devices == ()
    assert [(left.why, left.detail) for left in made.left_out] == [(why, detail)]


def test_unsupported_operation_is_left_out() -> None:
    from dataclasses import replace

    known = platform("cisco_ios")
    lacking = replace(known, capabilities=known.capabilities | {"replace": ("todo", "not proved")})
    seen = replace(observation(operation="replace"), platform=lacking)
    assert [left.why for left in plan(seen).left_out] == ["unsupported"]


def test_a_device_that_gave_no_difference_is_refused_not_forgotten() -> None:
    made = plan(observation(diff=None))
    assert [reason.check for _, reason in made.refusals()] == ["diff_unknown"]


def test_what_a_plan_says_of_a_device() -> None:
    made = plan(observation(diff="+hostname new\n+snmp-server community S3cret RO\n+end"))
    (told,) = made.devices
    assert told.diff == "+hostname new\n+snmp-server community ⟦redacted⟧ RO"
    assert told.fingerprint == platform("cisco_ios").fingerprint(IOS)
    assert (told.site, told.role, told.platform) == ("kkn-school-a", "access", "cisco_ios")
    assert (told.rollback, told.operation) == ("commit-confirm", "merge")
    assert told.checks == ("reachable", "interfaces_up", "applied")
    assert made.policy.model_dump() == Rollout().model_dump()


def test_a_difference_as_connections_give_it_stays_to_the_letter() -> None:
    """It is compared again, letter by letter, before the push."""
    known = platform("arista_eos")
    raw = (
        "@@ -5,3 +5,4 @@\n !\n username admin secret sha512 $6$x\n !\n"
        "+snmp-server community ⟦secret:a⟧ ro"
    )
    given_back = known.tidy_diff(known.redact(raw))
    seen = Observation(
        device=device(platform="arista_eos"), platform=known, running=EOS, candidate="x\n",
        operation="merge", diff=given_back,
    )  # fmt: skip
    assert plan(seen).devices[0].diff == given_back


def test_hidden_sections_are_found_on_the_device() -> None:
    above = EOS.split("\n").index("   description Uplink")
    lines = (
        "    description Uplink\n    switchport mode trunk\n"
        "    switchport trunk allowed vlan 10,20,99\n+   shutdown"
    )

    def told(first: int) -> DevicePlan:
        seen = Observation(
            device=device(platform="arista_eos"), platform=platform("arista_eos"), running=EOS,
            candidate="x\n", operation="merge", diff=f"@@ -{first},3 +{first},4 @@\n{lines}",
        )  # fmt: skip
        return plan(seen).devices[0]

    # The device counts from below the three comments that its running configuration begins with.
    found = told(above + 1 - 3)
    assert found.sections == ("interface Ethernet24",)
    assert [reason.check for reason in found.reasons] == ["cuts_management"]
    lost = told(2)
    assert lost.sections == ("?",)
    assert "diff_unknown" in [reason.check for reason in lost.reasons]


def test_limits_come_from_the_settings() -> None:
    seen = observation(diff="-no vlan 10")
    assert plan(seen).refusals() == ()
    strict = Settings(safety=Safety(remove_percent=0))
    assert [r.check for _, r in plan(seen, settings=strict).refusals()] == ["removes_much"]


def test_acceptable_reasons_may_be_accepted_in_the_open() -> None:
    seen = observation(diff="+aaa new-model")
    assert [r.check for _, r in plan(seen).refusals()] == ["changes_logins"]
    accepted = plan(seen, accepted=(LOGINS,))
    assert accepted.refusals() == ()
    assert accepted.accepted == (LOGINS,)
    assert accepted.id != plan(seen).id


def test_an_acceptance_that_meets_no_reason_changes_nothing() -> None:
    assert plan(observation(), accepted=(LOGINS,)).id == plan(observation()).id


def test_other_reasons_may_not_be_accepted() -> None:
    with pytest.raises(UnsafePlan, match="cuts_management"):
        plan(observation(), accepted=(Accepted(check="cuts_management", why="x"),))
    with pytest.raises(InputError, match="did you mean changes_logins"):
        plan(observation(), accepted=(Accepted(check="change_logins", why="x"),))
    with pytest.raises(InputError, match="needs a reason"):
        plan(observation(), accepted=(Accepted(check="changes_logins", why="  "),))


def test_an_acceptance_written_into_a_plan_does_not_open_it() -> None:
    """Whoever edits a plan gets another id; and even that plan still refuses itself."""
    bad = plan(observation(diff="+interface Vlan99\n+ shutdown"))
    forged = bad.model_copy(
        update={"accepted": (Accepted(check="cuts_management", why="trust me"),)}
    )
    assert [r.check for _, r in Plan.model_validate(forged.model_dump()).refusals()] == [
        "cuts_management"
    ]


def test_a_device_given_twice_is_refused() -> None:
    with pytest.raises(InputError, match="kkn-a-sw01"):
        plan(observation(), observation())


def many() -> list[Observation]:
    seen = [
        observation(f"kkn-a-sw{n:02}", address=f"10.0.0.{n}", diff=f"+hostname n{n % 4}")
        for n in range(1, 9)
    ]
    return [*seen, observation("kkn-a-sw20", diff=""), observation("kkn-a-sw21", maintenance="x")]


@given(st.randoms(use_true_random=False))
def test_order_does_not_matter(shuffled: random.Random) -> None:
    seen, inputs = many(), list(INPUTS)
    shuffled.shuffle(seen)
    shuffled.shuffle(inputs)
    made = build_plan(
        office="kkn", selector="all", inputs=inputs, settings=Settings(), observations=seen
    )
    assert made.id == plan(*many()).id
    assert Plan.model_validate_json(made.canonical()) == made


@pytest.mark.parametrize(
    "change",
    [
        lambda s: s.model_copy(update={"rollout": Rollout(canary=2)}),
        lambda s: s.model_copy(update={"rollout": Rollout(confirm_minutes=6)}),
    ],
)
def test_the_policy_is_part_of_the_id(change: Callable[[Settings], Settings]) -> None:
    assert plan(observation(), settings=change(Settings())).id != plan(observation()).id


@pytest.mark.parametrize(
    "other",
    [
        observation(diff="+hostname other"),
        observation(candidate="hostname other\n"),
        observation(running=IOS + "ntp server 10.0.0.5\n"),
        observation("kkn-a-sw02"),
        observation(site="kkn-school-b"),
    ],
)
def test_anything_else_gives_another_id(other: Observation) -> None:
    assert plan(other).id != plan(observation()).id


def test_volatile_lines_do_not_change_the_id() -> None:
    other = observation(
        running="! Last configuration change at 10:00\r\n" + IOS.replace("\n", "\r\n")
    )
    assert plan(other).id == plan(observation()).id


PROGRAM = "from tests.plans.test_build import many, plan; print(plan(*many()).id)"


@pytest.mark.parametrize(
    "surroundings",
    [
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Bangkok", "LANG": "th_TH.UTF-8", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "4711", "TZ": "America/Adak", "LC_ALL": "tr_TR.UTF-8"},
    ],
)  # fmt: skip
def test_surroundings_do_not_change_the_id(surroundings: dict[str, str]) -> None:
    root = Path(__file__).parents[2]
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "PYTHON"))}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=root, env=environment | surroundings,
        capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    assert done.stdout.strip() == plan(*many()).id
