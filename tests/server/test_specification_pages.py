"""The pages of a specification: read by who may, edited where it is laid down, begun from needs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from controller.app import open_app
from controller.operations.draft_specification import draft_specification
from controller.operations.write_specification import write_specification
from controller.procurement.drafting import Wanted
from tests.operations.moves import Moves
from tests.operations.office import Desk
from tests.server.served import Served, seen
from tests.store.clock import Clock

NASTY = "<b>จำเป็น</b> & รีบ"


class _Now(Clock):
    def __call__(self) -> datetime:
        return datetime.now(UTC)


@pytest.fixture(scope="module")
def cases(served: Served) -> Iterator[tuple[Served, str, str]]:
    """A case with a specification at its plan step, and one whose group is not appointed yet."""
    with open_app(served.root, apart=True) as context:
        desk = Desk(context, _Now())
        moves, engineer = Moves(desk), desk.person("engineer1")
        case = moves.studied(moves.appointed(moves.opened("2.4", "จัดซื้อตัวกระจายสัญญาณ"))).number
        whole = draft_specification(context, engineer, [Wanted("access-point-2", 2)], need=NASTY)
        write_specification(context, engineer, case, whole)
        yield served, case, moves.opened("2.4", "ยังไม่แต่งตั้ง").number


def test_it_is_read_with_its_remarks(cases: tuple[Served, str, str]) -> None:
    served, case, _ = cases
    for person, edits in (("engineer1", True), ("director", False)):
        with served.browser(person) as browser:
            page = browser.get(f"/cases/{case}/specification")
            assert "<b>จำเป็น" not in page.text
            told = seen(page)
            assert "ยังเสนอไม่ได้" in told
            assert "ยังไม่ระบุแหล่งเงิน" in told
            assert "44,000.00" in told
            assert ("/specification/edit" in told) is edits
            assert f"/cases/{case}/specification" in seen(browser.get(f"/cases/{case}"))


def test_it_is_edited_where_it_is_laid_down(cases: tuple[Served, str, str]) -> None:
    served, case, early = cases
    with served.browser("engineer1") as browser:
        page = browser.get(f"/cases/{case}/specification/edit")
        assert "<b>จำเป็น" not in page.text
        assert "บันทึกลงเรื่อง" in page.text
        told = browser.get(f"/cases/{early}/specification/edit").text
        assert 'บันทึกลงเรื่อง"' not in told
        assert "แก้ได้ในขั้นตอนที่คณะทำงานร่วมกำหนดคุณลักษณะเท่านั้น" in told
        assert browser.get(f"/cases/{early}/specification").status_code == 404
    with served.browser("director") as browser:
        assert browser.get(f"/cases/{case}/specification/edit").status_code == 403
    with served.browser("school1") as browser:
        assert browser.get(f"/cases/{case}/specification").status_code == 403


def test_needs_lead_to_a_case_and_into_its_draft(cases: tuple[Served, str, str]) -> None:
    served, case, early = cases
    with served.browser("officer1") as browser:
        assert "/specifications/new?" in seen(browser.get("/needs?kind=access-point"))
        found = seen(browser.get("/specifications/new?kind=access-point&needs=1"))
        assert f"/cases/{case}/specification/edit?kind=access-point" in found
        assert early not in found
        page = browser.get(f"/cases/{case}/specification/edit?kind=access-point&needs=1")
        assert "ซื้อตามเกณฑ์" in page.text
