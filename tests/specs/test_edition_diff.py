"""What a later edition changed: classes, prices, criteria; an amendment removes nothing."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from controller.specs.baseline import Baseline
from controller.specs.criterion import Criterion
from controller.specs.edition_diff import edition_diff

ONE = Criterion(id="one", text="ก")
TWO = Criterion(id="two", text="ข")


def made(id_: str = "router", edition: str = "old", **fields: Any) -> Baseline:
    values = {"kind": "router", "th": "ก", "en": "a", "ceiling": Decimal(100), **fields}
    return Baseline(id=id_, edition=edition, **values)


def test_a_change_of_edition_alone_is_none() -> None:
    (change,) = edition_diff([made()], [made(edition="new", ceiling=Decimal("100.00"))])
    assert (change.kind, change.price_changed, change.percent) == ("same", False, Decimal(0))


def test_classes_come_and_go() -> None:
    """In the order of the later edition, those that went last."""
    before, after = [made("a"), made("b")], [made("c"), made("b")]
    assert [(c.id, c.kind) for c in edition_diff(before, after)] == [
        ("c", "added"),
        ("b", "same"),
        ("a", "removed"),
    ]
    assert [c.id for c in edition_diff(before, after, partial=True)] == ["c", "b"]


def test_criteria_come_go_and_change() -> None:
    more = ONE.model_copy(update={"text": "ก และ ค"})
    (change,) = edition_diff([made(criteria=(ONE, TWO))], [made(criteria=(more,))])
    assert change.kind == "changed"
    assert [(c.id, c.kind) for c in change.criteria] == [("one", "changed"), ("two", "removed")]
    (back,) = edition_diff([made()], [made(criteria=(TWO,))])
    assert [(c.id, c.kind) for c in back.criteria] == [("two", "added")]


@pytest.mark.parametrize(
    ("before", "after", "percent"),
    [
        (Decimal(20000), Decimal(23000), Decimal("15.0")),
        (Decimal(100), Decimal(99), Decimal("-1.0")),
        (Decimal(3), Decimal(4), Decimal("33.3")),
        (None, Decimal(5), None),
        (Decimal(5), None, None),
    ],
)
def test_prices_in_percent_of_before(
    before: Decimal | None, after: Decimal | None, percent: Decimal | None
) -> None:
    """Nothing where one of them is missing: an unknown price is no zero."""
    (change,) = edition_diff([made(ceiling=before)], [made(ceiling=after)])
    assert (change.kind, change.price_changed, change.percent) == ("changed", True, percent)


def test_words_that_changed_are_named() -> None:
    (change,) = edition_diff([made()], [made(th="ค", unit="ชุด")])
    assert (change.kind, change.fields) == ("changed", ("th", "unit"))
