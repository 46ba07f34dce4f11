"""Whatever goes wrong is said in Thai and in English."""

from __future__ import annotations

import ast
import inspect
import re

from controller import errors
from tests.rules.tree import dotted, modules, nodes, parsed, short, told

ERRORS = {
    name
    for name, value in vars(errors).items()
    if inspect.isclass(value) and issubclass(value, errors.KhaenError)
}
THAI = re.compile(r"[\u0e00-\u0e7f]")
LETTERS = re.compile(r"[A-Za-z]{3,}")


def test_every_error_is_given_a_text_in_two_languages() -> None:
    """The message of an expected error is a `Text`, never a bare string."""
    raised = [(place, call) for place, node in nodes("controller") if (call := _raised(node))]
    assert raised, "no expected error is raised anywhere"
    faults = [f"{place} {ast.unparse(call)[:90]}" for place, call in raised if not _has_text(call)]
    assert not faults, told(faults)


def test_every_text_has_both_languages() -> None:
    """Thai in `th`, English in `en`, neither empty unless both are."""
    texts = [(path, call) for path in modules("controller") for call in _texts(parsed(path))]
    assert texts, "no Text is built anywhere"
    faults = [
        f"{short(path)}:{call.lineno} {problem}"
        for path, call in texts
        if (problem := _problem(call))
    ]
    assert not faults, told(faults)


def _raised(node: ast.AST) -> ast.Call | None:
    call = node.exc if isinstance(node, ast.Raise) else None
    if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ERRORS:
        return call
    return None


def _has_text(call: ast.Call) -> bool:
    """A string, or an f-string, where the message belongs is the only way to get it wrong."""
    place = 1 if isinstance(call.func, ast.Name) and call.func.id == "DeviceError" else 0
    words = {k.arg: k.value for k in call.keywords}
    message = words.get("message", call.args[place] if len(call.args) > place else None)
    return message is not None and not isinstance(message, ast.Constant | ast.JoinedStr)


def _texts(module: ast.Module) -> list[ast.Call]:
    """The calls of `Text`, where the module means ours by that name and not the terminal's."""
    names = [
        alias.name
        for node in module.body
        if isinstance(node, ast.ImportFrom) and node.module == "controller.errors"
        for alias in node.names
    ]
    calls = [n for n in ast.walk(module) if isinstance(n, ast.Call) and dotted(n.func) == "Text"]
    own = any(isinstance(n, ast.ClassDef) and n.name == "Text" for n in module.body)
    return calls if own or "Text" in names else []


def _problem(call: ast.Call) -> str:
    words = {k.arg: k.value for k in call.keywords}
    both = dict(zip(("th", "en"), call.args, strict=False)) | words
    if set(both) != {"th", "en"}:
        return f"has {sorted(str(name) for name in both)}"
    thai, english = _fixed_words(both["th"]), _fixed_words(both["en"])
    if (thai == "") != (english == ""):
        return "is empty in one language"
    if thai == english:  # a command to type, or all of it computed
        return ""
    if thai and LETTERS.search(thai) and not THAI.search(thai):
        return f"has no Thai in th: {thai[:60]}"
    if english and THAI.search(english) and not LETTERS.search(english):
        return f"has no English in en: {english[:60]}"
    return ""


def _fixed_words(node: ast.expr) -> str | None:
    """The literal words of an expression; None when all of it is computed."""
    parts = [n.value for n in ast.walk(node) if isinstance(n, ast.Constant)]
    strings = [part for part in parts if isinstance(part, str)]
    return "".join(strings) if strings else None
