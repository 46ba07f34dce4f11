"""Finds the tables of cases: `cases/<platform>/<what>.yaml`, a list of rows each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

CASES = Path(__file__).parent / "cases"


def rows(what: str) -> list[Any]:
    """Every row of every platform's table of this name, as pytest parameters (platform, row)."""
    found = []
    for path in sorted(CASES.glob(f"*/{what}.yaml")):
        for number, row in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")), start=1):
            name = row.get("name") or str(row.get("text"))[:40]
            found.append(
                pytest.param(path.parent.name, row, id=f"{path.parent.name}-{number}-{name}")
            )
    return found
