"""The hostile office, served, and read through once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.server.security.crawl import Crawled, crawl
from tests.server.security.hostile import Hostile, make_hostile
from tests.server.served import Served, serving


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Hostile:
    """The office."""
    return make_hostile(tmp_path_factory.mktemp("hostile") / "office")


@pytest.fixture(scope="session")
def open_to_all(hostile: Hostile) -> Iterator[Served]:
    """A server over it."""
    with serving(hostile.root) as running:
        yield running


@pytest.fixture(scope="session")
def crawled(open_to_all: Served, hostile: Hostile) -> Crawled:
    """Every answer to every reader."""
    return crawl(open_to_all, hostile)
