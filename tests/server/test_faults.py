"""A page that breaks and an address there is not: pages of ours that tell nothing inside."""

from __future__ import annotations

from pathlib import Path

from tests.server.served import Served, make_office, serving

BROKEN = """
from controller.errors import Text
from controller.server.__main__ import main
from controller.web.page import page

@page("/broken", Text(th="พัง", en="Broken"))
async def build(visit, actor):
    raise RuntimeError("the inside of the program")

main()
"""


def test_an_address_there_is_not(served: Served) -> None:
    """In the visitor's language, with a way home, also without a session."""
    with served.browser() as browser:
        answer = browser.get("/no/such/page")
        assert answer.status_code == 404
        assert "ไม่มีหน้านี้" in answer.text
        assert "กลับหน้าแรก" in answer.text
        browser.cookies.set("khaen_language", "en")
        assert "there is no such page" in browser.get("/no/such/page").text


def test_a_page_that_breaks_tells_a_number_and_nothing_else(tmp_path: Path) -> None:
    """The number is the one in the server's log, where the rest stands."""
    root = make_office(tmp_path / "office", ("admin",))
    with serving(root, ("-c", BROKEN)) as running, running.browser("admin") as browser:
        answer = browser.get("/broken")
    assert answer.status_code == 500
    assert "inside of the program" not in answer.text
    assert "RuntimeError" not in answer.text
    log = (root / "server.log").read_text(encoding="utf-8")
    number = log.partition("bug ")[2].split()[0]
    assert f"เลขที่ {number}" in answer.text
    assert "RuntimeError: the inside of the program" in log
