"""The page that searches all configurations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from controller.app import open_app
from controller.operations.back_up_devices import keep_backups
from tests.server.served import Served, make_office, seen, serving

AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
TEXT = "hostname <b>a\nsnmp-server community sesame RO\ninterface Vlan9\n shutdown\nend\n"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A served office with a backup of one device."""
    root = make_office(tmp_path_factory.mktemp("search") / "office", ("engineer1", "school1"))
    with open_app(root) as opened:
        context = replace(opened, clock=lambda: AT, secrets=dict)
        device = next(d for d in context.inventory().devices if d.name == "kkn-a-sw01")
        keep_backups(context, "engineer1", (device,), {device.name: TEXT})
    lab = root / "var" / "lab"
    lab.mkdir(parents=True, exist_ok=True)
    (lab / "snmp_ro").write_text("kept-between-us", encoding="utf-8")
    with serving(root) as running:
        yield running


def test_the_page(office: Served) -> None:
    """Made anew after the office named a secret, lines are found with their sections."""
    with office.browser("engineer1") as browser:
        assert "khaen backup index" in seen(browser.get("/configurations?q=hostname"))
    with open_app(office.root) as context:
        from controller.operations.index_configurations import index_stale

        index_stale(context, "engineer1")
    with office.browser("engineer1") as browser:
        page = seen(browser.get("/configurations?q=shutdown&when=ever"))
        assert "Vlan9" in page
        assert "kkn-a-sw01" in page
        assert "&lt;b&gt;a" in seen(browser.get("/configurations?q=hostname"))
        assert "kkn-a-sw01" not in seen(browser.get("/configurations?q=sesame&when=ever"))
        assert "ไม่พบ" in seen(browser.get("/configurations?q=hostname&when=date&at=2026-11-19"))
        assert "regex" in seen(browser.get("/configurations?q=(&regex=1"))
        assert "ระบุวันที่" in seen(browser.get("/configurations?q=a&when=date"))
        assert browser.get("/configurations/export.zip").content.startswith(b"PK")
    with office.browser("school1") as browser:
        assert "kkn-a-sw01" not in browser.get("/configurations?q=hostname").text
