"""What a device tells by itself, without being asked: a trap or an inform of SNMP."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from controller.facts.answers import Value


@dataclass(frozen=True)
class Trap:
    """`oid` says what happened, `values` (OID -> value, in order) what it happened to.

    `authenticated`: it came with version 3 and proved who sent it; a community proves nothing.
    `accesses`: the accesses of the settings whose community or user it came with; never empty.
    """

    at: datetime
    address: str
    oid: str
    values: Mapping[str, Value] = field(default_factory=dict)
    version: str = "2c"
    authenticated: bool = False
    accesses: frozenset[str] = frozenset()
