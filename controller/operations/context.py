"""What every operation is given: the open store, the workspace, the clock, the runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from controller.accounts.actor import Actor
from controller.compliance.rulebook import RuleBook
from controller.errors import Outdated, Text
from controller.inventory.device import Device
from controller.inventory.inventory import Inventory
from controller.inventory.office import Office
from controller.playbooks.catalogue import Playbooks
from controller.schedules.schedule import Schedule
from controller.settings import Settings
from controller.specs.baseline import Baselines
from controller.specs.models import Models
from controller.store.audit_keeper import AuditKeeper
from controller.store.backups import BackupRepository
from controller.store.engine import Store
from controller.store.files import FileStore
from controller.thai import bangkok_date
from controller.workspace.load import Workspace

if TYPE_CHECKING:
    from controller.connections.fleet import Fleet
    from controller.connections.snmp.engine import SnmpTarget
    from controller.connections.target import Target
    from controller.polling.environment import PollEnvironment
    from controller.runs.engine import RunEngine
    from controller.runs.player import Player
    from controller.store.archive import Archive


@dataclass(frozen=True)
class Context:
    """Wired by `app`; the callables are made on first use, so that a command stays quick.

    `folder` is the var folder with the history. `workspace()` reads the files afresh at each call,
    because an approval is checked against what they say now. `office()`, `inventory()`,
    `models()`, `baselines()`, `rulebook()` and `playbooks()` are read again when a file has
    changed since: for 1,500 devices a page cannot wait for all of it.
    `clock()` is UTC. `seen` holds the version of what the asker looked at before changing it; None
    when they do not mind what it is now. `snmp_target` tells where and how a device is asked over
    SNMP, None for one that is never asked; it raises `InputError` when a secret is missing.
    `target` tells where and how a device of this name is logged in to, in the lab when it is there.
    """

    root: Path
    folder: Path
    settings: Settings
    store: Store
    keeper: AuditKeeper
    backups: BackupRepository
    files: FileStore
    clock: Callable[[], datetime]
    office: Callable[[], Office]
    workspace: Callable[[], Workspace]
    fleet: Callable[[Iterable[Device]], Fleet]
    secrets: Callable[[], Mapping[str, str]]
    runs: Callable[[], RunEngine]
    inventory: Callable[[], Inventory]
    schedule: Callable[[], Schedule]
    models: Callable[[], Models]
    baselines: Callable[[], Baselines]
    rulebook: Callable[[], RuleBook]
    playbooks: Callable[[], Playbooks]
    player: Callable[[], Player]
    snmp_target: Callable[[Device], SnmpTarget | None]
    target: Callable[[str], Target]
    archive: Callable[[], Archive]
    polling: Callable[[], PollEnvironment]
    seen: tuple[str, ...] | None = None

    def watches(self, device: Device) -> bool:
        """Whether somebody may ask this device how it is: it has an SNMP access."""
        return device.snmp != "none" and (device.snmp or "default") in self.settings.snmp.access

    def author(self, actor: Actor) -> tuple[str, str]:
        """Title and e-mail address by which git names the person behind a commit."""
        person = self.office().person(actor.username)
        email = (person.email if person else None) or f"{actor.username}@localhost"
        return actor.title, email

    def today(self) -> date:
        """The day it is in Thailand."""
        return bangkok_date(self.clock())

    def require_seen(self, version: str) -> None:
        """Pass when this is the version the asker looked at. Errors: `Outdated`."""
        if self.seen is None or version in self.seen:
            return
        raise Outdated(
            Text(
                th="ข้อมูลเปลี่ยนไปจากที่ท่านเห็น จึงยังไม่ดำเนินการ",
                en="this has changed since you looked at it, so nothing was done",
            ),
            hint=Text(th="เปิดดูอีกครั้งแล้วทำใหม่", en="look at it again, then repeat"),
        )
