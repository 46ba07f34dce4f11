"""The difference between two objects of a git folder, as a pack keeps it.

Configurations change by lines and folders by entries, so whole pieces are compared and nothing is
searched byte by byte: a thousand lines take well below a millisecond.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

_INSERT_MOST, _COPY_MOST = 127, 0xFFFFFF
_NAME_BYTES = 20


def lines_of(content: bytes) -> list[bytes]:
    """The pieces of a text: its lines, each with its end."""
    return content.splitlines(keepends=True)


def entries_of(tree: bytes) -> list[bytes]:
    """The pieces of a folder: its entries, each `mode name NUL` and the 20 bytes of an id."""
    pieces, start = [], 0
    while start < len(tree):
        end = tree.index(b"\0", start) + 1 + _NAME_BYTES
        pieces.append(tree[start:end])
        start = end
    return pieces


def make_delta(old: Sequence[bytes], new: Sequence[bytes]) -> bytes:
    """What git applies to the joined `old` pieces to get the joined `new` ones."""
    starts = [0]
    for piece in old:
        starts.append(starts[-1] + len(piece))
    out = bytearray(_number(starts[-1]) + _number(sum(map(len, new))))
    inserted = bytearray()
    for first, last in _runs(old, new):
        if first < 0:
            inserted += new[last]
            continue
        _insert(out, inserted)
        _copy(out, starts[first], starts[last] - starts[first])
    _insert(out, inserted)
    return bytes(out)


def _runs(old: Sequence[bytes], new: Sequence[bytes]) -> Iterator[tuple[int, int]]:
    """The new pieces in order: (first, last) of old ones to copy, or (-1, which new one)."""
    head = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            break
        head += 1
    tail, most = 0, min(len(old), len(new)) - head
    while tail < most and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    if head:
        yield 0, head
    yield from _middle(old, new, head, len(new) - tail)
    if tail:
        yield len(old) - tail, len(old)


def _middle(
    old: Sequence[bytes], new: Sequence[bytes], at: int, end: int
) -> Iterator[tuple[int, int]]:
    places: dict[bytes, list[int]] = {}
    if at < end:
        for place, piece in enumerate(old):
            places.setdefault(piece, []).append(place)
    expected = at
    while at < end:
        found = places.get(new[at])
        if not found:
            yield -1, at
            at += 1
            continue
        # Of several equal pieces the next one: what follows it is likely to be equal too.
        first = last = found[min(bisect_left(found, expected), len(found) - 1)]
        while at < end and last < len(old) and old[last] == new[at]:
            at, last = at + 1, last + 1
        yield first, last
        expected = last


def _number(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def _insert(out: bytearray, content: bytearray) -> None:
    for start in range(0, len(content), _INSERT_MOST):
        part = content[start : start + _INSERT_MOST]
        out.append(len(part))
        out += part
    content.clear()


def _copy(out: bytearray, start: int, size: int) -> None:
    while size:
        part = min(size, _COPY_MOST)
        command, told = 0x80, bytearray()
        for bit in range(4):
            if byte := start >> 8 * bit & 0xFF:
                command |= 1 << bit
                told.append(byte)
        for bit in range(3):
            if byte := part >> 8 * bit & 0xFF:
                command |= 0x10 << bit
                told.append(byte)
        out.append(command)
        out += told
        start, size = start + part, size - part
