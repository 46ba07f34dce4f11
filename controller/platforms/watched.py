"""The platforms whose health can be watched: every folder with an `identity.yaml`.

Of some of them nothing more is known (no `platform.yaml`): they are polled, never pushed to.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def watched_platforms() -> frozenset[str]:
    """The folder names of all platforms we can watch."""
    return _with("identity.yaml")


@cache
def only_watched() -> frozenset[str]:
    """Those of them that nothing can be pushed to."""
    return watched_platforms() - _with("platform.yaml")


def _with(file: str) -> frozenset[str]:
    here = files("controller.platforms")
    return frozenset(f.name for f in here.iterdir() if (f / file).is_file())
