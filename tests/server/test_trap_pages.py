"""The page of traps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from controller.app import open_app
from controller.store.traps import KeptTrap, count_strangers, keep_traps
from tests.server.served import Served, make_office, seen, serving

NOW = datetime(2026, 11, 27, 3, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A served office in which two devices told something."""
    root = make_office(tmp_path_factory.mktemp("traps") / "office", ("engineer1", "school1"))
    traps = [
        KeptTrap(NOW, "kkn-a-sw01", "link_down", "1.3.6.1.6.3.1.1.5.3", "7", "<b>", "3", True, {}),
        KeptTrap(
            NOW, "kkn-b-sw01", "other", "1.3.6.1.4.1.9.9.9", "", "", "2c", False, {"1.3": "x"}
        ),
    ]
    with open_app(root) as context, context.store.begin(audited=False) as conn:
        keep_traps(conn, traps)
        count_strangers(conn, {"203.0.113.7": 12}, NOW)
    with serving(root) as running:
        yield running


def test_the_page(office: Served) -> None:
    with office.browser("engineer1") as browser:
        page = seen(browser.get("/traps"))
        assert "พอร์ตไม่มีสัญญาณ" in page
        assert "1.3.6.1.4.1.9.9.9" in page
        assert "203.0.113.7" in page
        assert "<b>" not in page
        assert "kkn-b-sw01" not in seen(browser.get("/traps?device=kkn-a-sw01"))
    with office.browser("school1") as browser:
        page = seen(browser.get("/traps"))
        assert "kkn-a-sw01" in page
        assert "kkn-b-sw01" not in page
        assert "203.0.113.7" not in page
