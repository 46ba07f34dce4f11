"""The platforms whose health can be watched: every folder with an `identity.yaml`, and the tables.

Of most of them nothing more is known (no `platform.yaml`): they are polled, never pushed to.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_NAME = re.compile(r"^([a-z][\w-]*):", re.MULTILINE)


@cache
def watched_platforms() -> frozenset[str]:
    """The names of all platforms we can watch: folders, and systems of the tables."""
    return watched_folders() | _of_the_tables()


@cache
def watched_folders() -> frozenset[str]:
    """The folder names of those we read more of than what it is."""
    return _with("identity.yaml")


@cache
def only_watched() -> frozenset[str]:
    """Those that nothing can be pushed to."""
    return watched_platforms() - _with("platform.yaml")


def _of_the_tables() -> frozenset[str]:
    """Names only, without reading YAML: this is needed whenever a workspace is read."""
    tables = files("controller.platforms") / "systems"
    texts = (f.read_text(encoding="utf-8") for f in tables.iterdir() if f.name.endswith(".yaml"))
    return frozenset(name for text in texts for name in _NAME.findall(text))


def _with(file: str) -> frozenset[str]:
    here = files("controller.platforms")
    return frozenset(f.name for f in here.iterdir() if (f / file).is_file())
