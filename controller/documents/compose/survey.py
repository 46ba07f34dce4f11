"""The results of a survey: counts, means and deviations per question, a chart, the comments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby

from controller.documents.blocks import (
    Bar,
    Block,
    Chart,
    Document,
    Heading,
    Paragraph,
    Table,
    TableColumn,
)
from controller.documents.compose.columns import numbered
from controller.documents.compose.look import Look
from controller.documents.compose.paper import paper
from controller.inventory.office import Office
from controller.processes.forms.definition import FormDefinition, Words
from controller.processes.forms.survey import (
    ChoiceResult,
    Comments,
    GroupResult,
    NumberResult,
    RatingResult,
    Results,
)

FULL = 5
_NOTHING = "-"
_CRITERIA = (
    "เกณฑ์การแปลผลค่าเฉลี่ย: 4.51-5.00 มากที่สุด, 3.51-4.50 มาก, 2.51-3.50 ปานกลาง, "
    "1.51-2.50 น้อย, 1.00-1.50 น้อยที่สุด"
)


def survey_report(
    definition: FormDefinition,
    results: Results,
    office: Office,
    *,
    day: date,
    look: Look,
    subject: str = "",
) -> Document:
    """The report of one survey. `subject` says in words of the office what was asked about."""
    return paper(
        office,
        f"รายงานผล{definition.th}",
        day,
        (
            Heading(f"รายงานผล{look.words(definition.th)}", 1),
            *((Paragraph(subject, align="center"),) if subject else ()),
            Paragraph(f"{office.group_th}\n{office.name_th}", align="center"),
            *survey_blocks(results, look),
        ),
        look=look,
        foot=f"แบบ {results.slug} ฉบับที่ {results.edition}",
    )


def survey_blocks(results: Results, look: Look) -> Iterator[Block]:
    """The results without a title, as a part of a longer paper."""
    yield Paragraph(f"มีผู้ตอบทั้งสิ้น {look.count(results.answers)} คน", indent=True)
    for choice in results.choices:
        yield from _choice(choice, look)
    if results.ratings:
        yield from _ratings(results, look)
    if results.numbers:
        yield _numbers(results.numbers, look)
    for comments in results.comments:
        yield from _comments(comments, look)


def _choice(choice: ChoiceResult, look: Look) -> Iterator[Block]:
    yield Heading(look.words(choice.title.th), 3)
    yield Table(
        numbered(
            TableColumn("รายการ", 8),
            TableColumn("จำนวน (คน)", 3, "right"),
            TableColumn("ร้อยละ", 3, "right"),
        ),
        tuple(
            (
                look.count(index),
                look.words(option.title.th),
                look.count(option.count),
                two_places(option.percent, look),
            )
            for index, option in enumerate(choice.options, start=1)
        ),
    )


def _ratings(results: Results, look: Look) -> Iterator[Block]:
    grouped = {group.title.th: group for group in results.groups}
    yield Heading("ระดับความคิดเห็น/ความพึงพอใจ", 3)
    for title, run in groupby(results.ratings, key=lambda r: r.group.th if r.group else "รายการ"):
        yield _rating_table(title, tuple(run), grouped.get(title), look)
    overall = results.overall
    yield Paragraph(
        f"{overall.title.th} ค่าเฉลี่ย {two_places(overall.mean, look)} "
        f"S.D. {two_places(overall.sd, look)} อยู่ในระดับ{_level(overall.level)}",
        align="left",
        bold=True,
    )
    yield Paragraph(look.digits(_CRITERIA), align="left", small=True)
    yield _chart(results, look)


def _rating_table(
    title: str, ratings: Sequence[RatingResult], group: GroupResult | None, look: Look
) -> Table:
    # A group counts ratings, the rows count people: the two numbers do not belong in one column.
    summed = ("", "รวม", "", *_spread(group, look)[1:]) if group and len(ratings) > 1 else ()
    return Table(
        numbered(
            TableColumn(look.words(title), 8),
            TableColumn("จำนวน", 2, "right"),
            TableColumn("ค่าเฉลี่ย", 2, "right"),
            TableColumn("S.D.", 2, "right"),
            TableColumn("แปลผล", 3, "center"),
        ),
        tuple(
            (look.count(index), look.words(rating.title.th), *_spread(rating, look))
            for index, rating in enumerate(ratings, start=1)
        ),
        summed,
    )


def _spread(result: RatingResult | GroupResult, look: Look) -> tuple[str, str, str, str]:
    return (
        look.count(result.n),
        two_places(result.mean, look),
        two_places(result.sd, look),
        _level(result.level),
    )


def _chart(results: Results, look: Look) -> Chart:
    """Means by group, or by question where there is one group or none."""
    shown: Sequence[RatingResult | GroupResult] = (
        results.groups if len(results.groups) > 1 else results.ratings
    )
    return Chart(
        f"ค่าเฉลี่ย (คะแนนเต็ม {look.count(FULL)})",
        tuple(
            Bar(look.words(one.title.th), float(one.mean or 0), two_places(one.mean, look))
            for one in shown
        ),
        float(FULL),
    )


def _numbers(numbers: Sequence[NumberResult], look: Look) -> Table:
    return Table(
        numbered(
            TableColumn("รายการ", 6),
            TableColumn("จำนวน", 2, "right"),
            TableColumn("ค่าเฉลี่ย", 2, "right"),
            TableColumn("S.D.", 2, "right"),
            TableColumn("ต่ำสุด", 2, "right"),
            TableColumn("สูงสุด", 2, "right"),
        ),
        tuple(
            (
                look.count(index),
                look.words(f"{one.title.th} ({one.unit})" if one.unit else one.title.th),
                look.count(one.n),
                *(two_places(value, look) for value in (one.mean, one.sd, one.least, one.most)),
            )
            for index, one in enumerate(numbers, start=1)
        ),
    )


def _comments(comments: Comments, look: Look) -> Iterator[Block]:
    if comments.texts:
        yield Heading(look.words(comments.title.th), 3)
    for index, text in enumerate(comments.texts, start=1):
        words = " ".join(text.split())
        yield Paragraph(f"{look.count(index)}. {words}", align="left")


def _level(words: Words | None) -> str:
    return words.th if words else _NOTHING


def two_places(value: Decimal | None, look: Look) -> str:
    """A number with two decimals; a dash for what is not known."""
    return _NOTHING if value is None else look.digits(f"{value:,.2f}")
