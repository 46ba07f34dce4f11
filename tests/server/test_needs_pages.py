"""The page of needs: the address holds the choices, a number leads to its list, files, who sees."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from controller.operations.list_needs import NeedQuery
from controller.web.pages.needs import address_of, query_of
from tests.server.served import Served, seen

ASK = "kkn-school-a:access-point:3=ห้องใหม่ 3 ห้อง & ชั้น 2"


def test_a_number_leads_to_the_list_behind_it(served: Served) -> None:
    """The office, a school, its units with their evidence; what is unknown beside it."""
    with served.browser("officer1") as browser:
        office = seen(browser.get("/needs?years=5&cause=age"))
        assert "site=kkn-school-a" in office
        assert "7440-009-0009/62" not in office
        school = seen(browser.get("/needs?years=5&cause=age&site=kkn-school-a"))
        assert "7440-009-0009/62" in school
        assert "ครบอายุการใช้งาน 5 ปี เมื่อ 25 ต.ค. 2567" in school
        healthy = seen(browser.get("/needs?cause=health"))
        assert "ไม่เคยเฝ้าระวังสถานะในช่วงนี้" in healthy
        assert "ไม่พบรายการที่ต้องทดแทนหรือเพิ่ม" in healthy


def test_what_is_typed_is_asked_for(served: Served) -> None:
    """Fields of the form become one thing asked for, which stays in the address."""
    typed = {
        "cause": "growth",
        "ask_site": "kkn-school-a",
        "ask_kind": "access-point",
        "ask_quantity": "3",
        "ask_reason": "<b>ห้องใหม่</b>",
    }
    with served.browser("officer1") as browser:
        page = browser.get(f"/needs?{urlencode(typed)}")
        assert "<b>ห้องใหม่" not in page.text
        assert "มีผู้ขอ 3" in seen(page)
        typed["ask_quantity"] = "many"
        wrong = browser.get(f"/needs?{urlencode(typed)}")
        assert "อ่านสิ่งที่ขอไม่ได้" in seen(wrong)


@pytest.mark.parametrize(
    "asked",
    [
        NeedQuery(),
        NeedQuery(causes=("age", "health"), kinds=("switch",), site="a", district="d"),
        NeedQuery(days=30, years=7, asks=(ASK, "7440-1/63=น้ำท่วม")),
    ],
)
def test_an_address_says_what_it_was_made_from(asked: NeedQuery) -> None:
    """There and back."""
    assert query_of(f"http://localhost{address_of(asked)}") == asked


def test_files_and_who_may_have_them(served: Served) -> None:
    """The director too; a school account nothing."""
    with served.browser("director") as browser:
        report = browser.get("/needs/report.pdf?years=5&kind=access-point")
        assert report.content.startswith(b"%PDF-")
        paper = browser.get("/needs/need.json?years=5&kind=access-point&cause=age").json()
        assert [item["kind"] for item in paper["items"]] == ["access-point"]
    with served.browser("school1") as browser:
        assert "list_needs" in seen(browser.get("/needs"))
        assert b"%PDF-" not in browser.get("/needs/report.pdf").content
