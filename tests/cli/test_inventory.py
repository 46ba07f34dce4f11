"""`khaen inventory` and the history of `khaen backup` as people type them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.office import Office

HEADING = "number,kind,brand,model,serial,acquired,price,room,state\n"
ROW = "7440-001-9001/67,computer,Dell,OptiPlex,SN9001,17/6/2567,18500,ห้องสมุด,in-use\n"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office with one officer."""
    made = Office(tmp_path_factory.mktemp("office") / "work")
    made.init()
    made.khaen("account", "add", "officer1", signs="officer1")
    made.login("officer1")
    return made


def test_looking_through_the_inventory(office: Office, tmp_path: Path) -> None:
    """Tables for people, JSON for programs, files for Excel."""
    assert "kkn-school-b" in office.khaen("inventory", "sites").out
    site = office.khaen("inventory", "site", "kkn-school-a", "--json").json
    assert site["assets"] == sum(site["by_kind"].values()) > 0
    found = office.khaen("inventory", "devices", "kkn-a", "--role", "access", "--json").json
    assert {row["site"] for row in found["rows"]} == {"kkn-school-a"}
    assert "7440-009-0008/64" in office.khaen("inventory", "assets", "๗๔๔๐-๐๐๙-๐๐๐๘").out
    acquired = office.khaen("inventory", "assets", "--year", "2567", "--json").json
    assert {row["acquired"][:4] for row in acquired["rows"]} == {"2024"}
    shown = office.khaen("inventory", "device", "kkn-a-sw01")
    assert "nobody has looked at it yet" in shown.out
    assert (
        "did you mean kkn-a-sw01" in office.khaen("inventory", "device", "kkn-a-sw1", expect=2).err
    )
    assert "engineer" in office.khaen("inventory", "look", "kkn-a-sw01", expect=3).err
    sheet = tmp_path / "register.xlsx"
    office.khaen("inventory", "export", str(sheet), "cisco", "--site", "kkn-school-a")
    assert sheet.read_bytes().startswith(b"PK")
    assert office.khaen("backup", "history", "kkn-a-sw01", "--json").json == []
    assert "never backed up" in office.khaen("backup", "diff", "kkn-a-sw01", expect=2).err


def test_a_register_is_shown_first_and_written_when_asked(office: Office, tmp_path: Path) -> None:
    """Faults by their cells, and exit code 2."""
    file = tmp_path / "register.csv"
    file.write_text(HEADING + ROW.replace("17/6/2567", "17/6/67"), encoding="utf-8")
    words = ("inventory", "import", str(file), "--site", "kkn-school-a")
    wrong = office.khaen(*words, "--yes", expect=2)
    assert "CSV!F2" in wrong.err
    file.write_text(HEADING + ROW, encoding="utf-8")
    assert "nothing is written" in office.khaen(*words).err
    done = office.khaen(*words, "--yes", "--json").json
    assert done["counts"]["added"] == 1
    assert done["written"]["path"] == "inventory/assets/kkn-school-a.csv"
    assert "SN9001" in (office.root / done["written"]["path"]).read_text(encoding="utf-8")
    assert office.khaen("validate").code == 0


def test_ansible_is_told_of_the_devices_and_of_no_secret(office: Office) -> None:
    """In the shape of an inventory script, by groups of Ansible's own kind of names."""
    (office.root / "var/lab").mkdir(parents=True, exist_ok=True)
    (office.root / "var/lab/password").write_text("opens-all-doors\n", encoding="utf-8")
    printed = office.khaen("inventory", "--list").out
    assert "opens-all-doors" not in printed
    told = json.loads(printed)
    host = told["_meta"]["hostvars"]["kkn-a-sw01"]
    path = json.dumps(f"{office.root}/var/lab/password")
    assert host["ansible_password"] == f"{{{{ lookup('ansible.builtin.file', {path}) }}}}"
    assert host["khaen_site"]["name"] == "kkn-school-a"
    assert host["khaen_vlans"]["student"]["vlan"] == 20
    assert host["khaen_variables"]["ntp_servers"] == ["10.23.0.5", "10.23.0.6"]
    for group in ("cisco_ios", "access", "site_kkn_school_a", "district_mueang_khon_kaen"):
        assert "kkn-a-sw01" in told[group]["hosts"], group
        assert group in told["all"]["children"]
    assert office.khaen("inventory", "--host", "kkn-a-sw01").json == host
    assert office.khaen("inventory", "--host", "localhost").json == {}
    few = office.khaen("inventory", "--list", "--select", "site=kkn-school-b").json
    assert {host["khaen_site"]["name"] for host in few["_meta"]["hostvars"].values()} == {
        "kkn-school-b"
    }
    assert "Commands" in office.khaen("inventory").out


@pytest.mark.slow
def test_ansible_itself_takes_the_script(office: Office, tmp_path: Path) -> None:
    """ansible-inventory lists the groups, and resolves the password by itself."""
    pytest.importorskip("ansible")
    script = tmp_path / "khaen-inventory"
    script.write_text(office.khaen("inventory", "script", "-s", "site=kkn-school-a").out)
    script.chmod(0o755)
    listed = subprocess.run(
        [Path(sys.executable).with_name("ansible-inventory"), "-i", script, "--graph"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "ANSIBLE_HOME": str(tmp_path), "LC_ALL": "C.UTF-8"},
    )
    assert "@cisco_ios:" in listed.stdout
    assert "kkn-a-sw01" in listed.stdout
    assert "kkn-b-sw01" not in listed.stdout
