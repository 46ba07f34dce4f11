"""One lab for all tests of runs; each test takes devices that nobody has touched."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.runs.lab import Lab, LabDevice, rows_of, running_lab
from tests.runs.scene import Scene, open_scene

IOS, EOS = 90, 160
Stage = Callable[..., Scene]


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A running lab."""
    rows = rows_of("cisco_ios", "ios", 11, IOS) + rows_of("arista_eos", "eos", 12, EOS)
    with running_lab(tmp_path_factory.mktemp("lab"), rows) as running:
        yield running


@pytest.fixture(scope="session")
def fresh(lab: Lab) -> dict[str, Iterator[LabDevice]]:
    """Per platform an iterator of untouched devices."""
    return {
        name: iter([d for d in lab.devices if d.platform == name])
        for name in ("cisco_ios", "arista_eos")
    }


@pytest.fixture
def stage(lab: Lab, fresh: dict[str, Iterator[LabDevice]], tmp_path: Path) -> Iterator[Stage]:
    """Makes a scene with so many IOS and EOS devices, and a rollout policy."""
    password = lab.password_file.read_text(encoding="utf-8").strip()
    with ExitStack() as closing:

        def made(*, ios: int = 0, eos: int = 0, url: str = "", **policy: int) -> Scene:
            devices = [next(fresh["cisco_ios"]) for _ in range(ios)]
            devices += [next(fresh["arista_eos"]) for _ in range(eos)]
            return closing.enter_context(open_scene(tmp_path, devices, password, url, **policy))

        yield made
