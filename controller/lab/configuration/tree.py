"""A configuration that one can type into, as a device's parser does."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from controller.lab.configuration.dialect import GLOBAL, Dialect, RefusedLineError
from controller.lab.configuration.vlans import change_allowed, read_vlans, write_vlans

Section = tuple[str, ...]
"""Where one is: () outside sections, else the section lines (several for a range)."""

Lines = dict[str, "Lines"]
"""Lines by text, each with the lines of its section (empty for plain lines)."""

NEGATION = re.compile(r"(no|default) (.+)", re.DOTALL)
ALLOWED = "switchport trunk allowed vlan"
ALLOWED_CHANGE = re.compile(rf"{ALLOWED} (add|remove|except) (\S+)")


@dataclass(frozen=True)
class Typed:
    """What typing one line did: the section one is in afterwards, and whether anything changed."""

    section: Section
    changed: bool


@dataclass(frozen=True)
class Merged:
    """What typing many lines did: the lines that changed something, and the refused ones."""

    changes: tuple[tuple[Section, str], ...]
    refusals: tuple[RefusedLineError, ...]


class Configuration:
    """A device's lines; see `Lines`.

    `ports` are the physical interfaces: always there, never removable. `hidden` lines are
    no part of what is shown or compared.
    """

    def __init__(self, dialect: Dialect, ports: Iterable[str]) -> None:
        self.dialect = dialect
        self.ports = tuple(ports)
        self.lines: Lines = {f"interface {port}": {} for port in self.ports}
        self.hidden: Lines = {}
        self.rendered: str | None = None

    @classmethod
    def read(cls, dialect: Dialect, ports: Iterable[str], text: str) -> "Configuration":
        """A configuration with this text typed into it; refused lines are left out."""
        configuration = cls(dialect, ports)
        configuration.merge(text)
        return configuration

    def copy(self) -> "Configuration":
        """An independent copy."""
        twin = Configuration(self.dialect, self.ports)
        twin.lines = {top: dict(inner) for top, inner in self.lines.items()}
        twin.hidden = dict(self.hidden)
        twin.rendered = self.rendered
        return twin

    def merge(self, text: str) -> Merged:
        """Type a whole file; refused lines are skipped and told, the rest is applied."""
        return self.type_all(list(self.dialect.statements(text)))

    def type_all(self, statements: Sequence[str]) -> Merged:
        """Type statements one after the other, starting outside sections, until ``end``."""
        changes: list[tuple[Section, str]] = []
        refusals: list[RefusedLineError] = []
        section: Section = ()
        for statement in statements:
            if statement.strip() == "end":
                break
            try:
                typed = self.type(section, statement)
            except RefusedLineError as refusal:
                refusals.append(refusal)
                continue
            if typed.changed:
                opened = self._opens(statement)
                text = self.dialect.canonical(GLOBAL, statement) if opened else statement.strip()
                changes.append(((), text) if opened else (typed.section, text))
            section = typed.section
        return Merged(tuple(changes), tuple(refusals))

    def type(self, section: Section, raw: str) -> Typed:
        """Type one line in a section; raises `RefusedLineError` and then changes nothing.

        A line that is wrong in the section but right outside is taken there, as devices do.
        """
        line = raw.strip()
        if not line or line.startswith("!"):
            return Typed(section, changed=False)
        if line == "exit":
            return Typed((), changed=False)
        typed = self._first_accepting(section, line)
        if typed.changed:
            self.rendered = None
        return typed

    def _first_accepting(self, section: Section, line: str) -> Typed:
        """Try the section, then outside it; a bare ``no description`` counts only as a last try."""
        negative = NEGATION.match(line) is not None
        places = [section, ()] if section else [()]
        refusals: list[RefusedLineError] = []
        for exact in (True, False) if negative else (True,):
            for place in places:
                try:
                    return self._type_in(place, line, exact=exact)
                except RefusedLineError as refusal:
                    refusals.append(refusal)
        raise max(refusals, key=lambda refusal: refusal.position)

    def _opens(self, statement: str) -> bool:
        return self.dialect.sections.match(self.dialect.canonical(GLOBAL, statement)) is not None

    def _type_in(self, section: Section, raw: str, *, exact: bool) -> Typed:
        kind = self.dialect.kind(section[0]) if section else GLOBAL
        line = self.dialect.canonical(kind, raw)
        negation = NEGATION.fullmatch(line)
        if negation:
            return self._negate(section, kind, negation[1], negation[2], exact=exact)
        if not section and self.dialect.sections.match(line):
            return self._open(line)
        self.dialect.check(kind, line)
        places = [self._place(top) for top in section] or [self._outside(line)]
        changes = [self._store(place, kind, line) for place in places]
        return Typed(section, any(changes))

    def _place(self, top: str) -> Lines:
        return self.lines.setdefault(top, {})

    def _outside(self, line: str) -> Lines:
        """Where a line outside sections is kept."""
        return self.hidden if self.dialect.hidden.match(line) else self.lines

    def _open(self, line: str) -> Typed:
        tops = self.dialect.expand(line)
        for top in tops:
            name = top.removeprefix("interface ")
            if name != top and not self._may_be(name):
                raise RefusedLineError(line, len("interface "))
        new = [top for top in tops if top not in self.lines]
        self.lines.update({top: {} for top in new})
        return Typed(tops, bool(new))

    def _may_be(self, interface: str) -> bool:
        """Whether the device has this interface, or could make it."""
        if self.dialect.physical.match(interface) is None or interface in self.ports:
            return True
        port, _, part = interface.partition(".")
        parted = any(self.dialect.parted.match(one) for one in self.ports)
        return bool(part) and parted and port in self.ports

    def _store(self, place: Lines, kind: str, line: str) -> bool:
        before = list(place)
        change = ALLOWED_CHANGE.fullmatch(line)
        if change:
            line = self._allowed(before, change)
        place.pop(f"no {line}", None)
        key = self.dialect.single_key(kind, line)
        if line not in place and key is not None:
            for other in before:
                if self.dialect.single_key(kind, other) == key:
                    del place[other]
        if self.dialect.silent.fullmatch(f"{kind}|{line}"):
            place.pop(line, None)
        elif line not in place:
            place[line] = {}
        return set(before) != set(place)

    def _allowed(self, lines: Sequence[str], change: re.Match[str]) -> str:
        old = next((line for line in lines if line.startswith(ALLOWED)), f"{ALLOWED} all")
        try:
            allowed = change_allowed(read_vlans(old.split()[-1]), change[1], change[2])
        except ValueError:
            raise RefusedLineError(change[0], change.start(2)) from None
        return f"{ALLOWED} {write_vlans(allowed)}"

    def _negate(self, section: Section, kind: str, verb: str, rest: str, *, exact: bool) -> Typed:
        rest = self.dialect.canonical(kind, rest)
        if not section and self.dialect.sections.match(rest):
            return self._close(verb, rest)
        places = [self._place(top) for top in section] or [self._outside(rest)]
        if exact and not any(_hits(place, rest) for place in places):
            self.dialect.check(kind, rest)
        elif rest.split(" ", 1)[0] not in self.dialect.accepted[kind]:
            raise RefusedLineError(f"{verb} {rest}", len(verb) + 1)
        changes = [self._remove(place, kind, verb, rest) for place in places]
        return Typed(section, any(changes))

    def _close(self, verb: str, line: str) -> Typed:
        """``no interface Vlan10``, ``no vlan 10,20``, ``default interface GigabitEthernet0/1``."""
        changed = False
        for top in self.dialect.expand(line):
            physical = top.removeprefix("interface ") in self.ports
            if physical and verb == "no":
                raise RefusedLineError(f"no {line}", len("no "))
            if physical:
                changed |= bool(self.lines[top])
                self.lines[top] = {}
            else:
                changed |= self.lines.pop(top, None) is not None
        return Typed((), changed)

    def _remove(self, place: Lines, kind: str, verb: str, rest: str) -> bool:
        before = list(place)
        stored = self.dialect.negatives.fullmatch(f"{kind}|{rest}") is not None
        whole = " " in rest or self.dialect.single_key(kind, rest) is not None
        for line in _hits(place, rest) if whole and not stored else [rest]:
            place.pop(line, None)
        if stored:
            place.pop(f"no {rest}", None)
            if verb == "no" and not self.dialect.silent.fullmatch(f"{kind}|no {rest}"):
                place[f"no {rest}"] = {}
        return set(before) != set(place)


def _hits(place: Lines, rest: str) -> list[str]:
    """The lines that ``no REST`` means: the very line, else those that go on from these words."""
    if rest in place:
        return [rest]
    return [line for line in place if line.startswith((f"{rest} ", f"{rest}\n"))]
