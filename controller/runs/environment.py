"""What a run needs from the rest of the program, handed in by whoever starts it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from controller.connections.target import Target
from controller.health.comparing import Vitals
from controller.inventory.watching import Watching
from controller.runs.player import Player, no_player
from controller.store.audit_keeper import AuditKeeper
from controller.store.backups import BackupRepository
from controller.store.engine import Store
from controller.store.limits import Limits
from controller.workspace.load import Workspace


@dataclass(frozen=True)
class Patience:
    """How long to wait for what, in seconds.

    `lease`: an executor that gave no sign of life for longer is dead; longer than anything that
    can keep a process from writing one row. `device_minute`: a minute on the devices' clocks.
    `margin`: how long after its timer a device may take to be back and reachable. `settle`: how
    long a check may fail after a push before the change goes back (links and spanning tree).
    `quiet`: how long after its process died nothing of a playbook touches a device any more.
    """

    beat: float = 2.0
    lease: float = 30.0
    poll: float = 2.0
    device_minute: float = 60.0
    margin: float = 60.0
    settle: float = 10.0
    quiet: float = 5.0
    watch: float = 0.3


def _nobody_waits(_run: str) -> None:
    """Most tests look at the run alone."""


def _nobody_asks(_device: str, _platform: str) -> Vitals | None:
    return None


@dataclass(frozen=True)
class RunEnvironment:
    """What a run needs.

    `workspace`, `target` and `secrets` are called when they are needed, so that a resumed run sees
    the workspace as it is then. `durable_url` is the database of the durable engine: a SQLite file
    of its own beside the store when None. `vitals` asks a device, of a platform, over SNMP how it
    is; None when it does not say. `watching` is what the office wants of the rules of health.
    `player` runs playbooks. `ended` is told the id of each run once it has ended, and raises
    nothing. `limits` are how many devices may be in work across all processes.
    """

    store: Store
    data_folder: Path
    workspace: Callable[[], Workspace]
    target: Callable[[str], Target]
    secrets: Callable[[], Mapping[str, str]]
    backups: BackupRepository
    keeper: AuditKeeper
    clock: Callable[[], datetime]
    durable_url: str | None = None
    patience: Patience = field(default_factory=Patience)
    vitals: Callable[[str, str], Vitals | None] = _nobody_asks
    watching: Callable[[], Watching] = Watching
    ended: Callable[[str], None] = _nobody_waits
    player: Callable[[], Player] = no_player
    limits: Callable[[], Limits] = Limits

    def engine_url(self) -> str:
        """The database of the durable engine."""
        return self.durable_url or f"sqlite:///{self.data_folder / 'khaen-runs.db'}"
