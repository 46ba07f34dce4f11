"""pysnmp's values as our own."""

from __future__ import annotations

from typing import Any

from pyasn1.type import univ
from pysnmp.proto import rfc1902

from controller.facts.answers import Value


def plain_value(value: Any) -> Value | None:
    """An integer, bytes, or a dotted text; None for the marks of what is not there."""
    if isinstance(value, rfc1902.IpAddress):
        return str(value.prettyPrint())
    if isinstance(value, univ.OctetString):  # also opaque values
        return bytes(value.asOctets())
    if isinstance(value, univ.ObjectIdentifier):
        return ".".join(map(str, value))
    try:
        return int(value)
    except (TypeError, ValueError):
        return None
