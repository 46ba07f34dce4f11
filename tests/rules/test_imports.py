"""The import contracts hold, and each of them would notice if it were broken."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from importlinter import configuration
from importlinter.application import output, use_cases

from tests.rules.tree import PACKAGE, ROOT, short

CONTRACTS: list[dict[str, Any]] = tomllib.loads(
    (ROOT / "pyproject.toml").read_text(encoding="utf-8")
)["tool"]["importlinter"]["contracts"]

# One line that breaks the contract, and the module it is added to.
BREAKS = {
    "layers": ("plans/plan.py", "import controller.store"),
    "lab-stands-alone": ("lab/__init__.py", "import controller.errors"),
    "device-libraries": ("operations/__init__.py", "import netmiko"),
    "lab-servers": ("connections/__init__.py", "import asyncssh"),
    "nornir": ("operations/__init__.py", "import nornir"),
    "dbos": ("store/__init__.py", "import dbos"),
    "doors": ("operations/__init__.py", "import rich.table"),
    "paper-libraries": ("operations/__init__.py", "import docx"),
    "sql": ("runs/__init__.py", "import sqlalchemy"),
    "archive": ("polling/__init__.py", "import duckdb"),
}


def test_every_import_contract_is_kept() -> None:
    """`lint-imports` passes on the tree as it is."""
    configuration.configure()
    with output.console.capture() as printed:
        kept = use_cases.lint_imports(str(ROOT / "pyproject.toml"), cache_dir=None, no_logo=True)
    assert kept, printed.get()


def test_every_contract_is_tried() -> None:
    """No contract without a line that breaks it."""
    assert set(BREAKS) == {contract["id"] for contract in CONTRACTS}


@pytest.mark.parametrize("contract", sorted(BREAKS))
def test_a_contract_notices_when_it_is_broken(contract: str, tmp_path: Path) -> None:
    """A copy of the tree with one forbidden import fails exactly this contract."""
    module, line = BREAKS[contract]
    shutil.copytree(PACKAGE, tmp_path / "controller", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    with (tmp_path / "controller" / module).open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    linted = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--contract", contract],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    name = next(c["name"] for c in CONTRACTS if c["id"] == contract)
    assert linted.returncode == 1, linted.stdout + linted.stderr
    assert re.search(rf"{re.escape(name)}\W+BROKEN", linted.stdout), linted.stdout


def test_a_place_kept_free_is_still_free() -> None:
    """A package that exists stands in the layers without parentheses."""
    layers = next(c["layers"] for c in CONTRACTS if c["id"] == "layers")
    kept = re.findall(r"\((\w+)\)", " ".join(layers))
    assert kept, "no optional layer found: has the way of writing them changed?"
    taken = [
        n for n in kept if (PACKAGE / n / "__init__.py").exists() or (PACKAGE / f"{n}.py").exists()
    ]
    assert not taken, f"exists now, take the parentheses off in pyproject.toml: {taken}"


def test_platforms_know_nothing_of_each_other() -> None:
    """No file in one platform's folder names another platform."""
    folders = sorted(p for p in (PACKAGE / "platforms").iterdir() if (p / "platform.yaml").exists())
    assert len(folders) > 1, "the platforms are not there yet"
    for folder in folders:
        for file in (p for p in folder.rglob("*") if p.suffix in {".py", ".yaml"}):
            text = file.read_text(encoding="utf-8")
            named = [o.name for o in folders if o != folder and re.search(rf"\b{o.name}\b", text)]
            assert not named, f"{short(file)} names {named}"
