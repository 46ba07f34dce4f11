"""The pages of offers: what was opened in the bidder's own words, files, who sees and who opens."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from controller.app import open_app
from controller.operations.list_offers import list_offers
from controller.operations.open_offer import open_offer
from tests.operations.office import Desk
from tests.operations.procured import approved, before_approval
from tests.procurement.bids import ANSWERS, POINTS, filled
from tests.server.served import Served, password_of, seen
from tests.store.clock import Clock

NASTY = "<b>ผู้เสนอราคา</b> & ก"


class _Now(Clock):
    def __call__(self) -> datetime:
        return datetime.now(UTC)


@pytest.fixture(scope="module")
def story(served: Served) -> Iterator[tuple[Served, str, str, str]]:
    """An approved case with one offer, that offer, and a case before its approval."""
    content = filled(bidder=NASTY, answers={**ANSWERS, (POINTS, "wpa"): ("", "")})
    with open_app(served.root, apart=True) as context:
        desk = Desk(context, _Now())
        case = approved(desk, password=password_of("director")).number
        open_offer(context, desk.person("engineer1"), case, "ข้อเสนอ ก.xlsx", content)
        (one,) = list_offers(context, desk.person("engineer1"), case).offers
        yield served, case, one.paper.sha256, before_approval(desk).number


def test_what_was_opened_is_shown_as_text_with_its_file(
    story: tuple[Served, str, str, str],
) -> None:
    served, case, offer, _ = story
    with served.browser("engineer1") as browser:
        page = browser.get(f"/cases/{case}/offers")
        assert page.status_code == 200
        assert "<b>ผู้เสนอราคา" not in page.text
        assert "434,002.00" in page.text
        assert "เลือกแฟ้มข้อเสนอ" in page.text
        one = browser.get(f"/cases/{case}/offers/{offer[:16]}")
        assert "<b>ผู้เสนอราคา" not in one.text
        assert "ไม่ระบุ" in one.text
        assert "๑ ช่อง" in one.text
        assert browser.get(f"/cases/{case}/offers/none").status_code == 404
        for suffix in ("xlsx", "csv", "yaml"):
            form = browser.get(f"/cases/{case}/offers/template.{suffix}")
            assert form.status_code == 200
            assert form.headers["content-disposition"].startswith("attachment")
        assert browser.get(f"/cases/{case}/offers/template.pdf").status_code == 404
        link = seen(page).partition(f"/cases/{case}/offers/files/")[2][:64]
        file = browser.get(f"/cases/{case}/offers/files/{link}")
        assert file.content.startswith(b"PK")
        assert "%E0%B8%81.xlsx" in file.headers["content-disposition"]
        assert f"/cases/{case}/offers" in seen(browser.get(f"/cases/{case}"))


def test_the_director_sees_and_does_not_open_and_a_school_sees_nothing(
    story: tuple[Served, str, str, str],
) -> None:
    served, case, _, _ = story
    with served.browser("director") as browser:
        page = browser.get(f"/cases/{case}/offers")
        assert page.status_code == 200
        assert "เลือกแฟ้มข้อเสนอ" not in page.text
    with served.browser("school1") as browser:
        assert browser.get(f"/cases/{case}/offers").status_code == 403


def test_before_the_approval_the_page_says_why_not(story: tuple[Served, str, str, str]) -> None:
    served, _, _, waiting = story
    with served.browser("engineer1") as browser:
        page = browser.get(f"/cases/{waiting}/offers")
        assert page.status_code == 409
        assert "ยังใช้ดำเนินการไม่ได้" in page.text
