"""Devices with the same difference stand in one group, every device in exactly one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from controller.plans.build import Observation, build_plan
from controller.plans.groups import group, reach
from controller.plans.plan import Plan
from controller.platforms.registry import platform
from controller.settings import Settings
from tests.plans.example import EOS, device, observation

DIFFS = (
    "+hostname a",
    "+vlan 10\n+ name STAFF",
    "+vlan 20\n+ name STAFF",
    "-no vlan 30",
    "% Error",
)


def plan(*seen: Observation) -> Plan:
    return build_plan(
        office="kkn", selector="all", inputs=(), settings=Settings(), observations=seen
    )


@given(st.lists(st.sampled_from(DIFFS), max_size=30))
def test_groups_are_a_partition(diffs: list[str]) -> None:
    seen = [observation(f"sw{number:03}", diff=diff) for number, diff in enumerate(diffs)]
    made = plan(*seen)
    groups = group(made)
    assert sorted(name for g in groups for name in g.devices) == [d.device for d in made.devices]
    readable = [d for d in diffs if d != "% Error"]
    assert len(groups) == len(set(readable)) + diffs.count("% Error")
    by_name = {seen_one.device.name: seen_one.diff for seen_one in seen}
    for g in groups:
        assert len({by_name[name] for name in g.devices}) == 1
    assert group(plan(*reversed(seen))) == groups


def test_small_groups_come_first_and_are_marked() -> None:
    usual = [observation(f"sw{n:02}", diff="+hostname a") for n in range(20)]
    rare = [observation(f"xx{n}", diff="+hostname b") for n in range(2)]
    some = [observation(f"yy{n}", diff="+hostname c") for n in range(3)]
    groups = group(plan(*usual, *rare, *some))
    assert [(len(g.devices), g.outlier) for g in groups] == [(2, True), (3, False), (20, False)]


def test_groups_of_the_same_size_are_no_outliers() -> None:
    groups = group(plan(observation("a"), observation("b", diff="+hostname b")))
    assert [g.outlier for g in groups] == [False, False]


def eos(name: str, diff: str, running: str = EOS) -> Observation:
    return Observation(
        device=device(name, "arista_eos"), platform=platform("arista_eos"), running=running,
        candidate="x\n", operation="merge", diff=diff,
    )  # fmt: skip


def test_lines_around_do_not_split_a_group() -> None:
    one = eos("a", "@@ -4,2 +4,3 @@\n hostname kkn-a-core01\n !\n+ntp server 10.23.0.5")
    running = EOS.replace("kkn-a-core01", "kkn-b-core01")
    two = eos("b", "@@ -4,2 +4,3 @@\n hostname kkn-b-core01\n !\n+ntp server 10.23.0.5", running)
    (found,) = group(plan(one, two))
    assert found.devices == ("a", "b")
    assert found.diff == "+ntp server 10.23.0.5"


def test_the_same_lines_in_other_sections_do() -> None:
    one = eos("a", " interface Ethernet1\n+   description A")
    two = eos("b", " interface Ethernet2\n+   description A")
    assert len(group(plan(one, two))) == 2


def test_sections_that_are_not_shown_count_too() -> None:
    """The same hunk, letter by letter, in another interface is another change."""
    lines = ["hostname a"]
    for number in (1, 2):
        lines += [f"interface Ethernet{number}", "   a", "   b", "   c", "   d"]
    text = "\n".join(lines)
    one = eos("a", "@@ -4,3 +4,4 @@\n    b\n    c\n    d\n+   e", text)
    two = eos("b", "@@ -9,3 +9,4 @@\n    b\n    c\n    d\n+   e", text)
    groups = group(plan(one, two))
    assert [g.diff for g in groups] == [
        " interface Ethernet1\n+ e",
        " interface Ethernet2\n+ e",
    ]


def test_reach() -> None:
    made = plan(
        observation("a", diff="+vlan 10\n+ name STAFF\n-no vlan 30", site="one"),
        observation("b", diff="+vlan 10\n+ name STAFF\n-no vlan 30", site="two"),
        observation("c", diff="+hostname c", site="two"),
        observation("d", diff=""),
    )
    told = reach(made)
    assert (told.devices, told.sites, told.groups) == (3, 2, 2)
    assert (told.added, told.removed, told.left_out) == (3, 2, 1)
