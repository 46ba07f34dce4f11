"""What an offer or a model states for an attribute, once its words are read."""

from __future__ import annotations

from dataclasses import dataclass

from controller.errors import Text
from controller.specs.units import Amount


@dataclass(frozen=True)
class Level:
    """A place in the order of the attribute's levels: `rank` 0 is the least, `words` its name."""

    rank: int
    words: str


@dataclass(frozen=True)
class Members:
    """What a set holds, by the catalogue's names; empty where it is stated that there is none."""

    names: frozenset[str]


@dataclass(frozen=True)
class YesNo:
    """Whether there is one."""

    yes: bool


@dataclass(frozen=True)
class Words:
    """Words that are held against words, spelled as they should be."""

    text: str


Answer = Amount | Level | Members | YesNo | Words


@dataclass(frozen=True)
class Read:
    """An answer, and how the words were read where they do not say it in so many words."""

    answer: Answer
    note: Text | None = None


class UnreadableError(ValueError):
    """The words do not say what is stated; `text` says why. A person judges them."""

    def __init__(self, text: Text) -> None:
        super().__init__(str(text))
        self.text = text
