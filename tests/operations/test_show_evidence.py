"""What is known of one device and of its model, for whoever writes rules."""

from __future__ import annotations

from datetime import date

import pytest

from controller.errors import NotAllowed, NotFound
from controller.operations.list_models import list_models
from controller.operations.show_evidence import show_evidence
from tests.operations.office import Desk


def test_the_equipment_is_that_of_register_and_model(desk: Desk) -> None:
    """On the day of the clock; what nobody wrote down is None."""
    found = show_evidence(desk.context, desk.person("engineer1"), "kkn-a-sw01")
    equipment = found.equipment
    assert equipment.model is not None
    assert equipment.model.ports == 24
    assert equipment.acquired == date(2021, 6, 18)
    assert equipment.age_years == pytest.approx(4.88, abs=0.01)
    assert equipment.warranty_until == date(2024, 6, 17)
    assert equipment.in_warranty is False
    assert (equipment.supported, equipment.supported_until) == (None, None)
    assert found.facts == {}
    assert found.fingerprint == ""
    assert all(not row.values for row in found.rows)


def test_who_may_not_read_history_is_refused(desk: Desk) -> None:
    """And a device nobody has is not found."""
    with pytest.raises(NotAllowed):
        show_evidence(desk.context, desk.person("school1"), "kkn-a-sw01")
    with pytest.raises(NotFound, match="there is no device"):
        show_evidence(desk.context, desk.person("engineer1"), "nothing")


def test_models_are_told_with_how_many_there_are(desk: Desk) -> None:
    """The devices and rows of the register one may see; a model nobody tells of comes first."""
    rows = {row.name: row for row in list_models(desk.context, desk.person("officer1"))}
    assert (rows["WS-C2960G-24TC-L"].devices, rows["R350"].assets) == (17, 10)
    assert all(row.known for row in rows.values())
    (desk.context.root / "specs/models/switches.yaml").unlink()
    first = list_models(desk.context, desk.person("officer1"))[0]
    assert first.known is None
    assert first.devices > 0
