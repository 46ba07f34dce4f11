"""Answers over a sorted table of objects: GET, GETNEXT, GETBULK; a SET is refused (RFC 3416)."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from controller.lab.snmp.ber import (
    EMPTY,
    END_OF_VIEW,
    INTEGER,
    NO_SUCH_INSTANCE,
    Oid,
    Reader,
    integer,
    object_id,
    sequence,
)

GET, GETNEXT, RESPONSE, SET, GETBULK = 0xA0, 0xA1, 0xA2, 0xA3, 0xA5
TOO_BIG, NO_SUCH_NAME, READ_ONLY, NOT_WRITABLE = 1, 2, 4, 17
LARGEST = 1472
"""Bytes a reply may have: what fits in one Ethernet frame."""

_END = bytes((END_OF_VIEW, 0))
_MISSING = bytes((NO_SUCH_INSTANCE, 0))


@dataclass(frozen=True)
class Objects:
    """Objects with their values as BER, and their OIDs in order."""

    values: Mapping[Oid, bytes]
    order: Sequence[Oid] = field(default=())

    def __post_init__(self) -> None:
        object.__setattr__(self, "order", self.order or sorted(self.values))

    def after(self, oid: Oid) -> Oid | None:
        """The first object behind this one, or None at the end."""
        at = bisect_right(self.order, oid)
        return self.order[at] if at < len(self.order) else None


def answer_pdu(pdu: Reader, objects: Objects, *, first_version: bool, room: int) -> bytes | None:
    """The response to a request (its PDU comes next in the reader), None for what is no request.

    `room`: bytes the response may have; a bulk answer is cut there, anything else is tooBig.
    """
    kind, size = pdu.head()
    inner = Reader(pdu.content, pdu.at, pdu.at + size)
    number, first, second = inner.number(), inner.number(), inner.number()
    names = _asked(inner.inside())
    if kind == GETBULK and not first_version:
        return _response(number, _bulk(objects, names, first, second, room), b"")
    if kind == SET:
        return _failed(number, READ_ONLY if first_version else NOT_WRITABLE, 1, names)
    if kind not in (GET, GETNEXT):
        return None
    bindings = []
    for position, name in enumerate(names, 1):
        there: Oid | None = name if kind == GET else objects.after(name)
        value = objects.values.get(there) if there is not None else None
        if value is None and first_version:
            return _failed(number, NO_SUCH_NAME, position, names)
        bindings.append(
            sequence(object_id(there or name), value or (_MISSING if kind == GET else _END))
        )
    if sum(map(len, bindings)) > room:
        return _failed(number, TOO_BIG, 0, [])
    return _response(number, bindings, b"")


def _bulk(
    objects: Objects, names: Sequence[Oid], single: int, repetitions: int, room: int
) -> list[bytes]:
    single = max(0, min(single, len(names)))
    places: list[Oid] = list(names)
    bindings: list[bytes] = []
    for turn in range(1 + max(0, repetitions - 1)):
        ended = True
        for at in range(0 if turn == 0 else single, len(places)):
            if at >= single and repetitions < 1:
                continue
            there = objects.after(places[at])
            value = _END if there is None else objects.values[there]
            ended = ended and there is None
            binding = sequence(object_id(there or places[at]), value)
            room -= len(binding)
            if room < 0:
                return bindings
            bindings.append(binding)
            places[at] = there or places[at]
        if ended:
            break
    return bindings


def _asked(bindings: Reader) -> list[Oid]:
    names = []
    while bindings.more:
        names.append(bindings.inside().oid())
    return names


def _response(number: int, bindings: Sequence[bytes], status: bytes) -> bytes:
    good = status or integer(0) + integer(0)
    return sequence(integer(number, INTEGER), good, sequence(*bindings), tag=RESPONSE)


def _failed(number: int, status: int, position: int, names: Sequence[Oid]) -> bytes:
    bindings = [sequence(object_id(name), EMPTY) for name in names]
    return _response(number, bindings, integer(status) + integer(position))
