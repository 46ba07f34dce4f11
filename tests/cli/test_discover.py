"""`khaen discover` writes what it found where one says, and never into the inventory."""

from __future__ import annotations

from pathlib import Path

import pytest

from controller.cli.discover import _check_outside
from controller.errors import InputError


def test_the_inventory_is_no_place_for_what_was_found(tmp_path: Path) -> None:
    """By whichever way it is named."""
    (tmp_path / "inventory/sites").mkdir(parents=True)
    _check_outside(tmp_path, tmp_path / "found.diff")
    for name in ("inventory/sites/x.yaml", "inventory/../inventory/found.diff"):
        with pytest.raises(InputError):
            _check_outside(tmp_path, tmp_path / name)
