"""Amounts with a unit: 1 Gbps is 1000 Mbps, 1 GiB is more than 1 GB, 8 ports are no watts.

pint does the arithmetic, over a registry of the few units that equipment is measured in
(`units.yaml`), with decimals throughout: what prints as 0.1 is 0.1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

from controller.errors import Text

if TYPE_CHECKING:
    from pint import UnitRegistry


class UnlikeUnitsError(ValueError):
    """Two amounts cannot be compared, such as ports and watts."""


@dataclass(frozen=True)
class Unit:
    """A unit: its symbol in files, what Thai papers print, and how people spell it."""

    symbol: str
    pint: str
    th: str
    spelled: tuple[str, ...]

    @property
    def title(self) -> Text:
        """What it is called on a page."""
        return Text(th=self.th, en=self.symbol.replace("_", " "))


@dataclass(frozen=True)
class Amount:
    """A number of a unit of `UNITS`; finite. Equal amounts in other units are not `==`: compare."""

    number: Decimal
    unit: str


def compare(one: Amount, other: Amount) -> int:
    """-1, 0 or 1 as `one` is less than, as much as, or more than `other`.

    Errors: `UnlikeUnitsError` for units of different things, `KeyError` for an unknown unit.
    """
    if one.unit == other.unit:
        left, right = one.number, other.number
    elif _dimension(one.unit) != _dimension(other.unit):
        raise UnlikeUnitsError(f"{one.unit} and {other.unit}")
    else:
        left, right = one.number * _factor(one.unit), other.number * _factor(other.unit)
    return (left > right) - (left < right)


def convert(amount: Amount, unit: str) -> Amount:
    """The same amount in another unit. Errors: as `compare`."""
    if amount.unit == unit:
        return amount
    if _dimension(amount.unit) != _dimension(unit):
        raise UnlikeUnitsError(f"{amount.unit} and {unit}")
    return Amount(amount.number * _factor(amount.unit) / _factor(unit), unit)


def alike(one: str, other: str) -> bool:
    """Whether amounts of the two units can be compared."""
    return _dimension(one) == _dimension(other)


def unit_spelled(text: str) -> str | None:
    """The symbol of the unit somebody wrote, None for none we know.

    A symbol counts as it is written. Any case does for the rest, but not for `gb` and its like,
    which may be bits or bytes; nor is `MB/s` a number of bits.
    """
    word = "".join(text.split())
    if word in UNITS:
        return word
    if _BYTES_A_SECOND.fullmatch(word):
        return None
    return _spellings().get(word.casefold())


def _loaded() -> dict[str, Any]:
    text = (files(__package__) / "units.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return loaded


_FILE = _loaded()
UNITS: dict[str, Unit] = {
    symbol: Unit(symbol, unit["pint"], unit["th"], tuple(unit.get("spelled", ())))
    for symbol, unit in _FILE["units"].items()
}
"""Every unit by its symbol, in the order pages list them."""


_COUNT = "count"
_BYTES_A_SECOND = re.compile(r"[kKmMgGtT]?B(/s|ps|/S|PS)")
_BITS_OR_BYTES = frozenset({"kb", "mb", "gb", "tb"})


@cache
def _spellings() -> dict[str, str]:
    known: dict[str, str] = {}
    for unit in UNITS.values():
        for word in (unit.symbol, unit.th, *unit.spelled):
            known.setdefault("".join(word.split()).casefold(), unit.symbol)
    return {word: symbol for word, symbol in known.items() if word not in _BITS_OR_BYTES}


@cache
def _registry() -> UnitRegistry[Decimal]:
    # pint takes longer to import than most commands run.
    from pint import UnitRegistry

    registry: UnitRegistry[Decimal] = UnitRegistry(None, non_int_type=Decimal)
    registry.load_definitions([*_FILE["prefixes"], *_FILE["bases"]])
    return registry


@cache
def _quantity(unit: str) -> Any:
    return _registry().Quantity(UNITS[unit].pint)


@cache
def _dimension(unit: str) -> str:
    return unit if UNITS[unit].pint == _COUNT else str(_quantity(unit).dimensionality)


@cache
def _factor(unit: str) -> Decimal:
    return (
        Decimal(1)
        if UNITS[unit].pint == _COUNT
        else Decimal(_quantity(unit).to_base_units().magnitude)
    )
