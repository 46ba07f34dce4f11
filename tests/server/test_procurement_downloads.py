"""Papers of a procurement from the pages: links on the case, every format, who has them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from controller.app import open_app
from controller.operations.open_offer import open_offer
from tests.operations.office import Desk
from tests.operations.procured import approved, before_approval
from tests.procurement.bids import ANSWERS, POINTS, filled
from tests.server.served import Served, password_of, seen
from tests.store.clock import Clock

NASTY = "<b>ผู้เสนอราคา</b> & ก"


class _Now(Clock):
    def __call__(self) -> datetime:
        return datetime.now(UTC)


@pytest.fixture(scope="module")
def story(served: Served) -> Iterator[tuple[Served, str, str]]:
    """An approved case with an offer, and one before its approval; a clause begins with =."""
    content = filled(bidder=NASTY, answers={**ANSWERS, (POINTS, "wpa"): ("", "")})
    with open_app(served.root, apart=True) as context:
        desk = Desk(context, _Now())
        case = approved(desk, password=password_of("director")).number
        open_offer(context, desk.person("engineer1"), case, "ก.xlsx", content)
        yield served, case, before_approval(desk).number


def test_every_format_is_there_by_a_link_of_the_case(story: tuple[Served, str, str]) -> None:
    served, case, waiting = story
    with served.browser("director") as browser:
        page = seen(browser.get(f"/cases/{case}"))
        for path in ("sheet.pdf", "sheet.docx", "sheet.xlsx", "tor.pdf", "tor.docx"):
            assert f"/cases/{case}/specification/{path}" in page
            kept = browser.get(f"/cases/{case}/specification/{path}")
            assert kept.status_code == 200, path
            assert kept.content.startswith(b"%PDF-" if path.endswith("pdf") else b"PK")
            way = "inline" if path.endswith("pdf") else "attachment"
            assert kept.headers["content-disposition"].startswith(way)
            assert f'"{case}-{path}"' in kept.headers["content-disposition"]
        assert browser.get(f"/cases/{case}/specification/tor.xlsx").status_code == 404
        assert browser.get(f"/cases/{waiting}/specification/sheet.pdf").status_code == 200
        assert browser.get(f"/cases/{waiting}/comparison/sheet.pdf").status_code == 409
        for suffix in ("pdf", "docx", "xlsx"):
            link = f"/cases/{case}/comparison/sheet.{suffix}"
            assert link in seen(browser.get(f"/cases/{case}/comparison"))
            assert browser.get(link).status_code == 200


def test_what_people_write_stays_text(story: tuple[Served, str, str]) -> None:
    """What looks like a formula is none in the sheet, and markup is no markup in Word."""
    served, case, _ = story
    with served.browser("engineer1") as browser:
        sheet = browser.get(f"/cases/{case}/comparison/sheet.xlsx").content
        word = browser.get(f"/cases/{case}/comparison/sheet.docx").content
    cells = [
        cell
        for page in load_workbook(BytesIO(sheet))
        for row in page.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith("=")
    ]
    assert cells
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in cells)
    with ZipFile(BytesIO(word)) as packed:
        assert "&lt;b&gt;ผู้เสนอราคา" in packed.read("word/document.xml").decode()


def test_a_school_has_none_of_them(story: tuple[Served, str, str]) -> None:
    """Nor a stranger."""
    served, case, _ = story
    paths = (f"/cases/{case}/specification/sheet.pdf", f"/cases/{case}/comparison/sheet.pdf")
    with served.browser("school1") as browser:
        assert [browser.get(path).status_code for path in paths] == [403, 403]
