"""The director decides with the keyboard alone, and always sees where they are."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from tests.browser.conftest import Opens
from tests.browser.window import Window
from tests.server.case_history import FILE, STUDY, put_to_the_director
from tests.server.history import NASTY
from tests.server.served import Served, password_of

_RING = """e => {
  const seen = x => getComputedStyle(x).outlineStyle !== 'none'
    || getComputedStyle(x).boxShadow !== 'none';
  return seen(e) || Boolean(e.closest('.q-field--focused'));
}"""


def test_a_decision_by_keyboard_alone(opens: Opens, plain: Served) -> None:
    number = put_to_the_director(plain.root)
    window = opens(plain)
    window.typed = f"{FILE} {STUDY.reason} {STUDY.work} {NASTY} SHA"
    page, keys = window.page, window.page.keyboard
    window.go("/sign-in?next=/cases")
    keys.type("director")
    keys.press("Tab")
    keys.type(password_of("director"))
    with window.moving():
        keys.press("Enter")
    tab_to(window, page.get_by_role("link", name=number))
    with window.moving():
        keys.press("Enter")
    tab_to(window, page.get_by_role("button", name="อนุมัติ", exact=True))
    keys.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    tab_to(window, dialog.get_by_label("ความเห็น"))
    keys.type("เห็นชอบ")
    tab_to(window, dialog.get_by_label(re.compile("^รหัสผ่านของท่าน")))
    keys.type(password_of("director"))
    window.look("keyboard-approve", 1280)
    tab_to(window, dialog.get_by_role("button", name="อนุมัติ", exact=True))
    keys.press("Enter")
    expect(dialog).to_have_count(0)
    expect(page.get_by_text("อนุมัติแล้ว").first).to_be_visible()


def tab_to(window: Window, wanted: Locator) -> None:
    """Press Tab until the element has the focus; wherever the focus is, it is seen."""
    for _ in range(150):
        window.page.keyboard.press("Tab")
        if wanted.evaluate("e => e === document.activeElement"):
            assert wanted.evaluate(_RING), f"the focus is not seen on {wanted}"
            return
    raise AssertionError(f"no way to {wanted} with the Tab key")
