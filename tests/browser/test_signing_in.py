"""Signing in, in a real browser: with the right password, with wrong ones, by keyboard alone."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import Opens
from tests.server.served import Served


def test_signing_in_leads_to_where_one_wanted_to_go(opens: Opens, plain: Served) -> None:
    window = opens(plain)
    window.go("/cases?state=open")
    expect(window.page).to_have_url(re.compile(r"/sign-in\?next="))
    window.look("sign-in")
    window.page.get_by_label("ชื่อผู้ใช้").fill("engineer1")
    window.page.get_by_label("รหัสผ่าน").fill("engineer1-password")
    with window.moving():
        window.press("เข้าสู่ระบบ", "Sign in")
    expect(window.page).to_have_url(f"{plain.address}/cases?state=open")
    window.look("cases-empty")


def test_a_wrong_password_says_so_and_keeps_the_name(opens: Opens, plain: Served) -> None:
    """And after some of them even the right one is refused, in the same words, for a while."""
    window = opens(plain, width=390)
    window.sign_in("auditor1", password="not-the-password")
    told = window.page.get_by_role("alert")
    expect(told).to_contain_text("ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง")
    expect(window.page.get_by_label("ชื่อผู้ใช้")).to_have_value("auditor1")
    expect(window.page.get_by_label("รหัสผ่าน")).to_be_focused()
    window.look("sign-in-wrong", 390)
    for _ in range(5):
        window.sign_in("auditor1", password="not-the-password")
    window.sign_in("auditor1")
    expect(told).to_contain_text("ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง")
    expect(told).to_contain_text("๑๕ นาที")
    window.look("sign-in-locked", 390)


def test_signing_in_and_out_by_keyboard_alone(opens: Opens, plain: Served) -> None:
    window = opens(plain)
    window.go("/sign-in")
    keys = window.page.keyboard
    keys.type("director")
    keys.press("Tab")
    keys.type("director-password")
    with window.moving():
        keys.press("Enter")
    keys.press("Tab")
    expect(window.page.get_by_role("link", name="ข้ามไปเนื้อหา")).to_be_focused()
    expect(window.page.get_by_role("link", name="ข้ามไปเนื้อหา")).to_be_in_viewport()
    for _ in range(40):
        keys.press("Tab")
        if window.page.evaluate("document.activeElement.tagName") == "SUMMARY":
            break
    ring = window.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert ring == "solid"
    keys.press("Enter")
    leave = window.page.get_by_role("button", name="ออกจากระบบ")
    expect(leave).to_be_visible()
    window.look("menu-open")
    for _ in range(10):
        keys.press("Tab")
        if leave.evaluate("e => e === document.activeElement"):
            break
    with window.moving():
        keys.press("Enter")
    expect(window.page).to_have_url(f"{plain.address}/sign-in")
    window.go("/cases")
    expect(window.page).to_have_url(re.compile("/sign-in"))


def test_the_language_is_changed_by_its_switch_and_stays(opens: Opens, plain: Served) -> None:
    window = opens(plain)
    window.go("/sign-in")
    with window.moving():
        window.press("English", "")
    window.language = "en"
    expect(window.page.get_by_label("Password")).to_be_visible()
    window.look("sign-in")
    window.sign_in("engineer1", "/cases")
    expect(window.page.get_by_role("heading", level=1)).to_have_text("Cases")
    window.look("cases-empty")
    window.page.get_by_label("My account").click()
    with window.moving():
        window.press("", "ไทย")
    window.language = "th"
    expect(window.page.get_by_role("heading", level=1)).to_have_text("เรื่อง")
    expect(window.page).to_have_url(f"{plain.address}/cases")
