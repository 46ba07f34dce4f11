"""Every setting, environment variable and command is documented, and the documents do not lie."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import typer
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from controller.cli.main import app
from controller.settings import Settings
from tests.rules.tree import ROOT, modules, told

CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
VARIABLE = re.compile(r"\bKHAEN_[A-Z_]+\b")


def documents() -> str:
    """README.md and every page in docs, ADRs left out: they tell of their own day."""
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    return "\n".join(page.read_text(encoding="utf-8") for page in pages)


def settings(model: type[BaseModel], prefix: str = "") -> Iterator[tuple[str, FieldInfo]]:
    """(dotted name, field) of every setting that is a value."""
    for name, field in model.model_fields.items():
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            yield from settings(inner, f"{prefix}{name}.")
        else:
            yield prefix + name, field


def commands(group: Any, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The words of every visible command, and of every group."""
    for name, command in getattr(group, "commands", {}).items():
        if not command.hidden:
            yield (*words, name)
            yield from commands(command, (*words, name))


COMMANDS = set(commands(typer.main.get_command(app), ("khaen",)))


def test_every_setting_is_documented_with_its_default() -> None:
    """docs/settings.md has a row `| `name` | default | meaning |` for each."""
    text = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([\w.]+)` \| `?(.+?)`? \| .+ \|$", text, re.MULTILINE))
    names = dict(settings(Settings))
    documented = {name: told for name, told in rows.items() if not VARIABLE.match(name)}
    assert sorted(documented) == sorted(names)
    faults = [
        f"{name}: the default is {_default(field)}, the page says {rows[name]}"
        for name, field in names.items()
        if rows[name] != _default(field)
    ]
    assert not faults, told(faults)


def _default(field: FieldInfo) -> str:
    value: Any = field.get_default(call_default_factory=True)
    return json.dumps(value, ensure_ascii=False) if value not in (None, {}, ()) else "none"


def test_every_environment_variable_is_documented() -> None:
    """And none is documented that nothing reads."""
    code = "\n".join(p.read_text(encoding="utf-8") for p in modules("controller"))
    page = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
    assert set(VARIABLE.findall(code)) == set(VARIABLE.findall(page))


def test_every_command_is_documented() -> None:
    """Each command stands, as one types it, in README.md or a page of docs."""
    assert COMMANDS, "the command line has no commands"
    code = " ".join(" ".join(part.split()) for part in CODE.findall(documents()))
    faults = [" ".join(words) for words in sorted(COMMANDS) if " ".join(words) not in code]
    assert not faults, told(faults)


def test_no_document_names_a_command_that_does_not_exist() -> None:
    """`khaen WORD ...` in a document's code is a command of the program."""
    groups = {words for words in COMMANDS if any(w[:-1] == words for w in COMMANDS)}
    typed = {
        tuple(line.split())
        for part in CODE.findall(documents())
        for line in re.findall(r"(?:^|[\s`/])(khaen(?: [a-z-]+)+)", part)
    }
    assert typed, "no document shows a command"
    faults = [" ".join(words) for words in sorted(typed) if not _exists(words, groups)]
    assert not faults, told(faults)


def _exists(words: tuple[str, ...], groups: set[tuple[str, ...]]) -> bool:
    if words[1].startswith("-"):
        return True
    if words[:2] in groups and len(words) > 2 and not words[2].startswith("-"):
        return words[:3] in COMMANDS
    return words[:2] in COMMANDS
