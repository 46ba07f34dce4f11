"""`khaen graph` and `khaen archive` as people type them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from controller.store.archive import Archive
from tests.journeys.office import Office
from tests.store.archive.polls import STEP, polled


@pytest.mark.slow
def test_a_graph_and_the_archive_behind_it(tmp_path: Path) -> None:
    """Drawn with letters for people, JSON for programs; the archive is merged and purged."""
    office = Office(tmp_path / "work")
    office.init()
    office.khaen("account", "add", "engineer1", signs="engineer1")
    office.login("engineer1")
    now = datetime.now(UTC)
    archive = Archive(office.root / "var/archive")
    archive.append([polled("kkn-a-sw01", now - n * STEP, 4e6) for n in range(1, 13)])
    archive.append([polled("kkn-a-sw01", now - timedelta(days=60))])
    archive.close()
    traffic = ("graph", "kkn-a-sw01", "traffic", "--port", "Gi0/1", "--range", "day")
    shown = office.khaen(*traffic).out
    assert "mean 4 Mbit/s, highest 4 Mbit/s" in shown
    assert "█" in shown
    assert "·" in shown
    assert "nothing was measured in this time" in shown  # of what went out nobody knows
    (incoming, _) = office.khaen(*traffic, "--json").json["lines"]
    assert (incoming["samples"], max(v or 0 for v in incoming["max"])) == (12, 4e6)
    assert "did you mean cpu" in office.khaen("graph", "kkn-a-sw01", "cpus", expect=2).err
    assert "not merged yet" in office.khaen("archive", "show").out
    assert {one["level"] for one in office.khaen("archive", "compact", "--json").json["levels"]} > {
        "raw",
        "hourly",
    }
    would = office.khaen("archive", "purge", "--dry-run").out
    assert "3 files would go" in would
    assert "3 files are gone" in office.khaen("archive", "purge").out
    assert office.khaen("archive", "purge", "--json").json["forgotten"] == []
