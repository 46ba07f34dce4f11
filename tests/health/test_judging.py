"""What one poll says by the rules: wrong, between, well, or nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from controller.facts.measured import Measured, Memory, PoeBudget, Processor, Sensor
from controller.health.judging import (
    changed_ports,
    find_port,
    in_school_hours,
    judge,
    older,
    rules_by_role,
)
from controller.health.measures import Around
from controller.health.observed import Observed, PortTable
from controller.health.rules import rules_of
from controller.health.standing import Key, Verdict
from controller.inventory.watching import SchoolHours, Watching

NOW = datetime(2026, 11, 27, 2, 0, tzinfo=UTC)
RULES = rules_of(Watching())
UP = Observed("sw", NOW, "up", Measured(), PortTable())
GIGA = 1_000_000_000


def found(seen: Observed, around: Around | None = None, known: set[Key] | None = None) -> set[str]:
    """The rules that call it wrong."""
    return {v.rule for v in verdicts(seen, around, known) if v.sight == "bad"}


def verdicts(
    seen: Observed, around: Around | None = None, known: set[Key] | None = None
) -> list[Verdict]:
    """Everything one poll says."""
    told = around or Around()
    by_role = rules_by_role(RULES)
    return judge(seen, by_role.get(told.role, by_role[""]), told, known or set())


def ports(**columns: object) -> Observed:
    """A switch with ports."""
    return replace(UP, ports=PortTable(**columns))  # type: ignore[arg-type]


def test_down_is_down_and_unknown_is_nothing() -> None:
    """Neither wrong nor well."""
    known = {("down", "")}
    assert found(Observed("sw", NOW, "down")) == {"down"}
    (well,) = [v for v in verdicts(UP, known=known) if v.rule == "down"]
    assert well.sight == "good"
    assert verdicts(Observed("sw", NOW, "unknown"), known=known) == []


def test_figures_of_the_device() -> None:
    """CPU, memory, temperature with the sensor's own limit, fans, PoE."""
    seen = replace(
        UP,
        measured=Measured(
            processors=(Processor("1", "cpu", 91),),
            memories=(Memory("1", "io", 88), Memory("2", "ram", 99)),
            sensors=(
                Sensor("temperature", "1", "inlet", 50, limit=45),
                Sensor("temperature", "2", "asic", 69, limit=105),
                Sensor("fan", "1", "fan 1", 0, state="critical"),
                Sensor("fan", "2", "fan 2", None, state="unknown"),
            ),
            poe=(PoeBudget("1", 370, 360), PoeBudget("2", 0, 0)),
        ),
    )
    wrong = {(v.rule, v.part): v for v in verdicts(seen)}
    assert set(wrong) == {
        ("high_cpu", "1"),
        ("high_memory", "2"),
        ("high_temperature", "1"),
        ("hardware", "fan.1"),
        ("poe_budget", "1"),
    }
    hot = wrong["high_temperature", "1"]
    assert (hot.value, hot.limit, hot.name) == (50, 45, "inlet")


def test_what_is_known_is_told_also_when_well() -> None:
    """Between the thresholds, well, or gone from the answer: then nothing."""
    known = {("high_cpu", "1"), ("high_cpu", "2"), ("high_cpu", "3")}
    seen = replace(
        UP, measured=Measured(processors=(Processor("1", "", 80), Processor("2", "", 5)))
    )
    sights = {v.part: v.sight for v in verdicts(seen, known=known)}
    assert sights == {"1": "between", "2": "good"}


def test_errors_of_ports_need_both_halves_to_be_well() -> None:
    """One direction over the limit is wrong; one unknown is not well."""
    rates = {"in_errors": {"1": 0.0, "2": 5.0, "3": 0.0}, "out_errors": {"1": 0.0, "2": 0.0}}
    known = {("port_errors", i) for i in "123"}
    seen = ports(rates=rates, names={"2": "Gi0/2"})
    sights = {v.part: (v.sight, v.name) for v in verdicts(seen, known=known)}
    assert sights == {"1": ("good", "1"), "2": ("bad", "Gi0/2")}


def test_links_uplink_first() -> None:
    """The same load is critical on the uplink and a warning elsewhere; speed 0 says nothing."""
    rates = {
        "in_bps": {"1": 0.97 * GIGA, "2": 0.97 * GIGA, "3": 5.0},
        "out_bps": {"1": 0.0, "2": 0.0},
    }
    seen = ports(rates=rates, speed={"1": GIGA, "2": GIGA, "3": 0})
    wrong = {(v.rule, v.part) for v in verdicts(seen, Around(uplink="1")) if v.sight == "bad"}
    assert wrong == {("uplink_saturated", "1"), ("link_saturated", "2")}


@pytest.mark.parametrize(
    ("oper", "admin", "wrong"),
    [(2, 1, True), (7, 1, True), (1, 1, False), (2, 2, False), (4, 1, False), (6, None, True)],
)
def test_the_uplink_port(oper: int, admin: int | None, wrong: bool) -> None:
    """Closed on purpose is not down; unknown is nothing; other ports do not count."""
    seen = ports(oper={"1": oper, "2": 2}, admin={} if admin is None else {"1": admin})
    assert ("uplink_down" in found(seen, Around(uplink="1"))) is wrong
    assert "uplink_down" not in found(seen)


def test_duplex() -> None:
    """Half against full, or half and fast with errors; half alone opens and clears nothing."""
    duplex, oper = {"1": 2, "2": 2, "3": 2, "4": 3, "5": 2}, dict.fromkeys("1234", 1) | {"5": 2}
    seen = ports(
        duplex=duplex,
        oper=oper,
        speed=dict.fromkeys("1234", 100_000_000),
        rates={"in_errors": {"2": 0.01}, "out_errors": {}},
    )
    known = {("duplex_mismatch", i) for i in "12345"}
    told = verdicts(seen, Around(peer_duplex={"1": 3, "3": 2}), known)
    sights = {v.part: v.sight for v in told if v.rule == "duplex_mismatch"}
    assert sights == {"1": "bad", "2": "bad", "3": "between", "4": "good"}


def test_power_supplies_without_interruption() -> None:
    """On battery and low charge are for their role; the same state elsewhere is hardware."""
    sensors = (
        Sensor("state", "1", "output source", None, state="warning"),
        Sensor("charge", "1", "battery", 40.0),
    )
    seen = replace(UP, measured=Measured(sensors=sensors))
    assert found(seen, Around(role="power")) == {"ups_on_battery", "ups_charge"}
    assert found(seen, Around(role="access")) == {"hardware"}
    charged = replace(UP, measured=Measured(sensors=(replace(sensors[1], value=60.0),)))
    (told,) = verdicts(charged, Around(role="power"), {("ups_charge", "1")})
    assert told.sight == "between"


def test_nobody_on_an_access_point_counts_in_school_hours_only() -> None:
    """And only where it tells how many there are."""
    nobody = replace(UP, measured=Measured(clients=0))
    assert found(nobody, Around(role="wireless", in_hours=True)) == {"no_clients"}
    assert found(nobody, Around(role="wireless")) == set()
    assert found(UP, Around(role="wireless", in_hours=True)) == set()
    hours = SchoolHours(holidays=(date(2026, 12, 7),))
    assert in_school_hours(hours, date(2026, 11, 27), "09:00")
    assert not in_school_hours(hours, date(2026, 11, 27), "15:30")
    assert not in_school_hours(hours, date(2026, 11, 28), "09:00")
    assert not in_school_hours(hours, date(2026, 12, 7), "09:00")


def test_changes_of_ports_and_of_the_device() -> None:
    """Up to down counts, appearing and vanishing does not."""
    assert changed_ports({"1": 1, "2": 2, "3": 1}, {"1": 2, "2": 7, "4": 1}) == ["1"]
    assert changed_ports(None, {"1": 1}) == []
    around = Around(device_changes=4, port_changes={"1": 5.0, "2": 3.0})
    seen = ports(oper={"1": 1, "2": 1})
    assert found(seen, around) == {"device_flapping", "port_flapping"}
    (quiet,) = verdicts(seen, Around(), {("port_flapping", "1")})
    assert quiet.sight == "good"


def test_firmware() -> None:
    """Older than wanted; unchanged for long; nobody can say."""
    assert found(UP, Around(firmware=1, version="15.2(7)E2")) == {"old_firmware"}
    assert found(UP, Around(days=1200)) == {"firmware_age"}
    assert found(UP, Around()) == set()
    assert older("15.2(7)E2", "15.2(7)E4")
    assert older("4.9.1F", "4.30.0F")
    assert not older("7.10", "7.9")
    assert not older("15.2", "15.2")


@pytest.mark.parametrize(
    ("asked", "index"),
    [("GigabitEthernet0/1", "10"), ("gi0/1", "10"), ("Ethernet1", "20"), ("Gi0/11", None)],
)
def test_a_port_by_the_name_people_use(asked: str, index: str | None) -> None:
    """Short or long, but never a port with another number."""
    table = PortTable(names={"10": "Gi0/1", "11": "Te0/1", "20": "Et1"})
    assert find_port(asked, table) == index


def test_a_well_switch_of_48_ports_has_nothing_wrong() -> None:
    """By any rule, with every column told."""
    indexes = [str(n) for n in range(1, 49)]
    column = dict.fromkeys(indexes, 0.0)
    seen = replace(
        UP,
        measured=Measured(processors=(Processor("1", "", 10),), memories=(Memory("1", "", 40),)),
        ports=PortTable(
            rates={name: dict(column) for name in (
                "in_bps", "out_bps", "in_errors", "out_errors", "in_discards", "out_discards",
            )},
            oper=dict.fromkeys(indexes, 1),
            admin=dict.fromkeys(indexes, 1),
            speed=dict.fromkeys(indexes, GIGA),
            duplex=dict.fromkeys(indexes, 3),
        ),
    )  # fmt: skip
    rules = rules_by_role(RULES)[""]
    around = Around(uplink="1")
    assert judge(seen, rules, around, ()) == []
