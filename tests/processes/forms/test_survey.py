"""Surveys added up, held against the statistics module and against sums done by hand."""

from __future__ import annotations

import statistics
from decimal import ROUND_HALF_UP, Decimal, localcontext

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from controller.processes.forms.catalogue import read_definition
from controller.processes.forms.filling import fill
from controller.processes.forms.survey import Results, level, percent, spread, tally

SURVEY = read_definition(
    """\
slug: feedback
edition: 1
kind: survey
th: แบบสอบถาม
en: Questionnaire
purpose: {th: ถาม, en: Ask}
sections:
  - fields:
      - name: role
        th: สถานะ
        en: Role
        type: choice
        options: [{value: teacher, th: ครู, en: Teacher}, {value: student, th: นักเรียน, en: Student}]
      - name: uses
        th: ใช้ทำอะไร
        en: Uses
        type: choices
        options: [{value: web, th: เว็บ, en: Web}, {value: mail, th: อีเมล, en: Mail}]
      - {name: again, th: จะใช้อีก, en: Again, type: yes_no}
      - {name: hours, th: ชั่วโมงต่อวัน, en: Hours a day, type: decimal, unit: ชั่วโมง}
      - {name: phone, th: โทรศัพท์, en: Telephone, type: phone}
      - {name: fast, th: เร็ว, en: Fast, type: rating, group: &net {th: เครือข่าย, en: Network}}
      - {name: steady, th: ไม่หลุด, en: Steady, type: rating, group: *net}
      - {name: kind, th: สุภาพ, en: Kind, type: rating, group: {th: บริการ, en: Service}}
      - {name: overall, th: ภาพรวม, en: Overall, type: rating}
      - {name: wish, th: ข้อเสนอแนะ, en: Suggestions, type: paragraph}
""",
    "feedback.yaml",
)
ANSWERS = [
    fill(SURVEY, raw)
    for raw in (
        {"role": "ครู", "uses": ["web", "mail"], "again": "ใช่", "hours": 2, "fast": 5, "steady": 4,
         "kind": 5, "overall": 5, "wish": "ดีแล้ว", "phone": "0800000100"},
        {"role": "ครู", "uses": ["web"], "again": "ไม่", "hours": "3.5", "fast": 4, "steady": 2},
        {"role": "นักเรียน", "fast": 3, "overall": "๔"},
        {"wish": "ควรเร็วกว่านี้"},
    )
]  # fmt: skip
RESULTS = tally(SURVEY, ANSWERS)
RATINGS = st.lists(st.integers(1, 5), max_size=60)


def test_every_rating_is_counted() -> None:
    fast = RESULTS.ratings[0]
    assert (fast.n, fast.counts) == (3, (0, 0, 1, 1, 1))
    assert (fast.mean, fast.sd) == (Decimal("4.00"), Decimal("1.00"))
    assert fast.level is not None
    assert fast.level.th == "มาก"
    assert [r.n for r in RESULTS.ratings] == [3, 2, 1, 2]
    assert RESULTS.answers == 4


def test_a_group_is_taken_over_every_rating_in_it() -> None:
    network, service = RESULTS.groups
    assert (network.title.th, network.n, network.mean, network.sd) == (
        "เครือข่าย", 5, Decimal("3.60"), Decimal("1.14"),
    )  # fmt: skip
    assert (service.n, service.mean, service.sd) == (1, Decimal("5.00"), None)
    overall = RESULTS.overall
    assert (overall.n, overall.mean) == (8, Decimal("4.00"))


def test_options_are_counted_with_percents_of_those_who_answered() -> None:
    told = {
        result.name: (result.answered, [(o.value, o.count, str(o.percent)) for o in result.options])
        for result in RESULTS.choices
    }
    assert told == {
        "role": (3, [("teacher", 2, "66.67"), ("student", 1, "33.33")]),
        "uses": (2, [("web", 2, "100.00"), ("mail", 1, "50.00")]),
        "again": (2, [("yes", 1, "50.00"), ("no", 1, "50.00")]),
    }


def test_numbers_and_comments() -> None:
    (hours,) = RESULTS.numbers
    assert (hours.n, hours.mean, hours.least, hours.most) == (
        2, Decimal("2.75"), Decimal(2), Decimal("3.5"),
    )  # fmt: skip
    (wish,) = RESULTS.comments
    assert wish.texts == ("ดีแล้ว", "ควรเร็วกว่านี้")


def test_results_hold_nothing_that_names_a_person() -> None:
    assert "0800000100" not in RESULTS.model_dump_json()


def test_results_can_be_kept_and_read_again() -> None:
    assert Results.model_validate_json(RESULTS.model_dump_json()) == RESULTS


def test_a_survey_nobody_answered_is_unknown_not_nothing() -> None:
    results = tally(SURVEY, [])
    assert results.answers == 0
    assert {(r.n, r.mean, r.sd, r.level) for r in results.ratings} == {(0, None, None, None)}
    assert results.overall.mean is None
    assert {o.percent for c in results.choices for o in c.options} == {None}


def by_the_book(exact: Decimal) -> Decimal:
    return exact.quantize(Decimal("0.01"), ROUND_HALF_UP)


@given(RATINGS)
@example([1, 1, 1, 1, 1, 1, 1, 2])  # a mean of 1.125
@example([4, 4, 4, 4, 4, 4, 4, 5])
def test_mean_and_deviation_are_those_of_statistics(given: list[int]) -> None:
    result = spread(given)
    assert result.n == len(given)
    with localcontext(prec=50):
        exact = [Decimal(value) for value in given]
        assert result.mean == (by_the_book(statistics.mean(exact)) if given else None)
        deviation = by_the_book(statistics.stdev(exact)) if len(given) > 1 else None
    assert result.sd == deviation


def test_a_half_rounds_up() -> None:
    assert spread([1] * 7 + [2]).mean == Decimal("1.13")
    assert spread([Decimal("-1.125")]).mean == Decimal("-1.13")
    assert percent(1, 800) == Decimal("0.13")
    assert percent(1, 0) is None


@pytest.mark.parametrize(
    ("mean", "word"),
    [
        ("5.00", "มากที่สุด"), ("4.51", "มากที่สุด"), ("4.50", "มาก"), ("3.51", "มาก"),
        ("3.50", "ปานกลาง"), ("2.51", "ปานกลาง"), ("2.50", "น้อย"), ("1.51", "น้อย"),
        ("1.50", "น้อยที่สุด"), ("1.00", "น้อยที่สุด"),
    ],
)  # fmt: skip
def test_the_five_levels(mean: str, word: str) -> None:
    read = level(Decimal(mean))
    assert read is not None
    assert read.th == word


@given(RATINGS.filter(bool))
def test_every_mean_reads_as_one_level(given: list[int]) -> None:
    """A mean of 4.505 is printed as 4.51 and reads as that."""
    result = spread(given)
    read = level(result.mean)
    assert read is not None
    assert result.mean is not None
    words = ["น้อยที่สุด", "น้อย", "ปานกลาง", "มาก", "มากที่สุด"]
    limits = [Decimal(limit) for limit in ("1.51", "2.51", "3.51", "4.51")]
    assert read.th == words[sum(result.mean >= limit for limit in limits)]
