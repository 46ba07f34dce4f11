"""One server for all tests of this folder that only read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.server.history import SECRET, History, fill_log, make_history
from tests.server.served import Served, make_office, serving


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server over the sample office."""
    with serving(make_office(tmp_path_factory.mktemp("served") / "office")) as running:
        yield running


@pytest.fixture(scope="session")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, History]]:
    """A server over an office where a run has ended badly, with a long log and an outbox."""
    people = ("admin", "engineer1", "officer1", "director", "auditor1", "school1")
    root = make_office(tmp_path_factory.mktemp("story") / "office", people)
    made = make_history(root)
    fill_log(root, made.case)
    (root / "var/lab").mkdir()
    (root / "var/lab/snmp_ro").write_text(SECRET, encoding="utf-8")
    with serving(root) as running:
        yield running, made
