"""Polling on schedule, in a thread of its own: each share at its time of the cycle."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from datetime import timedelta

from controller.errors import KhaenError
from controller.health.shares import shard_of, slot
from controller.polling.cycle import Cycle, Tally
from controller.polling.environment import PollEnvironment
from controller.polling.shares import Shares
from controller.polling.tidying import tidy
from controller.store import shards
from controller.store.engine import Connection

_log = logging.getLogger(__name__)
_LOOKS = 8
"""Times in a cycle at which claims are renewed and others looked for."""
_HOUSE = 3600.0
"""Seconds from one tidying of the archive to the next."""


class Schedule:
    """Polls until it is closed. One a process.

    `me` is a name no other process has or had.
    """

    def __init__(self, environment: PollEnvironment, me: str, host: str) -> None:
        self._environment = environment
        settings = environment.settings
        self._me = me
        self._every = float(settings.poll_seconds)
        self._shares = Shares(
            environment.store,
            me,
            host,
            environment.clock(),
            settings.shards,
            timedelta(seconds=self._every),
        )
        self._closing = threading.Event()
        self._due: dict[int, float] = {}
        self._refreshed = float("-inf")
        self._tidied = time.monotonic()
        self._thread = threading.Thread(target=self._run, name="khaen-polling", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End after the share in hand, and give all shares back."""
        self._closing.set()
        self._thread.join()

    def _run(self) -> None:
        with asyncio.Runner() as runner:
            cycle: Cycle | None = None
            while not self._closing.is_set():
                try:
                    cycle = cycle or Cycle(self._environment)
                    runner.run(self._turns(cycle))
                except KhaenError as error:
                    # A database held by somebody else or gone, a broken file of the workspace:
                    # time without polls is unknown, and the next look may find it mended.
                    _log.warning("polling pauses: %s", error.message.en)
                    self._closing.wait(min(self._every / 4, 30.0))
            if cycle is not None:
                cycle.close()
        try:
            self._shares.leave(self._environment.clock())
        except KhaenError as error:
            _log.warning("the shares are not given back: %s", error.message.en)

    async def _turns(self, cycle: Cycle) -> None:
        while not self._closing.is_set():
            self._refresh(cycle)
            shard = self._next_due()
            if shard is not None:
                await self._poll(cycle, shard)
            await self._tidy()
            await self._rest()

    def _refresh(self, cycle: Cycle) -> None:
        """Several times in the life of a claim, so that one look may fail."""
        if time.monotonic() - self._refreshed < self._every / _LOOKS:
            return
        lost = self._shares.refresh(self._environment.clock())
        self._refreshed = time.monotonic()
        if lost:
            cycle.forget(self._devices_in(lost))

    async def _poll(self, cycle: Cycle, shard: int) -> None:
        devices = [
            device
            for device in self._environment.inventory().devices
            if shard_of(device.name, self._environment.settings.shards) == shard
        ]
        begun = time.monotonic()

        def ours(conn: Connection) -> bool:
            return self._shares.holds(conn, shard)

        tally = await cycle.poll(devices, ours)
        if tally.lost:
            self._shares.held.pop(shard, None)
            cycle.forget([device.name for device in devices])
            return
        self._report(shard, tally, time.monotonic() - begun)

    def _report(self, shard: int, tally: Tally, seconds: float) -> None:
        environment = self._environment
        now = environment.clock()
        said = {
            "at": now.isoformat(),
            "shard": shard,
            "seconds": round(seconds, 3),
            "up": tally.up,
            "down": tally.down,
            "unknown": tally.unknown,
            "skipped": tally.skipped,
        }
        with environment.store.begin(audited=False) as conn:
            environment.alerting().settle(conn, now)
            shards.report(conn, self._me, said)
        environment.alerting().send(now)

    def _next_due(self) -> int | None:
        """The share whose time has come, the longest overdue first; one just taken is due now."""
        now = time.time()
        for shard in self._shares.held:
            self._due.setdefault(shard, now)
        for shard in set(self._due) - set(self._shares.held):
            del self._due[shard]
        due = min(self._due, key=lambda shard: (self._due[shard], shard), default=None)
        if due is None or self._due[due] > now:
            return None
        self._due[due] = slot(due, self._environment.settings.shards, self._every, now + 1e-3)
        return due

    async def _rest(self) -> None:
        """Until the next share is due; never so long that claims end or closing has to wait."""
        soon = min(self._due.values(), default=time.time() + 5.0) - time.time()
        longest = min(self._every / _LOOKS, 5.0)
        waited = 0.0
        while waited < min(soon, longest) and not self._closing.is_set():
            await asyncio.sleep(min(0.25, min(soon, longest) - waited))
            waited += 0.25

    async def _tidy(self) -> None:
        if time.monotonic() - self._tidied < _HOUSE:
            return
        self._tidied = time.monotonic()
        await asyncio.to_thread(tidy, self._environment)

    def _devices_in(self, lost: tuple[int, ...]) -> list[str]:
        count = self._environment.settings.shards
        return [
            device.name
            for device in self._environment.inventory().devices
            if shard_of(device.name, count) in lost
        ]
