"""Every system we can recognise: the folders' and those of the tables, by sysObjectID."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from controller.platforms.identity_file import (
    Rule,
    System,
    Ways,
    read_system,
    read_table,
    read_usual_ways,
    read_ways,
)
from controller.platforms.watched import watched_folders


@dataclass(frozen=True)
class Systems:
    """All of them by name, and their rules where a sysObjectID leads to them.

    `rooted`: prefix -> (name, rule); `described`: the rules that ask for no sysObjectID.
    """

    by_name: Mapping[str, System]
    rooted: Mapping[str, tuple[tuple[str, Rule], ...]]
    described: tuple[tuple[str, Rule], ...]

    def candidates(self, object_id: str) -> Iterator[tuple[str, Rule, int]]:
        """(name, rule, how many arcs of the sysObjectID it knows), the longest first."""
        arcs = object_id.split(".")
        for count in range(len(arcs), 0, -1):
            for name, rule in self.rooted.get(".".join(arcs[:count]), ()):
                yield name, rule, count
        for name, rule in self.described:
            yield name, rule, 0


@cache
def systems() -> Systems:
    """What the data files hold, read once, at the first device that is to be recognised.

    Errors: `ValueError` naming file and field when one of them is wrong.
    """
    here = files("controller.platforms")
    by_name = {name: read_system(here / name) for name in sorted(watched_folders())}
    for file in sorted((here / "systems").iterdir(), key=lambda f: f.name):
        if file.name.endswith(".yaml"):
            by_name |= read_table(file)
    return arranged(by_name)


def arranged(by_name: Mapping[str, System]) -> Systems:
    """Systems with their rules put where they are looked for."""
    rooted: dict[str, list[tuple[str, Rule]]] = {}
    described: list[tuple[str, Rule]] = []
    for name, rule in _rules(by_name.items()):
        for prefix in rule.under:
            rooted.setdefault(prefix, []).append((name, rule))
        if not rule.under:
            described.append((name, rule))
    return Systems(by_name, {p: tuple(rules) for p, rules in rooted.items()}, tuple(described))


def _rules(named: Iterable[tuple[str, System]]) -> Iterator[tuple[str, Rule]]:
    return ((name, rule) for name, system in named for rule in system.rules())


def pushed_as(name: str) -> str:
    """The platform an inventory names for such a system: the one that says how to push to it."""
    system = systems().by_name.get(name)
    return (system.pushed_as if system else "") or name


@cache
def own_ways(name: str) -> Ways:
    """The ways to what this system is; of one without a folder those in its table."""
    if name in watched_folders():
        return read_ways(files("controller.platforms") / name)
    system = systems().by_name.get(name)
    return system.ways if system else Ways()


@cache
def usual_ways() -> Mapping[str, Ways]:
    """The ways by kind of system that are tried when its own give nothing."""
    return read_usual_ways(files("controller.platforms") / "usual.yaml")
