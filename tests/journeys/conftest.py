"""An office of its own for a module: a new workspace, its devices on free ports, accounts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.office import PEOPLE, Office


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A sample office whose devices run and whose people have accounts."""
    made = Office(tmp_path_factory.mktemp("office") / "work")
    made.init()
    made.khaen("lab", "up", "--share", "--minute-seconds", "2")
    try:
        made.khaen("account", "add", "admin", signs="admin")
        made.login("admin")
        for name in PEOPLE[1:]:
            made.khaen("account", "add", name, signs=name)
        yield made
    finally:
        made.khaen("lab", "down")


@pytest.fixture(scope="session")
def repository() -> Path:
    """The checkout the tests stand in."""
    return Path(__file__).parents[2]
