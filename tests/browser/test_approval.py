"""The main job in browsers: an engineer proposes at a desk, the director approves on a phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opens
from tests.browser.window import Window
from tests.server.served import Served, password_of

TITLE = "ตั้งค่ามาตรฐานสวิตช์ โรงเรียนตัวอย่าง ก"
OFFICER = "ผู้อำนวยการกลุ่มส่งเสริมการศึกษาทางไกล เทคโนโลยีสารสนเทศและการสื่อสาร"
# Each language at a school of its own: after the first, nothing is left to change at a school.
SCHOOLS = {"th": ("kkn-school-a", 7), "en": ("kkn-school-b", 5)}
TYPED = f"{TITLE} เห็นชอบ ปรับค่าสวิตช์วันเสาร์ ๐๙.๐๐ น. หนังสือราชการ"


@pytest.mark.slow
@pytest.mark.parametrize("language", ["th", "en"])
def test_what_the_director_approves_on_a_phone_reaches_the_devices(
    opens: Opens, alive: Served, language: str
) -> None:
    engineer = opens(alive, language=language)
    director = opens(alive, width=390, language=language)
    engineer.typed = director.typed = TYPED
    engineer.sign_in("engineer1")
    engineer.look("home-engineer")
    plan = _plans(engineer)
    case = _proposes(engineer, plan)
    _approves(director, case)
    _tells(engineer, case)
    _carries_out(engineer, case)
    director.go(f"/cases/{case}")
    director.look("case-carried-out", 390)


def _plans(window: Window) -> str:
    """The id of a plan made on the page."""
    page = window.page
    school, number = SCHOOLS[window.language]
    window.go("/plans/new")
    page.get_by_label(window.t("ตัวเลือกอุปกรณ์", "Selector"), exact=True).fill(
        f"site={school} role=access"
    )
    expect(page.get_by_text(window.t(f"{number} เครื่อง", f"{number} devices"))).to_be_visible()
    window.look("plan-new")
    window.press("ถามอุปกรณ์และคำนวณแผน", "Ask the devices and make the plan")
    page.wait_for_url(re.compile(r"/plans/[0-9a-f]{64}"), timeout=60_000)
    window.ready()
    window.look("plan")
    return page.url.rpartition("/")[2]


def _proposes(window: Window, plan: str) -> str:
    """The number of a case with the plan, its group appointed, put to the director."""
    page = window.page
    window.follow("เปิดเรื่องด้วยแผนนี้", "Open a case with this plan")
    page.get_by_label(window.t("ชื่อเรื่อง", "Title"), exact=True).fill(TITLE)
    window.look("case-new")
    window.press("เปิดเรื่อง", "Open the case")
    page.wait_for_url(re.compile(r"/cases/25\d\d-2\.3-\d{4}"))
    window.ready()
    window.look("case-opened")
    window.press("แต่งตั้งคณะทำงาน", "Appoint the group")
    choose(page, window.t("ประธาน", "Chair"), OFFICER)
    choose(page, window.t("กรรมการ", "Members"), "นักวิชาการคอมพิวเตอร์ชำนาญการ")
    page.keyboard.press("Escape")
    choose(page, window.t("เลขานุการ", "Secretary"), "นักวิชาการคอมพิวเตอร์ปฏิบัติการ")
    window.look("case-appoint")
    window.press("บันทึกคำสั่ง", "Record the order")
    expect(page.get_by_role("dialog")).to_have_count(0)
    window.press("จบขั้นตอนและส่งต่อ", "End the step")
    dialog = page.get_by_role("dialog")
    window.look("case-submit", 390)
    dialog.get_by_role("button").last.click()
    expect(dialog).to_have_count(0)
    window.look("case-submitted")
    return page.url.rpartition("/")[2]


def _approves(window: Window, case: str) -> None:
    """The director reads the change groups on the phone; a wrong password signs nothing."""
    page = window.page
    window.sign_in("director")
    window.look("home-director")
    window.go(f"/cases/{case}")
    groups = page.locator("pre.diff").first
    groups.scroll_into_view_if_needed()
    expect(groups).to_contain_text("ntp server")
    window.look("case-to-decide")
    window.press("อนุมัติ", "Approve")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(window.t("ความเห็น", "Comment")).fill("เห็นชอบ")
    password = dialog.get_by_label(re.compile(window.t("^รหัสผ่านของท่าน", "^Your password")))
    password.fill("not-the-password")
    dialog.get_by_role("button", name=window.t("อนุมัติ", "Approve")).click()
    expect(dialog.get_by_role("alert")).to_contain_text(window.t("รหัสผ่านไม่ถูกต้อง", "wrong"))
    expect(dialog.get_by_label(window.t("ความเห็น", "Comment"))).to_have_value("เห็นชอบ")
    window.look("case-wrong-password", 390)
    password.fill(password_of("director"))
    dialog.get_by_role("button", name=window.t("อนุมัติ", "Approve")).click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_text(window.t("อนุมัติแล้ว", "approved")).first).to_be_visible()
    window.look("case-approved")


def _tells(window: Window, case: str) -> None:
    page = window.page
    window.go(f"/cases/{case}")
    window.press("แจ้งผู้เกี่ยวข้อง", "Tell the people")
    choose(page, window.t("ผู้รับแจ้ง", "Who is told"), "โรงเรียนตัวอย่าง ก")
    page.keyboard.press("Escape")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(window.t("ข้อความ", "Message")).fill("ปรับค่าสวิตช์วันเสาร์ ๐๙.๐๐ น.")
    window.look("case-notify", 390)
    dialog.get_by_role("button", name=window.t("แจ้ง", "Tell them"), exact=True).click()
    expect(dialog).to_have_count(0)


def _carries_out(window: Window, case: str) -> None:
    """The run is seen moving: the page is never loaded again while its count grows."""
    page = window.page
    window.press("ดำเนินการกับอุปกรณ์", "Carry it out")
    window.look("case-apply", 390)
    page.get_by_role("button", name=window.t("เริ่มดำเนินการ", "Start"), exact=True).click()
    page.wait_for_url(re.compile("/runs/"))
    window.ready()
    page.evaluate("window.loadedOnce = true")
    bar = page.get_by_role("progressbar")
    window.look("run-going", 390)
    end = str(SCHOOLS[window.language][1])
    seen = set()
    for _ in range(240):
        seen.add(bar.get_attribute("aria-valuenow"))
        if end in seen:
            break
        page.wait_for_timeout(250)
    assert end in seen, seen
    assert len(seen) > 1, f"the count was never seen moving: {seen}"
    assert page.evaluate("window.loadedOnce") is True
    expect(page.get_by_role("heading", level=1)).to_contain_text(window.t("จบ", "finished"))
    window.look("run-ended")
    window.go("/runs")
    window.look("runs")
    window.go("/cases")
    window.look("cases")


def choose(page: Page, label: str, option: str) -> None:
    """Choose in a list of NiceGUI as a person does: open it, press the option."""
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option, exact=True).click()
