"""One poll of one device against the rules: what is wrong, and what is well again."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from controller.health.measures import MEASURES, Around, Reading
from controller.health.observed import Observed, PortTable
from controller.health.rules import Rule, Rules
from controller.health.standing import Key, Sight, Verdict
from controller.inventory.watching import WEEKDAYS, SchoolHours

_PIECE = re.compile(r"[0-9]+|[a-z]+")


def rules_by_role(rules: Rules) -> Mapping[str, tuple[Rule, ...]]:
    """Role -> the rules devices in it are judged by; under `""` those for every role."""
    judged = [r for r in rules.by_name.values() if r.measure not in ("told", "unpolled")]
    roles: set[str] = {role for rule in judged for role in rule.roles}
    found = {role: tuple(r for r in judged if not r.roles or role in r.roles) for role in roles}
    return {"": tuple(r for r in judged if not r.roles), **found}


def judge(
    seen: Observed, rules: Iterable[Rule], around: Around, known: Collection[Key]
) -> list[Verdict]:
    """What is wrong, and how all stands that is in `known` and can be seen; the rest is unknown.

    Meant for 1,500 devices of 48 ports every few minutes: what is well costs a look at a column.
    """
    verdicts: list[Verdict] = []
    remembered: dict[str, list[str]] = {}
    for name, part in known:
        remembered.setdefault(name, []).append(part)
    readings: dict[str, Reading | None] = {}
    for rule in rules:
        if rule.measure not in readings:
            readings[rule.measure] = MEASURES[rule.measure](seen, around)
        reading = readings[rule.measure]
        if reading is None:
            continue
        parts = remembered.get(rule.rule)
        for part in _worth_a_look(rule, reading, around.uplink, parts or ()):
            verdict = _verdict(rule, reading, part, seen.ports)
            if verdict is not None and (verdict.sight == "bad" or (parts and part in parts)):
                verdicts.append(verdict)
    return verdicts


def _worth_a_look(
    rule: Rule, reading: Reading, uplink: str | None, known: Collection[str]
) -> Iterable[str]:
    if rule.ports == "uplink":
        return () if uplink is None else (uplink,)
    columns, limits, threshold = reading.columns, reading.limits, rule.threshold
    if limits or rule.below:
        return {part for column in columns for part in column}.union(known)
    found: set[str] = set(known)
    for column in columns:
        if column and max(column.values()) >= threshold:
            found.update(part for part, value in column.items() if value >= threshold)
    if rule.ports == "other" and uplink is not None:
        found.discard(uplink)
    return found


def _verdict(rule: Rule, reading: Reading, part: str, ports: PortTable | None) -> Verdict | None:
    values = [column[part] for column in reading.columns if part in column]
    if not values:
        return None
    limit = reading.limits.get(part, rule.threshold)
    worst = min(values) if rule.below else max(values)
    sight = _sight(worst, limit, limit + rule.clear - rule.threshold, below=rule.below)
    if sight != "bad" and len(values) < len(reading.columns):
        # One half is unknown: enough to say it is wrong, not to say it is well.
        return None
    if rule.ports is not None and ports is not None:
        name = ports.name(part)
    else:
        name = reading.names.get(part) or part
    return Verdict(rule.rule, part, sight, worst, limit, name)


def _sight(value: float, limit: float, clear: float, *, below: bool) -> Sight:
    if below:
        return "bad" if value <= limit else "good" if value >= clear else "between"
    return "bad" if value >= limit else "good" if value <= clear else "between"


def changed_ports(before: Mapping[str, int] | None, now: Mapping[str, int]) -> list[str]:
    """The ports that were up and are not, or the other way round; new and vanished ones not."""
    if before is None or before == now:
        return []
    return [i for i, oper in now.items() if i in before and (before[i] == 1) != (oper == 1)]


def find_port(name: str | None, ports: PortTable | None) -> str | None:
    """The ifIndex of a port by the name people use: `GigabitEthernet0/1` is `Gi0/1` too."""
    if not name or ports is None:
        return None
    wanted = _port_words(name)
    for index, called in ports.names.items():
        letters, numbers = _port_words(called)
        same_number = numbers == wanted[1] and letters and wanted[0]
        if same_number and (letters.startswith(wanted[0]) or wanted[0].startswith(letters)):
            return index
    return next((i for i, alias in ports.aliases.items() if alias == name), None)


def _port_words(name: str) -> tuple[str, str]:
    squeezed = name.strip().lower().replace(" ", "")
    numbers = squeezed.lstrip("abcdefghijklmnopqrstuvwxyz-_")
    return squeezed[: len(squeezed) - len(numbers)], numbers


def in_school_hours(hours: SchoolHours, day: date, clock: str) -> bool:
    """Whether classes are held on a Thai day at a Thai time (`09:15`)."""
    if day in hours.holidays or WEEKDAYS[day.weekday()] not in hours.days:
        return False
    return hours.begin <= clock < hours.end


def older(version: str, wanted: str) -> bool:
    """Whether a version is older than another: numbers by value, letters by alphabet."""
    return list(_pieces(version)) < list(_pieces(wanted))


def _pieces(version: str) -> Iterator[tuple[int, int, str]]:
    """Comparable pieces: letters come before numbers, so that `1.0rc2` is older than `1.0.1`."""
    for piece in _PIECE.findall(version.lower()):
        yield (1, int(piece), "") if piece.isdecimal() else (0, 0, piece)
