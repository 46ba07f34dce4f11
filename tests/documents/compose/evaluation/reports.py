"""Reports of made-up years to look at."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from controller.documents.compose.evaluation.yearly import Names, Surveyed, Yearly
from controller.health.evaluation.evaluation import Evaluation
from controller.health.evaluation.period import Period, fiscal_period
from controller.inventory.device import ROLE_NAMES
from controller.inventory.office import Office
from controller.processes.forms.catalogue import form
from controller.processes.forms.survey import Results, tally
from controller.processes.forms.template import example_values
from controller.processes.yearly import CasesYear, LateCase, ProcessYear
from controller.workspace.load import load_workspace
from tests.health.evaluation.made import DISTRICTS, Year, evaluated, made_year

DAY = date(2026, 11, 27)
PERIOD = fiscal_period(2569)
NOTHING = Year((), (), (), {}, (), ())


def office() -> Office:
    """The sample's office."""
    return load_workspace(Path(__file__).parents[4]).inventory.office


def survey() -> Results:
    """Twelve answers to the questionnaire."""
    questions = form("questionnaire")
    return tally(questions, [example_values(questions)] * 12)


def yearly(*, sites: int = 6, each: int = 8, period: Period | None = None) -> Yearly:
    """A year with everything in it, and the one before."""
    year = made_year(PERIOD, sites=sites, each=each)
    before = PERIOD.year_before()
    return of(
        year,
        evaluated(year, PERIOD, period),
        evaluated(made_year(before, sites=sites, each=each, seed=2), before),
        cases=CasesYear(
            DAY,
            (
                ProcessYear("2.3", 12, 9, 1, 0, 2, 1, 3, 1),
                ProcessYear("9.9", 1, 0, 0, 0, 0, 0, 1, 0),
            ),
            (LateCase("2569-2.3-0004", "เปลี่ยน VLAN ของโรงเรียนตัวอย่าง", 12),),
            {"confirmed": 120, "drifted": 3},
        ),
        surveys=(Surveyed("1", "ความพึงพอใจต่อระบบเครือข่าย", DAY, survey()),),
    )


def unmeasured(*, devices: bool = True) -> Yearly:
    """A year of which nobody measured anything, with devices or in an empty office."""
    year = made_year(PERIOD, sites=3, each=2) if devices else NOTHING
    silent = Year(year.devices, year.placed, (), {}, (), ())
    return of(silent, evaluated(silent, PERIOD), evaluated(silent, PERIOD.year_before()))


def of(
    year: Year,
    now: Evaluation,
    before: Evaluation,
    *,
    cases: CasesYear | None = None,
    surveys: tuple[Surveyed, ...] = (),
) -> Yearly:
    """The report's matter, with names for what the made-up year has."""
    return Yearly(
        now=now,
        before=before,
        placed=year.placed,
        cases=cases or CasesYear(DAY),
        cases_before=CasesYear(DAY),
        surveys=surveys,
        surveys_before=(),
        visits=None,
        visited=0,
        names=Names(
            sites={one.site: f"โรงเรียน {one.site}" for one in year.placed},
            districts={key: f"ที่ {number}" for number, key in enumerate(DISTRICTS)},
            roles={key: words.th for key, words in ROLE_NAMES.items()},
            severities={"critical": "วิกฤต", "warning": "เตือน"},
        ),
        day=DAY,
    )
