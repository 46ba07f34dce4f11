"""Interfaces and uptime: passed on as told, 64 bits before 32, and time that went round."""

from __future__ import annotations

import pytest

from controller.facts.answers import Answers, Value
from controller.facts.measured import Ports
from controller.platforms.profile import Tier, profile

EVERY: tuple[Tier, ...] = ("cycle", "quarter", "hour")
CYCLE: tuple[Tier, ...] = ("cycle",)
TABLE, EXTENDED = "1.3.6.1.2.1.2.2.1", "1.3.6.1.2.1.31.1.1.1"
UPTIME, ENGINE = "1.3.6.1.2.1.1.3.0", "1.3.6.1.6.3.10.2.1.3.0"
STANDARD = profile("cisco_ios")
Columns = dict[str, dict[str, Value]]


def ports(columns: Columns) -> Ports:
    return STANDARD.read(Answers({}, columns)).ports


def test_columns_are_passed_on_as_they_came() -> None:
    wide: dict[str, Value] = {"1": 2**63, "2": 0}
    found = ports({f"{EXTENDED}.6": wide, f"{TABLE}.8": {"1": 1, "2": 2}, f"{TABLE}.14": {}})
    assert found.counters == {"in_octets": {"1": 2**63, "2": 0}}
    assert found.counters["in_octets"] is wide
    assert found.states == {"oper": {"1": 1, "2": 2}}
    assert found.octet_bits == 64


def test_what_is_no_integer_is_left_out() -> None:
    assert ports({f"{TABLE}.14": {"1": 5, "2": b"n/a"}}).counters == {"in_errors": {"1": 5}}


def test_32_bits_only_where_there_are_no_64() -> None:
    narrow: Columns = {f"{TABLE}.10": {"1": 7}, f"{TABLE}.16": {"1": 8}}
    found = ports(narrow)
    assert (found.counters["in_octets"], found.octet_bits) == ({"1": 7}, 32)
    both = ports({**narrow, f"{EXTENDED}.6": {"1": 70}, f"{EXTENDED}.10": {"1": 80}})
    assert (both.counters["out_octets"], both.octet_bits) == ({"1": 80}, 64)


def test_a_device_without_64_bits_is_asked_for_32() -> None:
    asked = STANDARD.request(EVERY)
    empty: Columns = {oid: {} for oid in asked.columns}
    narrow = STANDARD.traits(Answers({}, {**empty, f"{TABLE}.10": {"1": 7}}))
    assert {f"{TABLE}.10", f"{TABLE}.16"} <= set(STANDARD.request(CYCLE, narrow).columns)
    assert f"{EXTENDED}.6" not in STANDARD.request(CYCLE, narrow).columns
    wide = STANDARD.traits(Answers({}, {**empty, f"{EXTENDED}.6": {"1": 7}}))
    assert f"{TABLE}.10" not in STANDARD.request(CYCLE, wide).columns
    assert f"{EXTENDED}.6" in STANDARD.request(CYCLE).columns


def test_speed_in_bits_a_second() -> None:
    slow: dict[str, Value] = {"1": 2**32 - 1, "2": 100_000_000, "3": 64_000, "4": 0}
    fast: dict[str, Value] = {"1": 10_000, "2": 100, "3": 0, "4": 0}
    found = ports({f"{TABLE}.5": slow, f"{EXTENDED}.15": fast}).states["speed"]
    assert found == {"1": 10_000_000_000, "2": 100_000_000, "3": 64_000}


def test_names_fall_back_to_the_description() -> None:
    found = ports({
        f"{TABLE}.2": {"1": b"GigabitEthernet0/1", "2": b"Vlan1\0", "3": b""},
        f"{EXTENDED}.1": {"1": b"Gi0/1", "2": b""},
        f"{EXTENDED}.18": {"1": "ห้อง 1".encode(), "2": b""},
    })  # fmt: skip
    assert found.names == {"name": {"1": "Gi0/1", "2": "Vlan1"}, "alias": {"1": "ห้อง 1"}}


@pytest.mark.parametrize(
    ("scalars", "seconds"),
    [
        ({}, None),
        ({UPTIME: 12345}, 123.45),
        ({UPTIME: -1}, None),
        ({UPTIME: 360_000, ENGINE: 3_600}, 3_600),
        # Beyond 497 days the agent's count has gone round; the engine's time has not.
        ({UPTIME: 360_000, ENGINE: 3_600 + 42_949_673}, 3_600 + 42_949_673),
        # An engine's time that has nothing to do with it proves nothing.
        ({UPTIME: 360_000, ENGINE: 50_000_000}, 3_600),
    ],
)
def test_uptime(scalars: dict[str, Value], seconds: float | None) -> None:
    assert STANDARD.read(Answers(scalars)).uptime == seconds
