"""Profiles on answers of our own making: what counts, what is unknown, what is asked when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from controller.facts.answers import Answers, Value
from controller.facts.measured import Measured, Sensor
from controller.platforms.metric_files import ToldSensor
from controller.platforms.metric_rows import sensor
from controller.platforms.profile import Profile, Tier, Traits, profile

EVERY: tuple[Tier, ...] = ("cycle", "quarter", "hour")
CYCLE: tuple[Tier, ...] = ("cycle",)
ENTERPRISE = "1.3.6.1.4.1"
CISCO = f"{ENTERPRISE}.9.9"
STORAGE = "1.3.6.1.2.1.25.2.3.1"
NAMES = "1.3.6.1.2.1.47.1.1.1.1.7"
SENSOR = "1.3.6.1.2.1.99.1.1.1"


def column(values: Mapping[str, Value] | list[Value]) -> dict[str, Value]:
    return dict(values) if isinstance(values, Mapping) else {
        str(n): value for n, value in enumerate(values, 1)
    }  # fmt: skip


def of(columns: Mapping[str, Mapping[str, Value] | list[Value]]) -> Answers:
    """Answers with these columns; lists get the indexes 1, 2, 3."""
    return Answers({}, {oid: column(values) for oid, values in columns.items()})


def read(platform: str, answers: Answers) -> Measured:
    return profile(platform).read(answers)


def test_nothing_told_is_nothing_measured() -> None:
    for platform in ("", "cisco_ios", "linux", "fortinet_fortios"):
        assert read(platform, Answers()) == Measured()


def test_a_platform_nobody_knows_is_measured_by_the_standard() -> None:
    assert profile("no_such") is profile("")
    loads = of({"1.3.6.1.2.1.25.3.3.1.2": [7, 9]})
    assert [p.percent for p in read("no_such", loads).processors] == [7, 9]


def test_an_unknown_system_is_asked_what_its_vendor_has() -> None:
    told = Answers({f"{ENTERPRISE}.8741.1.3.1.3.0": 12})
    assert not profile("no_such").read(told).processors
    known = profile("no_such", "1.3.6.1.4.1.8741.1.1")
    assert [p.percent for p in known.read(told).processors] == [12]


def test_a_full_memory_of_a_printer_is_no_shortage() -> None:
    full = storage(c3=[b"RAM", b"", b"", b"", b""], c6=[1000, 0, 0, 0, 0])
    for about in (profile("ricoh_printer"), profile("", "1.3.6.1.4.1.253.8.62")):
        assert [m.role for m in about.read(full).memories] == ["cache"]


def test_the_first_choice_that_tells_wins() -> None:
    older, newer = f"{CISCO}.109.1.1.1.1.5", f"{CISCO}.109.1.1.1.1.8"
    assert [p.percent for p in read("cisco_ios", of({older: [30], newer: [20]})).processors] == [20]
    assert [p.percent for p in read("cisco_ios", of({older: [30], newer: []})).processors] == [30]


def test_what_is_also_told_does_not_win_alone() -> None:
    packets, total = f"{CISCO}.715.1.1.6.1.14", f"{CISCO}.109.1.1.1.1.8"
    told: dict[str, Mapping[str, Value] | list[Value]] = {packets: {"9.2": 3, "9.3": 4}}
    assert [p.percent for p in read("cisco_iosxe", of({**told, total: [20]})).processors] == [20, 4]
    assert not read("cisco_iosxe", of(told)).processors


@pytest.mark.parametrize("load", [-1, 101, 65535, b"n/a", b"", "1.3.6.1"])
def test_no_percentage_is_unknown_not_a_number(load: Value) -> None:
    oid = f"{CISCO}.109.1.1.1.1.8"
    assert [p.percent for p in read("cisco_ios", of({oid: [load, 5]})).processors] == [5]


def test_the_rest_of_an_idle_processor_is_busy() -> None:
    assert read("linux", Answers({f"{ENTERPRISE}.2021.11.11.0": 91})).processors[0].percent == 9


def test_a_processor_told_in_words() -> None:
    words = b"    5 Secs ( 96.4918%)   60 Secs ( 54.2271%)  300 Secs ( 38.2591%)"
    told = Answers({f"{ENTERPRISE}.4413.1.1.1.1.4.9.0": words})
    assert [p.percent for p in read("ubiquiti_edgeswitch", told).processors] == [96.49]


def test_names_come_from_the_table_the_row_points_to() -> None:
    told = of({
        f"{CISCO}.109.1.1.1.1.8": {"1": 5, "2": 6},
        f"{CISCO}.109.1.1.1.1.2": {"1": 1001, "2": 0},
        NAMES: {"1001": b"Switch 1\0"},
    })  # fmt: skip
    assert [p.name for p in read("cisco_ios", told).processors] == [
        "Processor Switch 1",
        "Processor 2",
    ]


def test_used_and_free_make_a_whole() -> None:
    pool = f"{CISCO}.48.1.1.1"
    told = of({f"{pool}.5": [25, 0, 7], f"{pool}.6": {"1": 75, "2": 0}})
    (memory,) = read("cisco_ios", told).memories
    assert (memory.percent, memory.total, memory.used) == (25.0, 100.0, 25.0)


def storage(**changes: list[Value]) -> Answers:
    columns: dict[str, list[Value]] = {
        "2": ["1.3.6.1.2.1.25.2.1.2", "1.3.6.1.2.1.25.2.1.1", "1.3.6.1.2.1.25.2.1.1",
              "1.3.6.1.2.1.25.2.1.3", "1.3.6.1.2.1.25.2.1.4"],
        "3": [b"Physical memory", b"Memory buffers", b"Cached memory", b"Swap space", b"/"],
        "4": [1024, 1024, 1024, 1024, 4096],
        "5": [1000, 1000, 200, 500, 90],
        "6": [700, 100, 200, 50, 80],
    }  # fmt: skip
    columns.update({key.lstrip("c"): values for key, values in changes.items()})
    return of({f"{STORAGE}.{key}": values for key, values in columns.items()})


def test_memory_is_without_what_the_system_gives_back() -> None:
    found = {m.name: (m.role, m.percent) for m in read("linux", storage()).memories}
    assert found == {
        "Physical memory": ("memory", 40.0),
        "Memory buffers": ("cache", 10.0),
        "Cached memory": ("cache", 20.0),
        "Swap space": ("swap", 10.0),
    }


def test_a_size_past_31_bits_is_not_negative() -> None:
    told = storage(c4=[4096] * 5, c5=[-(2**31), 0, 0, 0, 0], c6=[2**30, 0, 0, 0, 0])
    (memory,) = read("linux", told).memories
    assert (memory.percent, memory.total) == (50.0, 2.0**31 * 4096)


def test_storage_without_size_unit_or_sense_is_absent() -> None:
    assert not read("linux", storage(c5=[0, 0, 0, 0, 0])).memories
    assert not read("linux", storage(c4=[])).memories
    assert not read("linux", storage(c5=[1] * 5, c6=[2] * 5)).memories


def test_memory_of_net_snmp_needs_no_buffers() -> None:
    ucd = f"{ENTERPRISE}.2021.4"
    told = {f"{ucd}.5.0": 1000, f"{ucd}.6.0": 300}
    (memory,) = read("linux", Answers(told)).memories
    assert (memory.percent, memory.total) == (70.0, 1000 * 1024)
    whole = read("linux", Answers(told | {f"{ucd}.14.0": 50, f"{ucd}.15.0": 150})).memories
    assert [m.percent for m in whole] == [50.0, 5.0, 15.0]


def test_sensors_of_entities_by_scale_and_precision() -> None:
    told = of({
        f"{SENSOR}.1": [8, 8, 10, 8, 8, 12],
        f"{SENSOR}.2": [9, 8, 9, 9, 9, 9],
        f"{SENSOR}.3": [1, 0, 0, 0, 0, 0],
        f"{SENSOR}.4": [415, 36476, 5400, 32767, 40, 1],
        f"{SENSOR}.5": [1, 1, 1, 1, 2, 1],
        NAMES: [b"Inlet"],
    })  # fmt: skip
    found = [(s.kind, s.name, s.value) for s in read("", told).sensors]
    assert found == [
        ("temperature", "Inlet", 41.5),
        ("temperature", "temperature 2", 36.476),
        ("fan", "fan 3", 5400.0),
    ]


def test_a_scale_no_table_has_is_no_crash() -> None:
    told = of({f"{SENSOR}.1": [8], f"{SENSOR}.2": [10**9], f"{SENSOR}.4": [1], f"{SENSOR}.5": [1]})
    assert not read("", told).sensors


@pytest.mark.parametrize("value", [0, -128, 255, 65535, 2**31 - 1, -(2**31), b"N/A", b""])
def test_what_no_room_has_is_no_temperature(value: Value) -> None:
    oid = f"{ENTERPRISE}.171.12.11.1.8.1.2"
    assert [s.value for s in read("dlink_switch", of({oid: [value, 26]})).sensors] == [26.0]


def test_temperatures_in_words_and_fahrenheit() -> None:
    words = of({f"{ENTERPRISE}.24681.1.2.11.1.3": [b"38 C/100 F", b"-- C/-- F"]})
    assert [s.value for s in read("qnap_nas", words).sensors] == [38.0]
    probe = of({f"{ENTERPRISE}.3808.1.1.8.2.3.1.3": [8304]})
    assert [s.value for s in read("cyberpower", probe).sensors] == [28.3556]


def test_states_in_numbers_and_in_words_and_unknown_ones() -> None:
    fans = of({f"{CISCO}.13.1.4.1.3": [1, 3, 5]})
    assert [s.state for s in read("cisco_ios", fans).sensors] == ["ok", "critical", "unknown"]
    table = f"{ENTERPRISE}.47196.4.1.1.3.11.3.1.1"
    hot = of({f"{table}.7": {"1": 91000}, f"{table}.6": {"1": b"critical"}})
    (sensor,) = read("aruba_aoscx", hot).sensors
    assert (sensor.value, sensor.state) == (91.0, "critical")


def test_the_same_sensor_in_two_mibs_is_told_once() -> None:
    told = Answers({
        f"{ENTERPRISE}.318.1.1.1.2.3.1.0": 997,
        f"{ENTERPRISE}.318.1.1.1.2.2.1.0": 99,
        "1.3.6.1.2.1.33.1.2.4.0": 99,
        "1.3.6.1.2.1.33.1.2.7.0": 25,
    })  # fmt: skip
    found = [(s.kind, s.name, s.value) for s in read("apc_aos", told).sensors]
    assert found == [
        ("charge", "Battery charge", 99.7),
        ("temperature", "Battery temperature", 25.0),
    ]
    asked = profile("apc_aos").request(CYCLE, traits(profile("apc_aos"), told)).scalars
    assert f"{ENTERPRISE}.318.1.1.1.2.3.1.0" in asked
    assert "1.3.6.1.2.1.33.1.2.4.0" not in asked


def test_a_limit_of_zero_is_no_limit() -> None:
    table = f"{CISCO}.13.1.3.1"
    told = of({f"{table}.3": [40, 40], f"{table}.4": [0, 65]})
    assert [s.limit for s in read("cisco_ios", told).sensors] == [None, 65.0]
    cold = sensor(ToldSensor(kind="temperature", value="1.2", limit="1.3"))
    assert cold.read(of({"1.2": [0], "1.3": [0]})) == [
        Sensor("temperature", "1.2.1", "temperature 1", 0.0)
    ]


def test_the_end_of_an_integer_is_no_power() -> None:
    power = f"{ENTERPRISE}.47196.4.1.1.3.11.2.1.1.7"
    assert [s.value for s in read("aruba_aoscx", of({power: [65535, 49]})).sensors] == [49]


def test_supplies_are_shares_of_their_most() -> None:
    table = "1.3.6.1.2.1.43.11.1.1"
    told = of({f"{table}.9": [50, -3, 10], f"{table}.8": [200, 100, -2]})
    assert [(s.kind, s.value) for s in read("hp_jetdirect", told).sensors] == [("level", 25.0)]


def test_power_over_ethernet_by_unit() -> None:
    told = of({"1.3.6.1.2.1.105.1.3.1.1.2": [370, 0], "1.3.6.1.2.1.105.1.3.1.1.4": [41, 3]})
    (unit,) = read("", told).poe
    assert (unit.index, unit.budget, unit.used) == ("1", 370, 41)


def test_clients_are_summed_and_a_cut_column_is_no_sum() -> None:
    oid = f"{ENTERPRISE}.41112.1.6.1.2.1.8"
    told = of({oid: [4, 0, 14]})
    assert read("ubiquiti_unifi", told).clients == 18
    assert read("ubiquiti_unifi", of({oid: [0, 0]})).clients == 0
    assert read("ubiquiti_unifi", of({oid: []})).clients is None
    assert read("ubiquiti_unifi", replace(told, partial=frozenset({oid}))).clients is None


def test_only_modules_that_compute_are_processors() -> None:
    table = f"{ENTERPRISE}.25506.2.6.1.1.1.1"
    classes = "1.3.6.1.2.1.47.1.1.1.1.5"
    told = of({
        f"{table}.6": [0, 8],
        f"{table}.8": [0, 47],
        f"{table}.12": [38, 38],
        classes: [6, 9],
    })  # fmt: skip
    found = read("hp_comware", told)
    assert [p.percent for p in found.processors] == [8]
    assert [m.percent for m in found.memories] == [47]
    assert [s.value for s in found.sensors] == [38]


def test_a_partial_answer_is_read_as_far_as_it_goes() -> None:
    table = f"{ENTERPRISE}.25506.2.6.1.1.1.1"
    loads: dict[str, list[Value]] = {f"{table}.6": [3, 8]}
    assert not read("hp_comware", of(loads)).processors
    told = of({**loads, f"{table}.8": [5]})
    assert [p.percent for p in read("hp_comware", told).processors] == [3]


def test_the_models_number_in_the_oids() -> None:
    own = Answers({f"{ENTERPRISE}.259.10.1.99.1.39.2.1.0": 66})
    asked = profile("edgecore_switch", ".1.3.6.1.4.1.259.10.1.99")
    assert [p.percent for p in asked.read(own).processors] == [66]
    assert not profile("edgecore_switch").read(own).processors


# What is asked, and what is kept from one asking to the next.


def traits(about: Profile, answers: Answers) -> Traits:
    asked = about.request(EVERY)
    empty = Answers({}, {oid: {} for oid in asked.columns})
    return about.traits(empty | answers)


def test_between_hours_only_what_the_device_has_is_asked() -> None:
    about = profile("linux")
    kept = traits(about, storage())
    between = about.request(CYCLE, kept)
    assert f"{STORAGE}.6" in between.columns
    assert f"{STORAGE}.5" not in between.columns
    assert "1.3.6.1.2.1.25.3.3.1.2" not in between.columns
    moving = of({f"{STORAGE}.6": [800, 100, 200, 50, 80]})
    assert about.read(moving, kept).memories[0].percent == 50.0
    assert about.read(moving, kept).memories[0].name == "Physical memory"
    assert not about.read(moving).memories


def test_without_traits_a_cycle_brings_what_it_needs() -> None:
    assert {f"{STORAGE}.{n}" for n in (2, 4, 5, 6)} <= set(profile("linux").request(CYCLE).columns)


def test_the_hour_asks_names_again_but_not_what_the_device_has_not() -> None:
    about = profile("linux")
    first = traits(about, storage())
    hour = about.request(EVERY, first)
    assert {f"{STORAGE}.{n}" for n in (2, 3, 4, 5, 6)} <= set(hour.columns)
    assert "1.3.6.1.2.1.25.3.3.1.2" not in hour.columns
    empty = Answers({}, {oid: {} for oid in hour.columns})
    second = about.traits(empty | storage(c3=[b"RAM", b"", b"", b"", b""]), first)
    assert second.idle == first.idle
    assert second.lasting.column(f"{STORAGE}.3")["1"] == b"RAM"
    assert len(about.request(EVERY).columns) > len(hour.columns)


def test_what_was_cut_short_is_asked_again() -> None:
    about = profile("linux")
    cut = replace(storage(c6=[]), partial=frozenset({f"{STORAGE}.6"}))
    assert f"{STORAGE}.6" in about.request(CYCLE, traits(about, cut)).columns
    failed = about.traits(Answers({}, {oid: {} for oid in about.request(EVERY).columns[:3]}))
    assert f"{STORAGE}.6" in about.request(CYCLE, failed).columns


def test_choices_behind_the_one_that_tells_rest() -> None:
    about = profile("cisco_ios")
    kept = traits(about, of({f"{CISCO}.109.1.1.1.1.8": [5], f"{CISCO}.109.1.1.1.1.5": [6]}))
    asked = about.request(CYCLE, kept).columns
    assert f"{CISCO}.109.1.1.1.1.8" in asked
    assert f"{CISCO}.109.1.1.1.1.5" not in asked


def test_few_rows_of_a_long_table_are_asked_for_themselves() -> None:
    about, table = profile("hp_comware"), f"{ENTERPRISE}.25506.2.6.1.1.1.1"
    rows = [str(n) for n in range(1, 41)]
    told = of({
        f"{table}.6": {n: 8 if n == "7" else 0 for n in rows},
        f"{table}.8": {n: 47 if n == "7" else 0 for n in rows},
        NAMES: {n: f"Part {n}".encode() for n in rows},
    })  # fmt: skip
    kept = traits(about, told)
    asked = about.request(CYCLE, kept)
    assert f"{table}.6" not in asked.columns
    assert {f"{table}.6.7", f"{table}.8.7"} <= set(asked.scalars)
    later = Answers({f"{table}.6.7": 9, f"{table}.8.7": 48})
    found = about.read(later, kept)
    assert [(p.name, p.percent) for p in found.processors] == [("Part 7", 9)]
    assert [(m.index, m.percent) for m in found.memories] == [
        (about.read(told).memories[0].index, 48)
    ]
    assert not about.read(Answers(), kept).processors
    assert len(kept.lasting.column(NAMES)) == 1
