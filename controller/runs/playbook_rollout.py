"""Carrying a playbook's plan out: canary, then batch by batch, one start of Ansible for each.

What runs are the approved bytes and nothing else. A device on which the playbook may have begun
never sees it a second time, whatever process goes on with the run.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from controller.errors import InputError, StalePlan
from controller.health.rules import rules_of
from controller.plans.outcome import FINAL, Run, RunDevice
from controller.plans.plan import Plan
from controller.platforms.registry import platform
from controller.playbooks.following import ShareEnd
from controller.playbooks.predicting import does_of
from controller.runs.device import reaching
from controller.runs.durable import Slot
from controller.runs.environment import RunEnvironment
from controller.runs.errand import Errand
from controller.runs.errands import kept_configuration, plan_of
from controller.runs.gate import Permit
from controller.runs.ledger import Book, Ending
from controller.runs.listening import Listening
from controller.runs.playbook_device import (
    PlaybookWork,
    begin,
    finish,
    interrupted,
    prepare,
    was_begun,
)
from controller.runs.player import Play
from controller.runs.progress import Progress
from controller.runs.rollout import Rollout
from controller.runs.room import NoRoom
from controller.runs.wording import NOTHING, OTHER_LINES, gate_closed
from controller.store import runs
from controller.workspace.playbooks import playbook_bytes

Begin = Callable[[RunDevice], None]


@dataclass
class _Ready:
    """A device of the batch in work: what became of it already, or the work that is to end."""

    work: PlaybookWork | None
    ending: Ending | None = None


class PlaybookRollout(Rollout):
    """An apply of a plan that runs a playbook."""

    def go(self, slots: Callable[[int], list[Slot]]) -> dict[str, Any]:
        """As `Rollout.go`. Devices that were only claimed before wait again: nothing ran there."""
        with self._environment.store.read() as conn:
            rows = runs.run_devices(conn, self._run.id)
        begun = [row for row in rows if row.state not in FINAL and row.state != "waiting"]
        for row in begun:
            if not was_begun(row):
                self._put_in_line(row)
        if any(map(was_begun, begun)):
            # A playbook whose process died has died with it; its last words may be on the way.
            time.sleep(self._environment.patience.quiet)
        self._files: Mapping[str, bytes] = {}
        self._ready: dict[str, _Ready] = {}
        self._strayed = False
        return super().go(slots)

    def _pass_gate(self) -> Plan:
        """As for any run; then the approved files are in memory, and nothing else will run."""
        plan = super()._pass_gate()
        try:
            self._files = approved_files(self._permit) if self._permit else {}
        except StalePlan as error:
            self._closed = gate_closed(error.message)
        return plan

    def _put_in_line(self, row: RunDevice) -> None:
        planned = plan_of(self._environment.store, self._run).device(row.device)
        book = self._ledger.claim(
            row, planned.platform if planned else "", planned.site if planned else ""
        )
        if book is not None:
            book.end(Ending("waiting", NOTHING), {})

    def _one(self, row: RunDevice, errand: Errand) -> dict[str, Any]:
        ready = self._ready.get(row.device) or self._resumed(row, errand)
        if ready.work is None:
            return {"state": "refused", "lost": False}
        work = ready.work
        ending = ready.ending or finish(work)
        more = {"lost": True} if ending.lost else {}
        work.book.end(ending, work.evidence() | more)
        return {"state": ending.state, "lost": ending.lost}

    def _resumed(self, row: RunDevice, errand: Errand) -> _Ready:
        """A device that an earlier process began with: looked at, and never begun again."""
        book = self._ledger.claim(row, errand.platform, errand.site)
        if book is None:
            return _Ready(None)
        work = playbook_work(self._environment, book, errand)
        work.closed = self._closed
        work.remember(row)
        return _Ready(work, None if work.ran else interrupted(work))

    def _begin_waiting(
        self, rows: Iterator[RunDevice], progress: Progress, begin_one: Begin
    ) -> None:
        self._make_room(progress, 1)
        with self._environment.store.read() as conn:
            now = runs.run_devices(conn, self._run.id)
        waiting = [row for row in now if row.state == "waiting"]
        while waiting:
            if progress.stop or self._closed.code or self._stop_asked() or self._leaving():
                return
            if not self._in_time():
                return
            asked, waiting = waiting[: progress.room()], waiting[progress.room() :]
            self._batch(asked)
            batch = [row for row in asked if row.device in self._ready]
            waiting = [row for row in asked if row.device not in self._ready] + waiting
            if not batch:
                time.sleep(self._environment.patience.watch)
            if self._strayed:
                progress.halt(OTHER_LINES)
            for row in batch:
                begin_one(row)
            self._make_room(progress, 1)

    def _batch(self, batch: list[RunDevice]) -> None:
        """Look at the devices, run the playbook on those it is meant for, note how it ended."""
        self._ready = {}
        with ThreadPoolExecutor(min(len(batch), self._workers), "khaen-look") as pool:
            found = list(pool.map(self._prepared, batch))
        self._ready = {row.device: ready for row, ready in zip(batch, found, strict=True) if ready}
        works = {
            device: ready.work
            for device, ready in self._ready.items()
            if ready.work is not None and ready.ending is None
        }
        if not works:
            return
        for work in works.values():
            begin(work)
        listening = self._listening(works)
        end = self._played(tuple(works), listening)
        listening.insist()
        for device, work in works.items():
            whole = end.state in ("finished", "failed")
            ran = end.devices.get(device, "not-run")
            work.ran = ran if whole or ran != "ok" else "not-run"
            work.strays = listening.strays(device)
            work.words = listening.last_words(device) or (end.words.en if end.words else "")
            work.book.write("pushed", work.evidence())
            self._strayed = self._strayed or bool(work.strays)

    def _has_no_patience(self) -> bool:
        """Never any: devices of a batch are held together, and two runs would wait for ever."""
        return True

    def _prepared(self, row: RunDevice) -> _Ready | None:
        """None when there is no room for the device now."""
        errand = self._errands[row.device]
        try:
            book = self._ledger.claim(row, errand.platform, errand.site)
        except NoRoom:
            return None
        if book is None:
            return _Ready(None)
        work = playbook_work(self._environment, book, errand)
        return _Ready(work, prepare(work))

    def _listening(self, works: Mapping[str, PlaybookWork]) -> Listening:
        permit = self._open_permit()
        name = permit.plan.playbook.name if permit.plan.playbook else ""
        return Listening(
            self._ledger,
            {one.device: one for one in permit.plan.devices if one.device in works},
            does_of(permit.workspace.playbooks.known(name)),
            self._lost,
        )

    def _played(self, devices: tuple[str, ...], listening: Listening) -> ShareEnd:
        permit = self._open_permit()
        try:
            return self._environment.player().play(
                permit.workspace,
                play_of(permit, self._files, devices),
                listening.take,
                listening.must_stop,
            )
        except InputError as error:
            # It did not even begin.
            return ShareEnd("failed", {}, error.message)


def approved_files(permit: Permit) -> Mapping[str, bytes]:
    """The bytes that were approved, by path, held against the plan's digests once more.

    Errors: `StalePlan` when a file was changed after the gate had read it.
    """
    run, workspace = permit.plan.playbook, permit.workspace
    if run is None:
        raise RuntimeError("the plan runs no playbook")
    files = playbook_bytes(workspace.root, workspace.playbooks.known(run.name))
    read = {path: hashlib.sha256(content).hexdigest() for path, content in files.items()}
    if read != {entry.path: entry.sha256 for entry in permit.plan.inputs}:
        raise RuntimeError("what passed the gate is not what was approved")
    return files


def play_of(permit: Permit, files: Mapping[str, bytes], limit: tuple[str, ...]) -> Play:
    """The one thing that may run, on the devices of one batch."""
    plan, run = permit.plan, permit.plan.playbook
    if run is None:
        raise RuntimeError("the plan runs no playbook")
    return Play(
        playbook=run.name,
        files=files,
        parameters=run.parameters,
        devices=plan.selected,
        limit=limit,
        check=False,
        seconds=run.timeout_minutes * 60.0,
    )


def playbook_work(environment: RunEnvironment, book: Book, errand: Errand) -> PlaybookWork:
    """The work on one device with everything it needs."""
    return PlaybookWork(
        errand=errand,
        platform=platform(errand.platform),
        connect=reaching(environment, errand),
        book=book,
        patience=environment.patience,
        ask=lambda: environment.vitals(errand.device, errand.platform),
        health=lambda: rules_of(environment.watching()),
        kept=lambda fingerprint: kept_configuration(environment, errand.device, fingerprint),
    )


def rollout_of(environment: RunEnvironment, run: Run) -> type[Rollout]:
    """How a run is carried out: what a playbook did is taken back as any other change is."""
    plan = plan_of(environment.store, run)
    return PlaybookRollout if plan.playbook and run.kind == "apply" else Rollout
