"""The master plan against what was reported: budgets and indicators, project by project.

Made of the values of two forms: `project_record` says what is planned, `progress_monitoring` what
came of it, as sums since the fiscal year began. What nobody reported is unknown, never 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from controller.processes.forms.scalars import number
from controller.processes.forms.survey import percent

Values = Mapping[str, object]
PERIODS = ("q1", "q2", "q3", "q4", "year")


@dataclass(frozen=True)
class IndicatorProgress:
    """One indicator in one year. `target` None: none was set; `actual` None: nobody reported it.

    `percent` is of the target, with two decimals; None where either is unknown or the target is 0.
    """

    code: str
    text: str
    unit: str
    target: Decimal | None
    actual: Decimal | None
    percent: Decimal | None


@dataclass(frozen=True)
class ProjectProgress:
    """One project in one fiscal year. Amounts in baht; None is unknown, as is an empty `period`.

    `period` and `standing` are the values of the latest report. `planned` is False for a project
    that was reported on and has no record.
    """

    code: str
    title: str
    planned: bool
    period: str
    standing: str
    budget: Decimal | None
    spent: Decimal | None
    percent: Decimal | None
    indicators: tuple[IndicatorProgress, ...]


def progress(
    projects: Sequence[Values], reports: Sequence[Values], *, year: int
) -> tuple[ProjectProgress, ...]:
    """Every project of the Buddhist-era fiscal year `year`, in the order of their records.

    A project has a place in the year when its record plans money or an indicator for it, or when
    it was reported on. `reports` come in the order they were made: of two on one period the later
    counts. What a later report does not repeat holds from the earlier one.
    """
    told: dict[str, list[Values]] = {}
    for report in sorted(reports, key=_period):
        if _year(report) == year:
            told.setdefault(_code(report.get("project")), []).append(report)
    result = []
    for record in projects:
        budget = [row for row in _rows(record, "budget") if _year(row) == year]
        targets = [row for row in _rows(record, "indicators") if _year(row) == year]
        heard = told.pop(_code(record.get("code")), [])
        if budget or targets or heard:
            result.append(_project(record, budget, targets, heard))
    return (*result, *(_project(None, [], [], heard) for heard in told.values()))


def _project(
    record: Values | None, budget: list[Values], targets: list[Values], heard: list[Values]
) -> ProjectProgress:
    latest = heard[-1] if heard else {}
    planned = sum((number(row["amount"]) for row in budget), Decimal(0)) if budget else None
    spent = number(latest["spent"]) if "spent" in latest else None
    about = latest if record is None else record
    return ProjectProgress(
        code=str(about.get("project" if record is None else "code", "")),
        title=str(about.get("title", "")),
        planned=record is not None,
        period=str(latest.get("period", "")),
        standing=str(latest.get("standing", "")),
        budget=planned,
        spent=spent,
        percent=_share(spent, planned),
        indicators=tuple(_indicators(targets, heard)),
    )


def _indicators(targets: list[Values], heard: list[Values]) -> list[IndicatorProgress]:
    """Those of the plan in its order, then those reported without a plan."""
    rows: dict[str, Values] = {}
    for report in heard:
        rows |= {_code(row.get("code")): row for row in _rows(report, "indicators")}
    result = [_indicator(target, rows.pop(_code(target.get("code")), {})) for target in targets]
    return result + [_indicator({}, row) for row in rows.values()]


def _indicator(target: Values, report: Values) -> IndicatorProgress:
    about = target or report
    wanted = number(target["target"]) if "target" in target else None
    actual = number(report["actual"]) if "actual" in report else None
    return IndicatorProgress(
        code=str(about.get("code", "")),
        text=str(about.get("indicator", "")),
        unit=str(about.get("unit", "")),
        target=wanted,
        actual=actual,
        percent=_share(actual, wanted),
    )


def _share(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    return None if part is None or whole is None else percent(part, whole)


def _rows(values: Values, name: str) -> list[Values]:
    rows = values.get(name)
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []


def _year(values: Values) -> int:
    return int(str(values.get("year", 0)))


def _period(report: Values) -> int:
    period = report.get("period")
    return PERIODS.index(str(period)) if period in PERIODS else -1


def _code(code: object) -> str:
    """Codes are typed by hand: `ict-01` is `ICT-01`."""
    return "".join(str(code or "").casefold().split())
