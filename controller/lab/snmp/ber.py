"""BER as SNMP uses it (X.690, RFC 3416 and 3417), as much as an agent needs."""

from functools import lru_cache

Oid = tuple[int, ...]

INTEGER, OCTETS, NULL, OBJECT, SEQUENCE = 0x02, 0x04, 0x05, 0x06, 0x30
ADDRESS, COUNTER32, GAUGE32, TICKS, COUNTER64 = 0x40, 0x41, 0x42, 0x43, 0x46
NO_SUCH_OBJECT, NO_SUCH_INSTANCE, END_OF_VIEW = 0x80, 0x81, 0x82

EMPTY = bytes((NULL, 0))


class BerError(ValueError):
    """These bytes are not BER, or not what belongs here."""


def tlv(tag: int, content: bytes) -> bytes:
    """Tag, length, content."""
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + content


def integer(number: int, tag: int = INTEGER) -> bytes:
    """A whole number; counters and gauges have their own tags."""
    return tlv(tag, number.to_bytes(number.bit_length() // 8 + 1, "big", signed=True))


def octets(content: bytes | str) -> bytes:
    """An octet string; text as UTF-8."""
    return tlv(OCTETS, content.encode() if isinstance(content, str) else content)


@lru_cache(maxsize=1 << 16)
def object_id(oid: Oid) -> bytes:
    """An object identifier of two arcs or more."""
    content = bytearray()
    for arc in (oid[0] * 40 + oid[1], *oid[2:]):
        content += _arc(arc)
    return tlv(OBJECT, bytes(content))


def sequence(*parts: bytes, tag: int = SEQUENCE) -> bytes:
    """Parts, one after the other, in one."""
    return tlv(tag, b"".join(parts))


def dotted(text: str) -> Oid:
    """The arcs of a dotted text."""
    return tuple(int(arc) for arc in text.strip(".").split("."))


class Reader:
    """Reads one element after the other from a stretch of bytes."""

    def __init__(self, content: bytes, at: int = 0, end: int | None = None) -> None:
        self.content = content
        self.at = at
        self.end = len(content) if end is None else end

    def head(self, *wanted: int) -> tuple[int, int]:
        """The tag and the length of what comes; raises `BerError` for another tag than wanted."""
        try:
            tag, size = self.content[self.at], self.content[self.at + 1]
        except IndexError:
            raise BerError("too short") from None
        self.at += 2
        if size & 0x80:
            count = size & 0x7F
            size = int.from_bytes(self.content[self.at : self.at + count], "big")
            self.at += count
        if self.at + size > self.end or (wanted and tag not in wanted):
            raise BerError(f"tag {tag:#x} of {size} bytes does not belong here")
        return tag, size

    def take(self, *wanted: int) -> tuple[int, bytes]:
        """The tag and the content of what comes."""
        tag, size = self.head(*wanted)
        start, self.at = self.at, self.at + size
        return tag, self.content[start : self.at]

    def inside(self, *wanted: int) -> "Reader":
        """A reader of what is inside of what comes; this one goes on after it."""
        _, size = self.head(*(wanted or (SEQUENCE,)))
        start, self.at = self.at, self.at + size
        return Reader(self.content, start, self.at)

    def number(self, *wanted: int) -> int:
        """A whole number."""
        return int.from_bytes(self.take(*(wanted or (INTEGER,)))[1], "big", signed=True)

    def text(self) -> bytes:
        """An octet string."""
        return self.take(OCTETS)[1]

    def oid(self) -> Oid:
        """An object identifier."""
        return _arcs(self.take(OBJECT)[1])

    @property
    def more(self) -> bool:
        """Whether anything is left."""
        return self.at < self.end


def _arc(arc: int) -> bytes:
    content = [arc & 0x7F]
    while arc := arc >> 7:
        content.append(0x80 | (arc & 0x7F))
    return bytes(reversed(content))


@lru_cache(maxsize=1 << 14)
def _arcs(content: bytes) -> Oid:
    arcs, arc = [], 0
    for octet in content:
        arc = arc << 7 | (octet & 0x7F)
        if not octet & 0x80:
            arcs.append(arc)
            arc = 0
    if not arcs:
        raise BerError("an object identifier without arcs")
    first = min(arcs[0] // 40, 2)
    return (first, arcs[0] - 40 * first, *arcs[1:])
