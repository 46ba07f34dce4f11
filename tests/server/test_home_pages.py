"""The first page of everybody."""

from __future__ import annotations

import pytest

from tests.server.history import NASTY, History
from tests.server.served import Served, seen


@pytest.mark.parametrize(
    ("person", "parts", "absent"),
    [
        ("director", ["รอท่านพิจารณา", "kkn-a-sw03"], ["วางแผนใหม่", "แจ้งซ่อม"]),
        ("engineer1", ["kkn-a-sw03", "ต้องเข้าไปดูอุปกรณ์", "/plans/new"], ["/accounts"]),
        ("officer1", ["แบบฟอร์มที่ยังไม่อยู่ในเรื่องใด"], ["/plans/new", "ต้องเข้าไปดูอุปกรณ์"]),
        ("auditor1", ["/audit-log", "เรื่องที่ยังไม่จบ"], ["/plans/new", "แบบฟอร์มที่ยังไม่อยู่"]),
        ("admin", ["/accounts"], ["/plans/new"]),
        ("school1", ["/forms/repair_request/fill"], ["kkn-a-sw03", "/runs", "เรื่องที่ยังไม่จบ"]),
    ],
)
def test_everybody_finds_their_own(
    story: tuple[Served, History], person: str, parts: list[str], absent: list[str]
) -> None:
    """What is theirs is there, what is not theirs is not; titles of cases inert."""
    served, _ = story
    with served.browser(person) as browser:
        answer = browser.get("/")
    assert answer.status_code == 200
    shown = seen(answer)
    for part in parts:
        assert part in shown, part
    for part in absent:
        assert part not in shown, part
    assert NASTY not in shown
