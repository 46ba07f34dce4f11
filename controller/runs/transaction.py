"""One device in one run: look, load, compare, commit with a timer, prove, confirm or go back."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from controller.connections.session import DeviceSession, OutcomeUnknown
from controller.errors import DeviceError, InputError
from controller.health.comparing import Vitals, read_vitals
from controller.health.rules import Rules, rules_of
from controller.inventory.watching import Watching
from controller.plans.outcome import RunDevice
from controller.plans.plan import SNMP_HEALTH
from controller.platforms.platform import Platform
from controller.runs.checks import Checked
from controller.runs.environment import Patience
from controller.runs.errand import Errand
from controller.runs.ledger import Book, Ending
from controller.runs.wording import (
    DRIFTED,
    NO_WAY_BACK,
    NOTHING,
    OTHER_DIFFERENCE,
    Why,
    not_committed,
    not_loaded,
    unreachable,
)


@dataclass
class Work:
    """What is known about the device while the errand is done.

    `up` are the interfaces that were up before the push, `token` names the pending change,
    `committed` is whether a commit was sent by us here, `sure` whether the device acknowledged it.
    `may_push` is False when only what was begun may be brought to an end. `ask` gives the device's
    vitals over SNMP, `vitals` those from before the push, `health` the rules they are compared by.
    """

    errand: Errand
    platform: Platform
    connect: Callable[[], DeviceSession]
    book: Book
    patience: Patience
    may_push: bool = True
    sleep: Callable[[float], None] = time.sleep
    ask: Callable[[], Vitals | None] = lambda: None
    health: Callable[[], Rules] = lambda: rules_of(Watching())
    up: frozenset[str] | None = None
    vitals: Vitals | None = None
    token: str = ""
    committed: bool = False
    sure: bool = False
    why: Why = NOTHING
    checks: tuple[Checked, ...] = ()
    said: list[str] = field(default_factory=list)

    def remember(self, row: RunDevice) -> None:
        """Take over what an earlier attempt wrote down."""
        kept = json.loads(row.evidence) if row.evidence else {}
        self.up = frozenset(kept["up"]) if "up" in kept else None
        self.token = kept.get("token", "")
        self.vitals = read_vitals(kept["vitals"]) if "vitals" in kept else None

    def evidence(self) -> dict[str, Any]:
        """What the store keeps beside the state."""
        kept: dict[str, Any] = {}
        if self.why.code:
            kept["why"] = self.why.code
        if self.up is not None:
            kept["up"] = sorted(self.up)
        if self.vitals is not None:
            kept["vitals"] = self.vitals.written()
        if self.token:
            kept["token"] = self.token
        if self.checks:
            kept["checks"] = [check.told() for check in self.checks]
        if self.said:
            kept["said"] = self.said[-3:]
        return kept

    def path(self) -> str:
        """Where the repository of backups keeps the device's configuration."""
        return f"{self.errand.site}/{self.errand.device}.cfg"

    def timer(self) -> float:
        """Seconds after which the device has gone back by itself and is reachable again."""
        minutes = self.errand.confirm_minutes
        return minutes * self.patience.device_minute + self.patience.margin


def push(work: Work) -> Ending | None:
    """Bring the change onto the device as far as the commit.

    None when a commit was sent and has to be proved now. Otherwise the device is as it was.
    Errors: `Fenced`, `StoreError`.
    """
    if work.errand.rollback != "commit-confirm":
        return Ending("refused", NO_WAY_BACK)
    reached = False
    try:
        with work.connect() as session:
            reached = True
            ending = _prepare(work, session)
            if ending is None:
                session.commit(work.errand.confirm_minutes)
                work.sure = True
    except OutcomeUnknown as error:
        work.said.append(error.message.en)
        work.why = not_committed(error.message)
        return None
    except DeviceError as error:
        return Ending("failed", _failure(work, reached)(error.message))
    except InputError as error:
        return Ending("refused", (not_loaded if reached else unreachable)(error.message))
    if ending is None:
        work.book.write("pushed", work.evidence())
    return ending


def _failure(work: Work, reached: bool) -> Callable[[Any], Why]:
    if not reached:
        return unreachable
    return not_committed if work.committed else not_loaded


def _prepare(work: Work, session: DeviceSession) -> Ending | None:
    errand = work.errand
    running = session.running()
    fingerprint = work.platform.fingerprint(running)
    if fingerprint != errand.before:
        return Ending("drifted", DRIFTED, after=fingerprint)
    work.up = session.interfaces_up()
    if SNMP_HEALTH in errand.checks:
        work.vitals = work.ask()
    work.book.keep(work.path(), running, fingerprint, "before")
    diff = session.load(errand.candidate, errand.operation)
    if errand.diff is not None and diff != errand.diff:
        session.discard()
        return Ending("refused", OTHER_DIFFERENCE)
    work.token = session.token
    work.committed = True
    # The fence, in the last moment before the device changes: from here on nothing is written to
    # the device by a process that has lost its run.
    work.book.write("intended", work.evidence(), before=fingerprint)
    return None
