"""Which models meet a criterion: what nobody knows is no match and no failure."""

from __future__ import annotations

from decimal import Decimal

import pytest

from controller.procurement.matching import match, matches, matches_all, of_kind
from controller.specs.criterion import Criterion, Operator, Value
from controller.specs.model import Model
from controller.specs.models import by_key

SWITCH = Model(
    model="ก-24", maker="ยี่ห้อ ก", kind="switch", poe_ports=24, poe_watts=370,
    attributes={"ports_1g": 24, "layer": "Layer 2", "web_management": True},
)  # fmt: skip
SMALL = Model(model="ข-8", maker="ยี่ห้อ ข", kind="switch", poe_ports=8, attributes={"ports_1g": 8})
SILENT = Model(model="ค-1", maker="ยี่ห้อ ค", kind="switch")
POINT = Model(
    model="ง-6", maker="ยี่ห้อ ก", kind="access-point", wifi=6, warranty_years=3,
    attributes={"wpa": ("WPA2", "WPA3")},
)  # fmt: skip


def asked(attribute: str, operator: Operator, value: Value, unit: str = "") -> Criterion:
    """A criterion."""
    return Criterion(
        id="c", text="ข้อ", attribute=attribute, operator=operator, value=value, unit=unit
    )


@pytest.mark.parametrize(
    ("model", "criterion", "found"),
    [
        (SWITCH, asked("ports_1g", "at-least", 24, "port"), "met"),
        (SWITCH, asked("ports_1g", "at-least", 25, "port"), "failed"),
        (SWITCH, asked("poe_budget", "at-least", Decimal("0.37"), "kW"), "met"),
        (SWITCH, asked("layer", "at-least", "L3"), "failed"),
        (SWITCH, asked("web_management", "is", True), "met"),
        (SMALL, asked("poe_budget", "at-least", 100, "W"), "unknown"),
        (SILENT, asked("ports_1g", "at-least", 8, "port"), "unknown"),
        (POINT, asked("wifi", "at-least", "Wi-Fi 6"), "met"),
        (POINT, asked("wifi", "at-least", "IEEE 802.11be"), "failed"),
        (POINT, asked("wpa", "includes", ("WPA3",)), "met"),
        (POINT, asked("warranty", "at-least", 36, "month"), "met"),
        (SWITCH, asked("ports_1g", "at-least", 24, "W"), "unknown"),
        (SWITCH, asked("no_such", "at-least", 24), "unknown"),
        (SWITCH, Criterion(id="c", text="สีขาว"), "unknown"),
        (Model(model="x", wifi=8), asked("wifi", "at-least", "Wi-Fi 6"), "unknown"),
    ],
)
def test_a_model_meets_fails_or_nobody_knows(
    model: Model, criterion: Criterion, found: str
) -> None:
    """By the fields first, then by the attributes; units and spellings as in offers."""
    assert match(criterion, model) == found


def test_models_are_sorted_by_how_they_stand() -> None:
    """Each in one of the three; a whole item is met by whom every criterion is known of."""
    models = of_kind(by_key([SILENT, POINT, SMALL, SWITCH]), "switch")
    assert models == (SWITCH, SMALL, SILENT)
    ports, poe = asked("ports_1g", "at-least", 8), asked("poe_budget", "at-least", 100, "W")
    found = matches(ports, models)
    assert (found.met, found.failed, found.unknown) == ((SWITCH, SMALL), (), (SILENT,))
    judged = Criterion(id="j", text="สีขาว")
    found = matches_all([ports, poe, judged], models)
    assert (found.met, found.failed, found.unknown) == ((SWITCH,), (), (SMALL, SILENT))
    assert matches_all([judged], models).unknown == models
