"""Snappy, which only PyArrow brings along."""

from __future__ import annotations

import pyarrow as pa


def snappy(content: bytes) -> bytes:
    """The bytes as one Snappy block, as Prometheus remote write asks for."""
    packed: bytes = pa.compress(content, codec="snappy", asbytes=True)
    return packed
