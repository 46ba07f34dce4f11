"""An office whose devices are polled by hand: who answers, who does not, and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from controller.facts.identity import Identity
from controller.facts.measured import Measured
from controller.health.observed import Observed, PortTable, Reached
from controller.inventory.device import Device
from controller.inventory.inventory import Groups, Inventory
from controller.inventory.office import Office
from controller.inventory.site import Site
from controller.inventory.watching import Watching
from controller.polling.alerting import Alerting
from controller.polling.telling import Teller
from controller.store import alerts
from controller.store.alerts import Alert
from controller.store.engine import Store
from tests.store.clock import Clock

ROLES = {"r": "router", "core": "core", "sw1": "access", "sw2": "access", "sw3": "access"}


def inventory(watching: Watching | None = None, devices: int = 0) -> Inventory:
    """Two schools of five devices each, and a third of `devices` more switches."""
    sites = [_site(name, {f"{name}-{d}": role for d, role in ROLES.items()}) for name in "ab"]
    if devices:
        sites.append(_site("c", {f"c-sw{n}": "access" for n in range(devices)}))
    office = cast("Office", None)  # nobody asks who works there
    return Inventory(office, tuple(sites), Groups(), (), watching or Watching())


def _site(name: str, devices: Mapping[str, str]) -> Site:
    return Site(
        site=name,
        name_th=f"โรงเรียน {name}",
        name_en=f"School {name}",
        kind="school",
        district="mueang",
        devices=tuple(
            Device.model_validate(
                {
                    "name": device,
                    "platform": "cisco_ios",
                    "role": role,
                    "address": "192.0.2.1",
                    "uplink": "Gi0/1",
                    "site": name,
                    "district": "mueang",
                }
            )
            for device, role in devices.items()
        ),
    )


@dataclass
class Watched:
    """Polls what it is told, and shows the alerts that come of it."""

    store: Store
    clock: Clock
    known: Inventory = field(default_factory=inventory)
    teller: Teller | None = None

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """Another process: nothing is remembered but what the store holds."""
        self.alerting = Alerting(self.store, lambda: self.known, self.teller)

    def poll(
        self,
        down: Iterable[str] = (),
        unknown: Iterable[str] = (),
        *,
        of: Iterable[str] | None = None,
        settle: bool = True,
        minutes: float = 5,
        measured: Measured | None = None,
        ports: Mapping[str, PortTable] | None = None,
    ) -> None:
        """One poll of all devices some minutes later; those not named are up."""
        at = self.clock.forward(minutes=minutes)
        silent, dark = set(down), set(unknown)
        names = [d.name for d in self.known.devices] if of is None else list(of)
        batch = [
            self.seen(
                name,
                at,
                "down" if name in silent else "unknown" if name in dark else "up",
                measured,
                (ports or {}).get(name),
            )
            for name in names
        ]
        self.take(batch, settle=settle)

    def seen(
        self,
        name: str,
        at: datetime,
        reached: Reached,
        measured: Measured | None = None,
        ports: PortTable | None = None,
    ) -> Observed:
        """One device in one poll."""
        if reached != "up":
            return Observed(name, at, reached)
        return Observed(name, at, reached, measured or Measured(), ports or PortTable())

    def take(self, batch: list[Observed], *, settle: bool = True, version: str = "") -> None:
        """Judge a batch, and settle."""
        identities = {o.device: Identity(version=version) for o in batch}
        with self.store.begin(audited=False) as conn:
            self.alerting.take(conn, batch, identities, self.clock())
            if settle:
                self.alerting.settle(conn, self.clock())

    def settle(self) -> None:
        """Settle alone."""
        with self.store.begin(audited=False) as conn:
            self.alerting.settle(conn, self.clock())

    def open(self, *, shadows: bool = True) -> list[Alert]:
        """The open alerts, oldest first."""
        with self.store.read() as conn:
            found = alerts.open_alerts(conn)
        return [a for a in found if shadows or a.shadow_of is None]

    def told(self) -> set[tuple[str, str]]:
        """Rule and device of what is open and no shadow."""
        return {(a.rule, a.device) for a in self.open(shadows=False)}

    def every(self) -> list[Alert]:
        """All alerts there ever were, oldest first."""
        with self.store.read() as conn:
            wanted = alerts.Wanted(open=False, shadows=True)
            return list(reversed(alerts.find_alerts(conn, wanted, most=1000)))
