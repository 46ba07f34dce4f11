"""One office for all tests of this folder; each opens cases of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.api.callers import Callers, calling


@pytest.fixture(scope="session")
def callers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callers]:
    """The API and its callers."""
    with calling(tmp_path_factory.mktemp("api") / "office") as made:
        yield made
