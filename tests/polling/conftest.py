"""An office of a few switches, and polling wired over a network that answers as told."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from controller.connections.snmp.engine import SnmpTarget
from controller.inventory.device import Device
from controller.inventory.inventory import Groups, Inventory
from controller.inventory.site import Site
from controller.polling.alerting import Alerting
from controller.polling.cycle import Cycle
from controller.polling.environment import PollEnvironment
from controller.settings import Health
from controller.store.archive import Archive
from controller.store.engine import Store
from controller.workspace.parts import read_office
from tests.polling.answering import Network
from tests.rules.tree import ROOT
from tests.store.clock import Clock

POLL = 300
NAMES = ("sw-1", "sw-2", "sw-3")


@dataclass
class Polled:
    """Polling over a network of three switches, with a clock of its own."""

    environment: PollEnvironment
    network: Network
    clock: Clock
    monkeypatch: pytest.MonkeyPatch
    ticks: float = 5000.0

    @property
    def devices(self) -> tuple[Device, ...]:
        """The switches."""
        return self.environment.inventory().devices

    async def go(self, cycle: Cycle, octets: int = 0, **how: object) -> datetime:
        """Five minutes later, another poll."""
        self.network.pass_time(POLL, octets)
        self.ticks += POLL
        self.monkeypatch.setattr(time, "monotonic", lambda: self.ticks)
        self.clock.forward(seconds=POLL)
        await cycle.poll(self.devices, lambda _: True, **how)  # type: ignore[arg-type]
        return self.clock()


def an_inventory(names: tuple[str, ...] = NAMES) -> Inventory:
    """One school with these switches."""
    devices = tuple(
        Device(
            name=name, platform="cisco_ios", role="access", address=f"127.0.9.{n}", site="school-a"
        )
        for n, name in enumerate(names, 1)
    )
    site = Site(
        site="school-a",
        name_th="โรงเรียน ก",
        name_en="School A",
        kind="school",
        district="mueang-khon-kaen",
        devices=devices,
    )
    return Inventory(office=read_office(ROOT), sites=(site,), groups=Groups(), assets=())


def a_target(device: Device) -> SnmpTarget | None:
    """Every device has an access but those that say `none`."""
    if device.snmp == "none":
        return None
    return SnmpTarget(name=device.name, address=device.address, community=SecretStr("public"))


def an_environment(
    store: Store, folder: Path, network: Network, clock: Clock, settings: Health | None = None
) -> PollEnvironment:
    """Polling wired for a test."""
    inventory = an_inventory()
    alerting = Alerting(store, lambda: inventory)
    return PollEnvironment(
        store=store,
        inventory=lambda: inventory,
        target=a_target,
        engine=lambda: network,
        archive=Archive(folder / "archive"),
        alerting=lambda: alerting,
        settings=settings or Health(poll_seconds=POLL),
        clock=clock,
    )


@pytest.fixture
def polled(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Polled:
    """Polling over three switches, on both databases."""
    clock, network = Clock(), Network(*NAMES)
    return Polled(an_environment(store, tmp_path, network, clock), network, clock, monkeypatch)
