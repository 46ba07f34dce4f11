"""The year's evaluation over HTTP."""

from __future__ import annotations

from tests.api.callers import Callers

HERE = "/api/v1/reports/evaluation"


def test_an_office_that_measured_nothing_is_told_null_and_not_zero(callers: Callers) -> None:
    """Its devices are counted all the same."""
    told = callers.person("officer1").get(f"{HERE}?year=2569")
    assert told.status_code == 200, told.text
    found = told.json()
    assert (found["first"], found["last"]) == ("2025-10-01", "2026-09-30")
    assert found["whole"]["devices"] == found["whole"]["never"] > 0
    assert found["whole"]["availability"] is None
    assert found["incidents"] is None
    assert {step["now"] for step in found["comparison"]} == {None}


def test_the_report_and_its_forms_are_files(callers: Callers) -> None:
    """In the formats there are."""
    officer = callers.person("officer1")
    for wanted, magic in (("pdf", b"%PDF-"), ("docx", b"PK"), ("xlsx", b"PK")):
        file = officer.get(f"{HERE}/file?year=2569&format={wanted}")
        assert file.content.startswith(magic), file.text
        assert f"evaluation-2569.{wanted}" in file.headers["content-disposition"]
    form = officer.get(f"{HERE}/forms/evaluation_report?year=2569")
    assert "2569" in form.text
    assert officer.get(f"{HERE}/forms/network_evaluation").status_code == 422


def test_wrong_years_and_schools_are_refused(callers: Callers) -> None:
    """A year of the other era; school staff, who see their own school only."""
    assert callers.person("officer1").get(f"{HERE}?year=2026").status_code == 422
    assert callers.person("officer1").get(f"{HERE}?first=2026-01-01").status_code == 422
    assert callers.person("school1").get(HERE).status_code == 403
