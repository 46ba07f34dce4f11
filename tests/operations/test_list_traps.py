"""Who sees which traps."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from controller.errors import InputError, NotFound
from controller.operations.list_traps import list_traps
from controller.store.traps import KeptTrap, count_strangers, keep_traps
from tests.operations.office import Desk

NOW = datetime(2026, 11, 27, 3, 0, tzinfo=UTC)


def trap(device: str, kind: str = "link_down") -> KeptTrap:
    return KeptTrap(NOW, device, kind, "1.3.6.1.6.3.1.1.5.3", "7", "Gi0/7", "2c", False, {})


def test_a_school_sees_its_own_and_no_strangers(desk: Desk) -> None:
    with desk.context.store.begin() as conn:
        keep_traps(conn, [trap("kkn-a-sw01"), trap("kkn-b-sw01"), trap("kkn-a-sw02", "cold_start")])
        count_strangers(conn, {"10.0.0.9": 4}, NOW)
    engineer, school = desk.person("engineer1"), desk.person("school1")
    every = list_traps(desk.context, engineer)
    assert [t.device for t in every.traps] == ["kkn-a-sw02", "kkn-b-sw01", "kkn-a-sw01"]
    assert [s.count for s in every.strangers] == [4]
    own = list_traps(desk.context, school)
    assert [t.device for t in own.traps] == ["kkn-a-sw02", "kkn-a-sw01"]
    assert own.strangers == ()
    with pytest.raises(NotFound):
        list_traps(desk.context, school, device="kkn-b-sw01")
    (one,) = list_traps(desk.context, engineer, device="kkn-a-sw02").traps
    assert one.kind == "cold_start"
    assert list_traps(desk.context, engineer, kind="link_up").traps == ()
    with pytest.raises(InputError) as caught:
        list_traps(desk.context, engineer, kind="link_dwn")
    assert caught.value.hint is not None
    assert "link_down" in caught.value.hint.en
