"""Needs from evidence: every cause at its edge, what is unknown, growth, what people ask for."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from controller.errors import InputError, Text
from controller.inventory.asset import KINDS, Asset, Kind
from controller.inventory.device import Device
from controller.procurement.asks import read_ask, require_there
from controller.procurement.causes import (
    LITTLE_MEASURED,
    NEVER_JUDGED,
    NEVER_MEASURED,
    NO_SUPPORT,
    NO_WARRANTY,
    NO_YEARS,
    NOT_IN_REGISTER,
    NOT_MANAGED,
    RULE_UNKNOWN,
    Asking,
    Judged,
    Known,
    Watched,
)
from controller.procurement.growth import NO_PORTS, PortUse
from controller.procurement.need import CAUSES, CauseName, Life, Needs, Unit
from controller.procurement.need_paper import need_paper, read_need
from controller.procurement.needs import Wanted, find_needs
from controller.procurement.service_life import service_lives, years_after, years_before
from controller.procurement.stock import Stock, stock_of
from controller.specs.baseline import Baseline, Baselines, Edition
from controller.specs.model import Model
from controller.specs.models import by_key

DAY = date(2026, 11, 28)
FIVE = {"access-point": Life(5, Text(th="ฉบับ", en="edition"))}
WEEK = timedelta(days=90)
UNIT = Unit("7440-010-0001/63", "ap1", "school-a", "access-point", model="R350", state="in-use")
HEALTHY = Watched(measured=WEEK, period=WEEK)


def needs_of(
    *units: Unit,
    causes: tuple[CauseName, ...],
    lives: dict[str, Life] | None = None,
    asks: tuple[str, ...] = (),
    ports: dict[str, PortUse] | None = None,
    known: Known | None = None,
) -> Needs:
    """What is found of these units on DAY."""
    stock = Stock(units, Counter())
    asking = Asking(DAY, FIVE if lives is None else lives, known or Known())
    wanted = Wanted(causes=causes, asks=tuple(read_ask(text) for text in asks))
    return find_needs(stock, asking, wanted, ports)


@pytest.mark.parametrize(
    ("acquired", "quantity", "early"),
    [
        (date(2021, 11, 28), 1, False),
        (date(2021, 11, 29), 0, None),
        (date(2011, 1, 1), 1, False),
        (date(2030, 1, 1), 0, None),
    ],
)
def test_service_life_ends_on_its_anniversary(
    acquired: date, quantity: int, early: bool | None
) -> None:
    """Neither a day before nor a year after; the line tells the day."""
    found = needs_of(replace(UNIT, acquired=acquired), causes=("age",))
    assert found.quantity == quantity
    assert not found.untold
    if quantity:
        worn = found.lines[0].worn[0]
        assert worn.early is early
        assert worn.evidence[0].day == years_after(acquired, 5)
        assert years_after(acquired, 5).isoformat() in worn.evidence[0].words.en


def test_a_leap_day_has_anniversaries() -> None:
    """Of the 29th of February, in years that have none."""
    assert years_after(date(2024, 2, 29), 5) == date(2029, 3, 1)
    assert years_before(date(2024, 2, 29), 5) == date(2019, 2, 28)


@pytest.mark.parametrize(
    ("cause", "unit", "lives", "known", "why"),
    [
        ("age", UNIT, None, None, NOT_IN_REGISTER),
        ("age", replace(UNIT, acquired=DAY), {}, None, NO_YEARS),
        ("warranty", UNIT, None, None, NOT_IN_REGISTER),
        ("warranty", replace(UNIT, acquired=DAY), None, None, NO_WARRANTY),
        ("support", UNIT, None, None, NO_SUPPORT),
        ("health", UNIT, None, None, NEVER_MEASURED),
        ("health", replace(UNIT, device=""), None, None, NOT_MANAGED),
        (
            "health",
            UNIT,
            None,
            Known(watched={"ap1": replace(HEALTHY, measured=WEEK * 0.49)}),
            LITTLE_MEASURED,
        ),
        ("compliance", UNIT, None, None, NEVER_JUDGED),
        ("compliance", replace(UNIT, device=""), None, None, NOT_MANAGED),
        (
            "compliance",
            UNIT,
            None,
            Known(
                judged={"ap1": (Judged("compliance", Text("ก", "a"), False, Text("", ""), DAY),)}
            ),
            RULE_UNKNOWN,
        ),
        ("growth", replace(UNIT, kind="switch"), None, None, NO_PORTS),
    ],
)
def test_what_nobody_knows_is_listed_and_never_counted(
    cause: CauseName, unit: Unit, lives: dict[str, Life] | None, known: Known | None, why: Text
) -> None:
    """Each cause says why it can say nothing."""
    found = needs_of(unit, causes=(cause,), lives=lives, known=known)
    assert found.quantity == 0
    assert [(one.cause, one.words, one.units) for one in found.untold] == [(cause, why, (unit,))]


def test_warranty_and_support_end_with_their_last_day() -> None:
    """Both last days still count to them."""
    model = Model(model="r 350", warranty_years=3, end_of_support=DAY)
    known = Known(models=by_key([model]))
    unit = replace(UNIT, acquired=DAY - timedelta(days=int(3 * 365.25)))
    assert needs_of(unit, causes=("warranty", "support"), known=known).quantity == 0
    older = replace(unit, acquired=unit.acquired - timedelta(days=1) if unit.acquired else None)
    ended = Known(models=by_key([model.model_copy(update={"end_of_support": date(2026, 11, 27)})]))
    found = needs_of(older, causes=("warranty", "support"), known=ended)
    assert found.quantity == 1
    assert found.lines[0].worn[0].causes == ("warranty", "support")
    assert found.lines[0].worn[0].early is True


@pytest.mark.parametrize(
    ("watched", "failing"),
    [
        (HEALTHY, False),
        (replace(HEALTHY, down=WEEK * 0.05), True),
        (replace(HEALTHY, down=WEEK * 0.049), False),
        (replace(HEALTHY, titles=((Text("ก", "a"), 2),), last=DAY), False),
        (replace(HEALTHY, titles=((Text("ก", "a"), 2), (Text("ข", "b"), 1)), last=DAY), True),
        (replace(HEALTHY, broken=DAY), True),
        # What is seen to fail is failing, however little was seen of the rest.
        (Watched(timedelta(), WEEK, titles=((Text("ก", "a"), 3),), last=DAY), True),
    ],
)
def test_failing_health(watched: Watched, failing: bool) -> None:
    """By time lost, by alerts about itself, by a broken part; not by one bad day."""
    found = needs_of(UNIT, causes=("health",), known=Known(watched={"ap1": watched}))
    assert (found.quantity == 1) is failing
    assert not found.untold


def test_a_failed_rule_counts_for_what_it_asks() -> None:
    """A rule on ages is no lack of ports; judged devices without such findings are well."""
    title = Text(th="อายุไม่เกิน 7 ปี", en="at most 7 years")
    rows = (Judged("age", title, True, Text("เก่า", "old"), date(2026, 5, 1)),)
    unit = replace(UNIT, acquired=DAY)
    known = Known(judged={"ap1": rows})
    assert needs_of(unit, causes=("compliance",), known=known).quantity == 0
    found = needs_of(unit, causes=("age",), known=known)
    assert found.lines[0].worn[0].evidence[0].day == date(2026, 5, 1)
    assert needs_of(unit, causes=("compliance",), known=Known(judged={"ap1": ()})).untold == ()


def test_a_unit_counts_once_with_all_its_evidence() -> None:
    """Two causes, one access point; each cause tells how many it speaks for."""
    known = Known(watched={"ap1": replace(HEALTHY, broken=DAY)})
    unit = replace(UNIT, acquired=date(2019, 1, 1))
    found = needs_of(unit, causes=("age", "health"), known=known)
    assert found.quantity == 1
    assert found.by_cause() == {"age": 1, "health": 1}
    assert found.lines[0].replaces == ("7440-010-0001/63",)


@pytest.mark.parametrize(
    ("used", "size", "more"),
    [(42, 24, 0), (43, 24, 0), (44, 24, 1), (48, 24, 1), (0, 24, 0), (36, 20, 1), (18, 10, 1)],
)
def test_growth_is_of_a_site_and_makes_room(used: int, size: int, more: int) -> None:
    """From 90 % on; after buying it is below. The lines show each switch."""
    units = [replace(UNIT, number="", device=name, kind="switch") for name in ("sw1", "sw2")]
    ports = {
        "sw1": PortUse(min(used, size), size, DAY),
        "sw2": PortUse(max(used - size, 0), size, DAY),
    }
    found = needs_of(*units, causes=("growth",), ports=ports)
    assert found.quantity == more
    if more:
        assert used < 0.9 * (2 * size + size * more)
        assert len(found.lines[0].extras[0].evidence) == 3
        assert found.lines[0].replaces == ()


def test_what_people_ask_for_counts_with_its_reason() -> None:
    """More at a site, and one unit by its number, whatever the causes."""
    unit = replace(UNIT, acquired=DAY)
    found = needs_of(
        unit,
        causes=("age",),
        asks=("school-a:access-point:3=ห้องใหม่ 3 ห้อง", "7440-010-0001/63=น้ำท่วม"),
    )
    assert found.quantity == 4
    assert found.by_cause() == {"asked": 4}
    assert found.lines[0].worn[0].early is True
    # Looking at another kind alone takes neither for a mistake.
    asks = tuple(read_ask(text) for text in ("7440-010-0001/63=x", "school-a:access-point:3=x"))
    wanted = Wanted(causes=("age",), kinds=frozenset({"switch"}), asks=asks)
    stock = Stock((unit,), Counter())
    assert find_needs(stock, Asking(DAY, FIVE, Known()), wanted).quantity == 0


@pytest.mark.parametrize(
    "text",
    [
        "", "=why", "school-a:access-point:3", "school-a:access-point:3=", "a:access-point:0=x",
        "a:access-point:-1=x", "a:access-point:๓=x", "a:access-point:99999=x", "a:b=x",
        "a:access-pint:1=x", " :access-point:1=x", "a: :1=x",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(text: str) -> None:
    """With what to write."""
    with pytest.raises(InputError) as told:
        read_ask(text)
    assert told.value.hint is not None


@pytest.mark.parametrize("text", ["7440-9=x", "school-b:switch:1=x"])
def test_nothing_is_asked_of_what_is_not_there(text: str) -> None:
    """An unknown number or site."""
    with pytest.raises(InputError):
        require_there([read_ask(text)], ["school-a"], ["7440-1"])


def test_stock_has_each_thing_once() -> None:
    """By number or by serial; spares are told, what is gone is not; a device is of its kind."""
    row = Asset("1", "a", "access-point", "B", "R350", "S1", DAY, 0, "", "in-use", "")
    rows = [
        row,
        replace(row, number="2", serial="S2", state="spare"),
        replace(row, number="3", serial="S3", state="disposed"),
        replace(row, number="4", serial="S4", state="repair"),
        replace(row, number="5", serial="S5", state="lost"),
    ]
    devices = [
        Device(
            name=name, platform="x", role="wireless", address="10.0.0.1", serial=serial, site="a"
        )
        for name, serial in (("ap1", "S1"), ("ap2", None), ("ap3", "S3"), ("ap4", "S1"))
    ]
    found = stock_of(rows, devices)
    assert {(unit.number, unit.device) for unit in found.units} == {
        ("1", "ap1"), ("", "ap2"), ("3", "ap3"), ("", "ap4"), ("4", ""),
    }  # fmt: skip
    assert found.spares == {("a", "access-point"): 1}
    assert {unit.kind for unit in found.units} == {"access-point"}


def test_years_of_service_come_from_who_is_nearest() -> None:
    """What is asked before the office's, the office's before an edition's; none is none."""
    editions = [
        Edition(id=name, th=name, en=name, issuer="ก", announced=day, years_of_service=years)
        for name, day, years in (
            ("old", date(2024, 1, 1), 4),
            ("new", date(2026, 1, 1), 5),
            ("later", date(2027, 1, 1), 6),
            ("silent", date(2026, 6, 1), None),
        )
    ]
    baseline = Baseline(id="s", edition="old", kind="switch", th="ส", en="s")
    known = Baselines(editions=tuple(editions), baselines=(baseline,))

    def lives(asked: int | None = None, known: Baselines = known) -> dict[str, int]:
        office = {"ups": 3}
        found = service_lives(
            ("switch", "ups", "router"), DAY, baselines=known, office=office, asked=asked
        )
        return {kind: life.years for kind, life in found.items()}

    assert lives() == {"switch": 4, "ups": 3, "router": 5}
    assert lives(7) == {"switch": 7, "ups": 7, "router": 7}
    assert lives(known=Baselines()) == {"ups": 3}


def test_the_paper_of_a_need_is_read_back_beside_other_things() -> None:
    """Places add up to the quantity, and name what goes."""
    units = [
        replace(UNIT, number=str(n), device="", site=f"s{n % 6}", acquired=date(2019, 1, 1))
        for n in range(12)
    ]
    paper = need_paper(needs_of(*units, causes=("age",)), {"s1": "โรงเรียน ก"})
    assert paper is not None
    assert paper.items[0].quantity == sum(place.quantity for place in paper.items[0].places) == 12
    assert len(paper.items[0].places[0].replaces) == 2
    assert "6 แห่ง" in paper.need
    text = paper.model_dump_json()
    assert read_need(text[:-1] + ', "lines": []}') == paper
    assert need_paper(needs_of(causes=("age",)), {}) is None


def test_the_kinds_of_the_register_are_those_of_the_office_file() -> None:
    """One list, in two forms."""
    from typing import get_args

    assert get_args(Kind) == KINDS
    assert len(set(CAUSES)) == 7
