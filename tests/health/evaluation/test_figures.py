"""Alerts, links, ages added up, and two years side by side."""

from __future__ import annotations

from datetime import date, timedelta

from controller.facts.identity import Identity
from controller.health.evaluation.ages import ages
from controller.health.evaluation.capacity import Ports, Uplink, Use, capacity
from controller.health.evaluation.evaluation import compared
from controller.health.evaluation.incidents import Incident, incidents
from controller.health.evaluation.period import fiscal_period
from controller.inventory.asset import Asset
from controller.inventory.device import Device
from tests.health.evaluation.made import evaluated, fiscal, made_year

PERIOD = fiscal_period(2569)
MINUTE = timedelta(minutes=1)


def alert(day: int, **more: object) -> Incident:
    """An alert that opened on a day of the year, and cleared after an hour."""
    opened = PERIOD.since + timedelta(days=day)
    values: dict[str, object] = {
        "rule": "down",
        "severity": "critical",
        "device": "sw1",
        "site": "a",
        "opened": opened,
        "cleared": opened + 60 * MINUTE,
        "acknowledged": opened + 5 * MINUTE,
    }
    return Incident(**{**values, **more})  # type: ignore[arg-type]


def test_shadows_and_maintenance_are_no_incidents() -> None:
    """They are told beside them."""
    found = incidents([alert(1), alert(2, shadow=True), alert(3, quiet=True)], PERIOD)
    assert (found.whole.count, found.shadows, found.quiet) == (1, 1, 1)


def test_times_are_those_in_the_middle() -> None:
    """One long outage does not move them; nobody acknowledged is no time at all."""
    alerts = [alert(1), alert(2), alert(3, cleared=PERIOD.until - MINUTE, acknowledged=None)]
    found = incidents(alerts, PERIOD).whole
    assert (found.to_clear, found.to_acknowledge, found.acknowledged) == (60, 5, 2)
    assert incidents([alert(1, acknowledged=None)], PERIOD).whole.to_acknowledge is None


def test_what_cleared_after_the_year_was_open_in_it() -> None:
    """So was what never cleared."""
    late = alert(364, cleared=PERIOD.until + MINUTE)
    assert incidents([late, alert(5, cleared=None), alert(6)], PERIOD).whole.open == 2


def test_only_what_opened_in_the_year_counts() -> None:
    """By its month."""
    found = incidents([alert(-1), alert(0), alert(40), alert(365)], PERIOD)
    assert [sum(month.values()) for month in found.months] == [1, 1, *[0] * 10]


def test_what_comes_back_three_times_is_no_chance() -> None:
    """The same rule on the same device."""
    alerts = [alert(n) for n in range(3)] + [alert(n, device="sw2") for n in range(2)]
    assert [(r.device, r.count) for r in incidents(alerts, PERIOD).recurring] == [("sw1", 3)]


def test_links_stand_with_the_fullest_first() -> None:
    """By the fuller direction; what was not measured is left out."""

    def use(p95: float | None, mean: float = 0.1) -> Use:
        return Use(mean, p95, 0.9, 1.0)

    found = capacity(
        [
            Uplink("a", "r1", "p", 1e9, use(0.3), use(0.85)),
            Uplink("b", "r2", "p", 1e9, use(0.7), None),
            Uplink("c", "r3", "p", 1e9, None, None),
            Uplink("d", "r4", "p", 0, use(0.9), None),
        ],
        [Ports("a", 24, 10), Ports("a", 24, 4)],
    )
    assert [one.site for one in found.uplinks] == ["a", "b"]
    assert [one.site for one in found.full] == ["a"]
    assert [one.site for one in found.busy] == ["b"]
    assert found.ports == (Ports("a", 48, 14),)


def device(name: str, **more: str) -> Device:
    """A switch."""
    values = {"platform": "cisco_ios", "role": "access", "address": "10.0.0.1", "site": "a"}
    return Device.model_validate({"name": name, **values, **more})


def asset(number: str, acquired: date, serial: str = "") -> Asset:
    """A row of the register."""
    return Asset(number, "a", "switch", "", "", serial, acquired, 0, "", "in-use", "")


def test_ages_come_from_the_register_by_number_or_serial() -> None:
    """Else from the year in the number; else nobody knows."""
    devices = [
        device("one", asset="7440-1"),
        device("two"),
        device("three", asset="7440-3/2560"),
        device("four"),
    ]
    rows = [asset("7440-1", date(2024, 9, 30)), asset("7440-2", date(2020, 9, 30), "FOC2")]
    told = {"two": Identity(serial="FOC2", version="15.2", platform="cisco_ios", model="X")}
    found = ages(devices, rows, told, date(2026, 9, 30))
    assert [one.years and round(one.years) for one in found.devices] == [2, 6, 9, None]
    assert [one.guessed for one in found.devices] == [False, False, True, False]
    assert (found.bands, found.unknown, found.silent) == ((1, 0, 1, 1), 1, 3)
    assert [one.device for one in found.replaceable] == ["three", "two"]


def test_the_newest_firmware_is_by_number() -> None:
    """15.10 comes after 15.2; other models have their own."""
    said = {
        f"sw{n}": Identity(platform="cisco_ios", model="X", version=version)
        for n, version in enumerate(("15.2(7)E4", "15.10(1)", "15.2(7)E4"))
    }
    found = ages([device(name) for name in said], [], said, date(2026, 9, 30))
    assert [(f.version, f.devices, f.newest) for f in found.firmware] == [
        ("15.2(7)E4", 2, False),
        ("15.10(1)", 1, True),
    ]


def test_two_years_are_compared_figure_by_figure() -> None:
    """What one of them did not measure cannot be compared."""
    empty = evaluated(made_year(PERIOD, sites=0, each=0), PERIOD)
    steps = {step.name: step for step in compared(fiscal(2569), fiscal(2568, seed=2))}
    availability = steps["availability"]
    assert availability.now is not None
    assert availability.before is not None
    assert availability.change == availability.now - availability.before
    assert all(step.change is None for step in compared(fiscal(2569), empty))
