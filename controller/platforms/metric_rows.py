"""Metrics ready to read: from a device's answers to processors, memories, sensors, PoE, clients."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from controller.facts.answers import Answers, Value, as_text
from controller.facts.measured import Memory, PoeBudget, Processor, Sensor, State
from controller.platforms.metric_files import (
    Place,
    Tier,
    Told,
    ToldClients,
    ToldMemory,
    ToldPoe,
    ToldProcessor,
    ToldSensor,
    Where,
)
from controller.platforms.metric_values import NEVER, PLAUSIBLE, Lookup, as_measure, as_size, lookup

Row = Processor | Memory | Sensor | PoeBudget | int


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric of a profile.

    `leader` is the column (or scalar) whose rows are the metric's rows; `values` are asked at
    `tier`, `fixed` is needed to understand them and rarely changes, `names` only names them.
    `read` gives what it measures.
    """

    leader: Lookup
    tier: Tier
    values: tuple[Lookup, ...]
    fixed: tuple[Lookup, ...]
    names: tuple[Lookup, ...]
    also: bool
    read: Callable[[Answers], Sequence[Row]]

    def indexes(self, answers: Answers) -> Sequence[str]:
        """The rows there are."""
        return rows(self.leader, answers)

    @property
    def key(self) -> str:
        """What it is known by among the metrics of a profile."""
        return self.leader.oid


def rows(leader: Lookup, answers: Answers) -> Sequence[str]:
    """The indexes of a column; `0` alone for a scalar that was told."""
    if leader.scalar:
        return ("0",) if leader.oid in answers.scalars else ()
    return tuple(answers.columns.get(leader.oid, ()))


def short(oid: str) -> str:
    """An OID without what nearly all have in front: that of enterprises, or of mib-2."""
    return oid.removeprefix("1.3.6.1.4.1.").removeprefix("1.3.6.1.2.1.")


def share(part: float | None, whole: float | None) -> float | None:
    """Percent of a whole; None where either is not known or there is nothing to share."""
    return part / whole * 100 if part is not None and whole and whole > 0 else None


@dataclass(frozen=True, slots=True)
class _Naming:
    """What a row is called and by what index it is known."""

    leader: Lookup
    name: str
    usual: str
    label: Lookup | None

    def index(self, index: str) -> str:
        """Unique among all rows of a device, and the same in every poll."""
        return short(self.leader.oid) if self.leader.scalar else f"{short(self.leader.oid)}.{index}"

    def text(self, answers: Answers, index: str) -> str:
        """The device's own name for it, after ours where the file has one; else with its index."""
        if own := self.label.text(answers, index) if self.label else "":
            return f"{self.name} {own}" if self.name and self.name not in own else own
        name = self.name or self.usual
        return name if self.leader.scalar else f"{name} {index}"


@dataclass(frozen=True, slots=True)
class _Filter:
    at: Lookup
    any_of: frozenset[int]
    above: float | None
    like: re.Pattern[str] | None
    unlike: re.Pattern[str] | None

    def lets(self, value: Value | None) -> bool:
        if self.above is not None and (as_measure(value) or 0) <= self.above:
            return False
        if self.any_of and value not in self.any_of:
            return False
        if self.like is None and self.unlike is None:
            return True
        words = as_text(value)
        if self.like is not None and not self.like.search(words):
            return False
        return self.unlike is None or not self.unlike.search(words)


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of a metric that count."""

    leader: Lookup
    index: re.Pattern[str] | None
    filters: tuple[_Filter, ...]

    def of(self, answers: Answers) -> Sequence[str]:
        found = rows(self.leader, answers)
        if self.index is not None:
            found = [index for index in found if self.index.search(index)]
        for rule in self.filters:
            value = rule.at.at(answers)
            found = [index for index in found if rule.lets(value(index))]
        return found

    @property
    def fixed(self) -> tuple[Lookup, ...]:
        return tuple(f.at for f in self.filters)


def _rows(leader: Lookup, told: Told) -> _Rows:
    return _Rows(leader, re.compile(told.index) if told.index else None, _filters(told.where))


def _filters(told: Sequence[Where]) -> tuple[_Filter, ...]:
    return tuple(
        _Filter(
            at=lookup(w.at),
            any_of=frozenset(w.any_of),
            above=w.above,
            like=re.compile(w.like) if w.like else None,
            unlike=re.compile(w.unlike) if w.unlike else None,
        )
        for w in told
    )


def _optional(place: Place | None) -> Lookup | None:
    return lookup(place) if place is not None else None


def _some(*lookups: Lookup | None) -> tuple[Lookup, ...]:
    return tuple(x for x in lookups if x is not None)


def processor(told: ToldProcessor) -> Metric:
    """How busy processors are."""
    idle = told.percent is None
    leader = lookup(told.idle if told.percent is None else told.percent)  # type: ignore[arg-type]
    label, counted = _optional(told.label), _rows(leader, told)
    naming = _Naming(leader, told.name, "CPU", label)

    def read(answers: Answers) -> list[Processor]:
        found, value = [], leader.at(answers)
        for index in counted.of(answers):
            number = as_measure(value(index), leader.pattern)
            if number is None:
                continue
            percent = number / told.divide
            if 0 <= percent <= 100:
                percent = round(100 - percent if idle else percent, 2)
                name = naming.text(answers, index)
                found.append(Processor(naming.index(index), name, percent))
        return found

    return Metric(
        leader, told.tier or "cycle", (leader,), counted.fixed, _some(label), told.also, read
    )


@dataclass(frozen=True, slots=True)
class _Sizes:
    """How much of a pool is there and used."""

    percent: Lookup | None
    divide: float
    used: Lookup | None
    free: tuple[Lookup, ...]
    total: Lookup | float | None
    unit: Lookup | float

    def at(self, answers: Answers, index: str) -> tuple[float, float | None, float | None] | None:
        """Percent, total and used in bytes; None when it cannot be known."""
        unit = self._number(self.unit, answers, index) or 0.0
        total = self._number(self.total, answers, index)
        total = total * unit if total and unit else None
        if self.percent is not None:
            percent = self.percent.number(answers, index)
            percent = None if percent is None else percent / self.divide
            if percent is None or not 0 <= percent <= 100:
                return None
            return percent, total, total * percent / 100 if total else None
        used = as_size(self.used.value(answers, index)) if self.used else None
        free = self._free(answers, index)
        if used is None and free is not None and total:
            used = total / unit - free if unit else None
        elif used is not None and free is not None and total is None:
            total = (used + free) * unit
        if used is None or not total or not unit or not 0 <= used * unit <= total:
            return None
        return used * unit / total * 100, total, used * unit

    def _free(self, answers: Answers, index: str) -> float | None:
        if not self.free:
            return None
        first = as_size(self.free[0].value(answers, index))
        if first is None:
            return None
        return first + sum(as_size(f.value(answers, index)) or 0.0 for f in self.free[1:])

    @staticmethod
    def _number(told: Lookup | float | None, answers: Answers, index: str) -> float | None:
        return as_size(told.value(answers, index)) if isinstance(told, Lookup) else told


def memory(told: ToldMemory) -> Metric:
    """How full pools of memory are."""
    free = told.free if isinstance(told.free, tuple) else (told.free,)
    sizes = _Sizes(
        percent=_optional(told.percent),
        divide=told.divide,
        used=_optional(told.used),
        free=tuple(lookup(f) for f in free),
        total=told.total if isinstance(told.total, float) else _optional(told.total),
        unit=told.unit if isinstance(told.unit, float) else lookup(told.unit),
    )
    values = _some(sizes.percent, sizes.used, *sizes.free)
    leader = values[0]
    label, counted = _optional(told.label), _rows(leader, told)
    naming = _Naming(leader, told.name, "Memory", label)

    def read(answers: Answers) -> list[Memory]:
        found = []
        for index in counted.of(answers):
            if (size := sizes.at(answers, index)) is not None:
                percent, total, used = size
                name, key = naming.text(answers, index), naming.index(index)
                found.append(Memory(key, name, round(percent, 2), total, used, told.role))
        return found

    fixed = [x for x in (sizes.total, sizes.unit) if isinstance(x, Lookup)]
    fixed += counted.fixed
    return Metric(leader, told.tier or "cycle", values, tuple(fixed), _some(label), told.also, read)


def sensor(told: ToldSensor) -> Metric:
    """What sensors of one kind say."""
    leader, state, limit = lookup(told.value), _optional(told.state), _optional(told.limit)
    label, counted, whole = _optional(told.label), _rows(leader, told), _optional(told.of)
    naming = _Naming(leader, told.name, told.kind, label)
    low, high = PLAUSIBLE[told.kind]

    def measured(number: float | None) -> float | None:
        if number is None or (number == 0 and not told.zero):
            return None
        if told.divide == 1 and told.kind != "state" and number in NEVER:
            return None
        number = number / told.divide
        number = (number - 32) / 1.8 if told.fahrenheit else number
        return round(number, 4) if low <= number <= high else None

    def word(answers: Answers, index: str) -> State:
        if not told.states:
            return "unknown"
        value = (state or leader).value(answers, index)
        key = value if isinstance(value, int) else as_text(value)
        return told.states.get(key, "unknown")

    def read(answers: Answers) -> list[Sensor]:
        found, amount = [], leader.at(answers)
        for index in counted.of(answers):
            number = as_measure(amount(index), leader.pattern)
            if whole is not None:
                number = share(number, whole.number(answers, index))
            if (value := measured(number)) is None and told.kind != "state":
                continue
            says = word(answers, index)
            if value is None and says == "unknown":
                continue
            most = (measured(limit.number(answers, index)) or None) if limit else None
            name = naming.text(answers, index)
            found.append(Sensor(told.kind, naming.index(index), name, value, says, most))
        return found

    tier = told.tier or ("cycle" if told.kind == "temperature" else "quarter")
    fixed = _some(limit, whole, *counted.fixed)
    return Metric(leader, tier, _some(leader, state), fixed, _some(label), told.also, read)


def poe(told: ToldPoe) -> Metric:
    """Power over Ethernet by unit."""
    leader, budget = lookup(told.used), lookup(told.budget)

    def read(answers: Answers) -> list[PoeBudget]:
        found = []
        for index in rows(leader, answers):
            used, whole = leader.number(answers, index), budget.number(answers, index)
            if used is None or not whole or used < 0 or used in NEVER or whole in NEVER:
                continue
            found.append(PoeBudget(index, whole / told.divide, used / told.divide))
        return found

    return Metric(leader, told.tier or "quarter", (leader,), (budget,), (), told.also, read)


def clients(told: ToldClients) -> Metric:
    """How many wireless clients there are, all radios together."""
    leader = lookup(told.rows if told.total is None else told.total)  # type: ignore[arg-type]
    counted = _rows(leader, told)

    def read(answers: Answers) -> list[int]:
        if told.total is None:
            known = leader.oid in answers.columns and leader.oid not in answers.partial
            return [sum(1 for _ in counted.of(answers))] if known else []
        value = leader.at(answers)
        numbers = [as_measure(value(i), leader.pattern) for i in counted.of(answers)]
        told_ones = [int(n) for n in numbers if n is not None and 0 <= n < 100_000]
        return [sum(told_ones)] if told_ones and leader.oid not in answers.partial else []

    return Metric(leader, told.tier or "cycle", (leader,), counted.fixed, (), told.also, read)
