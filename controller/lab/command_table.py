"""A table of commands by their words, which may be typed shortened as on a device's console."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

Context = TypeVar("Context")
Answer = TypeVar("Answer")
SHORTEST = 2
"""A word may be shortened to this many letters."""


@dataclass(frozen=True)
class Command(Generic[Context, Answer]):
    """A command: its words (``*`` for any one word, ``**`` for the rest), and what it does."""

    words: tuple[str, ...]
    run: Callable[..., Answer]
    everybody: bool

    def match(self, typed: list[str]) -> tuple[str, ...] | None:
        """The words that stand for the stars, or None when this is another command."""
        values: list[str] = []
        for index, word in enumerate(self.words):
            if word == "**":
                return (*values, " ".join(typed[index:]))
            if index >= len(typed):
                return None
            if word == "*":
                values.append(typed[index])
            elif not (
                word.startswith(typed[index]) and len(typed[index]) >= min(SHORTEST, len(word))
            ):
                return None
        return tuple(values) if len(typed) == len(self.words) else None


class CommandTable(Generic[Context, Answer]):
    """Commands in the order in which they are tried."""

    def __init__(self) -> None:
        self._by_letter: dict[str, list[Command[Context, Answer]]] = {}

    def add(
        self, *patterns: str, everybody: bool = False
    ) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
        """Enter a function under one or more patterns such as ``show vlan id *``.

        The function gets the context and one argument for each star. `everybody` marks commands
        that need no privilege.
        """

        def enter(run: Callable[..., Answer]) -> Callable[..., Answer]:
            for pattern in patterns:
                words = tuple(pattern.split(" "))
                command: Command[Context, Answer] = Command(words, run, everybody)
                self._by_letter.setdefault(words[0][0], []).append(command)
            return run

        return enter

    def find(self, line: str) -> tuple[Command[Context, Answer], tuple[str, ...]] | None:
        """The command that a line means and its arguments, or None."""
        typed = line.split()
        if not typed:
            return None
        for command in self._by_letter.get(typed[0][0], ()):
            values = command.match(typed)
            if values is not None:
                return command, values
        return None
