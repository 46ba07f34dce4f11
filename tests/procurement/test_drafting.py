"""Drafts begin with baselines; what could mean two things is asked, never guessed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from controller.errors import InputError
from controller.procurement.drafting import Wanted, draft
from controller.specs.baseline import Baselines
from controller.specs.specification import Place, Specification
from tests.procurement.wanted import BASELINES, EDITIONS, POE, POINT, TODAY


def drafted(*wanted: Wanted, baselines: Baselines = BASELINES) -> Specification:
    """A draft of these."""
    return draft(wanted, baselines, TODAY, need="ทดแทน")


@pytest.mark.parametrize("what", ["ed-2568/access-point-2", "access-point-2", "access-point"])
def test_a_baseline_is_named_by_its_edition_its_class_or_its_kind(what: str) -> None:
    whole = drafted(Wanted(what, 3, (Place(site="school-a", quantity=3),)))
    (item,) = whole.items
    assert (item.baseline, item.criteria) == ("ed-2568/access-point-2", POINT.criteria)
    assert (item.price, whole.budget) == (Decimal(22000), Decimal(66000))
    assert whole.title == "จัดซื้ออุปกรณ์กระจายสัญญาณไร้สาย แบบที่ 2 จำนวน 3 เครื่อง"


def test_the_same_class_twice_gets_ids_of_its_own() -> None:
    whole = drafted(
        Wanted("access-point", 1), Wanted("access-point", 2), Wanted("poe-24", 1, price=Decimal(9))
    )
    assert [item.id for item in whole.items] == ["access-point-2", "access-point-2-2", "poe-24"]


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        (Wanted("acess-point", 1), "access-point"),
        (Wanted("ed-2568/access-point-9", 1), "ed-2568/access-point-2"),
        (Wanted("poe-24", 1), "@18000"),
        (Wanted("access-point", 0), ""),
    ],
)
def test_what_cannot_be_drafted_is_told(wanted: Wanted, told: str) -> None:
    with pytest.raises(InputError) as error:
        drafted(wanted)
    assert told in (error.value.hint.en if error.value.hint else "")


def test_a_kind_of_several_classes_is_asked_for() -> None:
    other = POE.model_copy(update={"id": "poe-48"})
    several = Baselines(editions=EDITIONS, baselines=(POE, other))
    with pytest.raises(InputError) as error:
        drafted(Wanted("switch", 1), baselines=several)
    assert error.value.hint is not None
    assert error.value.hint.en == "choose one of: poe-24, poe-48"


def test_nothing_is_drafted_of_nothing() -> None:
    with pytest.raises(InputError):
        drafted()
    with pytest.raises(InputError):
        draft([Wanted("access-point", 1)], BASELINES, TODAY, need=" ")
