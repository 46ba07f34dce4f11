"""One verb, one operation, one permission, and a door that leads to it."""

from __future__ import annotations

import ast
from typing import Any

import yaml

from controller.accounts.actor import PERMISSIONS
from tests.rules.tree import DOORS, PACKAGE, ROOT, listed, parsed, told

EXEMPT: dict[str, dict[str, str]] = yaml.safe_load(
    (ROOT / "tests/rules/exemptions.yaml").read_text(encoding="utf-8")
)


def operations() -> dict[str, ast.Module]:
    """File name -> syntax tree of every operation."""
    paths = [p for p in (PACKAGE / "operations").glob("*.py") if p.stem != "__init__"]
    assert paths, "there are no operations"
    return {path.stem: parsed(path) for path in sorted(paths)}


def verbs() -> set[str]:
    """The operations whose file holds a public function of the same name."""
    found = operations()
    return {
        name
        for name, module in found.items()
        if any(isinstance(n, ast.FunctionDef) and n.name == name for n in module.body)
    }


def used_by_doors() -> set[str]:
    """The operation modules that any door imports."""
    found: set[str] = set()
    for path in listed():
        if path.suffix != ".py" or not any(PACKAGE / door in path.parents for door in DOORS):
            continue
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.ImportFrom) and node.module:
                found |= {node.module, *(f"{node.module}.{a.name}" for a in node.names)}
    prefix = "controller.operations."
    return {name.removeprefix(prefix) for name in found if name.startswith(prefix)}


def test_every_operation_has_the_name_of_its_verb() -> None:
    """`operations/plan_change.py` holds `plan_change`."""
    faults = sorted(set(operations()) - verbs() - set(EXEMPT["not_verbs"]))
    assert not faults, told(faults)


def test_every_operation_has_a_door() -> None:
    """Something a person can do can be reached by a person."""
    faults = sorted(verbs() - used_by_doors() - set(EXEMPT["without_door"]))
    assert not faults, told(faults)


def test_every_permission_is_asked_for() -> None:
    """A permission that no operation requires protects nothing."""
    asked = {
        node.value
        for module in operations().values()
        for node in ast.walk(module)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    faults = sorted(set(PERMISSIONS) - asked - set(EXEMPT["permissions"]))
    assert not faults, told(faults)


def test_every_exemption_is_explained_and_still_needed() -> None:
    """An exemption says why, and goes when its reason goes."""
    assert set(EXEMPT) == {"not_verbs", "without_door", "permissions"}
    unexplained = [n for part in EXEMPT.values() for n, why in part.items() if not _reason(why)]
    assert not unexplained, f"say why, in a sentence: {unexplained}"
    assert set(EXEMPT["not_verbs"]) <= set(operations()) - verbs()
    assert set(EXEMPT["without_door"]) <= verbs() - used_by_doors()
    assert set(EXEMPT["permissions"]) <= set(PERMISSIONS)


def _reason(why: Any) -> bool:
    return isinstance(why, str) and len(why.split()) > 3
