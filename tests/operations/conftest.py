"""A desk of its own for every test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.operations.office import Desk, opened_desk


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A new office, whatever the environment of whoever runs the tests says."""
    for name in ("KHAEN_DATA", "KHAEN_DATABASE_URL", "KHAEN_LANG"):
        monkeypatch.delenv(name, raising=False)
    with opened_desk(tmp_path / "office") as opened:
        yield opened
