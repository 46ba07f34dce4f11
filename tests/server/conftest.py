"""One server for all tests of this folder that only read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.server.served import Served, make_office, serving


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server over the sample office."""
    with serving(make_office(tmp_path_factory.mktemp("served") / "office")) as running:
        yield running
