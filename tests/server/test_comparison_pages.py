"""The page of a comparison: words beside colours, one offer at a time, who judges and who looks."""

from __future__ import annotations

import pytest

from controller.app import open_app
from controller.operations.conclude_comparison import conclude_comparison
from tests.operations.offered import at_work, put_forward
from tests.operations.office import Desk
from tests.procurement.purchase import AP_CRITERIA, criterion, item, offer, offered, specification
from tests.server.served import Served, password_of, seen
from tests.server.test_offer_pages import _Now

NASTY = "<b>ผู้เสนอราคา</b> ก"
SPEC = specification(item(criteria=(*AP_CRITERIA, criterion("strong"))))


@pytest.fixture(scope="module")
def story(served: Served) -> tuple[Served, str, str, str]:
    """A case with something left to judge, one that is concluded, and one before its approval."""
    password = password_of("director")
    plain = specification()
    with open_app(served.root, apart=True) as context:
        desk = Desk(context, _Now())
        bids = (
            offer(SPEC, NASTY, offered(product="ยี่ห้อ ก/1", strong="<i>โลหะ</i>")),
            offer(SPEC, "ผู้เสนอราคา ข", offered(product="ยี่ห้อ ข/1", wpa="", wifi="Wi-Fi 5")),
        )
        going = at_work(desk, SPEC, *bids, password=password)
        two = (offer(plain, b, offered(product=f"{b}/1", price=p)) for b, p in (("ก", 2), ("ข", 1)))
        ended = at_work(desk, plain, *two, password=password)
        conclude_comparison(context, desk.person("engineer1"), ended.number, {})
        waiting = put_forward(desk, SPEC)
    return served, going.number, ended.number, waiting.number


def test_every_outcome_is_said_in_words(story: tuple[Served, str, str, str]) -> None:
    served, going, _, _ = story
    with served.browser("engineer1") as browser:
        page = browser.get(f"/cases/{going}/comparison")
        assert page.status_code == 200
        assert "<b>ผู้เสนอราคา" not in page.text
        assert "<i>โลหะ" not in page.text
        for words in ("เท่ากัน", "ไม่ผ่าน", "ไม่ระบุ", "รอพิจารณา", "ไม่ตรงตามข้อกำหนด", "ยังสรุปไม่ได้"):
            assert words in page.text, words
        assert "ไม่ผ่านข้อ 1; ไม่ระบุข้อ 2, 5" in page.text
        assert "พิจารณา (เหลือ 1 ข้อ)" in page.text
        assert "สรุปผลการเปรียบเทียบ" not in page.text
        other = seen(browser.get(f"/cases/{going}/comparison?bidder=ผู้เสนอราคา ข"))
        assert '#grid" aria-current="true">ผู้เสนอราคา ข</a>' in other
        assert browser.get(f"/cases/{going}/comparison?bidder=none").status_code == 200


def test_a_conclusion_names_who_was_chosen(story: tuple[Served, str, str, str]) -> None:
    served, _, ended, _ = story
    with served.browser("engineer1") as browser:
        page = browser.get(f"/cases/{ended}/comparison")
        assert "<strong>ข</strong>" in seen(page)
        assert "ยกเลิกผลสรุป" in page.text
        assert "พิจารณา (" not in page.text
    with served.browser("director") as browser:
        page = browser.get(f"/cases/{ended}/comparison")
        assert page.status_code == 200
        assert "ยกเลิกผลสรุป" not in page.text


def test_nobody_sees_one_before_the_approval_and_schools_none(
    story: tuple[Served, str, str, str],
) -> None:
    served, going, _, waiting = story
    with served.browser("engineer1") as browser:
        assert browser.get(f"/cases/{waiting}/comparison").status_code == 409
    with served.browser("school1") as browser:
        assert browser.get(f"/cases/{going}/comparison").status_code == 403
