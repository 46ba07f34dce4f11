"""Every dotted name: in the catalogue, on the page, and what the code makes of a device's words."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from controller.compliance.fact_names import FACTS, SOURCE_NAMES, fact_rows, names_in
from controller.compliance.told import (
    SECTIONS,
    clock_on_line,
    interfaces_on_line,
    joined,
    ports_by_snmp,
    said_by_snmp,
    said_on_line,
    users_on_line,
)
from controller.facts.identity import Identity
from controller.facts.measured import Measured, PoeBudget, Sensor

PAGE = Path(__file__).parents[2] / "docs" / "compliance-facts.md"
ROW = re.compile(r"^\| `(?P<name>[\w.\[\]]+)` \| (?P<words>.+) \| (?P<source>.+) \|$", re.MULTILINE)


def all_facts() -> dict[str, Any]:
    """What a device says that says everything."""
    identity = Identity(
        platform="cisco_ios", vendor="Cisco", kind="switch", model="WS-C2960G-24TC-L",
        version="15.0(2)SE11", serial="FOC1", features="LANBASEK9", name="sw1", location="room",
        description="Cisco IOS Software", object_id="1.3.6.1.4.1.9.1.696",
    )  # fmt: skip
    measured = Measured(
        poe=(PoeBudget("1", 370.0, 10.0),), sensors=(Sensor("fan", "1", "Fan", None, "ok"),)
    )
    states = {"admin": {"1": 1}, "oper": {"1": 7}, "speed": {"1": 10**9}, "duplex": {"1": 3}}
    by_snmp = said_by_snmp(identity, "up", measured)
    by_snmp["ports"] = ports_by_snmp(states, {"name": {"1": "Gi0/1"}, "alias": {"1": "uplink"}})
    on_line = said_on_line(
        {"hostname": "sw1", "fqdn": "sw1.example", "vendor": "Cisco", "model": "WS-C2960G",
         "serial_number": "FOC1", "os_version": "C2960 Software, Version 15.0(2)SE11, RELEASE"}
    )  # fmt: skip
    on_line["interfaces"] = interfaces_on_line(
        {"Gi0/1": {"is_up": True, "is_enabled": True, "description": "x", "speed": 1000.0}}
    )
    peer = {"remote": "10.23.0.5", "synchronized": True, "stratum": 1, "reachability": 377}
    on_line["ntp"] = clock_on_line([peer])
    on_line["users"] = users_on_line({"netadmin": 15})
    return joined(by_snmp, on_line)


def test_the_code_makes_exactly_the_names_of_the_catalogue() -> None:
    """No name without a meaning, no meaning without a name."""
    assert set(names_in(all_facts())) == {known.name for known in FACTS}
    assert {known.name.partition(".")[0].removesuffix("[]") for known in FACTS} == set(SECTIONS)


def test_the_page_tells_of_each_name() -> None:
    """With what it means and who tells it, as the catalogue does."""
    rows = {row["name"]: row for row in ROW.finditer(PAGE.read_text(encoding="utf-8"))}
    assert list(rows) == [known.name for known in FACTS]
    for known in FACTS:
        row = rows[known.name]
        assert row["words"].startswith(known.words.en)
        assert all(f"`{value}`" in row["words"] for value in known.values)
        assert row["source"] == SOURCE_NAMES[known.source].en


def test_values_that_are_few_are_all_named() -> None:
    """What the code makes of the device's word is one of them."""
    for row in fact_rows(all_facts()):
        if row.known.values:
            assert {str(value).lower() for value, _ in row.values} <= set(row.known.values)


def test_what_a_device_does_not_say_is_not_there() -> None:
    """Never an empty text, a zero or a made-up no."""
    assert said_by_snmp(Identity(), "down", Measured()) == {
        "identity": {},
        "health": {"status": "down"},
    }
    told = {"hostname": "", "model": "Unknown", "serial_number": None, "os_version": "None"}
    assert said_on_line(told) == {}
    assert interfaces_on_line({"Gi0/1": {"is_up": None, "speed": -1.0}}) == [{"name": "Gi0/1"}]
    assert joined({}, {}) == {}
    assert all(not row.values for row in fact_rows({}))


def test_without_ntp_a_clock_is_not_synchronised() -> None:
    """No server asked, or none followed."""
    assert clock_on_line([]) == {"synchronised": False, "peers": []}
    asked = {"remote": "10.1.1.1", "synchronized": False, "reachability": 0, "stratum": 16}
    assert clock_on_line([asked])["synchronised"] is False


def test_ports_are_in_the_order_people_count() -> None:
    """2 before 10, whatever the device's order."""
    interfaces = {f"GigabitEthernet0/{n}": {"is_up": True} for n in (10, 2, 1)}
    names = [one["name"][-2:] for one in interfaces_on_line(interfaces)]
    assert names == ["/1", "/2", "10"]


def test_values_under_a_name_are_counted() -> None:
    """The most frequent first."""
    facts = {"ports": [{"oper": "up"}, {"oper": "down"}, {"oper": "up"}, {}]}
    rows = {row.known.name: row.values for row in fact_rows(facts)}
    assert rows["ports[].oper"] == (("up", 2), ("down", 1))
