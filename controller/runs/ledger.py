"""What a run writes down, each time only while the run is still this process's.

A process that was frozen and thaws after its run was taken over finds, in the same transaction in
which it would write, that the run has another executor or that the fence has grown; it is told so
with `Fenced` and must not touch the device again.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from controller.backups.searching import Searchable, searchable
from controller.errors import InputError, Refused, Text
from controller.plans.outcome import FINAL, Run, RunDevice, RunState, State
from controller.runs.case_record import record_in_case
from controller.runs.room import Room
from controller.runs.wording import NOTHING, Why, busy
from controller.store import audit_log, locks, runs, snapshots
from controller.store.backups import BackupRepository
from controller.store.engine import Connection, Store
from controller.store.locks import Fenced

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Ending:
    """What became of a device.

    `lost`: it was out of reach after something was pushed to it. `after` is the fingerprint it was
    last seen with, `blob` where that configuration is kept. `waiting` puts an untouched device
    back for another run.
    """

    state: State
    why: Why
    lost: bool = False
    after: str = ""
    blob: str = ""


class Ledger:
    """The writing of one run by one executor."""

    def __init__(
        self,
        store: Store,
        backups: BackupRepository,
        run: Run,
        executor: str,
        clock: Callable[[], datetime],
        secrets: Callable[[], Mapping[str, str]],
        room: Room | None = None,
    ) -> None:
        """`room`: the limits what waits is begun by; none for what was begun before."""
        self.store = store
        self.backups = backups
        self.run = run
        self.executor = executor
        self.clock = clock
        self.secrets = secrets
        self._room = room

    def owned(self, conn: Connection) -> None:
        """Pass while the run is going on in this executor. Errors: `Fenced`."""
        now = runs.load_run(conn, self.run.id)
        if now.executor == self.executor and now.state == "running":
            return
        raise Fenced(
            Text(
                th=f"การดำเนินการ {now.id} ถูก {now.executor} รับไปแล้ว",
                en=f"run {now.id} is no longer ours: {now.executor} has it ({now.state})",
            )
        )

    def claim(self, row: RunDevice, platform: str, site: str = "") -> Book | None:
        """Take the device's lock and write down that it is meant to be touched.

        Waits while as many devices are in work, at the site or in all, as the office allows.
        None when another run holds it: the device is `refused` then. What was begun before keeps
        its state. Errors: `Fenced`; `NoRoom` when the run stops or is left while this waits.
        """
        room = self._room if row.state == "waiting" else None
        while True:
            with self.store.begin() as conn:
                self.owned(conn)
                if room is None or room.is_there(conn, row.device, site):
                    return self._take(conn, row, platform, site)
            room.wait()

    def _take(self, conn: Connection, row: RunDevice, platform: str, site: str) -> Book | None:
        at = self.clock()
        fence = locks.take(conn, row.device, self.run.id, self.executor, at, site)
        if fence is None:
            self._refuse_busy(conn, row, at)
            return None
        begun: State = "intended" if row.state == "waiting" else row.state
        runs.set_device_state(
            conn, row.run, row.device, begun, reason=row.reason, fence=fence, at=at
        )
        return Book(self, row.device, platform, fence, begun)

    def _refuse_busy(self, conn: Connection, row: RunDevice, at: datetime) -> None:
        held = locks.holder(conn, row.device)
        why = busy(held.run if held else "-", held.executor if held else "-")
        runs.set_device_state(
            conn, row.run, row.device, "refused", reason=why.dump(), fence=None, at=at
        )
        self.tell(conn, "device_ended", {"device": row.device, "state": "refused"}, at)

    def tell(self, conn: Connection, action: str, content: dict[str, Any], at: datetime) -> None:
        """One entry of the audit log about the run's case."""
        audit_log.append(
            conn,
            actor=self.run.by,
            action=action,
            subject=self.run.case,
            content={"run": self.run.id, "plan": self.run.plan, **content},
            at=at,
        )

    def finish(self, state: RunState, why: Why) -> None:
        """End the run and leave its event in the case. Errors: `Fenced`."""
        at = self.clock()
        with self.store.begin() as conn:
            self.owned(conn)
            counts = runs.state_counts(conn, self.run.id)
            runs.finish_run(conn, self.run.id, state, at=at, note=why.dump())
            told = {"state": state, "devices": counts, "why": why.code}
            try:
                record_in_case(conn, self.run, at)
            except Refused as refused:
                # What was done on the devices was done; a case that cannot go on by it says so.
                told["case"] = refused.message.en
            self.tell(conn, "run_ended", told, at)
        _log.info("run ended", extra={"state": state, "devices": counts, "why": why.code})


class Book:
    """The writing about one device, while its lock is held with `fence`."""

    def __init__(
        self, ledger: Ledger, device: str, platform: str, fence: int, state: State
    ) -> None:
        self.ledger = ledger
        self.device = device
        self.platform = platform
        self.fence = fence
        self.state = state

    def write(self, state: State, evidence: dict[str, Any], before: str = "") -> None:
        """Write down how far the device is. Errors: `Fenced`: then leave the device alone."""
        with self.ledger.store.begin(audited=False) as conn:
            self._put(conn, state, NOTHING, evidence, before=before)
        self.state = state

    def keep(self, path: str, text: str, fingerprint: str, why: str) -> None:
        """Keep a configuration the device has, unless it is kept already."""
        with self.ledger.store.read() as conn:
            if snapshots.snapshot(conn, self.device, fingerprint):
                return
        blob = self.ledger.backups.write(path, text)
        found = self._searchable(text)
        with self.ledger.store.begin(audited=False) as conn:
            at = self.ledger.clock()
            snapshots.save_snapshot(conn, self.device, fingerprint, blob, at, why, found)

    def store_text(self, path: str, text: str) -> str:
        """Keep a configuration durably; the blob it is in, for `Ending`."""
        return self.ledger.backups.write(path, text)

    def end(self, ending: Ending, evidence: dict[str, Any]) -> None:
        """Write down what became of the device, tell the audit log, let the lock go.

        Errors: `Fenced`.
        """
        ledger, at = self.ledger, self.ledger.clock()
        kept = ledger.backups.read(ending.blob) if ending.blob else ""
        found = self._searchable(kept) if kept else None
        with ledger.store.begin() as conn:
            self._put(conn, ending.state, ending.why, evidence, after=ending.after)
            if ending.state in FINAL:
                ledger.tell(conn, "device_ended", _told(self.device, ending), at)
            if ending.blob:
                snapshots.save_snapshot(
                    conn, self.device, ending.after, ending.blob, at, "after", found
                )
            locks.let_go(conn, self.device, self.fence)
        told = {"device": self.device, "state": ending.state, "why": ending.why.code}
        _log.info("device ended", extra=told)

    def _searchable(self, text: str) -> Searchable | None:
        """What can be searched of a configuration; None when it cannot be hidden what is secret."""
        try:
            return searchable(self.platform, text, self.ledger.secrets())
        except InputError:
            # What became of the device is written down all the same; the index is made anew later.
            return None

    def _put(
        self,
        conn: Connection,
        state: State,
        why: Why,
        evidence: dict[str, Any],
        before: str = "",
        after: str = "",
    ) -> None:
        self.ledger.owned(conn)
        runs.set_device_state(
            conn,
            self.ledger.run.id,
            self.device,
            state,
            reason=why.dump(),
            fence=self.fence,
            at=self.ledger.clock(),
            before=before,
            after=after,
            evidence=json.dumps(evidence, ensure_ascii=False) if evidence else "",
        )


def _told(device: str, ending: Ending) -> dict[str, Any]:
    told = {"device": device, "state": ending.state, "why": ending.why.code}
    return told | ({"after": ending.after} if ending.after else {})
