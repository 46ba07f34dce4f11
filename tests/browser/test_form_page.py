"""The page of a form: conditions, rows, sums and the draft, by keyboard and by pointer."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import Opens
from tests.server.served import Served


def test_a_form_asks_adds_up_and_remembers(opens: Opens, plain: Served) -> None:
    """What is not asked is hidden; sums follow what is typed; a reload brings the draft back."""
    window = opens(plain, width=1280)
    page = window.page
    window.typed = "A B"
    window.sign_in("officer1")
    window.go("/forms/repair_request/fill?revises=")
    other = page.locator("[data-field=kind_other]")
    expect(other).to_be_hidden()
    page.locator("[name=kind]").select_option("other")
    expect(other).to_be_visible()
    other.locator("input").fill("จอภาพ")
    window.go("/forms/loan_request/fill")
    window.go("/forms/repair_request/fill?revises=")
    expect(other.locator("input")).to_have_value("จอภาพ")
    expect(page.locator("#restored")).to_be_visible()
    page.locator("[name=since]").fill("๒๕/๑๑/๒๕๖๙")
    expect(page.locator("[data-field=since] .read")).to_have_text("25 พฤศจิกายน 2569")
    table = page.locator("[data-table=costs]")
    for row, (part, quantity, price) in enumerate((("A", "2", "1,250.50"), ("B", "๓", "0.10"))):
        if row:
            table.get_by_role("button", name=re.compile("เพิ่มแถว")).press("Enter")
        for column, text in (("part", part), ("quantity", quantity), ("price", price)):
            table.locator(f"[name='costs.{row}.{column}']").fill(text)
    expect(table.locator("[data-total=amount]")).to_have_text("2,501.30")
    table.get_by_role("button", name="ลบแถว").first.click()
    expect(table.locator("[data-total=amount]")).to_have_text("0.30")
    page.locator("#forget").click()
    expect(page.locator("[name=kind]")).to_have_value("")
    expect(page.locator("#restored")).to_be_hidden()
