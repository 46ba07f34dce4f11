"""The words of a template: those it gives itself, and those it needs from outside."""

from __future__ import annotations

from jinja2 import nodes
from jinja2.defaults import DEFAULT_NAMESPACE
from jinja2.filters import FILTERS as ALL_FILTERS
from jinja2.meta import find_undeclared_variables
from jinja2.tests import TESTS as ALL_TESTS

# Rendering knows neither: a configuration depends on nothing random.
FILTERS = frozenset(ALL_FILTERS) - {"random"}
_GLOBALS = frozenset(DEFAULT_NAMESPACE) - {"lipsum"}
TESTS = frozenset(ALL_TESTS)

_BUILT_IN = _GLOBALS | {"loop", "caller", "varargs", "kwargs", "self", "super"}


def unknown_functions(tree: nodes.Template) -> list[tuple[int, str, frozenset[str]]]:
    """(line, name, known names) of each filter and each `is` test that does not exist."""
    found = [(n.lineno, n.name, FILTERS) for n in tree.find_all(nodes.Filter)]
    found += [(n.lineno, n.name, TESTS) for n in tree.find_all(nodes.Test)]
    return [(line, name, known) for line, name, known in found if name not in known]


def words_of(tree: nodes.Template) -> tuple[dict[str, int], frozenset[str]]:
    """(needed word -> line of its first use, words given).

    A word the template asks about (`is defined`, `default(...)`) is not needed.

    Errors: `TemplateSyntaxError` for what only compiling finds, such as an unknown filter.
    """
    first: dict[str, int] = {}
    given: set[str] = set()
    for name in tree.find_all(nodes.Name):
        if name.ctx == "load":
            first.setdefault(name.name, name.lineno)
        else:
            given.add(name.name)
    for macro in tree.find_all(nodes.Macro):
        given.add(macro.name)
    outside = find_undeclared_variables(tree) - _BUILT_IN - _asked_about(tree)
    return {word: first[word] for word in sorted(outside & first.keys())}, frozenset(given)


def _asked_about(tree: nodes.Template) -> set[str]:
    asked: set[str] = set()
    for test in tree.find_all(nodes.Test):
        if test.name in {"defined", "undefined"} and isinstance(test.node, nodes.Name):
            asked.add(test.node.name)
    for wish in tree.find_all(nodes.Filter):
        if wish.name in {"default", "d"} and isinstance(wish.node, nodes.Name):
            asked.add(wish.node.name)
    return asked
