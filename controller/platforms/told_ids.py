"""Names and addresses as neighbours tell them: octets, hexadecimal text, numbers of a family."""

from __future__ import annotations

import re
from collections.abc import Sequence
from ipaddress import ip_address

from controller.facts.answers import Value, as_text

_HEX = re.compile(r"[0-9a-fA-F]{12}")
_SIGNS = re.compile(r"[\s:.\-]")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f]+")
# Bit -> word: LldpSystemCapabilitiesMap (BITS, the first bit is the highest), and CDP's TLV 4.
_LLDP = (
    "other", "repeater", "bridge", "wlan", "router", "telephone", "docsis", "station",
)  # fmt: skip
_CDP = {
    0x01: "router", 0x02: "bridge", 0x04: "bridge", 0x08: "bridge", 0x10: "station",
    0x40: "repeater", 0x80: "telephone",
}  # fmt: skip


def as_words(value: Value | None) -> str:
    """Text on one line, without what cannot be seen."""
    return " ".join(_UNSEEN.sub(" ", as_text(value)).split())


def as_mac(value: Value | None) -> str:
    """A hardware address as `00:1a:2b:3c:4d:5e`, from six octets or twelve digits.

    Empty for anything else, for zeros, for groups and for the broadcast.
    """
    if isinstance(value, bytes) and len(value) == 6:
        digits = value.hex()
    else:
        digits = _SIGNS.sub("", as_text(value)).lower()
        if isinstance(value, int | float) or not _HEX.fullmatch(digits):
            return ""
    if digits == "0" * 12 or int(digits[:2], 16) & 1:
        return ""
    return ":".join(digits[n : n + 2] for n in range(0, 12, 2))


def as_address(value: Value | None, *, family: bool = False) -> str:
    """An IP address from octets or text; with `family` an IANA family number stands before it.

    Empty for anything else, and for addresses that name no host elsewhere.
    """
    octets = value if isinstance(value, bytes) else None
    if octets is not None and family and len(octets) in {5, 17}:
        octets = octets[1:]
    try:
        if octets is not None and len(octets) in {4, 16}:
            found = ip_address(octets)
        else:
            found = ip_address(as_text(value))
    except ValueError:
        return ""
    unusable = found.is_unspecified or found.is_multicast or found.is_link_local
    return "" if unusable else str(found)


def index_address(parts: Sequence[str]) -> str:
    """The address in the rest of an index: family, length (some agents leave it out), octets."""
    if len(parts) < 5 or parts[0] not in {"1", "2"}:
        return ""
    size = 4 if parts[0] == "1" else 16
    rest = parts[1:]
    if len(rest) == size + 1 and rest[0] == str(size):
        rest = rest[1:]
    if len(rest) != size:
        return ""
    try:
        return as_address(bytes(int(octet) for octet in rest))
    except ValueError:
        return ""


def lldp_capabilities(value: Value | None) -> tuple[str, ...]:
    """What a neighbour is switched on for, from the bits of LLDP."""
    if not isinstance(value, bytes) or not value or len(value) > 2:
        return ()
    return tuple(word for bit, word in enumerate(_LLDP) if value[0] & (0x80 >> bit))


def cdp_capabilities(value: Value | None) -> tuple[str, ...]:
    """The same from the bits of CDP."""
    if not isinstance(value, bytes) or len(value) != 4:
        return ()
    return tuple(dict.fromkeys(word for bit, word in _CDP.items() if value[3] & bit))


def short_name(name: str) -> str:
    """A host's name without its domain, in lower case; an address stays whole."""
    if as_address(name):
        return name.lower()
    return name.strip().lower().partition(".")[0]


def same_name(one: str, other: str) -> bool:
    """Whether both names mean the same host; no name means none."""
    return bool(one) and short_name(one) == short_name(other)
