"""Writes docs/compliance-cases.md: what ours answers to the peers' own cases.

    python -m tests.configuration.table

Each module of `MODULES` has `TITLE`, `ADAPTER` (a list in Markdown: what is the adapter's and not
the engine's), `ON_PURPOSE` (why a case is answered otherwise, by its name) and `answers()`: things
with `case` (`category/name`), `platform`, `same`, and `known` where we may not know the platform.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from tests.rules.tree import ROOT

FILE = ROOT / "docs" / "compliance-cases.md"
MODULES = ("reading_cases", "mending_cases", "hiding_cases")
_HEAD = """# The peers' cases

How ours answers the test cases that its peers keep for themselves: those of netutils, hier_config,
Nautobot Golden Config and Oxidized, recorded beside the checkout (`recorded/config`; which version
of whose is in its `INDEX.md`). The engine is ours and uses none of them. *Answered* means the same
answer as the peer's; *otherwise* that ours differs on purpose, for the reason told; *not known*
are cases of platforms that the project does not know and does not claim.

This file is written by `python -m tests.configuration.table`, and a test compares it.
"""


def written() -> str:
    """The whole page."""
    parts = [_HEAD]
    for name in MODULES:
        if find_spec(f"tests.configuration.{name}") is not None:
            parts += _section(import_module(f"tests.configuration.{name}"))
    return "\n".join(parts)


def _section(module: Any) -> Iterator[str]:
    answers = list(module.answers())
    answered = sum(answer.same for answer in answers)
    yield f"## {module.TITLE}\n"
    yield f"{answered} of {len(answers)} cases are answered as the peers do.\n"
    yield from _counted(answers, "Category", lambda answer: answer.case.partition("/")[0])
    yield from _counted(answers, "Platform", lambda answer: answer.platform)
    others = [answer for answer in answers if not answer.same]
    if others:
        yield "| Case | Why it is not answered so |"
        yield "|---|---|"
        yield from (f"| {a.case} | {module.ON_PURPOSE.get(a.case, '**wrong**')} |" for a in others)
        yield ""
    yield "What is the adapter's, and not the engine's:\n"
    yield module.ADAPTER


def _counted(answers: list[Any], title: str, key: Any) -> Iterator[str]:
    counts: dict[str, Counter[str]] = {}
    for answer in answers:
        counts.setdefault(key(answer), Counter())[_state(answer)] += 1
    yield f"| {title} | Cases | Answered | Otherwise | Not known: answered | Not known: otherwise |"
    yield "|---|---|---|---|---|---|"
    states = ("answered", "otherwise", "unknown answered", "unknown otherwise")
    for name, count in sorted(counts.items()):
        cells = " | ".join(str(count[state] or "") for state in states)
        yield f"| {name} | {count.total()} | {cells} |"
    yield ""


def _state(answer: Any) -> str:
    state = "answered" if answer.same else "otherwise"
    return state if getattr(answer, "known", True) else f"unknown {state}"


if __name__ == "__main__":
    FILE.write_text(written(), encoding="utf-8")
