"""The sample workspace: the repository's own top-level files, one copy of each.

The packaging step runs this file before the package can be imported, so it imports nothing of it.
"""

from __future__ import annotations

import shutil
from pathlib import Path

SAMPLE_FILES = (
    "khaen.toml",
    "inventory",
    "specs",
    "compliance",
    "playbooks",
    "schedules.yaml",
    ".khaen/schemas",
)
"""The files, and the folders with all they hold, that make up the sample."""


def copy_sample(source: Path, target: Path) -> tuple[str, ...]:
    """Copy the sample from `source` into `target`; the paths written, relative to it, sorted."""
    written: list[str] = []
    for name in SAMPLE_FILES:
        top = source / name
        for path in top.rglob("*") if top.is_dir() else (top,):
            if path.is_file() and "__pycache__" not in path.parts:
                relative = path.relative_to(source)
                (target / relative).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target / relative)
                written.append(relative.as_posix())
    return tuple(sorted(written))
