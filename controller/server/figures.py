"""The figures of /metrics, in the text form Prometheus reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta

from prometheus_client import CollectorRegistry, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from controller.health.summary import METRIC_NAMES
from controller.operations.read_figures import Reading
from controller.processes.case import CASE_STATES

_server = CollectorRegistry()
ProcessCollector(registry=_server)
REQUESTS = Histogram(
    "khaen_request_seconds",
    "Time to answer a request, by route as written and status",
    ("method", "route", "status"),
    registry=_server,
    buckets=(0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 10),
)
_OLD = (("day", timedelta(days=1)), ("week", timedelta(days=7)), ("month", timedelta(days=30)))


def as_text(reading: Reading) -> bytes:
    """The figures of this process and of the installation."""
    registry = CollectorRegistry()
    registry.register(_Read(reading))
    return generate_latest(_server) + generate_latest(registry)


class _Read(Collector):
    """A reading as metrics."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Counts by state, open sessions, the age of backups in seconds."""
        stored, inventory = self._reading.stored, self._reading.inventory
        cases = dict.fromkeys(CASE_STATES, 0) | dict(stored.cases)
        yield _by("khaen_cases", "Cases by state", "state", cases)
        yield _by("khaen_runs", "Runs by state", "state", dict(stored.runs))
        devices = "Devices by the outcome of the last run that touched them"
        yield _by("khaen_devices", devices, "outcome", dict(stored.devices))
        told = "Sessions that hold"
        yield GaugeMetricFamily("khaen_open_sessions", told, value=self._reading.sessions)
        told = "Devices of the inventory"
        yield GaugeMetricFamily("khaen_inventory_devices", told, value=len(inventory))
        ages = [self._reading.at - at for name, at in stored.backups.items() if name in inventory]
        told = "Devices of the inventory whose configuration was never kept"
        never = len(inventory - set(stored.backups))
        yield GaugeMetricFamily("khaen_devices_without_backup", told, value=never)
        told = "Devices whose newest backup is older than this"
        older = {name: sum(age > limit for age in ages) for name, limit in _OLD}
        yield _by("khaen_backups_older_than", told, "age", older)
        if ages:
            told = "Age of the oldest of the newest backups of each device"
            oldest = max(ages).total_seconds()
            yield GaugeMetricFamily("khaen_oldest_backup_seconds", told, value=oldest)
        yield from _health(self._reading)


def _health(reading: Reading) -> Iterator[GaugeMetricFamily]:
    health = reading.health
    statuses = dict.fromkeys(("up", "down", "unknown"), 0) | dict(health.statuses)
    told = "Devices by status, as the last poll of each left it"
    yield _by("khaen_device_status", told, "status", statuses)
    if health.alerts:
        told = "Open alerts that are no shadow of another one"
        yield _by("khaen_open_alerts", told, "severity", dict(health.alerts))
    if health.last is not None:
        told = "Time since any device was polled"
        age = (reading.at - health.last).total_seconds()
        yield GaugeMetricFamily("khaen_last_poll_seconds", told, value=age)
    if health.shares:
        told = "Time the last share of devices took each process that polls"
        yield _by("khaen_poll_share_seconds", told, "poller", dict(health.shares))
    for figure, name in METRIC_NAMES.items():
        values = {
            device: figures[figure]
            for device, figures in health.devices.items()
            if figure in figures and device in reading.inventory
        }
        if values:
            yield _by(name, f"{figure} of each device at its last poll", "device", values)


def _by(name: str, told: str, label: str, values: Mapping[str, float]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, told, labels=[label])
    for value, count in sorted(values.items()):
        family.add_metric([value], count)
    return family
