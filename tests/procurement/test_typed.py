"""What is typed reads as the value it came from; what cannot be read yet is told, and kept."""

from __future__ import annotations

from typing import Any

import pytest

from controller.procurement.typed import (
    TypedCriterion,
    TypedSpecification,
    as_typed,
    read_typed,
)
from tests.procurement.wanted import (
    BASELINES,
    POINT,
    PORTS,
    specification,
    with_criteria,
    with_item,
)


def test_typed_out_and_read_back_it_is_the_same() -> None:
    whole = specification(
        award={"rule": "price-performance", "price_weight": "40.5"},
        exemption={"brand": "ยี่ห้อ ก", "reason": "อะไหล่"},
        accepted={"a": "เหตุผล"},
        terms={"objectives": ["หนึ่ง", "สอง"], "penalty_percent": "0.1", "delivery_days": 30},
    )
    typed = TypedSpecification.model_validate_json(as_typed(whole).model_dump_json())
    assert read_typed(typed, BASELINES) == (whole, ())
    raised = PORTS.model_copy(update={"value": 4, "origin": "raised", "reason": "พ่วงกล้อง"})
    changed = with_criteria(*POINT.criteria[:2], raised)
    assert read_typed(as_typed(changed), BASELINES) == (changed, ())


def test_where_a_criterion_comes_from_is_found_by_comparing() -> None:
    typed = as_typed(specification())
    first, ports = typed.items[0].criteria[0], typed.items[0].criteria[2]
    first.weight = "๑๐"
    ports.value, ports.reason = "๔", "พ่วงกล้อง"
    typed.items[0].criteria.append(TypedCriterion(id="new", text="ใหม่", reason="จำเป็น"))
    read, faults = read_typed(typed, BASELINES)
    assert read is not None, faults
    told = {c.id: (c.origin, c.value) for c in read.items[0].criteria}
    assert told["wifi"] == ("baseline", "802.11ax")
    assert told["ports"] == ("raised", 4)
    assert told["new"] == ("added", None)


@pytest.mark.parametrize(
    ("field", "value", "about"),
    [
        ("title", " ", "title"),
        ("budget", "มาก", "budget"),
        ("budget", "NaN", "budget"),
        ("brand", "ยี่ห้อ ก", "exemption"),
        ("price_weight", "x", "award"),
        ("items", [], "items"),
        ("terms", {"delivery_days": "soon"}, "terms.delivery_days"),
        ("terms", {"delivery_days": "1.5"}, "terms.delivery_days"),
        ("budget", "0", "budget"),
        ("budget", "1.005", "budget"),
    ],
)
def test_what_cannot_be_read_is_told(field: str, value: Any, about: str) -> None:
    typed = as_typed(specification()).model_copy(update={field: value})
    read, faults = read_typed(typed, BASELINES)
    assert read is None
    assert [fault.about for fault in faults] == [about]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"text": ""}, "Words as printed is missing"),
        ({"value": ""}, "needs an attribute and a value"),
        ({"mandatory": False}, "has points"),
        ({"value": "4"}, "needs a reason"),
        ({"weight": "ten"}, "is no number"),
    ],
)
def test_a_criterion_says_what_it_lacks(changes: dict[str, Any], told: str) -> None:
    typed = as_typed(specification())
    typed.items[0].criteria[2] = typed.items[0].criteria[2].model_copy(update=changes)
    read, faults = read_typed(typed, BASELINES)
    assert read is None
    assert [(f.about, told in f.text.en) for f in faults] == [("access-point-2/ports", True)]


def test_places_are_lines() -> None:
    typed = as_typed(with_item(quantity=3, places=()))
    typed.items[0].places = "school-a ๒ 7440-1 7440-2\n\nschool-b 1"
    read, faults = read_typed(typed, BASELINES)
    assert read is not None, faults
    assert [(p.site, p.quantity, p.replaces) for p in read.items[0].places] == [
        ("school-a", 2, ("7440-1", "7440-2")),
        ("school-b", 1, ()),
    ]
    typed.items[0].places = "school-a"
    assert read_typed(typed, BASELINES)[1]
    typed.items[0].places = "school-a 2"
    assert "add up to 2" in read_typed(typed, BASELINES)[1][0].text.en
