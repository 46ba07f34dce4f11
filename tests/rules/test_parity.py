"""What a person can do has three doors, command line, API and web, to the same operation.

tests/api/test_parity.py asks more of the API: an address with the operation's own name.
"""

from __future__ import annotations

import ast
from functools import cache
from typing import Any

import pytest
import yaml

from tests.rules.tree import PACKAGE, ROOT, modules, parsed, told

DOORS = ("cli", "web")
SHARED = "shared"
EXEMPT: dict[str, dict[str, str]] = yaml.safe_load(
    (ROOT / "tests/rules/parity.yaml").read_text(encoding="utf-8")
)


@cache
def operations() -> frozenset[str]:
    """The files of operations that hold something a person asks: a function `(context, …)`."""
    return frozenset(
        path.stem
        for path in (PACKAGE / "operations").glob("*.py")
        if any(_is_asked(node) for node in parsed(path).body)
    )


def _is_asked(node: ast.stmt) -> bool:
    if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
        return False
    return [argument.arg for argument in node.args.args[:1]] == ["context"]


@cache
def reached_from(door: str) -> frozenset[str]:
    """The operations a door imports, or something out of them."""
    found: set[str] = set()
    for path in modules(f"controller/{door}"):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.ImportFrom) and node.module == "controller.operations":
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                package, _, name = node.module.rpartition(".")
                found |= {name} if package == "controller.operations" else set()
    return frozenset(found)


def wanted() -> frozenset[str]:
    """What each door should lead to."""
    return operations() - set(EXEMPT[SHARED])


@pytest.mark.parametrize("door", DOORS)
def test_every_operation_has_this_door(door: str) -> None:
    """Or tests/rules/parity.yaml says why not."""
    assert operations(), "no operation found"
    faults = sorted(wanted() - reached_from(door) - set(EXEMPT[door]))
    assert not faults, told(faults)


@pytest.mark.parametrize("door", DOORS)
def test_every_exemption_is_explained_and_needed(door: str) -> None:
    """It goes when its reason goes."""
    unexplained = [name for name, why in EXEMPT[door].items() if not _reason(why)]
    assert not unexplained, f"say why, in a sentence: {unexplained}"
    needless = sorted(set(EXEMPT[door]) - (wanted() - reached_from(door)))
    assert not needless, told(needless)


def test_what_operations_share_exists_and_is_explained() -> None:
    """Steps that other operations have in common stand in the file with a reason."""
    assert set(EXEMPT) == {SHARED, *DOORS}
    assert set(EXEMPT[SHARED]) <= operations()
    unexplained = [name for name, why in EXEMPT[SHARED].items() if not _reason(why)]
    assert not unexplained, f"say why, in a sentence: {unexplained}"


def _reason(why: Any) -> bool:
    return isinstance(why, str) and len(why.split()) > 3
