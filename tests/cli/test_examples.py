"""Each command shows at least one example in its help, and every example can be typed."""

from __future__ import annotations

from typing import Any

import typer

from controller.cli.examples import add_examples, examples
from controller.cli.main import app
from tests.rules.test_documented import COMMANDS
from tests.rules.tree import told

ROOT = add_examples(typer.main.get_command(app))


def command_of(words: tuple[str, ...]) -> tuple[Any, tuple[str, ...], list[str]]:
    """The command that words lead to, its own words, and the rest."""
    place, rest, own = ROOT, list(words[1:]), ["khaen"]
    while rest and rest[0] in getattr(place, "commands", {}):
        own.append(rest[0])
        place = place.commands[rest.pop(0)]
    return place, tuple(own), rest


def test_every_command_has_an_example() -> None:
    """A group shows those of its commands."""
    shown = {command_of(one.words)[1] for one in examples()}
    groups = {words[:-1] for words in COMMANDS}
    leaves = COMMANDS - groups
    faults = [" ".join(words) for words in sorted(leaves - shown)]
    assert not faults, told([f"controller/cli/examples.txt has none of {name}" for name in faults])
    for words in COMMANDS:
        assert "Examples:" in command_of(words)[0].epilog, words


def test_every_example_can_be_typed() -> None:
    """Its options exist and what it needs is there; nothing is carried out."""
    faults = []
    for one in examples():
        command, own, rest = command_of(one.words)
        try:
            command.make_context(own[-1], rest)
        except typer.TyperException as error:
            faults.append(f"{one.line}: {error.format_message()}")
    assert not faults, told(faults)
