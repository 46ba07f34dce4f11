"""YAML as Ansible writes it, with its tags, read as nodes that know where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from controller.errors import Problem, Text

_TRUE = frozenset({"true", "yes", "on", "y", "t", "1"})
_FALSE = frozenset({"false", "no", "off", "n", "f", "0"})
ENCRYPTED = "!vault"


@dataclass(frozen=True)
class Spot:
    """A node of the file at `path`; None where nothing stands."""

    path: str
    node: yaml.Node | None

    def __bool__(self) -> bool:
        return self.node is not None

    @property
    def line(self) -> int:
        """Its line, from 1."""
        return self.node.start_mark.line + 1 if self.node is not None else 1

    @property
    def word(self) -> str:
        """Its text; empty for anything that is no scalar."""
        node = self.node
        return str(node.value).strip() if isinstance(node, yaml.ScalarNode) else ""

    @property
    def truth(self) -> bool | None:
        """Yes or no, as Ansible takes such words; None for anything else."""
        word = self.word.lower()
        return True if word in _TRUE else False if word in _FALSE else None

    @property
    def is_mapping(self) -> bool:
        """Whether keys stand in it."""
        return isinstance(self.node, yaml.MappingNode)

    @property
    def is_list(self) -> bool:
        """Whether items stand in it."""
        return isinstance(self.node, yaml.SequenceNode)

    @property
    def encrypted(self) -> bool:
        """Whether it is a value of ansible-vault."""
        return self.node is not None and self.node.tag == ENCRYPTED

    def keys(self) -> Iterator[tuple[str, Spot, Spot]]:
        """Key, where the key stands, and its value, in the order of the file."""
        if isinstance(self.node, yaml.MappingNode):
            for key, value in self.node.value:
                if isinstance(key, yaml.ScalarNode):
                    yield str(key.value), Spot(self.path, key), Spot(self.path, value)

    def at(self, *names: str) -> Spot:
        """The value of the first of these keys that stands there."""
        found = {key: value for key, _, value in self.keys()}
        return next((found[n] for n in names if n in found), Spot(self.path, None))

    def items(self) -> Iterator[Spot]:
        """The items of a list, aliases followed."""
        if isinstance(self.node, yaml.SequenceNode):
            yield from (Spot(self.path, item) for item in self.node.value)

    def words(self) -> tuple[str, ...]:
        """The texts of a list, or the one text that stands there."""
        if self.is_list:
            return tuple(item.word for item in self.items() if item.word)
        return (self.word,) if self.word else ()

    def problem(
        self, message: Text, *, allowed: tuple[str, ...] = (), suggestion: str = ""
    ) -> Problem:
        """A problem at this place, with the text that stands there."""
        mark: Any = self.node.start_mark if self.node is not None else None
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        return Problem(self.path, line, column, message, self.word, allowed, suggestion)


def templated(word: str) -> bool:
    """Whether Ansible works the text out when it runs."""
    return "{{" in word or "{%" in word


def pattern_of(word: str) -> str:
    """A text worked out when it runs as a pattern of all it may become: `{{ … }}` is `*`."""
    pieces: list[str] = []
    rest = word
    while "{{" in rest or "{%" in rest:
        starts = [n for n in (rest.find("{{"), rest.find("{%")) if n >= 0]
        start = min(starts)
        end = rest.find("}}" if rest.startswith("{{", start) else "%}", start)
        pieces += [rest[:start], "*"]
        rest = rest[end + 2 :] if end >= 0 else ""
    return "".join([*pieces, rest]).replace("[", "?")
