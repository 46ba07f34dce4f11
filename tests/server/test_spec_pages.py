"""The pages of price criteria: what stands, one class, two editions, files, who imports."""

from __future__ import annotations

from tests.server.served import Served, seen


def test_what_stands_is_listed_by_kind(served: Served) -> None:
    """Searched, narrowed; what was replaced only when asked for; schools read too."""
    with served.browser("school1") as browser:
        page = seen(browser.get("/specs"))
        assert "/specs/baselines/mdes-2568-12/access-point-2" in page
        assert "/specs/baselines/mdes-2569-05/computer-office" in page
        assert "/specs/baselines/mdes-2568-12/computer-office" not in page
        assert "/specs/import" not in page
        every = seen(browser.get("/specs?all=1&kind=computer"))
        assert "/specs/baselines/mdes-2568-12/computer-office" in every
        assert "มีฉบับใหม่แทนแล้ว" in every
        assert "access-point-2" not in every
        nothing = seen(browser.get("/specs?q=<b>ไม่มี"))
        assert "ไม่มีรายการตามที่ค้น" in nothing
        assert "<b>ไม่มี" not in nothing


def test_one_class_says_what_it_asks_and_what_to_check(served: Served) -> None:
    """Figures for reference say so; the price of the other edition stands below."""
    with served.browser("director") as browser:
        page = seen(browser.get("/specs/baselines/mdes-2568-12/access-point-2"))
        assert "22,000" in page
        assert "การเข้ารหัส Wi-Fi มีครบทุกอย่างใน WPA, WPA2, WPA3" in page
        assert "โปรดตรวจกับเอกสารของกระทรวง" in page
        old = seen(browser.get("/specs/baselines/mdes-2568-12/computer-office"))
        assert "before=mdes-2568-12&amp;after=mdes-2569-05" in old
        assert "หมายถึง mdes-2568-12/router" in seen(
            browser.get("/specs/baselines/mdes-2568-12/routr")
        )


def test_two_editions_side_by_side(served: Served) -> None:
    """Percent and criteria; the wrong order is told, nothing chosen shows the choice."""
    with served.browser("officer1") as browser:
        page = seen(browser.get("/specs/editions/diff?before=mdes-2568-12&after=mdes-2569-05"))
        assert "+15.0" in page
        assert "มีหน่วยประมวลผลกลาง (CPU) ไม่น้อยกว่า 4 แกนหลัก" in page
        assert "+15.0" not in seen(browser.get("/specs/editions/diff"))
        wrong = browser.get("/specs/editions/diff?before=mdes-2569-05&after=mdes-2568-12")
        assert "ไม่ได้ประกาศหลัง" in seen(wrong)


def test_files_and_who_may_import(served: Served) -> None:
    """Everybody may keep the figures; the group imports."""
    with served.browser("school1") as browser:
        sheet = browser.get("/specs/editions/mdes-2569-05/file.xlsx")
        assert sheet.content.startswith(b"PK")
        assert b"edition:" in browser.get("/specs/editions/mdes-2569-05/file.yaml").content
        assert browser.get("/specs/editions/nobody/file.yaml").status_code == 404
        assert "ไม่มีสิทธิ์" in seen(browser.get("/specs/import"))
        attributes = seen(browser.get("/specs/attributes?kind=switch"))
        assert "poe_budget" in attributes
        assert "print_speed" not in attributes
    with served.browser("officer1") as browser:
        assert "เลือกแฟ้ม .xlsx หรือ .yaml" in seen(browser.get("/specs/import"))
