"""The tables of the archive: their columns, and the metrics that are summed up by hour and day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pyarrow as pa

from controller.errors import InputError, Text
from controller.facts.measured import SENSOR_UNITS
from controller.language import nearest

Level = Literal["raw", "hourly", "daily"]
HOUR, DAY = 3600, 86400
# Bangkok is this many seconds ahead of UTC.
AHEAD = 7 * HOUR

# Whether a device or port works: 1, 0, or NULL when nobody knows.
_REACHED = "reached"
_OPER = "CASE WHEN oper = 1 THEN 1 WHEN oper IS NULL OR oper = 4 THEN NULL ELSE 0 END"


@dataclass(frozen=True)
class Table:
    """One table: `keys` say which series a row belongs to, `metrics` map to SQL over raw columns.

    `last` are columns of which a summary keeps the highest value as it is.
    """

    name: str
    keys: tuple[str, ...]
    columns: Mapping[str, Any]
    metrics: Mapping[str, str]
    last: tuple[str, ...] = ()

    @property
    def schema(self) -> pa.Schema:
        """The shape of a raw file."""
        keys = [(key, pa.string()) for key in self.keys]
        return pa.schema([("time", pa.int64()), *keys, *self.columns.items()])

    @property
    def order(self) -> str:
        """What every merged file is sorted by."""
        return ", ".join((*self.keys, "time"))

    def summed_up(self, source: str, period: int) -> str:
        """SQL that sums raw rows up by periods of seconds, on a Thai clock."""
        start = f"((time + {AHEAD}) // {period}) * {period} - {AHEAD}"
        parts = [f"count({sql})::SMALLINT AS {name}_n" for name, sql in self.metrics.items()]
        for name, sql in self.metrics.items():
            parts += [f"{how}({sql})::FLOAT AS {name}_{how}" for how in ("min", "avg", "max")]
        parts += [f"max({name}) AS {name}" for name in self.last]
        # By number: a name on its own would mean the column of the source.
        by = ", ".join(str(number) for number in range(1, len(self.keys) + 2))
        chosen = ", ".join((*self.keys, f"{start} AS time", "count(*)::SMALLINT AS n", *parts))
        # S608: every word comes from this file.
        return f"SELECT {chosen} FROM {source} GROUP BY {by} ORDER BY {by}"  # noqa: S608


_RATES = ("in_bps", "out_bps", "in_errors", "out_errors", "in_discards", "out_discards")
_DEVICE = (
    "round_trip", "cpu", "cpu_max", "memory", "temperature", "uptime", "poe", "poe_budget",
)  # fmt: skip
DEVICES = Table(
    "devices",
    ("device",),
    {
        "reached": pa.int8(),
        **{name: pa.float32() for name in _DEVICE},
        "clients": pa.int32(),
    },
    {"up": _REACHED, **{name: name for name in (*_DEVICE, "clients")}},
)
PORTS = Table(
    "ports",
    ("device", "port"),
    {**{name: pa.float32() for name in _RATES}, "oper": pa.int8(), "speed": pa.int64()},
    {"up": _OPER, **{name: name for name in _RATES}},
    last=("speed",),
)
SENSORS = Table(
    "sensors",
    ("device", "kind", "sensor"),
    {"value": pa.float32(), "state": pa.string()},
    {"value": "value"},
)
TABLES = {table.name: table for table in (DEVICES, PORTS, SENSORS)}

# metric -> unit. A rate is per second; a share is 0 to 1.
DEVICE_UNITS = {
    "up": "share", "round_trip": "s", "cpu": "%", "cpu_max": "%", "memory": "%",
    "temperature": "°C", "uptime": "s", "poe": "W", "poe_budget": "W", "clients": "",
}  # fmt: skip
PORT_UNITS = {
    "up": "share", "in_bps": "bit/s", "out_bps": "bit/s", "in_errors": "/s", "out_errors": "/s",
    "in_discards": "/s", "out_discards": "/s",
}  # fmt: skip


# Asked in every third poll only (docs/health.md); a finer graph would be full of gaps.
_SELDOM = {"poe", "poe_budget", "out_errors", "in_discards", "out_discards"}
_OFTEN_SENSORS = {"temperature"}


@dataclass(frozen=True)
class Wanted:
    """One series: in which table, which column, of which keys, in which unit.

    `every`: of how many polls one asks for it.
    """

    table: Table
    metric: str
    keys: tuple[str, ...]
    unit: str
    every: int = 1


def wanted(device: str, metric: str, port: str | None) -> Wanted:
    """Where a metric stands. `port`: a port, or a sensor when the metric is a kind of sensor.

    Errors: `InputError` for a metric there is not.
    """
    if port is None and metric in DEVICE_UNITS:
        every = 3 if metric in _SELDOM else 1
        return Wanted(DEVICES, metric, (device,), DEVICE_UNITS[metric], every)
    if port is not None and metric in PORT_UNITS:
        every = 3 if metric in _SELDOM else 1
        return Wanted(PORTS, metric, (device, port), PORT_UNITS[metric], every)
    if port is not None and metric in SENSOR_UNITS:
        every = 1 if metric in _OFTEN_SENSORS else 3
        return Wanted(SENSORS, "value", (device, metric, port), SENSOR_UNITS[metric], every)
    known = DEVICE_UNITS if port is None else {**PORT_UNITS, **SENSOR_UNITS}
    near = nearest(metric, known) or ", ".join(known)
    raise InputError(
        Text(th=f"ไม่มีค่าที่วัดชื่อ {metric}", en=f"there is no metric {metric}"),
        hint=Text(th=f"หมายถึง {near} ใช่หรือไม่", en=f"did you mean {near}?"),
    )
