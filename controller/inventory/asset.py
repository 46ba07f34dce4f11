"""A row of the hardware register (ทะเบียนครุภัณฑ์)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

KINDS = (
    "computer", "notebook", "all-in-one", "tablet", "server", "printer", "projector", "switch",
    "access-point", "router", "firewall", "ups", "camera", "other",
)  # fmt: skip
STATES = ("in-use", "spare", "repair", "lost", "disposed")


@dataclass(frozen=True, slots=True)
class Asset:
    """One item. `price` is in satang, so that money never meets a float."""

    number: str
    site: str
    kind: str
    brand: str
    model: str
    serial: str
    acquired: date
    price: int
    room: str
    state: str
    note: str
