"""A running lab with a fresh switch of either platform for every test."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.connections.switch import Switch
from tests.lab import targets

POOL = 100
PLATFORMS = {"cisco_ios": ("ios", 51), "arista_eos": ("eos", 52)}
Pools = dict[str, Iterator[targets.Target]]


@pytest.fixture(scope="session")
def pools(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pools]:
    """The lab; per platform switches that nobody has touched."""
    folder = tmp_path_factory.mktemp("connections-lab")
    network = targets.worker_network()
    rows = [
        targets.device_row(f"{short}-{number:02d}", platform, f"{network}.{third}.{number}")
        for platform, (short, third) in PLATFORMS.items()
        for number in range(1, POOL + 1)
    ]
    started = targets.run_lab("up", str(targets.write_lab(folder, rows, minute_seconds=3.0)))
    assert started.returncode == 0, started.stderr
    state = folder / "state"
    try:
        places = json.loads((state / "addresses.json").read_text(encoding="utf-8"))
        password = (folder / "password").read_text(encoding="utf-8").strip()
        yield {
            platform: iter(
                [
                    targets.Target(
                        state,
                        f"{short}-{number:02d}",
                        platform,
                        **places[f"{short}-{number:02d}"],
                        password=password,
                    )
                    for number in range(1, POOL + 1)
                ]
            )
            for platform, (short, _) in PLATFORMS.items()
        }
    finally:
        assert targets.run_lab("down", str(state)).returncode == 0


@pytest.fixture
def ios(pools: Pools, tmp_path: Path) -> Switch:
    """A fresh IOS switch."""
    return Switch(next(pools["cisco_ios"]), tmp_path)


@pytest.fixture
def eos(pools: Pools, tmp_path: Path) -> Switch:
    """A fresh EOS switch."""
    return Switch(next(pools["arista_eos"]), tmp_path)


@pytest.fixture(params=["cisco_ios", "arista_eos"])
def switch(request: pytest.FixtureRequest, pools: Pools, tmp_path: Path) -> Switch:
    """A fresh switch of each platform in turn."""
    return Switch(next(pools[request.param]), tmp_path)
