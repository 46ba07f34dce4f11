"""`khaen inventory` and the history of `khaen backup` as people type them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.office import Office

HEADING = "number,kind,brand,model,serial,acquired,price,room,state\n"
ROW = "7440-001-9001/67,computer,Dell,OptiPlex,SN9001,17/6/2567,18500,ห้องสมุด,in-use\n"


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
