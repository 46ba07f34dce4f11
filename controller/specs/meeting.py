"""Whether an answer meets a criterion: better than asked, as asked, or not.

Only what a machine can weigh is weighed here. Words are held against words letter by letter (case
and blanks aside), so `fails` of words may be the same said otherwise: there a person judges.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Literal, TypeVar

from controller.errors import Text
from controller.specs.answer import Answer, Level, Members, Words, YesNo
from controller.specs.attribute import Attribute, AttributeKind
from controller.specs.criterion import Criterion, Operator
from controller.specs.units import UNITS, Amount, alike, compare

Standing = Literal["better", "equal", "fails"]
T = TypeVar("T")

FITTING: dict[AttributeKind, tuple[Operator, ...]] = {
    "amount": ("at-least", "at-most", "equals", "one-of"),
    "level": ("at-least", "at-most", "equals", "one-of"),
    "set": ("includes", "one-of", "equals"),
    "yes-no": ("is",),
    "words": ("equals", "one-of"),
}
"""The operators that can be asked of each kind of attribute, beside `judged`."""


class UnfitError(ValueError):
    """The criterion cannot be held against the attribute, or not against this kind of answer."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def standing(criterion: Criterion, attribute: Attribute, answer: Answer) -> Standing:
    """How the answer stands against what the criterion asks of the attribute.

    Amounts are the same in whatever unit they are told. `at-least`, `at-most` and `includes` know
    better; with the other operators an answer is as asked or fails. Errors: `UnfitError` for what
    `fault_of` tells, for `judged`, and for an answer of another kind than the attribute's.
    """
    fault = _JUDGED if criterion.operator == "judged" else fault_of(criterion, attribute)
    if fault is not None:
        raise UnfitError(fault)
    match attribute.kind:
        case "amount":
            return _amount(criterion, attribute, _of(Amount, answer))
        case "level":
            return _level(criterion, attribute, _of(Level, answer))
        case "set":
            return _members(criterion, attribute, _of(Members, answer))
        case "yes-no":
            return "equal" if _of(YesNo, answer).yes is criterion.value else "fails"
        case "words":
            return _words(criterion, _of(Words, answer))


def fault_of(criterion: Criterion, attribute: Attribute | None) -> Text | None:
    """Why no answer could ever be held against the criterion; None when it can.

    `attribute` is the one the criterion names, None where the catalogue has none. A `judged`
    criterion has no fault.
    """
    if criterion.operator == "judged":
        return None
    if attribute is None:
        return Text(
            th=f"ไม่มีคุณสมบัติ “{criterion.attribute}” ในบัญชี",
            en=f"there is no attribute “{criterion.attribute}” in the catalogue",
        )
    try:
        return _unfitting(criterion, attribute) or _unreadable(criterion, attribute)
    except UnfitError as error:
        return error.text


def rank_of(attribute: Attribute, word: str) -> int | None:
    """The place of a level among the attribute's, 0 for the least; None for a word it has not."""
    wanted = _folded(word)
    for rank, spellings in enumerate(attribute.levels):
        if wanted in {_folded(spelling) for spelling in spellings}:
            return rank
    return None


def member_of(attribute: Attribute, word: str) -> str | None:
    """The member of the attribute that is spelled so; None for a word it has not."""
    wanted = _folded(word)
    for member, spellings in attribute.members.items():
        if wanted in {_folded(spelling) for spelling in (member, *spellings)}:
            return member
    return None


def _amount(criterion: Criterion, attribute: Attribute, answer: Amount) -> Standing:
    held = [compare(answer, asked) for asked in _amounts(criterion, attribute)]
    return _ordered(criterion.operator, held)


def _level(criterion: Criterion, attribute: Attribute, answer: Level) -> Standing:
    held = [(answer.rank > r) - (answer.rank < r) for r in _ranks(criterion, attribute)]
    return _ordered(criterion.operator, held)


def _ordered(operator: Operator, held: list[int]) -> Standing:
    """`held`: -1, 0 or 1 as the answer is less than, as much as, or more than what is asked."""
    if 0 in held:
        return "equal"
    if operator not in {"at-least", "at-most"}:
        return "fails"
    return "better" if (held[0] > 0) == (operator == "at-least") else "fails"


def _members(criterion: Criterion, attribute: Attribute, answer: Members) -> Standing:
    asked, has = _named(criterion, attribute), answer.names
    if criterion.operator == "one-of":
        return "equal" if asked & has else "fails"
    if criterion.operator == "includes" and asked < has:
        return "better"
    return "equal" if asked == has else "fails"


def _words(criterion: Criterion, answer: Words) -> Standing:
    asked = {_folded(word) for word in _listed(criterion)}
    return "equal" if _folded(answer.text) in asked else "fails"


def _unfitting(criterion: Criterion, attribute: Attribute) -> Text | None:
    """Why the operator or the unit does not go with the attribute; None when they do."""
    fitting = FITTING[attribute.kind]
    if criterion.operator not in fitting:
        listed = ", ".join((*fitting, "judged"))
        return Text(
            th=f"“{criterion.operator}” ใช้กับ{attribute.th}ไม่ได้ (ใช้ได้: {listed})",
            en=f"“{criterion.operator}” cannot be asked of {attribute.en} (one of: {listed})",
        )
    unit = criterion.unit
    if unit and attribute.kind != "amount":
        return Text(th=f"{attribute.th}ไม่มีหน่วย", en=f"{attribute.en} has no unit")
    if unit and unit not in UNITS:
        return Text(th=f"ไม่รู้จักหน่วย “{unit}”", en=f"there is no unit “{unit}”")
    if unit and not alike(unit, attribute.unit):
        return Text(
            th=f"{attribute.th}วัดเป็น {attribute.unit} เทียบกับ {unit} ไม่ได้",
            en=f"{attribute.en} is measured in {attribute.unit}, which {unit} is not",
        )
    if attribute.kind == "yes-no" and not isinstance(criterion.value, bool):
        return _wrong_value(criterion, attribute, Text(th="true หรือ false", en="true or false"))
    if criterion.operator in {"at-least", "at-most"} and isinstance(criterion.value, tuple):
        return _wrong_value(criterion, attribute, Text(th="ค่าเดียว", en="one value"))
    return None


def _unreadable(criterion: Criterion, attribute: Attribute) -> Text | None:
    """Why the value is none of the attribute's; None when it is. Errors: `UnfitError`."""
    match attribute.kind:
        case "amount":
            _amounts(criterion, attribute)
        case "level":
            _ranks(criterion, attribute)
        case "set":
            _named(criterion, attribute)
        case "words":
            words = _listed(criterion)
            if not words or not all(_folded(word) for word in words):
                return _wrong_value(criterion, attribute, Text(th="ถ้อยคำ", en="words"))
        case "yes-no":
            pass
    return None


def _amounts(criterion: Criterion, attribute: Attribute) -> list[Amount]:
    unit = criterion.unit or attribute.unit
    try:
        numbers = [Decimal(word) for word in _listed(criterion)]
    except InvalidOperation:
        numbers = []
    if not numbers or not all(number.is_finite() for number in numbers):
        raise UnfitError(_wrong_value(criterion, attribute, Text(th="จำนวน", en="a number")))
    return [Amount(number, unit) for number in numbers]


def _ranks(criterion: Criterion, attribute: Attribute) -> list[int]:
    ranks = [rank_of(attribute, word) for word in _listed(criterion)]
    known = [rank for rank in ranks if rank is not None]
    if not known or len(known) < len(ranks):
        raise UnfitError(_not_listed(criterion, attribute, [s[0] for s in attribute.levels]))
    return known


def _named(criterion: Criterion, attribute: Attribute) -> frozenset[str]:
    named = [member_of(attribute, word) for word in _listed(criterion)]
    known = [member for member in named if member is not None]
    if not known or len(known) < len(named):
        raise UnfitError(_not_listed(criterion, attribute, list(attribute.members)))
    return frozenset(known)


def _listed(criterion: Criterion) -> list[str]:
    """What is asked, as words: a number may come back from canonical JSON as text."""
    value = criterion.value
    if isinstance(value, tuple):
        return list(value)
    return [] if value is None else [str(value)]


def _of(kind: type[T], answer: Answer) -> T:
    if isinstance(answer, kind):
        return answer
    raise UnfitError(Text(th="คำตอบเป็นคนละชนิดกับที่ถาม", en="an answer of another kind than asked"))


def _wrong_value(criterion: Criterion, attribute: Attribute, wanted: Text) -> Text:
    return Text(
        th=f"ค่าของ{attribute.th}ต้องเป็น{wanted.th} ไม่ใช่ “{_shown(criterion)}”",
        en=f"the value of {attribute.en} is {wanted.en}, not “{_shown(criterion)}”",
    )


def _not_listed(criterion: Criterion, attribute: Attribute, words: list[str]) -> Text:
    listed = ", ".join(words)
    return Text(
        th=f"{attribute.th}ไม่มี “{_shown(criterion)}” (มี: {listed})",
        en=f"{attribute.en} has no “{_shown(criterion)}” (one of: {listed})",
    )


def _shown(criterion: Criterion) -> str:
    return ", ".join(_listed(criterion))


def _folded(text: str) -> str:
    return "".join(text.split()).casefold()


_JUDGED = Text(th="ข้อนี้ให้คณะกรรมการพิจารณา", en="this one is judged by people")
