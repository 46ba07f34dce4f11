"""Numbers written one way, so that the same content has the same hash: 22000, never 22000.00."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator


def plain(number: Decimal) -> Decimal:
    """The same number without zeros at its end and without exponents; infinity stays."""
    return Decimal(f"{number.normalize():f}") if number.is_finite() else number


Plain = Annotated[Decimal, AfterValidator(plain)]
"""A decimal number of a value that is hashed."""
