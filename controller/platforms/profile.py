"""What to ask a device each poll, and how its answers become measurements, by platform.

The profiles are data: `<platform>/oids.yaml` and the standard MIBs in `mibs/`. Nothing here knows a
vendor.

Some of what an answer means hardly ever changes (names, scales, sizes, which tables a device has at
all), so it is asked hourly. Whoever polls keeps the `Traits` of the last poll that asked the `hour`
tier and gives them to `request` and `read`: then a poll in between asks only what moves, and of
tables that the device has not, nothing. Without traits both still do right, at the cost of asking
more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import chain

from controller.facts.answers import Answers, Request
from controller.facts.measured import Measured, Memory, PoeBudget, Processor, Sensor
from controller.platforms.metric_files import Tier
from controller.platforms.metric_rows import Metric, Row
from controller.platforms.metric_values import Lookup, is_scalar
from controller.platforms.port_columns import PortColumns
from controller.platforms.profile_files import Section, compiled, with_oids
from controller.platforms.traits import Traits, lasting, picked

__all__ = ["Profile", "Tier", "Traits", "profile"]


@dataclass(frozen=True, eq=False)
class Profile:
    """What is measured on a platform. Of the choices of a section the first that tells wins."""

    platform: str
    choices: Mapping[Section, tuple[tuple[Metric, ...], ...]]
    ports: PortColumns

    def request(self, tiers: Collection[Tier], traits: Traits | None = None) -> Request:
        """What to ask when these tiers are due; with `traits`, nothing the device has not.

        Whoever wants to know whether it has something new asks every tier without.
        """
        due = frozenset(tiers)
        if traits is None:
            return _request(self, due, None, None, ())
        return _request(
            self, due, traits.idle, traits.narrow, () if "hour" in due else traits.picked
        )

    def read(self, answers: Answers, traits: Traits | None = None) -> Measured:
        """The answers as measurements; what was not told is absent."""
        ports = self.ports.read(answers)
        uptime = self.ports.uptime(answers)
        if traits is not None:
            answers = traits.complete(answers)
        clients = self._first("clients", answers)
        return Measured(
            uptime=uptime,
            processors=tuple(r for r in self._first("processors", answers) if type(r) is Processor),
            memories=tuple(r for r in self._first("memories", answers) if type(r) is Memory),
            sensors=tuple(r for _, rows in self._sensors(answers) for r in rows),
            poe=tuple(r for r in self._first("poe", answers) if type(r) is PoeBudget),
            clients=sum(r for r in clients if type(r) is int) if clients else None,
            ports=ports,
        )

    def traits(self, answers: Answers, before: Traits | None = None) -> Traits:
        """What the answers to a request with every tier tell of the device for later polls.

        `before` are the traits that the request was made with.
        """
        working: list[tuple[Metric, Sequence[Row]]] = [w for w in self._sensors(answers) if w[1]]
        for section, choices in self.choices.items():
            if section != "sensors":
                working += _working(choices, answers)
        metrics = [metric for metric, _ in working]
        every = chain.from_iterable(chain.from_iterable(self.choices.values()))
        idle = {m.key for m in every if _settled(m, answers)} - {m.key for m in metrics}
        if before is not None:
            idle |= before.idle
        few = picked(working, answers)
        kept = lasting(metrics, answers, dict(few))
        return Traits(frozenset(idle), kept, self.ports.narrow(answers), few)

    def _first(self, section: Section, answers: Answers) -> list[Row]:
        """The rows of the first choice whose first metric tells anything."""
        for choice in self.choices[section]:
            if found := _rows(choice[0], answers):
                return [*found, *chain.from_iterable(_rows(m, answers) for m in choice[1:])]
        return []

    def _sensors(self, answers: Answers) -> Iterator[tuple[Metric, Sequence[Sensor]]]:
        """Each metric's sensors without those that one before has by the same kind and name.

        Devices tell the same battery or probe in a MIB of their own and in a standard one.
        """
        known: set[tuple[str, str]] = set()
        columns, scalars = answers.columns, answers.scalars
        for oid, metric in self._sensing:
            if oid not in columns and oid not in scalars:
                continue
            found = [r for r in metric.read(answers) if type(r) is Sensor]
            new = [r for r in found if (r.kind, r.name) not in known] if known else found
            known.update((r.kind, r.name) for r in new)
            yield metric, new

    @cached_property
    def _sensing(self) -> tuple[tuple[str, Metric], ...]:
        return tuple((m.key, m) for m in chain.from_iterable(self.choices["sensors"]))


def profile(platform: str, object_id: str = "") -> Profile:
    """The profile of a platform; of one that has none, or without a name, that of standard MIBs.

    `object_id` is the device's sysObjectID: it adds the vendor's family to a profile of standard
    MIBs, and says the model's number where a vendor puts it into the OIDs (without it the known
    models are tried). Errors: `ValueError` that names file and field of a data file that is wrong.
    """
    return _profile(platform if platform in _known() else "", object_id.lstrip("."))


@cache
def _profile(platform: str, object_id: str) -> Profile:
    found = compiled(platform, object_id)
    if object_id and not found.by_object:
        return _profile(platform, "")
    return Profile(platform, found.choices, found.ports)


@cache
def _known() -> frozenset[str]:
    return with_oids()


def _rows(metric: Metric, answers: Answers) -> Sequence[Row]:
    key = metric.leader.oid
    return metric.read(answers) if key in answers.columns or key in answers.scalars else ()


def _settled(metric: Metric, answers: Answers) -> bool:
    """Whether the device said all it will: a walk that failed or was cut short proves nothing."""
    key = metric.key
    return metric.leader.scalar or (key in answers.columns and key not in answers.partial)


def _working(
    choices: Iterable[tuple[Metric, ...]], answers: Answers
) -> list[tuple[Metric, Sequence[Row]]]:
    for choice in choices:
        if _rows(choice[0], answers):
            return [(m, rows) for m in choice if (rows := _rows(m, answers))]
    return []


@lru_cache(maxsize=4096)
def _request(
    asked: Profile,
    due: frozenset[Tier],
    idle: frozenset[str] | None,
    narrow: bool | None,
    few: tuple[tuple[str, tuple[str, ...]], ...],
) -> Request:
    """Without `idle` nothing is known of the device: what is due brings what it needs."""
    oids: dict[str, None] = {}
    for metric in chain.from_iterable(chain.from_iterable(asked.choices.values())):
        if idle is not None and metric.key in idle:
            continue
        for place in _due(metric, due, remembered=idle is not None):
            oids.update(dict.fromkeys(place.oids()))
    whole = Request()
    for tier in ("cycle", "quarter", "hour"):
        if tier in due:
            whole |= asked.ports.request(tier, narrow)
    rows = [f"{oid}.{index}" for oid, indexes in few if oid in oids for index in indexes]
    walked = [oid for oid in oids if not is_scalar(oid) and oid not in dict(few)]
    return whole | Request((*(oid for oid in oids if is_scalar(oid)), *rows), tuple(walked))


def _due(metric: Metric, due: frozenset[Tier], *, remembered: bool) -> Iterator[Lookup]:
    if metric.tier in due:
        yield from metric.values
        if not remembered:
            yield from metric.fixed
    if "hour" in due:
        yield from metric.fixed
        yield from metric.names
