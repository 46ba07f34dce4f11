"""What polling is given: the store, the inventory, how to ask, where samples go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from controller.connections.snmp.engine import SnmpEngine, SnmpTarget
from controller.health.observed import Observed
from controller.inventory.device import Device
from controller.inventory.inventory import Inventory
from controller.polling.alerting import Alerting
from controller.settings import Health
from controller.store.archive import Archive
from controller.store.engine import Store


@dataclass(frozen=True)
class PollEnvironment:
    """Wired by `app`. `target` is None for a device that has no SNMP access; `clock` is UTC.

    `engine` makes a new engine: it belongs to one event loop. `alerting` is one for the process.
    `forward` takes what was kept for a store elsewhere, if there is one; it returns at once.
    """

    store: Store
    inventory: Callable[[], Inventory]
    target: Callable[[Device], SnmpTarget | None]
    engine: Callable[[], SnmpEngine]
    archive: Archive
    alerting: Callable[[], Alerting]
    settings: Health
    clock: Callable[[], datetime]
    forward: Callable[[Sequence[Observed]], None] | None = None
