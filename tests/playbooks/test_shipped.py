"""Every playbook that ships, by Ansible itself, on the lab: told beforehand, and done once."""

import difflib
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.lab.targets import Target, device_row, run_lab, worker_network, write_lab

pytest.importorskip("ansible")
pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
ANSIBLE = Path(sys.executable).with_name("ansible-playbook")
AP = (
    "version 15.3\nhostname ap\nusername netadmin privilege 15 secret 5 $1$labx$0\n"
    "dot11 ssid STUDENT\n vlan 20\ninterface Dot11Radio0\n ssid STUDENT\n"
    "interface GigabitEthernet0\ninterface BVI1\n ip address {address} 255.255.0.0\n"
    "line vty 0 4\n transport input ssh\nend\n"
)
REACHED: dict[str, dict[str, object]] = {
    "cisco_ios": {
        "ansible_connection": "ansible.netcommon.network_cli",
        "ansible_network_os": "cisco.ios.ios",
        "ansible_network_cli_ssh_type": "paramiko",
        "ansible_host_key_checking": False,
    },
    "arista_eos": {
        "ansible_connection": "ansible.netcommon.httpapi",
        "ansible_network_os": "arista.eos.eos",
        "ansible_httpapi_use_ssl": True,
        "ansible_httpapi_validate_certs": False,
    },
}
SNMP = {"snmp_user": "reader", "snmp_auth": "lettuce12", "snmp_priv": "lettuce34"}
BASELINE = {
    "ntp_servers": ["10.0.0.5"], "log_hosts": ["10.0.0.7"], "log_level": "notifications",
    "snmp_group": "khaen", "renew_snmp_user": False, "remove_communities": ["public"], **SNMP,
}  # fmt: skip
ACCOUNT = {"account": "helper", "password": "lettuce99", "privilege": 15, "eos_role": ""}


@dataclass(frozen=True)
class Case:
    """A playbook, what it is told, and the lines that some of the difference must be."""

    playbook: str
    told: Mapping[str, object]
    lines: tuple[str, ...]
    platform: str
    again: bool = True
    typed: tuple[str, ...] = ()


def case(playbook: str, told: Mapping[str, object], *lines: str, **more: Any) -> list[Case]:
    """The same for both; ``@1`` is port 1."""
    both = []
    for platform, port in (("cisco_ios", "GigabitEthernet0/"), ("arista_eos", "Ethernet")):
        text = json.dumps(told).replace("@", port)
        both.append(Case(playbook, json.loads(text), lines, platform, **more))
    return both


CHANGES = [
    *case("vlan-rollout",
          {"vlan": 40, "vlan_name": "GUEST", "access_ports": ["@2", "@3"], "trunk_ports": ["@24"]},
          "+vlan 40", "+name GUEST", "+switchport access vlan 40", "+switchport access vlan 40"),
    *case("baseline-services", BASELINE, "+ntp server 10.0.0.5", "+logging host 10.0.0.7",
          "+snmp-server group khaen v3 priv"),
    *case("banner", {"thai": "เฉพาะผู้ได้รับอนุญาต", "english": "Staff only"},
          "+เฉพาะผู้ได้รับอนุญาต", "+Staff only"),
    *case("rotate-local-account", ACCOUNT, typed=("username helper privilege 15 secret old",)),
    *case("bounce-port", {"ports": ["@2", "@3"], "seconds": 1}, again=False),
    *case("decommission", {"keep_ports": ["@24"], "reference": "77/2569"},
          *["+description out of service 77/2569", "+shutdown"] * 23),
    Case("ssid-vlan",
         {"ssid": "STUDENT", "vlan": 30, "radios": ["Dot11Radio0"], "wired": "GigabitEthernet0",
          "bridge_group": 0},
         ("-vlan 20", "+vlan 30", "+interface Dot11Radio0.30", "+interface GigabitEthernet0.30"),
         "ap"),
]  # fmt: skip
READS = [
    *case("collect-facts", {}),
    *case("backup", {}),
    *case("show-commands", {"bundle": "ports", "what": ["clock"]}),
    *case("firmware-check", {"image": "none.bin", "md5": "0" * 32, "size_bytes": 9,
                             "must_boot": False}),
]  # fmt: skip


@pytest.fixture(scope="module")
def devices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Iterator[Target]]]:
    """Fresh devices by platform; `ap` is an access point."""
    folder = tmp_path_factory.mktemp("lab")
    network = worker_network()
    rows = [
        device_row(f"{platform}-{number}", platform, f"{network}.{third}.{number}")
        for platform, third in (("cisco_ios", 71), ("arista_eos", 72))
        for number in range(1, 12)
    ]
    at = f"{network}.73.1"
    more = {"management_interface": "BVI1", "uplink": "GigabitEthernet0"}
    rows.append(device_row("ap-1", "cisco_ios", at, config=AP.format(address=at), **more))
    started = run_lab("up", str(write_lab(folder, rows)))
    assert started.returncode == 0, started.stderr
    state = folder / "state"
    places = json.loads((state / "addresses.json").read_text(encoding="utf-8"))
    password = (folder / "password").read_text(encoding="utf-8").strip()
    targets = [
        Target(state, str(r["name"]), str(r["platform"]), **places[r["name"]], password=password)
        for r in rows
    ]
    try:
        yield {
            kind: iter([target for target in targets if target.name.startswith(f"{kind}-")])
            for kind in ("cisco_ios", "arista_eos", "ap")
        }
    finally:
        assert run_lab("down", str(state)).returncode == 0


def play(target: Target, case: Case, folder: Path, *options: str) -> list[Mapping[str, Any]]:
    """Run it; gives the results of its tasks in order."""
    host = {
        **REACHED[target.platform], "ansible_host": target.address, "ansible_port": target.port,
        "ansible_httpapi_port": target.port, "ansible_user": "netadmin",
        "ansible_password": target.password,
    }  # fmt: skip
    inventory = folder / "inventory.json"
    group = {"hosts": {target.name: host}}
    inventory.write_text(json.dumps({"all": {"children": {target.platform: group}}}))
    (folder / "ansible.cfg").touch()
    ended = subprocess.run(
        [ANSIBLE, "-i", inventory, ROOT / "playbooks" / f"{case.playbook}.yml", "--diff",
         "-e", json.dumps(case.told), *options],
        env={"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8",
             "ANSIBLE_CONFIG": str(folder / "ansible.cfg"),
             "ANSIBLE_STDOUT_CALLBACK": "ansible.posix.json", "PYTHONDONTWRITEBYTECODE": "1",
             "ANSIBLE_PERSISTENT_CONTROL_PATH_DIR": str(folder / "pc")},
        cwd=folder, capture_output=True, text=True, check=False, timeout=240,
    )  # fmt: skip
    told = json.loads(ended.stdout[ended.stdout.index("{") :])
    return [
        {"task": task["task"]["name"], **result}
        for one in told["plays"]
        for task in one["tasks"]
        for result in task["hosts"].values()
    ]


def sent(results: list[Mapping[str, Any]]) -> list[object]:
    """What was sent, or would be."""
    return [command for result in results for command in result.get("commands", ())]


def failures(results: list[Mapping[str, Any]]) -> list[object]:
    """What went wrong, in words."""
    return [result.get("msg") for result in results if result.get("failed")]


@pytest.mark.parametrize("case", CHANGES, ids=lambda c: f"{c.playbook}-{c.platform}")
def test_it_does_what_it_told_and_does_it_once(
    devices: dict[str, Iterator[Target]], tmp_path: Path, case: Case
) -> None:
    target = next(devices[case.platform])
    target.type(*case.typed)
    before, saved = target.running(), target.startup()
    told = play(target, case, tmp_path, "--check")
    assert failures(told) == []
    assert sent(told)
    assert (target.running(), target.startup()) == (before, saved)
    done = play(target, case, tmp_path)
    assert failures(done) == []
    assert sent(done) == sent(told)
    after = target.running()
    difference = [
        line[0] + line[1:].strip()
        for line in difflib.unified_diff(before.splitlines(), after.splitlines(), n=0)
    ]
    for line in case.lines:
        assert difference.count(line) >= case.lines.count(line), difference
    if not case.again:
        assert after == before
        return
    assert target.startup() == after != before
    second = play(target, case, tmp_path)
    assert failures(second) == []
    assert not any(result.get("changed") for result in second)
    assert target.running() == after


@pytest.mark.parametrize("case", READS, ids=lambda c: f"{c.playbook}-{c.platform}")
def test_reading_changes_nothing(
    devices: dict[str, Iterator[Target]], tmp_path: Path, case: Case
) -> None:
    target = next(devices[case.platform])
    before = target.running(), target.startup()
    results = play(target, case, tmp_path)
    if case.playbook == "firmware-check":
        assert "is not in flash" in str(failures(results))
    else:
        assert failures(results) == []
    assert not any(result.get("changed") for result in results)
    assert (target.running(), target.startup()) == before
