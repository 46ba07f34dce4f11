"""How a platform wants to be changed: what takes a line away, and what comes before what.

The optional file `remediate.yaml`; a platform without one is changed as its grammar alone tells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from controller.platforms.grammar import Grammar, same_as
from controller.platforms.grammars import grammar

# Between the sections of a place, as `configuration.edits` writes them.
BETWEEN = " > "
_NOTHING = re.compile(r"(?!)")


@dataclass(frozen=True)
class Manner:
    """How lines are taken away, replaced and put in order on a platform.

    Patterns see a line with the sections around it: `interface Vlan1 > ip address 10.0.0.1/24`.
    `opposites` are first words that take each other away (`set`, `unset`), instead of the grammar's
    negation before the line. `negated`: how the removal of a line is written where that is another
    thing than its negation. `defaulted` lines cannot be taken away, only put back with `default`.
    `unremovable` sections stay: what stands in them goes, line by line. `in_place`: the leading
    words of lines of which one takes the other's place, and never leaves it empty meanwhile.
    `whole` sections are always written anew as a whole, `ordered` ones when a line would stand in
    another place than wanted. `first` and `last` are lines to be typed before and after all others
    beside them, in the order of these patterns. `exits`: what ends a section, if not `exit`.
    """

    grammar: Grammar
    opposites: dict[str, str] = field(default_factory=dict)
    negated: tuple[tuple[re.Pattern[str], str], ...] = ()
    defaulted: re.Pattern[str] = _NOTHING
    unremovable: re.Pattern[str] = _NOTHING
    in_place: re.Pattern[str] = _NOTHING
    whole: re.Pattern[str] = _NOTHING
    ordered: re.Pattern[str] = _NOTHING
    first: tuple[re.Pattern[str], ...] = ()
    last: tuple[re.Pattern[str], ...] = ()
    exits: tuple[tuple[re.Pattern[str], str], ...] = ()

    @cached_property
    def _takes(self) -> dict[str, str]:
        return {negative: positive for positive, negative in self.opposites.items()}

    def taken(self, typed: str) -> str | None:
        """The line that typing `typed` takes away; None when it takes none."""
        word, _, rest = typed.partition(" ")
        if not rest:
            return None
        if word in self._takes:
            return f"{self._takes[word]} {rest}"
        return rest if word == self.grammar.negation and not self.opposites else None

    def opposite(self, line: str) -> str:
        """The plain negation of a line; of a negation the line itself."""
        taken = self.taken(line)
        if taken is not None:
            return taken
        word, _, rest = line.partition(" ")
        if word in self.opposites:
            return f"{self.opposites[word]} {rest}"
        return f"{self.grammar.negation} {line}"

    def removal(self, path: Sequence[str], line: str, *, literal: bool = False) -> str:
        """What takes a line away that stands below the sections `path`.

        `literal`: with its negation even where it can only be put back.
        """
        place = BETWEEN.join((*path, line))
        for pattern, typed in self.negated:
            match = pattern.fullmatch(place)
            if match is not None:
                return match.expand(typed)
        if literal or self.defaulted is _NOTHING:
            return self.opposite(line)
        taken = self.taken(line)
        if taken is not None:
            # What the device shows switched off is on otherwise, or shown too when it is on.
            silent = self.grammar.is_silent(BETWEEN.join(path), taken)
            return taken if silent else f"default {taken}"
        return f"default {line}" if self.defaulted.fullmatch(place) else self.opposite(line)

    def key(self, path: Sequence[str], line: str, *, literal: bool = False) -> str | None:
        """What only one line may say in its section, and takes the other's place; or None.

        A line and its negation say the same thing. `literal`: as `in_place` alone tells.
        """
        said = self.taken(line) or line
        if not literal:
            key = self.grammar.single_key(said)
            if key is not None:
                return key
        place = BETWEEN.join((*path, said))
        match = self.in_place.match(place)
        # What ends before the line begins is about a section around it.
        return match.group(0) if match and match.end() > len(place) - len(said) else None

    def rank(self, path: Sequence[str], typed: str) -> int:
        """Where a typed line comes among those beside it: below 0 first, above 0 last."""
        place = BETWEEN.join((*path, typed))
        for number, pattern in enumerate(self.first):
            if pattern.fullmatch(place):
                return number - len(self.first)
        for number, pattern in enumerate(self.last, start=1):
            if pattern.fullmatch(place):
                return number
        return 0

    def exit(self, path: Sequence[str]) -> str:
        """What ends the section; empty when nothing does."""
        place = BETWEEN.join(path)
        return next((word for pattern, word in self.exits if pattern.fullmatch(place)), "exit")


class _Negated(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    line: str
    typed: str


class _MannerFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    opposites: dict[str, str] = Field(default_factory=dict)
    negated: tuple[_Negated, ...] = ()
    defaulted: tuple[str, ...] = ()
    unremovable: tuple[str, ...] = ()
    in_place: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    ordered: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    exits: dict[str, str] = Field(default_factory=dict)


@lru_cache(maxsize=64)
def manner(name: str) -> Manner:
    """How the platform with this folder name wants to be changed.

    Errors: `KeyError` for a platform without a grammar; `ValueError` with folder and file name for
    a `remediate.yaml` that is no YAML, has an unknown word or a pattern that does not compile.
    """
    known = grammar(name)
    folder = files("controller.platforms") / name
    path = folder / "remediate.yaml"
    if not path.is_file():
        other = same_as(folder)
        return manner(other) if other else Manner(known)
    try:
        content: Any = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        return _made(known, _MannerFile.model_validate(content))
    except (OSError, yaml.YAMLError, ValidationError, re.error) as error:
        raise ValueError(f"{name}/remediate.yaml: {error}") from error


def _made(known: Grammar, told: _MannerFile) -> Manner:
    return Manner(
        grammar=known,
        opposites=told.opposites,
        negated=tuple((re.compile(rule.line, re.DOTALL), rule.typed) for rule in told.negated),
        defaulted=_any_of(told.defaulted),
        unremovable=_any_of(told.unremovable),
        in_place=_any_of(told.in_place, r"(?=\s|$)"),
        whole=_any_of(told.whole),
        ordered=_any_of(told.ordered),
        first=tuple(re.compile(pattern, re.DOTALL) for pattern in told.first),
        last=tuple(re.compile(pattern, re.DOTALL) for pattern in told.last),
        exits=tuple((re.compile(pattern), word) for pattern, word in told.exits.items()),
    )


def _any_of(patterns: Sequence[str], ending: str = "") -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(patterns)}){ending}", re.DOTALL) if patterns else _NOTHING
