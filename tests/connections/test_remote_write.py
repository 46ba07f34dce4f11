"""Samples arrive at a real HTTP receiver that takes the messages apart byte by byte."""

from __future__ import annotations

import base64
import logging
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pyarrow as pa
import pytest
from pydantic import SecretStr

from controller.connections.remote_write import RemoteWriter
from controller.store.archive.packing import snappy
from tests.store.archive.polls import polled, silent, unasked

AT = datetime(2026, 11, 27, 3, 0, tzinfo=UTC)
Key = tuple[tuple[str, str], ...]


@dataclass
class Receiver:
    """What came, and what is answered: the next status of `answers`, then 204."""

    port: int = 0
    answers: list[int] = field(default_factory=list)
    asked: int = 0
    headers: list[dict[str, str]] = field(default_factory=list)
    samples: dict[Key, list[tuple[float, int]]] = field(default_factory=dict)

    def url(self, user: str = "") -> SecretStr:
        """Where it listens."""
        return SecretStr(f"http://{user}127.0.0.1:{self.port}/api/v1/write")


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A receiver on a free port."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            receiver.asked += 1
            status = receiver.answers.pop(0) if receiver.answers else 204
            if status == 204:
                receiver.headers.append({k.lower(): v for k, v in self.headers.items()})
                for labels, samples in taken_apart(unpacked(body)):
                    receiver.samples.setdefault(labels, []).extend(samples)
            self.send_response(status)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        receiver.port = server.server_port
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield receiver
        finally:
            server.shutdown()
            thread.join()


def unpacked(block: bytes) -> bytes:
    """A Snappy block begins with its length as a varint."""
    length, _ = varint(block, 0)
    plain: bytes = pa.decompress(block, decompressed_size=length, codec="snappy", asbytes=True)
    return plain


def varint(data: bytes, at: int) -> tuple[int, int]:
    """The number that begins at a place, and the place after it."""
    number = shift = 0
    while True:
        byte = data[at]
        number |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return number, at


def fields(data: bytes) -> Iterator[tuple[int, bytes | int]]:
    """The fields of a protobuf message: lengths, fixed 64 bits and varints."""
    at = 0
    while at < len(data):
        key, at = varint(data, at)
        kind = key & 7
        if kind == 0:
            value, at = varint(data, at)
            yield key >> 3, value
        elif kind == 1:
            yield key >> 3, data[at : at + 8]
            at += 8
        else:
            assert kind == 2
            length, at = varint(data, at)
            yield key >> 3, data[at : at + length]
            at += length


def taken_apart(message: bytes) -> Iterator[tuple[Key, list[tuple[float, int]]]]:
    """The series of a WriteRequest: sorted labels and samples."""
    for number, series in fields(message):
        assert number == 1
        assert isinstance(series, bytes)
        labels, samples = [], []
        for part, content in fields(series):
            assert isinstance(content, bytes)
            inner = dict(fields(content))
            if part == 1:
                labels.append(tuple(v.decode() for v in inner.values() if isinstance(v, bytes)))
            else:
                value, at = inner[1], inner[2]
                assert isinstance(value, bytes)
                assert isinstance(at, int)
                samples.append((struct.unpack("<d", value)[0], at))
        assert labels == sorted(labels)
        yield tuple((name, value) for name, value in labels), samples


def until(true: Callable[[], bool]) -> None:
    """Wait for something another thread does."""
    for _ in range(500):
        if true():
            return
        time.sleep(0.01)
    pytest.fail("it did not happen within five seconds")


def test_every_known_figure_arrives_once() -> None:
    """With labels, time in milliseconds, the headers of the protocol and the password."""
    with receiving() as receiver:
        writer = RemoteWriter(receiver.url("kh%40en:s%3Aecret@"), snappy)
        writer.send([polled("sw-1", AT, 1e6), silent("sw-2", AT), unasked("sw-3", AT)])
        until(lambda: len(receiver.samples) >= 12)
        writer.close()
    told = {
        (dict(key)["__name__"], dict(key)["device"], dict(key).get("port")): samples
        for key, samples in receiver.samples.items()
    }
    time_of = int(AT.timestamp() * 1000)
    assert told["khaen_device_up", "sw-1", None] == [(1.0, time_of)]
    assert told["khaen_device_up", "sw-2", None] == [(0.0, time_of)]
    assert told["khaen_device_cpu_percent", "sw-1", None] == [(20.0, time_of)]
    assert told["khaen_port_in_bits_per_second", "sw-1", "Gi0/1"] == [(1e6, time_of)]
    assert told["khaen_port_up", "sw-1", "2"] == [(0.0, time_of)]
    assert not [key for key in told if key[1] == "sw-3"]  # unknown is not sent at all
    (headers,) = receiver.headers
    assert headers["content-encoding"] == "snappy"
    assert headers["x-prometheus-remote-write-version"] == "0.1.0"
    password = base64.b64encode(b"kh@en:s:ecret").decode()
    assert headers["authorization"] == f"Basic {password}"


def test_a_receiver_in_trouble_is_asked_again(caplog: pytest.LogCaptureFixture) -> None:
    """On 5xx and 429; what it refuses for good is not sent again; no password in any log."""
    caplog.set_level(logging.INFO)
    with receiving() as receiver:
        receiver.answers = [503, 429]
        writer = RemoteWriter(receiver.url("who:s3cret@"), snappy, rest=0.01)
        writer.send([silent("sw-1", AT)])
        until(lambda: bool(receiver.samples))
        assert receiver.asked == 3
        receiver.answers = [400]
        writer.send([silent("sw-2", AT)])
        until(lambda: receiver.asked == 4)
        writer.send([silent("sw-3", AT)])
        until(lambda: receiver.asked == 5)
        writer.close()
    assert {dict(key)["device"] for key in receiver.samples} == {"sw-1", "sw-3"}
    assert "refuses samples: status 400" in caplog.text
    assert "s3cret" not in caplog.text


def test_nobody_waits_for_a_receiver_that_is_not_there() -> None:
    """The queue is bounded, the oldest go; closing does not hang."""
    with receiving() as receiver:
        nowhere = receiver.url()
    writer = RemoteWriter(nowhere, snappy, waiting=50, rest=0.01)
    began = time.monotonic()
    for number in range(300):
        writer.send([silent(f"sw-{number}", AT)])
    assert time.monotonic() - began < 1
    assert 100 <= writer.dropped <= 250
    writer.close()
    assert time.monotonic() - began < 3
