"""Files and functions small enough to read, under names that say something."""

from __future__ import annotations

import ast

from tests.rules.tree import listed, modules, nodes, parsed, short, told

FOLDERS = ("controller", "tests", "bench")
FILE_LINES = 400
FUNCTION_LINES = 60
BROAD = {"Exception", "BaseException"}
BROAD_ALLOWED = 3
SAY_NOTHING = {
    "base", "common", "core", "data", "handler", "handlers", "helper", "helpers", "manager",
    "managers", "misc", "service", "services", "util", "utils",
}  # fmt: skip


def test_no_file_is_longer_than_400_lines() -> None:
    """Split by idea, not by size."""
    lengths = {p: len(p.read_text(encoding="utf-8").splitlines()) for p in modules(*FOLDERS)}
    faults = [f"{short(p)}: {n} lines" for p, n in lengths.items() if n > FILE_LINES]
    assert not faults, told(faults)


def test_no_function_is_longer_than_60_lines() -> None:
    """From `def` to the last line, docstring included."""
    faults = []
    for path in modules(*FOLDERS):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > FUNCTION_LINES:
                    faults.append(f"{short(path)}:{node.lineno} {node.name}: {length} lines")
    assert not faults, told(faults)


def test_no_name_says_nothing() -> None:
    """Neither a module nor a folder is called after a drawer."""
    faults = [
        short(path)
        for path in listed()
        if short(path).split("/")[0] in FOLDERS
        and SAY_NOTHING & {part.split(".")[0] for part in short(path).split("/")}
    ]
    assert not faults, told(faults)


def test_at_most_three_broad_excepts() -> None:
    """Catching everything is for the outermost edges only.

    A handler that tidies up and raises the same again catches nothing, so it does not count.
    """
    places = [place for place, node in nodes("controller") if _catches_everything(node)]
    assert len(places) <= BROAD_ALLOWED, told(places)


def _catches_everything(node: ast.AST) -> bool:
    if isinstance(node, ast.ExceptHandler):
        last = node.body[-1]
        if isinstance(last, ast.Raise) and last.exc is None:
            return False
        return node.type is None or any(_is_broad(n) for n in ast.walk(node.type))
    suppresses = isinstance(node, ast.Call) and ast.unparse(node.func).endswith("suppress")
    return suppresses and any(_is_broad(n) for n in ast.walk(node))


def _is_broad(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id in BROAD


def test_nothing_is_left_for_later() -> None:
    """No stub: no reminder in the code, nothing that raises because it is not written."""
    words = ("TO" + "DO", "FIX" + "ME", "Not" + "Implemented")
    faults = [
        f"{short(path)}:{number} {line.strip()}"
        for path in modules(*FOLDERS)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if any(word in line for word in words)
    ]
    assert not faults, told(faults)
