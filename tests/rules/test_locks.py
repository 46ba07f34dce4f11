"""The lock files pin every package with hashes, name no index, and agree with each other."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.rules.tree import ROOT, told

LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-playbooks.lock")
PIN = re.compile(
    r"^([a-z0-9-]+)==(\S+)( ; .+)? \\((?:\n    --hash=sha256:[0-9a-f]{64}(?: \\)?)+)$", re.MULTILINE
)


def pins(lock: str) -> dict[str, str]:
    """Package -> version, for every entry that carries at least one hash."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    return {name: version for name, version, _, _ in PIN.findall(text)}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_nothing_but_pins_with_hashes(lock: str) -> None:
    """No index address, no option, no comment with somebody's path, no entry without its hash."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert pins(lock), "no pins found"
    left = [line for line in PIN.sub("", text).splitlines() if line]
    assert not left, told(left[:20])


@pytest.mark.parametrize("lock", [LOCKS[0], LOCKS[2]])
def test_the_test_lock_pins_what_users_get(lock: str) -> None:
    """Tests run on the versions that users get."""
    runtime, tests = pins(lock), pins(LOCKS[1])
    differing = [f"{n}: {v}, {tests.get(n)}" for n, v in runtime.items() if tests.get(n) != v]
    assert not differing, told(differing)


def test_every_declared_dependency_is_locked() -> None:
    """What pyproject.toml asks for stands in the locks."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for lock, wanted in (
        (LOCKS[0], project["dependencies"]),
        (LOCKS[1], project["optional-dependencies"]["dev"]),
        (LOCKS[2], project["optional-dependencies"]["playbooks"]),
    ):
        names = {re.split(r"[\[<>=;, ]", line)[0].lower() for line in wanted}
        assert names - set(pins(lock)) == set(), lock


def test_paramiko_can_still_talk_to_old_switches() -> None:
    """From version 5 on it has no key exchange in common with them."""
    assert int(pins(LOCKS[0])["paramiko"].split(".")[0]) == 4
