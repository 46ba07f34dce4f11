"""Wires everything; the only composition root.

Nothing is opened before it is needed: a command that reads one row opens one database.
"""

from __future__ import annotations

import ipaddress
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from controller.errors import InputError, NotFound, Text
from controller.inventory.device import Device
from controller.operations.context import Context
from controller.operations.doctor.check import Installation
from controller.settings import Settings
from controller.store.audit_keeper import AuditKeeper
from controller.store.backups import BackupRepository
from controller.store.engine import Store, open_store
from controller.store.files import FileStore
from controller.store.limits import Limits
from controller.workspace.baselines import baseline_files, read_baselines
from controller.workspace.compliance import read_rulebook
from controller.workspace.files import COMPLIANCE, OFFICE, SCHEDULE, files_below, workspace_files
from controller.workspace.find import find_workspace
from controller.workspace.load import Workspace, load_workspace
from controller.workspace.models import model_files, read_models
from controller.workspace.parts import read_office, read_settings
from controller.workspace.playbooks import playbook_paths, read_playbooks
from controller.workspace.remembered import Remembered
from controller.workspace.schedule import read_schedule
from controller.workspace.secrets import resolve_secret, resolve_secrets

if TYPE_CHECKING:
    from controller.connections.fleet import Fleet
    from controller.connections.snmp.access import Accesses
    from controller.connections.snmp.engine import SnmpTarget
    from controller.connections.target import Target
    from controller.health.comparing import Vitals
    from controller.health.observed import Observed
    from controller.polling.environment import PollEnvironment
    from controller.runs.engine import RunEngine
    from controller.runs.player import Player
    from controller.store.archive import Archive


@contextmanager
def open_app(start: Path, *, apart: bool = False) -> Iterator[Context]:
    """The program wired for the workspace `start` lies in; closed at the end.

    `apart`: keep the history in `var` of that workspace and in SQLite, whatever the environment
    names, so that a rehearsal can never touch an office's own history. Errors: `InputError`
    outside a workspace or with broken settings, `StoreError`.
    """
    with ExitStack() as closing:
        yield _Wiring(find_workspace(start), closing, {} if apart else os.environ).context()


@contextmanager
def look_at(start: Path) -> Iterator[Installation]:
    """The installation of the workspace `start` lies in, to be looked at: it may be broken.

    Errors: `InputError` outside a workspace.
    """
    with ExitStack() as closing:
        wiring = _Wiring(find_workspace(start), closing, os.environ)
        yield Installation(
            root=wiring.root,
            folder=wiring.place,
            environment=os.environ,
            clock=_now,
            settings=lambda: wiring.settings,
            database_url=wiring.database_url,
            target=wiring.target,
            snmp_target=wiring.snmp_target,
        )


class _Wiring:
    """The parts of one installation, each made once."""

    def __init__(self, root: Path, closing: ExitStack, environment: Mapping[str, str]) -> None:
        self.root = root
        self._closing = closing
        self._environment = environment
        self.office = Remembered(lambda: [root / OFFICE], lambda: read_office(root))
        self.rulebook = Remembered(
            lambda: files_below(root, COMPLIANCE), lambda: read_rulebook(root)
        )
        self.schedule = Remembered(lambda: [root / SCHEDULE], lambda: read_schedule(root))
        self.inventory = Remembered(
            lambda: workspace_files(root), lambda: load_workspace(root).inventory
        )
        self.playbooks = Remembered(lambda: playbook_paths(root), lambda: read_playbooks(root))
        self.models = Remembered(lambda: model_files(root), lambda: read_models(root))
        self.baselines = Remembered(lambda: baseline_files(root), lambda: read_baselines(root))

    def context(self) -> Context:
        """What operations are given."""
        return Context(
            root=self.root,
            folder=self.folder,
            settings=self.settings,
            store=self.store,
            keeper=self.keeper,
            backups=self.backups,
            files=FileStore(self.folder / "files"),
            clock=_now,
            office=self.office,
            workspace=self.workspace,
            fleet=self.fleet,
            secrets=self.secrets,
            runs=lambda: self.runs,
            inventory=self.inventory,
            schedule=self.schedule,
            models=self.models,
            baselines=self.baselines,
            rulebook=self.rulebook,
            playbooks=self.playbooks,
            player=lambda: self.player,
            snmp_target=self.snmp_target,
            target=self.target,
            archive=lambda: self.archive,
            polling=lambda: self.polling,
        )

    @cached_property
    def settings(self) -> Settings:
        return read_settings(self.root)

    @cached_property
    def folder(self) -> Path:
        """The var folder, made if need be; only its owner may enter."""
        self.place.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self.place

    @cached_property
    def place(self) -> Path:
        """Where the var folder is: KHAEN_DATA, or `var` in the workspace."""
        return Path(self._environment.get("KHAEN_DATA") or self.root / "var").absolute()

    @cached_property
    def keeper(self) -> AuditKeeper:
        keeper = AuditKeeper(self.folder)
        self._closing.callback(keeper.close)
        return keeper

    @cached_property
    def backups(self) -> BackupRepository:
        backups = BackupRepository(self.folder / "backups")
        self._closing.callback(backups.close)
        return backups

    @cached_property
    def archive(self) -> Archive:
        from controller.store.archive import Archive

        archive = Archive(self.folder / "archive", self.settings.health.poll_seconds)
        self._closing.callback(archive.close)
        return archive

    @cached_property
    def store(self) -> Store:
        store = open_store(self.database_url(), self.keeper)
        store.migrate()
        self._closing.callback(store.close)
        return store

    @cached_property
    def runs(self) -> RunEngine:
        from controller.runs.engine import RunEngine
        from controller.runs.environment import RunEnvironment

        url = self.database_url()
        engine = RunEngine(
            RunEnvironment(
                store=self.store,
                data_folder=self.folder,
                workspace=self.workspace,
                target=self.target,
                secrets=self.secrets,
                backups=self.backups,
                keeper=self.keeper,
                clock=_now,
                durable_url=None if url.startswith("sqlite") else url,
                vitals=self.vitals,
                watching=lambda: self.inventory().watching,
                ended=self._recheck,
                player=lambda: self.player,
                limits=lambda: Limits(**self.settings.queues.runs.model_dump()),
            )
        )
        self._closing.callback(engine.close)
        return engine

    @cached_property
    def player(self) -> Player:
        """Ansible, of which nothing is imported before a playbook runs."""
        from controller.runs.ansible_player import AnsiblePlayer

        return AnsiblePlayer(self.target, self.secrets, self.folder)

    def _recheck(self, run: str) -> None:
        from controller.operations.show_recheck import recheck_after

        recheck_after(self.context(), run)

    @cached_property
    def polling(self) -> PollEnvironment:
        from controller.connections.snmp.gufo import GufoEngine
        from controller.polling.alerting import Alerting
        from controller.polling.environment import PollEnvironment
        from controller.polling.telling import Teller

        teller = Teller(self.store, self.settings, self.root, self.folder)
        alerting = Alerting(self.store, self.inventory, teller)
        return PollEnvironment(
            store=self.store,
            inventory=self.inventory,
            target=self.snmp_target,
            engine=GufoEngine,
            archive=self.archive,
            alerting=lambda: alerting,
            settings=self.settings.health,
            clock=_now,
            forward=self._forward(),
        )

    def _forward(self) -> Callable[[Sequence[Observed]], None] | None:
        """How samples get to a store of the office's own, if the settings name one.

        Errors: `InputError` when there is no address behind the reference.
        """
        if self.settings.health.remote_write is None:
            return None
        from pydantic import SecretStr

        from controller.connections.remote_write import RemoteWriter
        from controller.store.archive.packing import snappy

        url = resolve_secret(self.root, self.settings.health.remote_write)
        writer = RemoteWriter(SecretStr(url), snappy)
        self._closing.callback(writer.close)
        return writer.send

    def workspace(self) -> Workspace:
        return load_workspace(self.root)

    def secrets(self) -> Mapping[str, str]:
        return resolve_secrets(self.root, self.settings.secrets)

    def fleet(self, devices: Iterable[Device]) -> Fleet:
        from controller.connections.fleet import Fleet

        addresses = self.lab_addresses()
        return Fleet([self._target(d, addresses) for d in devices], workers=self.settings.workers)

    def target(self, name: str) -> Target:
        """Where and how to log in to a device. Errors: `NotFound`, `InputError` (no password)."""
        device = self.inventory().device(name)
        if device is None:
            raise NotFound(
                Text(th=f"ไม่มีอุปกรณ์ {name} ในทะเบียน", en=f"the inventory has no device {name}")
            )
        return self._target(device, self.lab_addresses())

    def _target(self, device: Device, addresses: Mapping[str, Mapping[str, object]]) -> Target:
        from pydantic import SecretStr

        from controller.connections.target import Target
        from controller.platforms.registry import platform

        known = platform(device.platform)
        elsewhere = _in_the_lab(device, addresses) or {}
        enable = self.settings.credentials.enable_password
        return Target(
            name=device.name,
            platform=known,
            address=str(elsewhere.get("address", device.address)),
            port=int(str(elsewhere.get("port", device.port or known.transport_port))),
            username=self.settings.credentials.username,
            password=SecretStr(self._password),
            folder=self.folder,
            enable_password=SecretStr(resolve_secret(self.root, enable)) if enable else None,
        )

    def snmp_target(self, device: Device) -> SnmpTarget | None:
        """Where and how to ask a device over SNMP; None for never. Errors: `InputError`."""
        elsewhere = _in_the_lab(device, self.lab_addresses())
        return self._accesses.target(device, elsewhere)

    def vitals(self, name: str, platform: str) -> Vitals | None:
        """The health of a device over SNMP, asked now; None when it does not say."""
        from controller.runs.vitals import ask_vitals

        device = self.inventory().device(name)
        try:
            target = None if device is None else self.snmp_target(device)
        except InputError:
            return None
        return ask_vitals(target, platform)

    @cached_property
    def _accesses(self) -> Accesses:
        from controller.connections.snmp.access import Accesses

        return Accesses(self.settings.snmp, partial(resolve_secret, self.root))

    @cached_property
    def _password(self) -> str:
        return resolve_secret(self.root, self.settings.credentials.password)

    @cached_property
    def lab_addresses(self) -> Remembered[Mapping[str, Mapping[str, object]]]:
        """Where the lab put its devices. It counts only for devices whose own address is local."""
        file = self.folder / "lab" / "addresses.json"
        return Remembered(lambda: [file], lambda: self._lab_addresses(file))

    def _lab_addresses(self, file: Path) -> Mapping[str, Mapping[str, object]]:
        try:
            places: dict[str, dict[str, object]] = json.loads(file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        return places

    def database_url(self) -> str:
        """The database of this installation. Errors: `InputError` for broken settings."""
        named = self._environment.get("KHAEN_DATABASE_URL") or self.settings.database_url
        return named or f"sqlite:///{self.place / 'khaen.db'}"


def _is_local(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _in_the_lab(
    device: Device, places: Mapping[str, Mapping[str, object]]
) -> Mapping[str, object] | None:
    """Where the lab put it: by its name, else by its address, for one nobody has named yet."""
    if not _is_local(device.address):
        return None
    if device.name in places:
        return places[device.name]
    standing = (p for p in places.values() if p.get("stands_for", p["address"]) == device.address)
    return next(standing, None)


def _now() -> datetime:
    return datetime.now(UTC)
