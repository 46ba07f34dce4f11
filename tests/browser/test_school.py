"""A teacher at a school: reports a repair with a photo from a phone, and finds it again."""

from __future__ import annotations

import re
import struct
import zlib
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import Opens
from tests.server.served import Served


def test_a_teacher_reports_a_repair_with_a_photo(
    opens: Opens, plain: Served, tmp_path: Path
) -> None:
    window = opens(plain, width=390)
    page = window.page
    window.typed = "switch.png"
    window.sign_in("school1")
    window.look("home-school")
    window.go("/forms")
    window.look("forms-school")
    with window.moving():
        page.get_by_role("link", name=re.compile("แบบแจ้งซ่อม")).first.click()
    window.look("repair-empty")
    typed = {
        "โทรศัพท์ที่ติดต่อได้": "043-000-201",
        "สถานที่ตั้ง": "อาคาร 1 ชั้น 2 ห้องพักครู",
        "อาการชำรุด": "ไฟสถานะดับทุกช่องหลังไฟฟ้าดับเมื่อคืน เปลี่ยนปลั๊กแล้วยังไม่ติด",
        "พบปัญหาตั้งแต่วันที่": "26 พ.ย. 2569",
        "ผู้แจ้ง": "ครูผู้รับผิดชอบงานเทคโนโลยีสารสนเทศ",
    }
    for label, words in typed.items():
        page.get_by_label(re.compile(label)).first.fill(words)
    page.get_by_label(re.compile("ประเภทอุปกรณ์")).first.select_option(label="สวิตช์")
    page.locator("input[type=file]").set_input_files(photo(tmp_path / "switch.png"))
    expect(page.locator(".photos .kept")).to_contain_text("switch")
    page.get_by_role("button", name="ส่งแบบฟอร์ม").click()
    wrong = page.get_by_role("alert")
    expect(wrong).to_be_visible()  # how urgent it is was not said, nor whether to back up
    window.look("repair-mend", 390)
    page.get_by_label(re.compile(r"ด่วน \(กระทบ")).check()
    page.get_by_role("group", name=re.compile("สำรองข้อมูล")).get_by_label("ไม่ใช่").check()
    with window.moving():
        page.get_by_role("button", name="ส่งแบบฟอร์ม").click()
    number = re.search(r"25\d\d-repair_request-\d{4}", page.content())
    assert number is not None
    picture = page.locator(".gallery img")
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("complete", value=True)
    window.look("repair-sent")
    window.go("/forms")
    expect(page.get_by_role("link", name=number[0])).to_be_visible()
    other = opens(plain, width=390)
    other.sign_in("school2", "/forms")
    expect(other.page.get_by_role("link", name=number[0])).to_have_count(0)


def photo(file: Path) -> Path:
    """A photo of 320 × 240 pixels, written without any library."""
    rows = b"".join(
        b"\0" + bytes(c for x in range(320) for c in (40 + x // 2, 90 + y // 3, 120))
        for y in range(240)
    )

    def part(name: bytes, content: bytes) -> bytes:
        whole = name + content
        return struct.pack(">I", len(content)) + whole + struct.pack(">I", zlib.crc32(whole))

    head = struct.pack(">IIBBBBB", 320, 240, 8, 2, 0, 0, 0)
    file.write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + part(b"IHDR", head)
        + part(b"IDAT", zlib.compress(rows))
        + part(b"IEND", b"")
    )
    return file
