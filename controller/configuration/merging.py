"""Types lines into a configuration, the way the device would take them, and tells what changes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy

from controller.configuration.edits import BETWEEN, UNKNOWN, Edit
from controller.configuration.lines import Lines
from controller.platforms.grammar import Grammar
from controller.platforms.interfaces import interfaces_of
from controller.platforms.manner import Manner
from controller.platforms.platform import HIDDEN
from controller.platforms.vlans import EVERY, changed_vlans, write_vlans

# A secret with the kind of hashing before it. The device hashes what it is given, so neither can be
# compared: any two secrets in the same place count as the same.
_SECRET = re.compile(r"(?: (?:\d|8a|sha512))? ⟦(?:secret:[^⟦⟧]*|redacted)⟧")


def future(running: Lines, typed: Lines, manner: Manner, *, literal: bool = False) -> Lines:
    """The configuration that is there after `typed` was typed into `running`, which stays as it is.

    `literal`: nothing is known of the platform but its negation: a negation of what is not there
    stays, as nobody knows whether the device shows it.
    """
    after = deepcopy(running)
    for _edit in Merge(manner, literal=literal).into(after, typed, ()):
        pass
    return after


def spelled_out(line: str, grammar: Grammar) -> Iterator[str]:
    """A line for each interface that it names by a range; other lines as they are."""
    verb, found, rest = line.partition("interface ")
    if not found or verb not in ("", "no ", "default ") or not grammar.interfaces:
        yield line
        return
    names = interfaces_of(f"interface {rest}", grammar.interfaces)
    for name in names or (UNKNOWN,):
        yield f"{verb}interface {name}"


def hide(text: str) -> str:
    """The text with secrets and their kinds of hashing hidden: to compare, not to show."""
    return _SECRET.sub(f" {HIDDEN}", text) if "⟦" in text else text


class Merge:
    """Types lines into a configuration.

    `trunk_allowed` finds the list of VLANs of a trunk, with groups `verb` and `vlans`. `literal`:
    as `future` has it.
    """

    def __init__(
        self,
        manner: Manner,
        *,
        trunk_allowed: re.Pattern[str] | None = None,
        literal: bool = False,
    ) -> None:
        self._manner = manner
        self._rules = manner.grammar
        self._trunk_allowed = trunk_allowed
        self._literal = literal

    def into(self, place: Lines, wanted: Lines, path: tuple[str, ...]) -> Iterator[Edit]:
        """Type `wanted` into `place`, which is changed; yield what comes and goes."""
        for typed, inner in wanted.items():
            for line in self._meant(typed):
                yield from self._line(place, line, inner, path)

    def _meant(self, typed: str) -> tuple[str, ...]:
        """The lines that one stands for; one that is not understood stands for itself."""
        if self._literal:
            return (typed,)
        lines = tuple(spelled_out(typed, self._rules))
        return (typed,) if any(line.endswith(f" {UNKNOWN}") for line in lines) else lines

    def _line(
        self, place: Lines, typed: str, inner: Lines, path: tuple[str, ...]
    ) -> Iterator[Edit]:
        line = hide(typed)
        verb, _, rest = line.partition(" ")
        taken = self._manner.taken(line)
        if taken is not None:
            yield from self._remove(place, taken, line, path)
        elif verb == "default" and rest:
            yield from self._remove(place, rest, None, path)
            yield from self._remove(place, self._manner.opposite(rest), None, path)
        elif line not in place:
            yield from self._add(place, line, typed, inner, path)
        elif self._manner.whole.fullmatch(BETWEEN.join((*path, line))):
            yield from self._take(place, line, path)
            yield from self._add(place, line, typed, inner, path)
        else:
            filled = bool(place[line])
            yield from self.into(place[line], inner, (*path, line))
            below = BETWEEN.join((*path, line))
            # A table that nobody can take away is not shown when nothing is left in it.
            if filled and not place[line] and self._manner.unremovable.fullmatch(below):
                yield from self._take(place, line, path)

    def _add(
        self, place: Lines, line: str, typed: str, inner: Lines, path: tuple[str, ...]
    ) -> Iterator[Edit]:
        line, typed = self._with_vlans(place, line, typed)
        if line in place:
            return
        opposite = self._manner.opposite(line)
        if opposite in place:
            yield from self._take(place, opposite, path)
        key = self._manner.key(path, line, literal=self._literal)
        # A key that is hidden itself (a community) does not say whether it is the same one.
        if key is not None and HIDDEN not in key:
            for other in [o for o in place if self._key(path, o) == key]:
                yield from self._take(place, other, path)
        if not self._literal and self._rules.is_silent(BETWEEN.join(path), line):
            return
        place[line] = {}
        yield Edit("+", path, typed)
        yield from self.into(place[line], inner, (*path, line))

    def _key(self, path: tuple[str, ...], line: str) -> str | None:
        return self._manner.key(path, line, literal=self._literal)

    def _remove(
        self, place: Lines, rest: str, shown: str | None, path: tuple[str, ...]
    ) -> Iterator[Edit]:
        """Take `rest` away; `shown` is how the device would show that it is not there."""
        gone = [ln for ln in place if ln == rest or ln.startswith((f"{rest} ", f"{rest}\n"))]
        for line in gone:
            yield from self._take(place, line, path)
        if shown is None or shown in place:
            return
        if self._literal:
            negative = not gone
        else:
            negative = self._rules.shown_negatives.fullmatch(
                rest
            ) is not None and not self._rules.is_silent(BETWEEN.join(path), shown)
        if negative:
            place[shown] = {}
            yield Edit("+", path, shown)

    def _take(self, place: Lines, line: str, path: tuple[str, ...]) -> Iterator[Edit]:
        yield Edit("-", path, line)
        for inner in place.pop(line):
            yield Edit("-", (*path, line), inner)

    def _with_vlans(self, place: Lines, line: str, typed: str) -> tuple[str, str]:
        """`allowed vlan add 30` as the device would show it: with the VLANs there already."""
        allowed = self._trunk_allowed
        match = allowed.fullmatch(line) if allowed is not None else None
        if allowed is None or match is None or not match["verb"]:
            return line, typed
        now = EVERY
        for other in place:
            told = allowed.fullmatch(other)
            now = changed_vlans(now, "", told["vlans"]) or now if told else now
        then = changed_vlans(now, match["verb"], match["vlans"])
        if then is None:
            return line, typed
        whole = f"{line[: match.start('verb')]}{write_vlans(then)}"
        return whole, whole
