"""Where recordings of real devices lie beside a checkout; tests that need them skip without."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.rules.tree import ROOT


def recorded(*parts: str) -> Path:
    """A folder or file of the recorded material; skips the test where it is not there."""
    folder = Path(os.environ.get("KHAEN_RECORDED") or ROOT.parent / "shared" / "recorded")
    found = folder.joinpath(*parts)
    if not found.exists():
        pytest.skip("the recorded material is not beside this checkout")
    return found
