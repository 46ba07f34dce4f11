"""Polls as Prometheus remote write 1.0 sends them: three messages of protobuf, written by hand.

WriteRequest { repeated TimeSeries timeseries = 1; }
TimeSeries   { repeated Label labels = 1; repeated Sample samples = 2; }
Label        { string name = 1; string value = 2; }
Sample       { double value = 1; int64 timestamp = 2; }  milliseconds
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator

from controller.health.graphs import port_names
from controller.health.observed import RATES, Observed
from controller.health.summary import METRIC_NAMES, REACHED, device_figures

_PORT_NAMES = {
    "in_bps": "khaen_port_in_bits_per_second",
    "out_bps": "khaen_port_out_bits_per_second",
    **{rate: f"khaen_port_{rate}_per_second" for rate in RATES if not rate.endswith("bps")},
}
_PORT_UP = "khaen_port_up"
_UP, _NOBODY_KNOWS = 1, 4


def write_requests(batch: Iterable[Observed], most: int) -> Iterator[bytes]:
    """The polls as messages of at most `most` series; what is unknown is left out."""
    parts: list[bytes] = []
    for observed in batch:
        parts += _series(observed)
        while len(parts) >= most:
            yield b"".join(parts[:most])
            del parts[:most]
    if parts:
        yield b"".join(parts)


def _series(observed: Observed) -> Iterator[bytes]:
    time = b"\x10" + _varint(int(observed.at.timestamp() * 1000))
    device = _label("device", observed.device)
    figures = {
        **device_figures(observed.measured),
        "up": REACHED.get(observed.reached),
        "round_trip": observed.round_trip,
    }
    for metric, name in METRIC_NAMES.items():
        value = figures.get(metric)
        if value is not None:
            yield _one(_label("__name__", name) + device, value, time)
    if observed.ports is None:
        return
    # Labels have to come sorted by name: __name__, device, port.
    ends = {i: device + _label("port", n) for i, n in port_names(observed.ports).items()}
    for rate, name in _PORT_NAMES.items():
        start = _label("__name__", name)
        for index, value in observed.ports.rates.get(rate, {}).items():
            yield _one(start + ends[index], value, time)
    start = _label("__name__", _PORT_UP)
    for index, state in observed.ports.oper.items():
        if state != _NOBODY_KNOWS:
            yield _one(start + ends[index], float(state == _UP), time)


def _one(labels: bytes, value: float, time: bytes) -> bytes:
    sample = b"\x09" + struct.pack("<d", value) + time
    series = labels + b"\x12" + _varint(len(sample)) + sample
    return b"\x0a" + _varint(len(series)) + series


def _label(name: str, value: str) -> bytes:
    key, told = name.encode(), value.encode("utf-8", "replace")
    pair = b"\x0a" + _varint(len(key)) + key + b"\x12" + _varint(len(told)) + told
    return b"\x0a" + _varint(len(pair)) + pair


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)
