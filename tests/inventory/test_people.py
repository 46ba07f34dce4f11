"""Who holds a role on which day."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from controller.inventory.office import ActingOrder, Person

FIRST, LAST = date(2026, 8, 10), date(2026, 8, 23)


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2026, 8, 9), False),
        (FIRST, True),
        (LAST, True),
        (date(2026, 8, 24), False),
    ],
)
def test_the_first_and_the_last_day_count(day: date, *, holds: bool) -> None:
    """Orders name both days inclusively."""
    person = Person(username="deputy", title="x", roles=("officer",), since=FIRST, until=LAST)
    assert person.holds("officer", day) is holds
    assert not person.holds("director", day)


def test_without_dates_a_role_is_held_always() -> None:
    """Most people stand in the file without any."""
    person = Person(username="director", title="x", roles=("director",))
    assert person.holds("director", date(1999, 1, 1))


@pytest.mark.parametrize("day", [20260810, "2026-08-10", 0.5])
def test_nothing_but_a_date_is_a_date(day: object) -> None:
    """A number would be read as seconds since 1970, and the order would hold on another day."""
    order = {"username": "deputy", "order": "1", "dated": FIRST, "since": day, "until": LAST}
    with pytest.raises(ValidationError):
        ActingOrder.model_validate(order)
