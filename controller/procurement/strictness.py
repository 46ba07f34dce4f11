"""How two criteria on the same attribute stand to each other: can both hold, which asks more."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from controller.specs.attribute import Attribute
from controller.specs.criterion import Criterion
from controller.specs.meeting import fault_of, member_of, rank_of
from controller.specs.units import Amount, convert


@dataclass(frozen=True)
class Asked:
    """What passes a criterion: from `low` to `high` (in the attribute's unit, or by level), with
    every one of `members`, one of `choices`, `yes` or no. None asks nothing of the kind.
    """

    low: Decimal | None = None
    high: Decimal | None = None
    members: frozenset[str] | None = None
    choices: frozenset[str] | None = None
    yes: bool | None = None


def asked_by(criterion: Criterion, attribute: Attribute) -> Asked | None:
    """What passes, None for what people judge and for what cannot be asked of the attribute."""
    if criterion.operator == "judged" or fault_of(criterion, attribute) is not None:
        return None
    match attribute.kind:
        case "yes-no":
            return Asked(yes=criterion.value is True)
        case "amount" | "level":
            return _range(criterion, attribute)
        case "set":
            named = (member_of(attribute, word) or word for word in _words(criterion))
        case "words":
            named = ("".join(word.split()).casefold() for word in _words(criterion))
    listed = frozenset(named)
    if criterion.operator == "includes":
        return Asked(members=listed)
    if criterion.operator == "equals" and attribute.kind == "set":
        return Asked(members=listed, choices=frozenset({" ".join(sorted(listed))}))
    return Asked(choices=listed)


def both_hold(one: Asked, other: Asked) -> bool:
    """Whether some answer passes both."""
    lows = [bound for bound in (one.low, other.low) if bound is not None]
    highs = [bound for bound in (one.high, other.high) if bound is not None]
    if lows and highs and max(lows) > min(highs):
        return False
    if one.choices is not None and other.choices is not None and not one.choices & other.choices:
        return False
    return one.yes is None or other.yes is None or one.yes == other.yes


def as_strict(one: Asked, other: Asked) -> bool:
    """Whether whatever passes `one` also passes `other`."""
    if other.low is not None and (one.low is None or one.low < other.low):
        return False
    if other.high is not None and (one.high is None or one.high > other.high):
        return False
    if other.members is not None and not other.members <= (one.members or frozenset()):
        return False
    if other.choices is not None and (one.choices is None or not one.choices <= other.choices):
        return False
    return other.yes is None or one.yes == other.yes


def _range(criterion: Criterion, attribute: Attribute) -> Asked:
    asked = sorted(_number(word, criterion, attribute) for word in _words(criterion))
    low = None if criterion.operator == "at-most" else asked[0]
    high = None if criterion.operator == "at-least" else asked[-1]
    choices = frozenset(f"{number.normalize():f}" for number in asked)
    exact = criterion.operator in {"equals", "one-of"}
    return Asked(low=low, high=high, choices=choices if exact else None)


def _number(word: str, criterion: Criterion, attribute: Attribute) -> Decimal:
    if attribute.kind == "level":
        return Decimal(rank_of(attribute, word) or 0)
    unit = criterion.unit or attribute.unit
    return convert(Amount(Decimal(word), unit), attribute.unit).number


def _words(criterion: Criterion) -> tuple[str, ...]:
    value = criterion.value
    return value if isinstance(value, tuple) else (str(value),)
