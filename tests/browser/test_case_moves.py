"""An engineer opens a case and walks its first steps by what the pages offer."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opens
from tests.browser.test_deciding import in_form
from tests.browser.window import Window
from tests.server.served import Served

CHAIR = "ผู้อำนวยการกลุ่มส่งเสริมการศึกษาทางไกล เทคโนโลยีสารสนเทศและการสื่อสาร"
SECRETARY = "นักวิชาการคอมพิวเตอร์ปฏิบัติการ"


def choose(window: Window, label: str, option: str) -> None:
    """Choose one of a list."""
    window.page.get_by_label(label, exact=True).click()
    window.page.get_by_role("option", name=option, exact=True).click()


@pytest.fixture
def opened(opens: Opens, plain: Served) -> Window:
    """An engineer at a case of 3.3 that was just opened."""
    window = opens(plain, width=390, language="en")
    window.sign_in("engineer1", "/cases/new?process=3.3")
    window.page.get_by_label("Title").fill("ระบบสารสนเทศโรงเรียน")
    with window.moving():
        window.press("เปิดเรื่อง", "Open the case")
    expect(window.page).to_have_url(re.compile(r"/cases/\d{4}-3\.3-\d{4}$"))
    return window


def test_a_case_is_opened_and_walked_to_the_director(opened: Window) -> None:
    page = opened.page
    alert = page.locator(".asking").get_by_role("alert")
    opened.press("แต่งตั้งคณะทำงาน", "Appoint the group")
    in_form(opened, "บันทึกคำสั่ง", "Record the order")
    expect(alert).to_contain_text("Chair: nobody is chosen")
    choose(opened, "Chair", CHAIR)
    choose(opened, "Secretary", SECRETARY)
    in_form(opened, "บันทึกคำสั่ง", "Record the order")
    expect(page.get_by_text("The working group is appointed")).to_be_visible()
    opened.press("บันทึกผลการศึกษา", "Write the study")
    page.get_by_label("Reason").fill("ระบบเดิมไม่พอ")
    page.get_by_label("Work that is proposed").fill("ทำระบบใหม่")
    in_form(opened, "บันทึก", "Save")
    opened.press("จบขั้นตอนและส่งต่อ", "End the step")
    in_form(opened, "ส่งต่อ", "Go on")
    expect(page.get_by_role("heading", name="Put the plan to the executives")).to_be_visible()
    expect(page.get_by_role("button", name="Approve")).to_have_count(0)
    expect(page.get_by_role("button", name="Withdraw")).to_be_visible()


def test_a_file_is_attached_and_given_back(opened: Window, tmp_path: Path) -> None:
    page = opened.page
    file = tmp_path / "ผัง ก.pdf"
    file.write_bytes(b"%PDF-1.4 plan")
    opened.press("แนบไฟล์", "Attach a file")
    alert = page.locator(".asking").get_by_role("alert")
    in_form(opened, "แนบ", "Attach")
    expect(alert).to_contain_text("no file is chosen")
    wrong = tmp_path / "wrong.pdf"
    wrong.write_bytes(b"%PDF-1.4 not this one")
    for chosen in (wrong, file):  # who chose the wrong one chooses again
        with page.expect_response(re.compile("upload")), page.expect_file_chooser() as chooser:
            page.get_by_role("button", name="Choose a file").click()
            chooser.value.set_files(chosen)
        expect(page.locator(".asking")).to_contain_text(chosen.name)
    page.get_by_label("What it is").fill("<b>ผัง</b>")
    page.get_by_label("What it is").press("Enter")
    link = page.get_by_role("link", name="<b>ผัง</b>")
    expect(link).to_be_visible()
    answer = page.request.get(f"{opened.address}{link.get_attribute('href')}")
    assert answer.body() == b"%PDF-1.4 plan"


def test_a_day_of_the_wrong_era_is_told_and_nothing_is_lost(opened: Window) -> None:
    page = opened.page
    opened.press("แต่งตั้งคณะทำงาน", "Appoint the group")
    choose(opened, "Chair", CHAIR)
    choose(opened, "Secretary", SECRETARY)
    page.get_by_label("Number of the order").fill("๔๕/๒๕๖๙")
    page.get_by_label("Dated").fill("2569-11-01")
    page.get_by_label("Dated").press("Enter")
    alert = page.locator(".asking").get_by_role("alert")
    expect(alert).to_contain_text("Dated: cannot read the date")
    expect(page.get_by_label("Number of the order")).to_have_value("๔๕/๒๕๖๙")
    page.get_by_label("Dated").fill("๑ พ.ย. ๒๕๖๙")
    page.get_by_label("Dated").press("Enter")
    expect(page.get_by_text("Order ๔๕/๒๕๖๙ of 2026-11-01")).to_be_visible()
