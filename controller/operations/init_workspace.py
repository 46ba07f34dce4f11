"""Make a new workspace from the sample office."""

from __future__ import annotations

from pathlib import Path

from controller.workspace.init import make_workspace


def init_workspace(target: Path) -> tuple[str, ...]:
    """Fill the empty or missing folder `target`; the written paths, relative to it, sorted.

    Errors: `InputError` when the folder holds anything or cannot be written.
    """
    return make_workspace(target)
