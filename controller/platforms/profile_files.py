"""From the data files to a platform's metrics: its own, those it uses, then the standard ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Literal

from controller.platforms.metric_files import MetricsFile, read_metrics
from controller.platforms.metric_rows import Metric, clients, memory, poe, processor, sensor
from controller.platforms.metric_tables import entity_sensors, storage
from controller.platforms.port_columns import PortColumns

Section = Literal["processors", "memories", "sensors", "poe", "clients"]
Choices = Mapping[Section, tuple[tuple[Metric, ...], ...]]

# What every platform is asked for unless its file says `without`, in the order it is tried.
STANDARD = ("interfaces", "host_resources", "ucd", "entity_sensor", "power_ethernet")

_OBJECT = re.compile(r"\{object(?::-(\d))?\}")


@dataclass(frozen=True, slots=True)
class Compiled:
    """A platform's metrics, and whether its OIDs depend on the device's sysObjectID."""

    choices: Choices
    ports: PortColumns
    by_object: bool


def with_oids() -> frozenset[str]:
    """The platforms that have an `oids.yaml`."""
    here = files("controller.platforms")
    return frozenset(f.name for f in here.iterdir() if (f / "oids.yaml").is_file())


def compiled(platform: str, object_id: str = "") -> Compiled:
    """The metrics of a platform; when it is empty, of standard MIBs and the vendor's family.

    Errors: `ValueError` that names the file and what is wrong in it.
    """
    own = _file(platform) if platform else _unknown(object_id)
    told = list(_with_uses(own, ()))
    told += [_file(name) for name in STANDARD if name not in own.without]
    ports = next(t.ports for t in told if t.ports is not None)
    placed = list(chain.from_iterable(_for_objects(t, object_id) for t in told))
    by_object = not platform or any(t.objects for t in told)
    return Compiled(_choices(placed), PortColumns(ports), by_object)


def _unknown(object_id: str) -> MetricsFile:
    told = _file("unknown")
    arcs = object_id.split(".")
    prefixes = (".".join(arcs[:count]) for count in range(len(arcs), 0, -1))
    family = next((told.families[p] for p in prefixes if p in told.families), ())
    return told.model_copy(update={"uses": (*family, *told.uses)})


@cache
def _file(name: str) -> MetricsFile:
    """The file of a standard or shared MIB, or of a platform."""
    here = files("controller.platforms")
    for where in (f"mibs/{name}.yaml", f"{name}/oids.yaml"):
        if (here / where).is_file():
            return read_metrics(where, here / where)
    raise ValueError(f"mibs/{name}.yaml: there is no such file, nor {name}/oids.yaml")


def _with_uses(told: MetricsFile, above: tuple[str, ...]) -> Iterator[MetricsFile]:
    yield told
    for name in told.uses:
        if name in above:
            raise ValueError(f"mibs/{name}.yaml: uses: it uses itself")
        yield from _with_uses(_file(name), (*above, name))


def _for_objects(told: MetricsFile, object_id: str) -> Iterator[MetricsFile]:
    if not told.objects:
        yield told
        return
    for candidate in (object_id,) if object_id else told.objects:
        yield _placed(told, candidate)


def _placed(told: MetricsFile, object_id: str) -> MetricsFile:
    arcs = object_id.split(".")

    def own(found: re.Match[str]) -> str:
        return ".".join(arcs[: -int(found[1])] if found[1] else arcs)

    return MetricsFile.model_validate_json(_OBJECT.sub(own, told.model_dump_json()))


def _choices(told: Sequence[MetricsFile]) -> Choices:
    memories = [[*(memory(m) for m in t.memories), *(storage(s) for s in t.storage)] for t in told]
    sensors = [
        [*(sensor(s) for s in t.sensors), *(entity_sensors(e) for e in t.entity_sensors)]
        for t in told
    ]
    return {
        "processors": _grouped(chain.from_iterable(map(processor, t.processors) for t in told)),
        "memories": _grouped(chain.from_iterable(memories)),
        "sensors": _grouped(chain.from_iterable(sensors)),
        "poe": _grouped(chain.from_iterable(map(poe, t.poe) for t in told)),
        "clients": _grouped(chain.from_iterable(map(clients, t.clients) for t in told)),
    }


def _grouped(metrics: Iterator[Metric] | chain[Metric]) -> tuple[tuple[Metric, ...], ...]:
    groups: list[list[Metric]] = []
    for metric in metrics:
        if metric.also and groups:
            groups[-1].append(metric)
        else:
            groups.append([metric])
    return tuple(map(tuple, groups))
