"""Numbers written one way, so that the same content has the same hash: 22000, never 22000.00."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator

_MOST_DIGITS = 25


def plain(number: Decimal) -> Decimal:
    """The same number without zeros at its end and without exponents; infinity stays.

    Errors: `ValueError` for a number nobody would write out, of more than 25 places.
    """
    if not number.is_finite():
        return number
    least = number.as_tuple().exponent
    if max(number.adjusted() + 1, -int(least), len(number.as_tuple().digits)) > _MOST_DIGITS:
        raise ValueError(f"a number of at most {_MOST_DIGITS} places")
    return Decimal(f"{number.normalize():f}")


Plain = Annotated[Decimal, AfterValidator(plain)]
"""A decimal number of a value that is hashed."""
