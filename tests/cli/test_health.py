"""`khaen poll` and `khaen health` as people type them, where no device answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.office import Office


@pytest.mark.slow
def test_health_of_an_office_nobody_polls(tmp_path: Path) -> None:
    """What was never asked is unknown; a silent device ends a poll with the code of devices."""
    office = Office(tmp_path / "work")
    office.init()
    for name in ("password", "snmp_ro"):
        secret = office.root / "var" / "lab" / name
        secret.parent.mkdir(parents=True, exist_ok=True)
        secret.write_text("nobody-knows", encoding="ascii")
    office.khaen("account", "add", "engineer1", signs="engineer1")
    office.login("engineer1")
    shown = office.khaen("health").out
    assert "unknown 24" in shown
    assert "nobody polls now" in shown
    found = office.khaen("poll", "-s", "name=kkn-a-sw01", "--json", expect=4).json
    assert [row["status"] for row in found["devices"]] == ["unknown"]
    office.khaen("poll", "-s", "name=kkn-a-sw01", expect=4)
    assert "down" in office.khaen("health", "-d", "kkn-a-sw01").out
    assert office.khaen("health", "kkn-school-a", "--json").json["counts"]["down"] == 1
    assert "never polled" in office.khaen("health", "-d", "kkn-a-sw02").err
    assert "did you mean" in office.khaen("health", "-d", "kkn-a-sw99", expect=2).err
    office.khaen("poll", "-s", "site=nowhere", expect=2)
