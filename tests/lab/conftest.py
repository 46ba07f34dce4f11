"""A running lab with enough fresh devices for every test."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.lab.clients import netmiko_session
from tests.lab.targets import POOL, Target, device_row, run_lab, worker_network, write_lab


@pytest.fixture(scope="session")
def pools(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Iterator[Target]]]:
    """A running lab; per platform an iterator of fresh devices."""
    folder = tmp_path_factory.mktemp("lab")
    network = worker_network()
    rows = [
        device_row(f"{short}-{number:02d}", platform, f"{network}.{third}.{number}")
        for platform, short, third in (("cisco_ios", "ios", 1), ("arista_eos", "eos", 2))
        for number in range(1, POOL + 1)
    ]
    started = run_lab("up", str(write_lab(folder, rows)))
    assert started.returncode == 0, started.stderr
    state_dir = folder / "state"
    try:
        places = json.loads((state_dir / "addresses.json").read_text(encoding="utf-8"))
        password = (folder / "password").read_text(encoding="utf-8").strip()
        yield {
            platform: iter(
                [
                    Target(
                        state_dir,
                        str(row["name"]),
                        platform,
                        **places[row["name"]],
                        password=password,
                    )
                    for row in rows
                    if row["platform"] == platform
                ]
            )
            for platform in ("cisco_ios", "arista_eos")
        }
    finally:
        assert run_lab("down", str(state_dir)).returncode == 0


@pytest.fixture
def ios(pools: dict[str, Iterator[Target]]) -> Target:
    """A fresh IOS switch."""
    return next(pools["cisco_ios"])


@pytest.fixture
def eos(pools: dict[str, Iterator[Target]]) -> Target:
    """A fresh EOS switch."""
    return next(pools["arista_eos"])


@pytest.fixture(scope="module")
def one_ios(pools: dict[str, Iterator[Target]]) -> Target:
    """One IOS switch for all tests of a module that only look."""
    return next(pools["cisco_ios"])


@pytest.fixture(scope="module")
def ios_session(one_ios: Target) -> Iterator[Any]:
    """One netmiko session for tests that only look."""
    with netmiko_session(one_ios) as session:
        yield session
