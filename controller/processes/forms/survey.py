"""Adds the answers to a survey up: counts, means, standard deviations and how they read.

Exact: sums are whole numbers, and only the result is rounded, half up, to two decimals.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import isqrt

from pydantic import BaseModel, ConfigDict

from controller.processes.forms.definition import FormDefinition, FormField, Words
from controller.processes.forms.scalars import number

Answer = Mapping[str, object]
"""One person's answers, as `fill` gives them; a question left open is not in it."""

SCALE = (1, 2, 3, 4, 5)
# From which mean on, rounded to two decimals, a mean reads so.
LEVELS: tuple[tuple[Decimal, Words], ...] = (
    (Decimal("4.51"), Words(th="มากที่สุด", en="highest")),
    (Decimal("3.51"), Words(th="มาก", en="high")),
    (Decimal("2.51"), Words(th="ปานกลาง", en="moderate")),
    (Decimal("1.51"), Words(th="น้อย", en="low")),
    (Decimal("1.00"), Words(th="น้อยที่สุด", en="lowest")),
)
_CENT = Decimal("0.01")


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Spread(_Value):
    """Mean and sample standard deviation (n - 1) of `n` numbers, each with two decimals.

    `mean` is None without an answer, `sd` below two of them.
    """

    n: int
    mean: Decimal | None
    sd: Decimal | None


class RatingResult(Spread):
    """The answers to one question rated 1 to 5. `counts` holds how many gave 1, 2, 3, 4 and 5.

    `level` is how the mean reads, None without an answer.
    """

    name: str
    title: Words
    group: Words | None
    counts: tuple[int, int, int, int, int]
    level: Words | None


class GroupResult(Spread):
    """All ratings given in one group of questions (ด้าน), or in the whole survey."""

    title: Words
    level: Words | None


class OptionCount(_Value):
    """How often an option was chosen, and its percentage of those who answered the question.

    `percent` is None where nobody did.
    """

    value: str
    title: Words
    count: int
    percent: Decimal | None


class ChoiceResult(_Value):
    """The answers to a question with options. Where several may be chosen, percents exceed 100."""

    name: str
    title: Words
    answered: int
    options: tuple[OptionCount, ...]


class NumberResult(Spread):
    """The numbers given to one question."""

    name: str
    title: Words
    unit: str
    least: Decimal | None
    most: Decimal | None


class Comments(_Value):
    """What was written to an open question, in the order of the answers."""

    name: str
    title: Words
    texts: tuple[str, ...]


class Results(_Value):
    """A survey added up. `answers` is how many people answered, whether or not everything."""

    slug: str
    edition: int
    answers: int
    ratings: tuple[RatingResult, ...]
    groups: tuple[GroupResult, ...]
    overall: GroupResult
    choices: tuple[ChoiceResult, ...]
    numbers: tuple[NumberResult, ...]
    comments: tuple[Comments, ...]


def tally(definition: FormDefinition, answers: Sequence[Answer]) -> Results:
    """The results of all answers to the form. Names, telephone numbers and the like are left out.

    A group and the whole survey are taken over every single rating given in them, so that a
    question few could answer weighs as few.
    """
    rated = [f for f in definition.fields if f.type == "rating"]
    groups = {f.group.th: f.group for f in rated if f.group is not None}
    return Results(
        slug=definition.slug,
        edition=definition.edition,
        answers=len(answers),
        ratings=tuple(_rating(field, answers) for field in rated),
        groups=tuple(
            _group(title, [f for f in rated if f.group == title], answers)
            for title in groups.values()
        ),
        overall=_group(_OVERALL, rated, answers),
        choices=tuple(
            _choice(field, answers)
            for field in definition.fields
            if field.type in {"choice", "choices", "yes_no"}
        ),
        numbers=tuple(
            _number(field, answers)
            for field in definition.fields
            if field.type in {"integer", "decimal", "money"}
        ),
        comments=tuple(
            _comments(field, answers)
            for field in definition.fields
            if field.type in {"text", "paragraph"}
        ),
    )


def level(mean: Decimal | None) -> Words | None:
    """How a mean on the scale 1 to 5 reads, by its value rounded to two decimals."""
    if mean is None:
        return None
    return next((words for least, words in LEVELS if mean >= least), LEVELS[-1][1])


def percent(part: Decimal | int, whole: Decimal | int) -> Decimal | None:
    """`part` of `whole` in percent with two decimals, half up; None of nothing."""
    return _half_up(Fraction(part) * 100 / Fraction(whole)) if whole else None


def spread(values: Iterable[Decimal | int]) -> Spread:
    """Mean and sample standard deviation, exact until they are rounded."""
    # Whole numbers stay as they are: with thousands of answers, fractions would be slow.
    exact = [value if isinstance(value, int) else Fraction(value) for value in values]
    n, total = len(exact), Fraction(sum(exact))
    mean = _half_up(total / n) if n else None
    if n < 2:
        return Spread(n=n, mean=mean, sd=None)
    squares = Fraction(sum(value * value for value in exact))
    return Spread(n=n, mean=mean, sd=_root((squares - total * total / n) / (n - 1)))


def _half_up(exact: Fraction) -> Decimal:
    """To two decimals; a half goes away from nothing."""
    cents = (abs(exact) * 200 + 1) // 2
    return Decimal(cents if exact >= 0 else -cents) * _CENT


def _root(exact: Fraction) -> Decimal:
    """The square root to two decimals, half up, without ever leaving the whole numbers."""
    return Decimal((isqrt(exact * 40_000 // 1) + 1) // 2) * _CENT


def _rating(field: FormField, answers: Sequence[Answer]) -> RatingResult:
    given = _ratings([field], answers)
    one, two, three, four, five = (given.count(score) for score in SCALE)
    result = spread(given)
    return RatingResult(
        **result.model_dump(),
        name=field.name,
        title=_title(field),
        group=field.group,
        counts=(one, two, three, four, five),
        level=level(result.mean),
    )


def _group(title: Words, fields: Sequence[FormField], answers: Sequence[Answer]) -> GroupResult:
    result = spread(_ratings(fields, answers))
    return GroupResult(**result.model_dump(), title=title, level=level(result.mean))


def _ratings(fields: Sequence[FormField], answers: Sequence[Answer]) -> list[int]:
    return [int(str(a[f.name])) for f in fields for a in answers if f.name in a]


def _choice(field: FormField, answers: Sequence[Answer]) -> ChoiceResult:
    given = [answer[field.name] for answer in answers if field.name in answer]
    chosen = [one for value in given for one in (value if isinstance(value, list) else [value])]
    options = [(o.value, Words(th=o.th, en=o.en), o.value) for o in field.options]
    kinds: list[tuple[object, Words, str]] = [*options] or [(True, _YES, "yes"), (False, _NO, "no")]
    return ChoiceResult(
        name=field.name,
        title=_title(field),
        answered=len(given),
        options=tuple(
            OptionCount(
                value=name,
                title=title,
                count=chosen.count(value),
                percent=percent(chosen.count(value), len(given)),
            )
            for value, title, name in kinds
        ),
    )


def _number(field: FormField, answers: Sequence[Answer]) -> NumberResult:
    given = [number(answer[field.name]) for answer in answers if field.name in answer]
    return NumberResult(
        **spread(given).model_dump(),
        name=field.name,
        title=_title(field),
        unit=field.unit,
        least=min(given, default=None),
        most=max(given, default=None),
    )


def _comments(field: FormField, answers: Sequence[Answer]) -> Comments:
    texts = tuple(str(answer[field.name]) for answer in answers if field.name in answer)
    return Comments(name=field.name, title=_title(field), texts=texts)


def _title(field: FormField) -> Words:
    return Words(th=field.th, en=field.en)


_OVERALL = Words(th="รวมทุกด้าน", en="all together")
_YES = Words(th="ใช่", en="yes")
_NO = Words(th="ไม่ใช่", en="no")
