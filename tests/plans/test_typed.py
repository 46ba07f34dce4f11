"""What a playbook types is read as a difference, judged for danger, and grouped."""

from __future__ import annotations

from typing import Any

import pytest

from controller.plans.build import Observation, build_plan
from controller.plans.compare import compare
from controller.plans.groups import group
from controller.plans.plan import Accepted, Plan, PlaybookRun, TaskPlan, Tool
from controller.plans.typed import lasting_text, read_typed, typed_by
from controller.plans.verify import check_plan_file, export_bytes
from controller.platforms.registry import platform
from controller.settings import Settings
from tests.plans.example import EOS, IOS, device

IOS_CONFIG = "cisco.ios.ios_config"
RUN = PlaybookRun(
    name="vlans", process="2.3", inventory="0" * 64, timeout_minutes=30,
    tools=(Tool(name="ansible-core", version="2.19.14"),),
)  # fmt: skip


def task(lines: str, name: str = "Set it", effect: Any = "changes") -> TaskPlan:
    return TaskPlan(task=name, module=IOS_CONFIG, effect=effect, lines=lines)


def seen(*tasks: TaskPlan, name: str = "kkn-a-sw01", **more: Any) -> Observation:
    told = {"running": IOS, "operation": "playbook", "diff": None, "candidate": "", **more}
    return Observation(
        device=device(name), platform=platform("cisco_ios"), tasks=tuple(tasks), **told
    )


def plan(*observations: Observation, accepted: tuple[Accepted, ...] = ()) -> Plan:
    return build_plan(
        office="สพม.", selector="all", inputs=(), settings=Settings(), observations=observations,
        accepted=accepted, playbook=RUN,
    )  # fmt: skip


def reasons(*tasks: TaskPlan, **more: Any) -> set[str]:
    (one,) = plan(seen(*tasks, **more)).devices
    return {reason.check for reason in one.reasons}


def test_lines_stand_under_the_sections_they_are_typed_in() -> None:
    grammar = platform("cisco_ios").grammar
    first = "interface gi0/1\nno description\nswitchport mode access\nvlan 30\nname LAB"
    diff = typed_by([task(first), task("", effect="same"), task("ntp server 10.0.0.1")], grammar)
    assert diff.split("\n") == [
        "+interface gi0/1",
        "+ no description",
        "+ switchport mode access",
        "+vlan 30",
        "+ name LAB",
        "+ntp server 10.0.0.1",
    ]
    found = read_typed(diff, grammar)
    assert [(e.sign, e.path, e.line) for e in found.edits] == [
        ("-", ("interface gi0/1",), "description"),
        ("+", ("interface gi0/1",), "switchport mode access"),
        ("+", ("vlan 30",), "name LAB"),
        ("+", (), "ntp server 10.0.0.1"),
    ]
    assert found.readable


def test_a_banner_of_several_lines_is_one_line() -> None:
    grammar = platform("cisco_ios").grammar
    diff = typed_by([task("banner motd ^C\nno entry\nreload\n^C\nvlan 30")], grammar)
    assert [(e.sign, e.line.split("\n")[0]) for e in read_typed(diff, grammar).edits] == [
        ("+", "banner motd ^C"),
        ("+", "vlan 30"),
    ]


def test_eos_sections_inside_of_sections() -> None:
    grammar = platform("arista_eos").grammar
    diff = typed_by([task("management api http-commands\nvrf MGMT\nno shutdown")], grammar)
    (edit,) = read_typed(diff, grammar).edits
    assert edit.path == ("management api http-commands", "vrf MGMT")


def test_the_last_word_is_what_must_stand() -> None:
    grammar = platform("cisco_ios").grammar
    typed = "interface gi0/1\nshutdown\nno shutdown\nusername a secret ⟦redacted⟧"
    assert lasting_text(typed_by([task(typed)], grammar), grammar) == (
        "interface gi0/1\n no shutdown\n"
    )


@pytest.mark.parametrize(
    ("lines", "check"),
    [
        ("interface Vlan99\nshutdown", "cuts_management"),
        ("interface gi0/24\nswitchport trunk allowed vlan remove 99", "cuts_management"),
        # Typed after a section, though it stands outside of it.
        ("interface gi0/1\ndescription x\nno ip default-gateway 10.0.0.1", "cuts_management"),
        ("no username admin", "cuts_management"),
        ("do reload", "runs_commands"),
        ("username admin secret ⟦secret:new_password⟧", "changes_logins"),
        ("username teacher secret ⟦redacted⟧", "plain_secret"),
    ],
)
def test_safety_looks_at_what_is_typed(lines: str, check: str) -> None:
    assert check in reasons(task(lines))


def test_what_is_made_of_a_given_secret_has_to_be_accepted_in_the_open() -> None:
    hashed = seen(task("username teacher secret 9 ⟦redacted⟧"), secrets=("teacher",))
    ((_, reason),) = plan(hashed).refusals()
    assert reason.check == "hidden_secret"
    assert "(teacher)" in reason.en
    assert not plan(hashed, accepted=(Accepted(check="hidden_secret", why="แฮช"),)).refusals()
    named = seen(task("username teacher secret ⟦secret:teacher⟧"), secrets=("teacher",))
    assert not plan(named).refusals()


def test_a_task_of_another_platform_is_kept_and_not_shown() -> None:
    theirs = TaskPlan(task="Set it", module="arista.eos.eos_config", effect="skipped")
    ours = task("", "Not today", "skipped")
    (one,) = group(plan(seen(task("vlan 30"), theirs, ours)))
    assert theirs in one.tasks
    assert one.shown_tasks == (task("vlan 30"), ours)


def test_harmless_lines_have_nothing_against_them() -> None:
    assert reasons(task("interface gi0/2\ndescription Lab\nvlan 30\nname LAB")) == set()
    assert reasons(task("no snmp-server community ⟦redacted⟧")) == set()


def test_a_device_without_a_way_back_is_refused() -> None:
    assert reasons(task("vlan 30"), running=IOS.replace(" path flash:archive\n", "")) == {
        "no_rollback"
    }


def test_what_cannot_be_predicted_refuses_until_it_is_accepted_in_the_open() -> None:
    blind = seen(task("", "Reload the radio", "not-predictable"))
    made = plan(blind)
    ((name, reason),) = made.refusals()
    assert (name, reason.check) == ("kkn-a-sw01", "not_predictable")
    assert "Reload the radio" in reason.en
    accepted = plan(blind, accepted=(Accepted(check="not_predictable", why="ไม่มีวิธีอื่น"),))
    assert not accepted.refusals()
    assert accepted.id != made.id


def test_who_is_left_out_and_why() -> None:
    made = plan(
        seen(task("", effect="same"), name="same"),
        seen(name="failed", refused="Set it: no such port"),
        seen(name="away", running=None, unreachable="timed out"),
        seen(task("vlan 30"), name="in"),
    )
    assert [(left.device, left.why) for left in made.left_out] == [
        ("away", "unreachable"), ("failed", "refused"), ("same", "unchanged"),
    ]  # fmt: skip
    (one,) = made.devices
    assert (one.operation, one.candidate, one.rollback) == ("playbook", "", "watchdog")


def test_devices_group_by_what_their_tasks_do() -> None:
    made = plan(
        seen(task("vlan 30"), name="a"),
        seen(task("vlan 30"), name="b"),
        seen(task("vlan 30", "Another task"), name="c"),
    )
    assert sorted(change.devices for change in group(made)) == [("a", "b"), ("c",)]
    assert group(made)[0].tasks


def test_a_plan_file_says_all_of_it_and_comparing_tells_what_changed() -> None:
    made = plan(seen(task("vlan 30")))
    assert check_plan_file(export_bytes(made), made.id).ok is True
    moved = RUN.model_copy(update={"inventory": "1" * 64})
    other = Plan(**{name: getattr(made, name) for name in Plan.model_fields} | {"playbook": moved})
    assert [text.en for text in compare(made, other)] == [
        "playbook: what Ansible is told of the devices changed"
    ]
    again = plan(seen(task("vlan 31")))
    assert "what the playbook's tasks would do" in " ".join(t.en for t in compare(made, again))


def test_a_secret_in_what_a_task_would_send_is_hidden_and_one_written_in_is_found() -> None:
    made = plan(seen(task("snmp-server community s3cr3t ro")))
    assert "s3cr3t" not in made.canonical().decode()
    (one,) = made.devices
    forged = one.model_copy(update={"tasks": (task("snmp-server community s3cr3t ro"),)})
    told = {name: getattr(made, name) for name in Plan.model_fields} | {"devices": (forged,)}
    found = check_plan_file(export_bytes(Plan(**told)))
    assert found.ok is False
    assert any("looks like a secret" in text.en for text in found.problems)


def test_eos_is_read_as_eos() -> None:
    one = Observation(
        device=device(platform="arista_eos"), platform=platform("arista_eos"), running=EOS,
        candidate="", operation="playbook", diff=None,
        tasks=(task("interface Ethernet1\ndescription Lab"),),
    )  # fmt: skip
    (planned,) = plan(one).devices
    assert planned.diff == "+interface Ethernet1\n+ description Lab"
    assert planned.reasons == ()
