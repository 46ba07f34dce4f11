"""The first words of an SNMP message: which version, and who says to have sent it."""

from __future__ import annotations

THIRD = 3
_SEQUENCE, _INTEGER, _OCTETS = 0x30, 0x02, 0x04


def sender_of(message: bytes) -> tuple[int | None, bytes, bytes]:
    """Version (as written: 0, 1, 3), engine id, user or community; (None, …) for no message.

    Nothing of it is proven. Versions 1 and 2c have no engine.
    """
    try:
        at, _ = _open(message, 0, _SEQUENCE)
        version, at = _content(message, at, _INTEGER)
        number = int.from_bytes(version, "big")
        if number != THIRD:
            return number, b"", _content(message, at, _OCTETS)[0]
        _, at = _content(message, at, _SEQUENCE)
        at, _ = _open(message, at, _OCTETS)
        at, _ = _open(message, at, _SEQUENCE)
        engine, at = _content(message, at, _OCTETS)
        _, at = _content(message, at, _INTEGER)
        _, at = _content(message, at, _INTEGER)
        return number, engine, _content(message, at, _OCTETS)[0]
    except (IndexError, ValueError):
        return None, b"", b""


def _open(message: bytes, at: int, tag: int) -> tuple[int, int]:
    """Where the content of the element at this place begins and ends."""
    if message[at] != tag:
        raise ValueError("another element")
    size = message[at + 1]
    at += 2
    if size & 0x80:
        count = size & 0x7F
        size, at = int.from_bytes(message[at : at + count], "big"), at + count
    if at + size > len(message):
        raise ValueError("cut short")
    return at, at + size


def _content(message: bytes, at: int, tag: int) -> tuple[bytes, int]:
    """The content of the element at this place, and where the next one begins."""
    start, end = _open(message, at, tag)
    return message[start:end], end
