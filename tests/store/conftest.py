"""Passwords that are hashed quickly: with the real algorithm, but hardly any work."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from controller.store import passwords


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """The least work argon2 allows but one step, so that there is something weaker still."""
    quick = PasswordHasher(time_cost=2, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", quick)
