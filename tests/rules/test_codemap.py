"""ARCHITECTURE.md's codemap says what the packages say of themselves."""

from __future__ import annotations

import ast
import re

from tests.rules.tree import PACKAGE, ROOT, parsed, short, told


def codemap() -> dict[str, str]:
    """Package -> what the table `| package | what lives there |` says of it."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    _, heading, table = text.partition("| package | what lives there |\n")
    assert heading, "ARCHITECTURE.md has no codemap"
    rows = re.findall(r"\A(?:\|.*\|\n)+", table)[0]
    return dict(re.findall(r"^\| `?(\w+)`? \| (.+?) \|$", rows, re.MULTILINE))


def described() -> dict[str, str]:
    """Package (or single module) of `controller` -> its docstring."""
    packages = {p.parent.name: p for p in PACKAGE.glob("*/__init__.py")}
    single = {p.stem: p for p in PACKAGE.glob("*.py") if p.stem != "__init__"}
    found = {n: ast.get_docstring(parsed(p)) for n, p in {**packages, **single}.items()}
    return {name: " ".join((text or "").split()) for name, text in found.items()}


def test_every_package_says_what_lives_in_it() -> None:
    """Every package of the tree has a docstring."""
    packages = sorted(PACKAGE.rglob("__init__.py"))
    faults = [short(p) for p in packages if not ast.get_docstring(parsed(p))]
    assert not faults, told(faults)


def test_the_codemap_lists_every_package_and_nothing_else() -> None:
    """A package in the map exists, one that exists is in the map."""
    assert sorted(codemap()) == sorted(described())


def test_the_codemap_quotes_the_first_sentence_of_each_docstring() -> None:
    """Word for word, so that neither can drift from the other."""
    docstrings = described()
    faults = [
        f"{name}: the map says “{words}”, the docstring begins “{docstrings.get(name, '')[:120]}”"
        for name, words in codemap().items()
        if words != _first_sentence(docstrings.get(name, ""))
    ]
    assert not faults, told(faults)


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=\.)\s", text, maxsplit=1)[0]
