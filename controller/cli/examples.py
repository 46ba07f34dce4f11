"""Examples of every command, as `--help` shows them at its end; they stand in `examples.txt`."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Any

_OF_A_GROUP = 4


@dataclass(frozen=True)
class Example:
    """A line as one types it, and its words; `said` is a comment, mostly empty."""

    line: str
    words: tuple[str, ...]
    said: str


def examples() -> tuple[Example, ...]:
    """All of them, in the order of the file."""
    return tuple(_examples())


def _examples() -> Iterator[Example]:
    text = resources.files("controller.cli").joinpath("examples.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            typed, _, said = line.partition("  # ")
            words = shlex.split(typed.split(" >")[0])
            yield Example(typed, tuple(words), said)


def add_examples(command: Any) -> Any:
    """The same command line, each command's help with its examples at the end."""
    for example in examples():
        place = group = command
        for word in example.words[1:]:
            below = getattr(place, "commands", {}).get(word)
            if below is None:
                break
            place, group = below, place
        if place is not command:
            _add(place, example)
            if group is not command and (group.epilog or "").count("\n") <= _OF_A_GROUP:
                _add(group, example)
    return command


def _add(command: Any, example: Example) -> None:
    # The sign at the start keeps the lines as they are; without it they would run together.
    if not command.epilog:
        command.epilog = "\b\nExamples:"
    said = f"  # {example.said}" if example.said else ""
    command.epilog += f"\n  {example.line}{said}"
