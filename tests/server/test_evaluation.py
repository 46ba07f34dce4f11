"""The page of the year's evaluation and its files, in a browser."""

from __future__ import annotations

from tests.server.served import Served, seen

PAGE = "/reports/evaluation"


def test_the_page_says_what_was_not_measured(served: Served) -> None:
    """And leads to the report and the forms."""
    with served.browser("director") as browser:
        told = seen(browser.get(f"{PAGE}?year=2569"))
        assert "ไม่ได้วัด" in told
        assert f"{PAGE}.pdf?year=2569" in told
        assert "1 ต.ค. 2568" in told
        assert browser.get(f"{PAGE}?year=2026").status_code == 422
        assert browser.get(f"{PAGE}.xlsx?year=2569").content.startswith(b"PK")
        form = browser.get("/reports/evaluation-form?site=kkn-school-a&year=2569&format=docx")
        assert form.content.startswith(b"PK")


def test_schools_do_not_see_it(served: Served) -> None:
    """Neither the page nor its files."""
    with served.browser("school1") as browser:
        assert browser.get(PAGE).status_code == 403
        assert browser.get(f"{PAGE}.pdf?year=2569").status_code == 403
