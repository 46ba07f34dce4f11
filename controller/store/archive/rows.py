"""Polls as rows of the archive's tables. What is unknown stays NULL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import pyarrow as pa

from controller.health.graphs import port_names
from controller.health.observed import RATES, Observed
from controller.health.summary import REACHED, device_figures
from controller.store.archive.shapes import DEVICES, PORTS, SENSORS, Table
from controller.thai import bangkok_date


def by_day(batch: Iterable[Observed]) -> dict[date, list[Observed]]:
    """Day in Thailand -> its polls, by device. Errors: `ValueError` for a time without a zone."""
    days: dict[date, list[Observed]] = {}
    for observed in sorted(batch, key=lambda one: (one.device, one.at)):
        days.setdefault(bangkok_date(observed.at), []).append(observed)
    return days


def tables(batch: Sequence[Observed]) -> dict[str, pa.Table]:
    """Table name -> rows of these polls; a table without rows is absent."""
    made = {"devices": _devices(batch), "ports": _ports(batch), "sensors": _sensors(batch)}
    return {name: table for name, table in made.items() if table.num_rows}


def _table(table: Table, columns: Mapping[str, Sequence[object]]) -> pa.Table:
    schema = table.schema
    return pa.table(
        [pa.array(columns[column.name], column.type) for column in schema], schema=schema
    )


def _devices(batch: Sequence[Observed]) -> pa.Table:
    told = [device_figures(one.measured) for one in batch]
    columns: dict[str, Sequence[object]] = {
        name: [values.get(name) for values in told] for name in DEVICES.columns
    }
    columns |= {
        "time": [int(one.at.timestamp()) for one in batch],
        "device": [one.device for one in batch],
        "reached": [REACHED.get(one.reached) for one in batch],
        "round_trip": [one.round_trip for one in batch],
    }
    return _table(DEVICES, columns)


def _ports(batch: Sequence[Observed]) -> pa.Table:
    columns: dict[str, list[object]] = {name: [] for name in PORTS.schema.names}
    for one in batch:
        if one.ports is None:
            continue
        ports = one.ports
        names = port_names(ports)
        columns["time"] += [int(one.at.timestamp())] * len(names)
        columns["device"] += [one.device] * len(names)
        columns["port"] += names.values()
        for rate in RATES:
            columns[rate] += map(ports.rates.get(rate, {}).get, names)
        columns["oper"] += map(ports.oper.get, names)
        columns["speed"] += map(ports.speed.get, names)
    return _table(PORTS, columns)


def _sensors(batch: Sequence[Observed]) -> pa.Table:
    columns: dict[str, list[object]] = {name: [] for name in SENSORS.schema.names}
    for one in batch:
        if one.measured is None:
            continue
        seen: set[tuple[str, str]] = set()
        for sensor in one.measured.sensors:
            name = sensor.name or sensor.index
            if (sensor.kind, name) in seen:
                name = f"{name} {sensor.index}"
            seen.add((sensor.kind, name))
            row = (int(one.at.timestamp()), one.device, sensor.kind, name)
            for column, value in zip(columns, (*row, sensor.value, sensor.state), strict=True):
                columns[column].append(value)
    return _table(SENSORS, columns)
