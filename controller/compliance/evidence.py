"""What is known of one device when it is judged. What is not known is None, and makes no pass."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from controller.inventory.asset import Asset
from controller.inventory.device import Device
from controller.inventory.site import Site
from controller.specs.model import Model


@dataclass(frozen=True, slots=True)
class KeptConfiguration:
    """The newest configuration kept of the device.

    `text` has its secrets hidden by `Platform.mask`, so that no finding can show one; `fingerprint`
    is that of the whole; `at` when the device was last seen to run it (UTC).
    """

    text: str
    fingerprint: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Past:
    """What is on record about the device, for rules about process. Times are UTC.

    `backed_up`: the last time its configuration was fetched, changed or not. `changed`: when the
    configuration it runs was first seen; `changed_by_case` the case whose run brought it, empty
    when none did, None when nothing is on record. `drifted`: it differs from what was intended.
    `oldest_unacknowledged`: when the oldest open alert nobody has taken note of was opened.
    """

    backed_up: datetime | None = None
    changed: datetime | None = None
    changed_by_case: str | None = None
    oldest_unacknowledged: datetime | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One device as it is judged at `now` (UTC), `today` in Thailand.

    `variables` are those of its template. `facts` holds what the device said of itself, nested
    mappings and lists of plain values: `identity.version`, `health.status`, `ports`, `ntp` ...;
    `facts_at` when it said so. `asset` is its row of the register, `model` what is known of its
    model.
    """

    device: Device
    site: Site
    variables: Mapping[str, Any]
    now: datetime
    today: date
    configuration: KeptConfiguration | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    facts_at: datetime | None = None
    asset: Asset | None = None
    model: Model | None = None
    past: Past = field(default_factory=Past)
