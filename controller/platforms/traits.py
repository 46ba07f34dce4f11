"""What a device turned out to be like, so that the polls between two hours ask only what moves."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from controller.facts.answers import Answers, Value
from controller.platforms.metric_rows import Metric, Row, short

# Few rows of a long column are got one by one, not walked.
_FEW = 8
_SHARE = 3


@dataclass(frozen=True, slots=True)
class Traits:
    """What a device turned out to be like in a poll that asked the `hour` tier.

    `idle`: metrics that it has not, not asked again until everything is. `lasting`: values that
    give later answers their meaning. `narrow`: its interfaces count octets in 32 bits only.
    `picked`: columns of which only these rows are asked, each for itself.
    """

    idle: frozenset[str] = frozenset()
    lasting: Answers = field(default_factory=Answers)
    narrow: bool = False
    picked: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def complete(self, answers: Answers) -> Answers:
        """The answers with what lasts, and with what was picked in its column again."""
        columns: dict[str, Mapping[str, Value]] = {}
        for oid, indexes in self.picked:
            told = {i: answers.scalars.get(f"{oid}.{i}") for i in indexes}
            if found := {i: value for i, value in told.items() if value is not None}:
                columns[oid] = found
        if columns:
            columns.update(answers.columns)
            answers = Answers(answers.scalars, columns, answers.partial)
        if self.lasting.scalars or self.lasting.columns:
            return self.lasting | answers
        return answers


def picked(
    working: Iterable[tuple[Metric, Collection[Row]]], answers: Answers
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The columns of which so few rows are measurements that asking for those alone is cheaper."""
    wanted: dict[str, dict[str, None]] = {}
    whole: set[str] = set()
    for metric, rows in working:
        indexes = [index for row in rows if (index := _index(metric, row))]
        for place in metric.values:
            if place.via or place.part is not None or len(indexes) < len(rows):
                whole.update(place.oids())
            elif not place.scalar:
                wanted.setdefault(place.oid, {}).update(dict.fromkeys(indexes))
    return tuple(
        (oid, tuple(indexes))
        for oid, indexes in wanted.items()
        if oid not in whole
        and oid not in answers.partial
        and 0 < len(indexes) <= _FEW
        and len(indexes) * _SHARE <= len(answers.column(oid))
    )


def _index(metric: Metric, row: Row) -> str:
    if isinstance(row, int):
        return ""
    start = f"{short(metric.key)}."
    return row.index.removeprefix(start) if row.index.startswith(start) else ""


def lasting(
    working: Iterable[Metric], answers: Answers, few: Mapping[str, tuple[str, ...]]
) -> Answers:
    """The values of what is fixed or names something, of the rows that there are."""
    scalars: dict[str, Value] = {}
    columns: dict[str, dict[str, Value]] = {}
    for metric in working:
        for place in (*metric.fixed, *metric.names):
            for index in few.get(metric.key) or metric.indexes(answers):
                for oid, at in place.touched(answers, index):
                    if oid in answers.scalars:
                        scalars[oid] = answers.scalars[oid]
                    elif at in answers.column(oid):
                        columns.setdefault(oid, {})[at] = answers.columns[oid][at]
    return Answers(scalars, columns)
