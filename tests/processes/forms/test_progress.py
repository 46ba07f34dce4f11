"""Progress of the master plan, from the two forms that tell of it."""

from __future__ import annotations

from decimal import Decimal

from controller.processes.forms.catalogue import form
from controller.processes.forms.filling import fill
from controller.processes.forms.progress import ProjectProgress, progress
from controller.processes.forms.template import example_values

PLAN = form("project_record")
REPORT = form("progress_monitoring")
Values = dict[str, object]


def record(code: str, budget: list[Values], indicators: list[Values]) -> Values:
    return fill(
        PLAN, {**example_values(PLAN), "code": code, "budget": budget, "indicators": indicators}
    )


def report(code: str, period: str, spent: str, results: dict[str, str], year: int = 2570) -> Values:
    rows = [{"code": k, "actual": v} for k, v in results.items()]
    changed = {"project": code, "year": year, "period": period, "spent": spent, "indicators": rows}
    return fill(REPORT, {**example_values(REPORT), **changed})


def target(code: str, year: int, value: str) -> Values:
    return {
        "code": code,
        "indicator": f"ตัวชี้วัด {code}",
        "unit": "ร้อยละ",
        "year": year,
        "target": value,
    }


WIRES = record(
    "ICT-01",
    [
        {"year": 2570, "source": "ก", "amount": "300000"},
        {"year": 2570, "source": "ข", "amount": "150000"},
        {"year": 2571, "source": "ก", "amount": "99"},
    ],
    [target("K1", 2570, "60"), target("K2", 2570, "0"), target("K1", 2571, "80")],
)
PEOPLE = record("ICT-02", [{"year": 2570, "amount": "10000"}], [target("K1", 2570, "30")])
LATER = record("ICT-03", [{"year": 2571, "amount": "10000"}], [target("K1", 2571, "30")])


def by_code(*reports: Values, year: int = 2570) -> dict[str, ProjectProgress]:
    return {p.code: p for p in progress([WIRES, PEOPLE, LATER], reports, year=year)}


def test_money_and_indicators_are_held_against_the_plan_of_the_year() -> None:
    wires = by_code(report("ICT-01", "q1", "150000", {"K1": "45"}))["ICT-01"]
    assert (wires.budget, wires.spent, wires.percent) == (
        Decimal("450000.00"), Decimal("150000.00"), Decimal("33.33"),
    )  # fmt: skip
    first = wires.indicators[0]
    assert (first.target, first.actual, first.percent) == (
        Decimal(60),
        Decimal(45),
        Decimal("75.00"),
    )
    assert wires.planned
    assert wires.period == "q1"


def test_what_nobody_reported_is_unknown_and_never_0() -> None:
    people = by_code(report("ICT-01", "q1", "0", {"K1": "1"}))["ICT-02"]
    assert (people.budget, people.spent, people.percent) == (Decimal("10000.00"), None, None)
    assert [(i.actual, i.percent) for i in people.indicators] == [(None, None)]
    assert people.period == ""


def test_a_target_of_0_has_no_percent() -> None:
    wires = by_code(report("ICT-01", "q1", "0", {"K2": "3"}))["ICT-01"]
    assert [(i.code, i.actual, i.percent) for i in wires.indicators] == [
        ("K1", None, None),
        ("K2", Decimal(3), None),
    ]
    assert wires.percent == Decimal("0.00")


def test_the_latest_report_counts_and_an_earlier_one_fills_its_gaps() -> None:
    wires = by_code(
        report("ict-01 ", "q3", "300000", {"k1": "50"}),
        report("ICT-01", "q1", "100000", {"K1": "10", "K2": "1"}),
        report("ICT-01", "q2", "200000", {"K1": "20"}),
    )["ICT-01"]
    assert (wires.spent, wires.period) == (Decimal("300000.00"), "q3")
    assert [i.actual for i in wires.indicators] == [Decimal(50), Decimal(1)]


def test_a_corrected_report_replaces_the_one_before() -> None:
    wires = by_code(
        report("ICT-01", "q1", "100", {"K1": "10"}), report("ICT-01", "q1", "200", {"K1": "11"})
    )["ICT-01"]
    assert (wires.spent, wires.indicators[0].actual) == (Decimal("200.00"), Decimal(11))


def test_another_year_is_another_matter() -> None:
    found = by_code(report("ICT-01", "q1", "100", {"K1": "10"}), year=2571)
    assert list(found) == ["ICT-01", "ICT-03"]
    assert found["ICT-01"].spent is None
    assert [i.target for i in found["ICT-01"].indicators] == [Decimal(80)]


def test_what_was_reported_without_a_plan_is_shown() -> None:
    found = by_code(
        report("ICT-09", "q1", "5", {"K7": "1"}), report("ICT-02", "q1", "1", {"X": "2"})
    )
    stray = found["ICT-09"]
    assert (stray.planned, stray.budget, stray.spent) == (False, None, Decimal("5.00"))
    assert [i.code for i in found["ICT-02"].indicators] == ["K1", "X"]
    assert found["ICT-02"].indicators[1].target is None
