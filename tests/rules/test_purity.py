"""Where most of the code is, nothing depends on when or where it runs."""

from __future__ import annotations

import ast

import pytest

from tests.rules.tree import PACKAGE, dotted, modules, parsed, short, told

PURE = (
    "plans", "compliance", "health", "processes", "procurement", "servicedesk", "identity",
    "trafficlog", "backups", "schedules", "playbooks", "platforms", "inventory", "specs",
    "facts", "accounts", "settings", "language", "thai", "errors",
)  # fmt: skip
OUTSIDE = {
    "asyncio", "glob", "http", "io", "multiprocessing", "os", "pathlib", "random", "secrets",
    "shutil", "socket", "ssl", "subprocess", "sys", "tempfile", "threading", "time", "urllib",
    "uuid",
}  # fmt: skip
CLOCKS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today"}


EXISTING = [n for n in PURE if (PACKAGE / n).is_dir() or (PACKAGE / f"{n}.py").exists()]


@pytest.mark.parametrize("name", EXISTING)
def test_pure_code_touches_nothing_outside(name: str) -> None:
    """No clock, socket, file or environment below `connections`, `store` and `workspace`.

    Data packed with the code is read through `importlib.resources`, which is allowed.
    """
    single = PACKAGE / f"{name}.py"
    paths = [single] if single.exists() else list(modules(f"controller/{name}"))
    faults = [
        f"{short(path)}:{node.lineno} {what}"
        for path in paths
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Import | ast.ImportFrom | ast.Call)
        for what in _reaches_out(node)
    ]
    assert not faults, told(faults)


def _reaches_out(node: ast.Import | ast.ImportFrom | ast.Call) -> list[str]:
    if isinstance(node, ast.Import):
        return [f"imports {a.name}" for a in node.names if a.name.split(".")[0] in OUTSIDE]
    if isinstance(node, ast.ImportFrom):
        return [f"imports {node.module}"] if (node.module or "").split(".")[0] in OUTSIDE else []
    name = dotted(node.func)
    reads_clock = any(name == clock or name.endswith(f".{clock}") for clock in CLOCKS)
    return [f"calls {name}"] if reads_clock or name == "open" else []
