"""What a criterion asks, in few words for a column of a table: `≥ 24 ช่อง`, `ต้องมี`."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from controller.specs.criterion import Criterion
from controller.specs.units import UNITS

JUDGED = "พิจารณา"


def asked(criterion: Criterion) -> str:
    """The Thai words, with digits 0-9; `พิจารณา` for what people judge."""
    if criterion.operator == "judged" or criterion.value is None:
        return JUDGED
    if isinstance(criterion.value, bool):
        return "ต้องมี" if criterion.value else "ต้องไม่มี"
    shown = _shown(criterion)
    match criterion.operator:
        case "at-least":
            return f"≥ {shown}" if criterion.unit else f"{shown} หรือดีกว่า"
        case "at-most":
            return f"≤ {shown}" if criterion.unit else f"ไม่เกิน {shown}"
        case _:
            return shown


def _shown(criterion: Criterion) -> str:
    several = criterion.value if isinstance(criterion.value, tuple) else (criterion.value,)
    words = [_number(value) for value in several]
    joined = (" หรือ " if criterion.operator == "one-of" else ", ").join(words)
    unit = UNITS.get(criterion.unit)
    return f"{joined} {unit.th if unit else criterion.unit}".rstrip()


def _number(value: object) -> str:
    """A number with commas at the thousands and no zeros behind; words as they are."""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    return f"{number.normalize():,f}" if number.is_finite() else str(value)
