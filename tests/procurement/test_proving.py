"""What a device proves of an offer: at least as much, certainly less, or nothing at all."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.facts.hardware import Hardware, Medium, PortFact
from controller.procurement.offer import ItemOffer, Stated
from controller.procurement.proving import MEASURES, Told, checks_of, ports_in_words
from controller.specs.attribute import attributes
from controller.specs.criterion import Criterion, Operator
from controller.specs.specification import Item


def outcome(
    attribute: str,
    stated: str,
    hardware: Hardware,
    operator: Operator = "at-least",
    value: object = 1,
) -> str:
    """How one criterion stands when a device shows this and the offer states that."""
    criterion = Criterion.model_validate(
        {"id": "c", "text": "ข้อ", "attribute": attribute, "operator": operator, "value": value}
    )
    item = Item(
        id="i", th="รายการ", kind="switch", quantity=1, price=Decimal(1), criteria=(criterion,)
    )
    offered = ItemOffer(item="i", answers=(Stated(criterion="c", text=stated),))
    return checks_of(item, offered, Told(hardware=hardware), "")[-1].outcome


def ports(count: int, mbps: int, medium: Medium = "copper") -> tuple[PortFact, ...]:
    return tuple(PortFact(str(n), mbps, medium) for n in range(count))


SWITCH = Hardware((*ports(24, 1000), *ports(4, 10_000, "sfp")), poe_ports=24, poe_watts=370)


@pytest.mark.parametrize(
    ("attribute", "stated", "hardware", "expected"),
    [
        ("ports_1g", "24 ช่อง", SWITCH, "proved"),
        ("ports_1g", "๒๔ ports", SWITCH, "proved"),
        ("ports_1g", "26", SWITCH, "differs"),
        ("ports_1g", "28", Hardware(ports(28, 1000, "")), "person"),
        ("ports_1g", "48", Hardware(ports(28, 1000, "")), "differs"),
        ("ports_1g", "24", Hardware(ports(24, 0)), "person"),
        ("ports_1g", "24", Hardware(), "person"),
        ("ports_1g", "", SWITCH, "proved"),
        ("ports_1g", "ครบตามข้อกำหนด", SWITCH, "person"),
        ("sfp_plus", "4", SWITCH, "proved"),
        ("sfp_plus", "6", SWITCH, "person"),
        ("sfp", "4", SWITCH, "proved"),
        ("poe_ports", "24", SWITCH, "proved"),
        ("poe_ports", "48", SWITCH, "differs"),
        ("poe_budget", "0.37 kW", SWITCH, "proved"),
        ("poe_budget", "740 W", SWITCH, "differs"),
        ("poe_budget", "370 W", Hardware(ports(24, 1000)), "person"),
        ("switching_capacity", "56 Gbps", SWITCH, "person"),
    ],
)
def test_a_criterion(attribute: str, stated: str, hardware: Hardware, expected: str) -> None:
    assert outcome(attribute, stated, hardware) == expected


@pytest.mark.parametrize(
    ("offered", "told", "expected"),
    [
        (("ยี่ห้อ ก", "AX-3000"), ("ยี่ห้อ ก", "ax 3000"), ("proved", "proved")),
        (("HPE", "R1"), ("HPE Aruba", "R1-B"), ("proved", "person")),
        (("A", "AX-3000"), ("B", "AX-1800"), ("person", "differs")),
        (("A", "AX-3000"), ("", ""), ("person", "person")),
        (("", ""), ("B", "AX-1800"), ("person", "person")),
    ],
)
def test_brand_and_model(
    offered: tuple[str, str], told: tuple[str, str], expected: tuple[str, str]
) -> None:
    item = Item(
        id="i", th="รายการ", kind="switch", quantity=1, price=Decimal(1),
        criteria=(Criterion(id="c", text="ข้อ"),),
    )  # fmt: skip
    offer = ItemOffer(item="i", brand=offered[0], model=offered[1])
    brand, model, *_ = checks_of(item, offer, Told(told[0], told[1]), "")
    assert (brand.outcome, model.outcome) == expected


@pytest.mark.parametrize(
    ("stated", "told", "expected"),
    [
        ("", "S1", "proved"), ("s 1", "S1", "proved"), ("S2", "S1", "differs"),
        ("S1", "", "person"), ("", "", "person"),
    ],
)  # fmt: skip
def test_serial_numbers(stated: str, told: str, expected: str) -> None:
    item = Item(
        id="i", th="รายการ", kind="switch", quantity=1, price=Decimal(1),
        criteria=(Criterion(id="c", text="ข้อ"),),
    )  # fmt: skip
    check = checks_of(item, ItemOffer(item="i"), Told(serial=told), stated)[2]
    assert (check.about, check.outcome) == ("serial", expected)


def test_what_is_measured_is_of_the_catalogue() -> None:
    """Each an amount; one that the catalogue does not have yet is of no harm."""
    known = [attributes()[name] for name in MEASURES if name in attributes()]
    assert {attribute.kind for attribute in known} == {"amount"}
    assert len(known) >= 7


def test_ports_in_words() -> None:
    assert ports_in_words(SWITCH) == "24 × 1G RJ45, 4 × 10G SFP; PoE 24 ช่อง 370 W"
    assert ports_in_words(Hardware((PortFact("eth0"),))) == "1 × ไม่บอกความเร็ว ไม่บอกชนิดหัวต่อ"
    assert ports_in_words(Hardware()) == ""


_PORT = st.builds(
    PortFact,
    name=st.just("p"),
    mbps=st.sampled_from((0, 100, 1000, 2500, 10_000)),
    medium=st.sampled_from(("copper", "sfp", "")),
)
_WORSE = {"proved": 2, "person": 1, "differs": 0}


@given(st.lists(_PORT, max_size=12), st.lists(_PORT, max_size=6), st.integers(1, 12))
def test_more_ports_never_make_it_worse(
    there: list[PortFact], more: list[PortFact], offered: int
) -> None:
    """A device that shows more proves as much or more."""
    if not there:
        return
    before = outcome("ports_1g", str(offered), Hardware(tuple(there)))
    after = outcome("ports_1g", str(offered), Hardware((*there, *more)))
    assert _WORSE[after] >= _WORSE[before]


@given(st.lists(_PORT, min_size=1, max_size=12), st.integers(1, 12))
def test_nothing_is_proved_of_what_is_unknown(there: list[PortFact], offered: int) -> None:
    """Without a single port that tells plug and speed, nothing is proved."""
    blind = tuple(PortFact(port.name, port.mbps) for port in there)
    assert outcome("ports_1g", str(offered), Hardware(blind)) != "proved"
