"""Looking through the inventory and importing a register, in a real browser."""

from __future__ import annotations

import io
import re
from typing import Any

from openpyxl import Workbook
from playwright.sync_api import FilePayload, expect

from tests.browser.conftest import Opens
from tests.server.served import Served

HEADING = (
    "เลขครุภัณฑ์", "ประเภท", "ยี่ห้อ", "รุ่น", "หมายเลขเครื่อง", "วันที่ได้มา", "ราคา", "ห้อง", "สถานะ", "หมายเหตุ",
)  # fmt: skip
SOUND = (
    "7440-001-9001/67", "คอมพิวเตอร์", "Dell", "OptiPlex", "SN9001", "17/6/2567", "18,500", "ห้องสมุด",
    "ใช้งาน", "<img src=x onerror=alert(1)>",
)  # fmt: skip


def sheet(*row: Any) -> FilePayload:
    """A file as a browser hands it over."""
    workbook = Workbook()
    page = workbook.worksheets[0]
    page.title = "ทะเบียน"
    page.append(list(HEADING))
    page.append(list(row))
    made = io.BytesIO()
    workbook.save(made)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return FilePayload(name="register.xlsx", mimeType=kind, buffer=made.getvalue())


def test_the_register_is_found_while_one_types(opens: Opens, plain: Served) -> None:
    """Without loading the page anew; the address follows, so that it can be kept."""
    window = opens(plain)
    window.sign_in("engineer1", "/register")
    window.look("register")
    window.page.get_by_label("ค้นหา").fill("epson ห้องสมุด")
    expect(window.page).to_have_url(re.compile(r"\?q=epson"))
    found = window.page.locator("#found tbody tr")
    expect(found).to_have_count(1)
    window.page.reload()
    window.ready()
    expect(window.page.get_by_label("ค้นหา")).to_have_value("epson ห้องสมุด")
    expect(found).to_have_count(1)
    window.go("/register")
    window.follow("ราคา (บาท)", "Price (baht)")
    expect(window.page.locator("th[aria-sort=ascending]")).to_have_count(1)


def test_sites_and_devices_in_both_languages(opens: Opens, plain: Served) -> None:
    for language in ("th", "en"):
        window = opens(plain, language=language)
        window.sign_in("engineer1", "/sites")
        window.look("sites")
        window.go("/sites/kkn-school-a")
        window.look("site")
        window.go("/devices")
        window.look("devices")
        window.go("/devices/kkn-a-sw01")
        window.look("device")


def test_a_school_on_a_phone(opens: Opens, plain: Served) -> None:
    window = opens(plain, width=390)
    window.sign_in("school1", "/sites/kkn-school-a")
    window.look("site-school", 390)
    window.go("/register")
    window.look("register-school", 390)


def test_a_register_is_imported_after_its_faults_are_mended(opens: Opens, plain: Served) -> None:
    """Each fault by its cell; then what would change; then it is written."""
    window = opens(plain)
    window.sign_in("officer1", "/register/import?site=kkn-school-c")
    window.look("import")
    page = window.page
    choose = page.get_by_role("button", name="เลือกแฟ้ม")
    with page.expect_file_chooser() as asked:
        choose.click()
    asked.value.set_files(sheet(*SOUND[:5], "17/6/67", *SOUND[6:]))
    expect(page.get_by_text("ทะเบียน!F2")).to_be_visible()
    write = page.get_by_role("button", name="เขียนลงทะเบียน")
    expect(write).to_be_hidden()
    window.look("import-faults")
    with page.expect_file_chooser() as asked:
        choose.click()
    asked.value.set_files(sheet(*SOUND))
    expect(page.get_by_text("7440-001-9001/67")).to_be_visible()
    window.look("import-preview")
    write.click()
    expect(page.get_by_role("heading", name="เขียนลงทะเบียนแล้ว")).to_be_visible()
    window.look("import-done")
    window.follow("เปิดทะเบียน", "Open the register")
    expect(page.get_by_text("7440-001-9001/67")).to_be_visible()
