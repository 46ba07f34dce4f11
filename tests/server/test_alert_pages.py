"""The pages of alerts, availability and maintenance, served."""

from __future__ import annotations

import pytest

from tests.server.served import Served, seen


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("/alerts", "ไม่มีการแจ้งเตือนที่ยังเปิดอยู่"),
        ("/alerts?all=1&severity=warning", "ไม่มีการแจ้งเตือนตามที่ค้น"),
        ("/availability?days=7&site=kkn-school-a", "kkn-a-sw01"),
        ("/maintenance", "ไม่มีช่วงบำรุงรักษา"),
    ],
)
@pytest.mark.parametrize("person", ["engineer1", "school1"])
def test_everybody_reads_them(served: Served, person: str, path: str, word: str) -> None:
    """A school too, of its own."""
    with served.browser(person) as browser:
        answer = browser.get(path)
        assert answer.status_code == 200
        assert word in seen(answer)


@pytest.mark.parametrize(
    "path", ["/alerts?site=kkn-school-b", "/availability?site=kkn-school-b", "/alerts/999"]
)
def test_a_school_learns_nothing_of_another(served: Served, path: str) -> None:
    """Not even that it is there."""
    with served.browser("school1") as browser:
        assert browser.get(path).status_code == 404
