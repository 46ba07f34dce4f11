"""A director decides on a telephone; what goes wrong is told, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opens
from tests.browser.window import Window
from tests.server.case_history import FILE, STUDY, put_to_the_director
from tests.server.history import NASTY
from tests.server.served import Served, make_office, password_of, serving


@pytest.fixture(scope="module")
def waiting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, str]]:
    """A server, and the case that waits for the director."""
    root = make_office(tmp_path_factory.mktemp("deciding") / "office")
    number = put_to_the_director(root)
    with serving(root) as running:
        yield running, number


def in_form(window: Window, th: str, en: str) -> None:
    """Press a button of the form that is open."""
    window.page.locator(".asking").get_by_role("button", name=window.t(th, en), exact=True).click()


def test_a_case_is_put_forward_again_while_the_director_reads(
    opens: Opens, waiting: tuple[Served, str]
) -> None:
    served, number = waiting
    director, engineer = opens(served, width=390), opens(served, language="en")
    director.typed = f"{FILE} {STUDY.reason} {STUDY.work} {NASTY} SHA"
    director.sign_in("director", f"/cases/{number}")
    director.look("case-to-decide")
    director.press("อนุมัติ", "Approve")
    director.page.get_by_label("ความเห็น").fill("เห็นชอบตามเสนอ")
    director.page.get_by_label("รหัสผ่าน").fill("not-the-password")
    in_form(director, "อนุมัติ", "Approve")
    told = director.page.locator(".asking").get_by_role("alert")
    expect(told).to_contain_text("รหัสผ่านไม่ถูกต้อง")
    expect(director.page.get_by_label("ความเห็น")).to_have_value("เห็นชอบตามเสนอ")
    expect(director.page.get_by_label("รหัสผ่าน")).to_have_value("")

    engineer.sign_in("engineer1", f"/cases/{number}")
    engineer.press("ดึงเรื่องกลับมาแก้ไข", "Pull it back")
    engineer.page.get_by_label("Reason").fill("แก้ตัวเลข")
    in_form(engineer, "ดึงเรื่องกลับมาแก้ไข", "Pull the case back")
    engineer.press("บันทึกผลการศึกษา", "Write the study")
    engineer.page.get_by_label("Budget (baht)").fill("12,500")
    in_form(engineer, "บันทึก", "Save")
    engineer.press("จบขั้นตอนและส่งต่อ", "End the step")
    in_form(engineer, "ส่งต่อ", "Go on")
    expect(engineer.page.get_by_text("12,500.00 baht")).to_be_visible()

    director.page.get_by_label("รหัสผ่าน").fill(password_of("director"))
    in_form(director, "อนุมัติ", "Approve")
    expect(told).to_contain_text("ไม่ใช่สิ่งที่เรื่อง")
    director.go(f"/cases/{number}")
    expect(director.page.get_by_text("สิ่งที่เปลี่ยนจากที่เสนอครั้งก่อน")).to_be_visible()
    director.press("อนุมัติ", "Approve")
    director.page.get_by_label("รหัสผ่าน").fill(password_of("director"))
    in_form(director, "อนุมัติ", "Approve")
    expect(director.page.get_by_role("heading", name="สรุปประเมินผลการดำเนินงาน")).to_be_visible()
    director.look("case-decided", 390)
