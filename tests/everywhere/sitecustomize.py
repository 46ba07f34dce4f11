"""Puts the tests' PostgreSQL in force in every Python program they start, before it begins.

Python imports a module of this name by itself where its folder is on PYTHONPATH.
"""

from __future__ import annotations

import sys
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import ModuleType
from typing import Any

_APP = "controller.app"


class _Finder(MetaPathFinder):
    """Finds `controller.app` as Python does, and has it take the tests' databases."""

    def find_spec(
        self, name: str, path: Any, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name != _APP:
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and spec.loader is not None:
            run = spec.loader.exec_module

            def exec_module(module: ModuleType) -> None:
                run(module)
                _take(module)

            spec.loader.exec_module = exec_module  # type: ignore[method-assign]
        return spec


def _take(app: ModuleType) -> None:
    root = str(Path(__file__).parents[2])
    if root not in sys.path:
        sys.path.append(root)
    from tests.store.databases import take_databases

    take_databases(app)


sys.meta_path.insert(0, _Finder())
