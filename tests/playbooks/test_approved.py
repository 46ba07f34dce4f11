"""Every changing playbook that ships goes the product's own road: plan, approval, run and back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from controller.connections.ansible.tools import tools
from controller.errors import Refused
from controller.operations.plan_playbook import plan_playbook
from controller.plans.plan import Accepted, Plan
from controller.store import playbook_runs
from tests.playbooks.test_shipped import AP
from tests.runs.lab import LabDevice, network, rows_of, running_lab
from tests.runs.scene import ENGINEER, Scene, edit, open_scene
from tests.runs.test_apply import carried_out
from tests.runs.test_restore import opened

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(tools() is None, reason="the extra `playbooks` is not installed"),
]
ROOT = Path(__file__).parents[2]
SECRETS = {"reader_auth": "lettuce12", "reader_priv": "lettuce34", "helper": "lettuce99"}
KINDS = {"cisco_ios": "GigabitEthernet0/", "arista_eos": "Ethernet"}


@dataclass(frozen=True)
class Case:
    """A playbook and what it is told; `accept` are the checks it needs accepted in the open."""

    playbook: str
    told: Mapping[str, str]
    kind: str
    accept: frozenset[str] = frozenset()
    typed: tuple[str, ...] = ()
    again: bool = True


def case(playbook: str, told: Mapping[str, str], *accept: str, **more: Any) -> list[Case]:
    """The same for both; ``@1`` is port 1."""
    return [
        Case(playbook, json.loads(json.dumps(told).replace("@", port)), kind, frozenset(accept),
             **more)
        for kind, port in KINDS.items()
    ]  # fmt: skip


CASES = [
    *case("vlan-rollout", {"vlan": "40", "vlan_name": "GUEST", "access_ports": "@2,@3",
                           "trunk_ports": "@24"}),
    *case("baseline-services", {"ntp_servers": "10.0.0.5", "log_hosts": "10.0.0.7",
                                "log_level": "notifications", "snmp_group": "khaen",
                                "snmp_user": "reader", "snmp_auth": "reader_auth",
                                "snmp_priv": "reader_priv", "remove_communities": "public"}),
    *case("banner", {"thai": "เฉพาะผู้ได้รับอนุญาต", "english": "Staff only"}),
    *case("rotate-local-account", {"account": "helper", "password": "helper", "eos_role": ""},
          "hidden_secret", typed=("username helper privilege 15 secret old",)),
    *case("bounce-port", {"ports": "@2,@3", "seconds": "1"}, "not_predictable", again=False),
    *case("decommission", {"keep_ports": "@24", "reference": "77/2569"}),
    Case("ssid-vlan", {"ssid": "STUDENT", "vlan": "30", "radios": "Dot11Radio0",
                       "wired": "GigabitEthernet0"}, "ap",
         typed=("archive", "path flash:archive", "ip scp server enable")),
]  # fmt: skip


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, Any]]:
    """The password of a small lab, and fresh devices of it by kind; `ap` is an access point."""
    folder = tmp_path_factory.mktemp("lab")
    rows = rows_of("cisco_ios", "ios", 61, 8) + rows_of("arista_eos", "eos", 62, 8)
    at = f"{network()}.63.1"
    more = {"management_interface": "BVI1", "uplink": "GigabitEthernet0"}
    rows.append(
        {"name": "ap-01", "platform": "cisco_ios", "address": at, "port": 0,
         "config": AP.format(address=at), **more}
    )  # fmt: skip
    with running_lab(folder, rows) as lab:
        fresh: dict[str, Any] = {
            kind: iter([d for d in lab.devices if d.name.startswith(f"{prefix}-")])
            for kind, prefix in (("cisco_ios", "ios"), ("arista_eos", "eos"), ("ap", "ap"))
        }
        yield {**fresh, "password": lab.password_file.read_text(encoding="utf-8").strip()}


@pytest.fixture
def scene(case: Case, places: Mapping[str, Any], tmp_path: Path) -> Iterator[Scene]:
    """An office with the playbooks that ship and one device of the case's kind."""
    device: LabDevice = next(places[case.kind])
    device.type(*case.typed)
    with open_scene(tmp_path, [device], places["password"]) as opened_scene:
        copytree(ROOT / "playbooks", tmp_path / "playbooks")
        names = "".join(f'{name} = "file/{name}"\n' for name in SECRETS)
        edit(tmp_path / "khaen.toml", "[secrets]\n", f"[secrets]\n{names}")
        for name, value in SECRETS.items():
            (tmp_path / name).write_text(value, encoding="utf-8")
        wired = {"ap": "GigabitEthernet0"}.get(case.kind) or f"{KINDS[case.kind]}24"
        site = tmp_path / "inventory/sites/school-a.yaml"
        edit(site, "  name: ", f"  uplink: {wired}\n  name: ")
        if case.kind == "ap":
            edit(site, "Vlan99", "BVI1")
        yield opened_scene


def planned(scene: Scene, case: Case) -> Plan:
    """The plan with Ansible, who plays left in the scene; what it needs accepted is."""
    accepted = tuple(Accepted(check=name, why="ทดสอบ") for name in sorted(case.accept))
    with opened(scene) as context:
        scene.player = context.player()
        return plan_playbook(context, ENGINEER, case.playbook, "all", case.told, accepted)


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.playbook}-{c.kind}")
def test_what_was_approved_is_done_once_and_taken_back(scene: Scene, case: Case) -> None:
    (device,) = scene.devices
    before, saved = device.running(), device.startup()
    plan = planned(scene, case)
    assert (device.running(), device.startup()) == (before, saved)
    assert not plan.left_out, plan.left_out
    (one,) = plan.devices
    told = [(t.task, t.effect, t.lines) for t in one.tasks]
    assert {reason.check for reason in one.reasons} == case.accept, (one.reasons, told)
    written = plan.canonical().decode()
    assert not any(secret in written for secret in SECRETS.values())

    number = scene.approved_plan(plan)
    run = carried_out(scene, number)
    row = scene.rows(run)[device.name]
    assert row.state == "confirmed", (row.state, row.reason, row.evidence)
    with scene.store.read() as conn:
        kept = playbook_runs.results(conn, run)
    approved = [task.lines for task in one.tasks if task.effect == "changes"]
    assert [result.lines for result in kept if result.lines] == approved
    after = device.running()
    assert (after != before) == case.again

    if case.again:
        assert device.startup() == after
        again = planned(scene, case)
        assert [left.why for left in again.left_out] == ["unchanged"], again
        assert device.running() == after
    else:
        with pytest.raises(Refused, match="has a change to take back"):
            carried_out(scene, number, "rollback")
        return
    back = carried_out(scene, number, "rollback")
    assert scene.rows(back)[device.name].state == "confirmed", scene.rows(back)
    assert device.running() == before


DECOMMISSION = [c for c in CASES if c.playbook == "decommission"]


@pytest.mark.parametrize("case", DECOMMISSION, ids=lambda c: c.kind)
def test_a_switch_is_never_taken_out_of_service_with_our_way_to_it(
    scene: Scene, case: Case
) -> None:
    """The uplink has to be kept, and where nobody said which it is, somebody has to say so."""
    kept = case.told["keep_ports"]
    refused = replace(case, told={**case.told, "keep_ports": kept.replace("24", "1")})
    (left,) = planned(scene, refused).left_out
    assert left.why == "refused"
    assert "the uplink and every trunk among them" in left.detail
    edit(scene.root / "inventory/sites/school-a.yaml", f"  uplink: {kept}\n", "")
    ((_, reason),) = planned(scene, case).refusals()
    assert reason.check == "management_unknown"
    assert "not declared in the inventory" in reason.en
