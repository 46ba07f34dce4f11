"""Two tables whose rows say themselves what they measure: storage, and sensors of entities."""

from __future__ import annotations

import re
from collections.abc import Iterator

from controller.facts.answers import Answers, as_text
from controller.facts.measured import Memory, MemoryRole, Sensor
from controller.platforms.metric_files import ToldEntitySensors, ToldStorage
from controller.platforms.metric_rows import Metric, short
from controller.platforms.metric_values import PLAUSIBLE, Lookup, as_measure, as_size, lookup

# EntitySensorDataScale (RFC 3433): 9 is units, each step a thousandfold.
_UNITS = 9


def storage(told: ToldStorage) -> Metric:
    """The rows of a table of storage that are memory.

    Where the table also tells buffers and cache (`within`), they are taken off the row of the whole
    memory: the system gives them back when asked. Not where a row `apart` shows that it is a system
    that does not count them as used.
    """
    roles = tuple((re.compile(p), role) for p, role in told.roles.items())
    whole, within = re.compile(told.whole), re.compile(told.within)
    apart, skip = re.compile(told.apart), re.compile(told.skip)

    def role(kind: str, name: str) -> MemoryRole | None:
        kind = kind.lstrip(".")
        basic = told.types.get(kind)
        if skip.search(name) or (basic is None and kind != told.other):
            return None
        return next((r for pattern, r in roles if pattern.search(name)), basic)

    def told_rows(answers: Answers) -> Iterator[tuple[str, str, MemoryRole, float, float]]:
        kinds, names = answers.column(told.type), answers.column(told.label)
        units, sizes = answers.column(told.unit), answers.column(told.size)
        for index, amount in answers.column(told.used).items():
            name = as_text(names.get(index))
            what = role(as_text(kinds.get(index)), name)
            unit, size = as_measure(units.get(index)), as_size(sizes.get(index))
            used = as_size(amount)
            if what is None or not unit or not size or used is None or used > size:
                continue
            yield index, name, what, size * unit, used * unit

    def read(answers: Answers) -> list[Memory]:
        found = list(told_rows(answers))
        lent = sum(used for _, name, _, _, used in found if within.search(name))
        if any(apart.search(name) for _, name, _, _, _ in found):
            lent = 0.0
        physical = next((total for _, name, _, total, _ in found if whole.search(name)), 0.0)
        memories = []
        for index, name, what, size, amount in found:
            used = amount - lent if whole.search(name) and amount >= lent else amount
            # A cache's own size is what it holds: how much of the memory it takes says more.
            total = physical if what == "cache" and physical and used <= physical else size
            key, percent = f"{short(told.used)}.{index}", round(used / total * 100, 2)
            memories.append(Memory(key, name or f"Memory {index}", percent, total, used, what))
        return memories

    leader = Lookup(told.used)
    fixed = tuple(Lookup(oid) for oid in (told.type, told.unit, told.size, told.label))
    return Metric(leader, "cycle", (leader,), fixed, (), False, read)


def entity_sensors(told: ToldEntitySensors) -> Metric:
    """The sensors of a table in which each row tells its kind, scale and precision."""
    leader, label, status = Lookup(told.value), lookup(told.label), Lookup(told.status)

    def read(answers: Answers) -> list[Sensor]:
        kinds, scales = answers.column(told.type), answers.column(told.scale)
        digits, states = answers.column(told.precision), answers.column(told.status)
        found = []
        for index, amount in answers.column(told.value).items():
            kind = told.kinds.get(_whole(kinds.get(index)))
            number = as_measure(amount)
            if kind is None or number is None or number in (-1_000_000_000, 1_000_000_000):
                continue
            says = _whole(states.get(index, told.good[0]))
            power = 3 * (_whole(scales.get(index, _UNITS)) - _UNITS) - _whole(digits.get(index, 0))
            value = float(f"{number}e{power}") if isinstance(number, int) else number * 10.0**power
            low, high = PLAUSIBLE[kind]
            if says not in told.good or not low <= value <= high or abs(power) > 30:
                continue
            name = label.text(answers, index) or f"{kind} {index}"
            key = f"{short(told.value)}.{index}"
            found.append(Sensor(kind, key, name, value, told.states.get(says, "unknown")))
        return found

    fixed = tuple(Lookup(oid) for oid in (told.type, told.scale, told.precision))
    return Metric(leader, told.tier, (leader, status), fixed, (label,), False, read)


def _whole(value: object) -> int:
    return value if isinstance(value, int) else -1
