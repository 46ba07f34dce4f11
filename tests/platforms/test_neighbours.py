"""Neighbours read from tables of our own, and from recordings of real devices."""

from __future__ import annotations

import json
from typing import Any

import pytest

from controller.facts.answers import Answers, Value
from controller.facts.neighbour import Neighbour
from controller.platforms.neighbours import (
    FEW,
    first_neighbour_request,
    neighbour_request,
    next_neighbour_request,
    read_neighbours,
    read_surroundings,
)
from controller.platforms.told_ids import as_address, as_mac, index_address
from tests.platforms.recordings import answer, read_recording
from tests.recorded import recorded

LLDP, LOCAL = "1.0.8802.1.1.2.1.4.1.1", "1.0.8802.1.1.2.1.3.7.1"
IF_NAME, IF_DESCR = "1.3.6.1.2.1.31.1.1.1.1", "1.3.6.1.2.1.2.2.1.2"
CDP, MIKROTIK = "1.3.6.1.4.1.9.9.23.1.2.1.1", "1.3.6.1.4.1.14988.1.1.11.1.1"
FDB, BRIDGE = "1.3.6.1.2.1.17.4.3.1.2", "1.3.6.1.2.1.17.1.4.1.2"
MAC = bytes.fromhex("001a2b3c4d5e")
WRITTEN = "00:1a:2b:3c:4d:5e"


def lldp(*, chassis: tuple[int, Value], port: tuple[int, Value], name: str = "", about: str = ""):  # type: ignore[no-untyped-def]
    """One row of the remote table, seen at local port 7 (ifIndex 10107)."""
    row = {4: chassis[0], 5: chassis[1], 6: port[0], 7: port[1], 8: about, 9: name}
    columns: dict[str, dict[str, Value]] = {f"{LLDP}.{n}": {"0.7.1": v} for n, v in row.items()}
    columns[IF_NAME] = {"10107": "Gi0/7"}
    columns[BRIDGE] = {"7": 10107}
    return columns


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            {"chassis": (4, MAC), "port": (5, b"Ethernet3"), "name": "sw-b.school.example"},
            {"mac": WRITTEN, "port": "Ethernet3", "name": "sw-b.school.example"},
        ),
        (
            {"chassis": (4, MAC), "port": (3, MAC), "about": "eth0"},
            {"mac": WRITTEN, "port": "eth0"},
        ),
        ({"chassis": (4, MAC), "port": (3, MAC)}, {"mac": WRITTEN, "port": WRITTEN}),
        (
            {"chassis": (5, b"\x01\x0a\x17\x00\x05"), "port": (7, b"49"), "about": "port 49"},
            {"address": "10.23.0.5", "port": "port 49"},
        ),
        ({"chassis": (7, b"sw-c"), "port": (7, b"g8")}, {"name": "sw-c", "port": "g8"}),
        (
            {"chassis": (7, b"00-1A-2B-3C-4D-5E"), "port": (1, b"up")},
            {"mac": WRITTEN, "port": "up"},
        ),
        ({"chassis": (4, bytes(6)), "port": (5, b"1"), "name": "x"}, {"name": "x", "port": "1"}),
    ],
)
def test_every_kind_of_id_is_read(row: dict[str, Any], expected: dict[str, Any]) -> None:
    seen = read_neighbours(Answers(columns=lldp(**row)))
    assert seen == (Neighbour("Gi0/7", "lldp", **expected),)


@pytest.mark.parametrize(
    ("kind", "told", "described"),
    [(5, b"GigabitEthernet0/9", b""), (7, b"10109", b""), (3, MAC, b"GigabitEthernet0/9")],
)
def test_a_local_port_is_known_by_what_is_said_of_it_before_its_number(
    kind: int, told: bytes, described: bytes
) -> None:
    columns = lldp(chassis=(4, MAC), port=(5, b"Et1"), name="b")
    columns[IF_NAME] = {"10107": "Gi0/7", "10109": "Gi0/9"}
    columns[IF_DESCR] = {"10109": "GigabitEthernet0/9"}
    columns |= {
        f"{LOCAL}.2": {"7": kind},
        f"{LOCAL}.3": {"7": told},
        f"{LOCAL}.4": {"7": described},
    }
    assert [seen.local_port for seen in read_neighbours(Answers(columns=columns))] == ["Gi0/9"]


def test_a_management_address_stands_in_the_index_and_ipv4_comes_first() -> None:
    columns = lldp(chassis=(4, MAC), port=(5, b"Et1"), name="b")
    six = ".".join(str(octet) for octet in bytes.fromhex("20010db8" + "0" * 23 + "1"))
    columns["1.0.8802.1.1.2.1.4.2.1.3"] = {
        f"0.7.1.2.16.{six}": 2, "0.7.1.1.4.10.23.0.9": 2, "0.7.1.1.4.0.0.0.0": 2,
    }  # fmt: skip
    assert [seen.address for seen in read_neighbours(Answers(columns=columns))] == ["10.23.0.9"]
    assert index_address(["2", *six.split(".")]) == "2001:db8::1"


def test_who_is_seen_by_two_protocols_at_a_port_stands_there_once() -> None:
    columns = lldp(chassis=(4, MAC), port=(5, b"Et1"), name="sw-b")
    told: dict[int, Value] = {
        3: 1, 4: b"\x0a\x17\x00\x05", 6: b"sw-b.school.example(FOC1)", 7: b"Ethernet1",
        8: b"WS-C2960", 9: b"\x00\x00\x00\x28",
    }  # fmt: skip
    columns |= {f"{CDP}.{n}": {"10107.1": value} for n, value in told.items()}
    (seen,) = read_neighbours(Answers(columns=columns))
    assert (seen.protocol, seen.address, seen.port) == ("lldp", "10.23.0.5", "Et1")
    (alone,) = read_neighbours(Answers(columns={f"{CDP}.{n}": {"3.1": v} for n, v in told.items()}))
    assert (alone.name, alone.address) == ("sw-b.school.example", "10.23.0.5")
    assert alone.capabilities == ("bridge",)


def test_mikrotik_tells_its_neighbours_in_its_own_table() -> None:
    row: dict[int, Value] = {2: "10.23.0.7", 3: MAC, 5: b"MikroTik", 6: b"ap-1", 8: 10107}
    columns: dict[str, dict[str, Value]] = {f"{MIKROTIK}.{n}": {"1": v} for n, v in row.items()}
    columns[IF_NAME] = {"10107": b"ether7"}
    assert read_neighbours(Answers(columns=columns)) == (
        Neighbour("ether7", "mndp", "ap-1", "", "10.23.0.7", WRITTEN, "MikroTik"),
    )


def test_of_a_crowded_port_only_our_own_devices_are_kept() -> None:
    crowd: dict[str, Value] = {f"0.26.43.60.77.{n}": 24 for n in range(FEW + 1)}
    table: dict[str, Value] = {"0.26.43.60.77.94": 3, **crowd, "0.26.43.60.78.1": 0}
    columns: dict[str, dict[str, Value]] = {FDB: table, BRIDGE: {"24": 124, "3": 103}}
    columns[IF_NAME] = {"124": "Gi0/24", "103": "Gi0/3"}
    wanted = "00:1a:2b:3c:4d:02"
    found = read_neighbours(Answers(columns=columns), {wanted})
    assert [(seen.local_port, seen.mac) for seen in found] == [
        ("Gi0/24", wanted),
        ("Gi0/3", WRITTEN),
    ]


def test_a_device_tells_the_addresses_it_is_known_by() -> None:
    scalars: dict[str, Value] = {
        "1.3.6.1.2.1.17.1.1.0": MAC, "1.0.8802.1.1.2.1.3.1.0": 4,
        "1.0.8802.1.1.2.1.3.2.0": bytes.fromhex("001a2b3c4d00"), "1.3.6.1.2.1.1.5.0": b"sw-a",
    }  # fmt: skip
    columns: dict[str, dict[str, Value]] = {
        "1.3.6.1.2.1.2.2.1.6": {"1": MAC, "2": b""},
        FDB: {"0.26.43.60.77.94": 1},
    }
    found = read_surroundings(Answers(scalars, columns))
    assert (found.name, found.macs) == ("sw-a", (WRITTEN, "00:1a:2b:3c:4d:00"))
    assert found.neighbours == ()


@pytest.mark.parametrize(
    "told", [b"", b"\xff" * 6, "not one", 1, b"\x01\x00\x5e\x00\x00\x01", None]
)
def test_what_is_no_address_of_a_device_is_none(told: Value | None) -> None:
    assert as_mac(told) == ""
    assert as_address(b"\0\0\0\0") == as_address(None) == ""


def test_only_tables_that_have_rows_are_read_on() -> None:
    first = first_neighbour_request()
    assert set(first.columns) < set(neighbour_request().columns)
    assert not next_neighbour_request(Answers())
    more = next_neighbour_request(Answers(columns={f"{CDP}.6": {"1.1": b"x"}}))
    assert more.columns
    assert all(oid.startswith(CDP) for oid in more.columns)
    assert set((first | more).columns) < set(neighbour_request().columns)


def test_nokia_keeps_its_neighbours_where_nobody_else_does() -> None:
    """Known and left out: a table of a carrier's router."""
    whole = answer(
        read_recording(recorded("snmp", "snmprec", "timos.snmprec")), neighbour_request()
    )
    assert [seen for seen in read_neighbours(whole) if seen.protocol != "fdb"] == []


def test_recorded_devices_see_the_neighbours_an_other_program_sees() -> None:
    """At the same port, by name or by what the neighbour says of itself; no fewer than it found."""
    found = wanted = 0
    for expected in sorted(recorded("snmp", "expected").glob("*.json")):
        told = json.loads(expected.read_text(encoding="utf-8")).get("discovery-protocols")
        if told is None or expected.stem == "timos":
            continue
        path = recorded("snmp", "snmprec", f"{expected.stem}.snmprec")
        whole = answer(read_recording(path), neighbour_request())
        seen = [one for one in read_neighbours(whole) if one.protocol != "fdb"]
        for link in told["discovery"]["links"]:
            wanted += 1
            found += any(
                one.local_port in (link["ifName"], link["ifDescr"])
                and (
                    one.name == link["remote_hostname"]
                    or one.description.split()[:3] == link["remote_version"].split()[:3]
                )
                for one in seen
            )
    assert wanted == found == 90
