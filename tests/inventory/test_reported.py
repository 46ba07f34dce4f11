"""What a device said of itself is read with care: an older or damaged record gives unknowns."""

from __future__ import annotations

from datetime import date

import pytest

from controller.inventory.office import District, Numbering, Office
from controller.inventory.reported import Port, reported


def test_what_is_there_is_read() -> None:
    facts = {"hostname": "sw", "serial_number": "S1", "uptime": 61.9, "os_version": "15.2"}
    ports = {"Gi0/1": {"is_up": True, "speed": 1000.0}, "Gi0/2": {"is_enabled": False}}
    said = reported(facts, ports)
    assert (said.hostname, said.serial, said.software, said.uptime) == ("sw", "S1", "15.2", 61)
    assert said.ports == (Port("Gi0/1", "up", "", 1000, ""), Port("Gi0/2", "off", "", None, ""))


@pytest.mark.parametrize("facts", [{}, None, [], {"uptime": "1", "model": 3, "hostname": None}])
@pytest.mark.parametrize("port", [{}, None, "up", {"speed": "fast", "is_up": None}, {"speed": -1}])
def test_what_is_missing_or_no_such_value_is_unknown(facts: object, port: object) -> None:
    said = reported(facts, {"Gi0/1": port})
    assert (said.hostname, said.model, said.serial, said.software) == ("", "", "", "")
    assert said.uptime is None
    assert said.ports == (Port("Gi0/1", "unknown", "", None, ""),)
    assert reported(facts, None).ports == ()


def test_numbers_that_are_none_are_unknown() -> None:
    for uptime in (-1, True, float("nan"), float("inf"), date(2026, 1, 1)):
        assert reported({"uptime": uptime}, {}).uptime is None


def test_a_district_without_a_name_keeps_its_word() -> None:
    office = Office(
        name_th="ก",
        name_en="a",
        short="ก",
        group_th="ก",
        group_en="a",
        director_title="ก",
        numbering=Numbering(prefix="ก"),
        people=(),
        districts={"nam-phong": District(th="น้ำพอง", en="Nam Phong")},
    )
    assert office.district_name("nam-phong").both == ("น้ำพอง", "Nam Phong")
    assert office.district_name("ban-phai").both == ("ban-phai", "ban-phai")
