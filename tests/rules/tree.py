"""The project's own files, as the rules look at them."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "controller"
DOORS = ("cli", "api", "web", "worker")


@cache
def listed() -> tuple[Path, ...]:
    """Every file a clone would have: what git tracks, and what it would track if asked."""
    told = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    paths = (ROOT / name for name in sorted(set(told.stdout.split("\0")) - {""}))
    return tuple(path for path in paths if path.is_file())


def modules(*folders: str) -> tuple[Path, ...]:
    """The Python files below these folders of the repository, at least one."""
    places = [ROOT / folder for folder in folders]
    found = tuple(p for p in listed() if p.suffix == ".py" and any(f in p.parents for f in places))
    assert found, f"no Python below {folders}"
    return found


@cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def nodes(folder: str) -> Iterator[tuple[str, ast.AST]]:
    """(place, node) for every node of every Python file below `folder`; place is `file:line`."""
    for path in modules(folder):
        for node in ast.walk(parsed(path)):
            yield f"{short(path)}:{getattr(node, 'lineno', 0)}", node


def short(path: Path) -> str:
    """The path as people of the project write it."""
    return path.relative_to(ROOT).as_posix()


def dotted(node: ast.AST) -> str:
    """`a.b.c` for a name or an attribute of a name, otherwise an empty string."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        left = dotted(node.value)
        return f"{left}.{node.attr}" if left else ""
    return ""


def told(faults: list[str]) -> str:
    """The faults, one a line, for an assertion's message."""
    return "\n".join(["", *faults])
