"""One poll of many devices: asked side by side, written in batches while others still answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from controller.connections.snmp.engine import SnmpEngine, SnmpTarget
from controller.errors import StoreError
from controller.health.observed import Observed
from controller.inventory.device import Device
from controller.polling.environment import PollEnvironment
from controller.polling.kept import Kept, remembered
from controller.polling.visit import Visitor
from controller.polling.writing import Writer
from controller.store.device_health import DeviceHealth, read_health
from controller.store.engine import Connection
from controller.store.health_spans import last_spans

BATCH = 250
"""Devices written in one transaction."""
PROBES = 500
"""Silent devices asked at the same time, beside the others and never in their way."""

OnDone = Callable[[Device, Observed], None]


@dataclass(slots=True)
class Tally:
    """What a poll of many devices came to. `skipped`: silent ones let alone this time."""

    up: int = 0
    down: int = 0
    unknown: int = 0
    skipped: int = 0
    lost: bool = False


class Cycle:
    """Polls devices again and again, remembering each from poll to poll.

    Belongs to one event loop.
    """

    def __init__(self, environment: PollEnvironment) -> None:
        self._environment = environment
        self._engine: SnmpEngine = environment.engine()
        self._visitor = Visitor(self._engine, environment.settings.poll_seconds, environment.clock)
        self._writer = Writer(environment)
        self._kept: dict[str, Kept] = {}

    def close(self) -> None:
        """Let the sockets go."""
        self._engine.close()

    def known(self) -> dict[str, DeviceHealth]:
        """What is remembered of every device polled so far."""
        rows = {name: kept.row(name) for name, kept in self._kept.items()}
        return {name: row for name, row in rows.items() if row is not None}

    def forget(self, devices: Sequence[str]) -> None:
        """Remember these devices no longer: another process polls them now."""
        for device in devices:
            self._kept.pop(device, None)

    async def poll(
        self,
        devices: Sequence[Device],
        still_ours: Callable[[Connection], bool] | None,
        on_done: OnDone | None = None,
    ) -> Tally:
        """Ask every one of the devices once and write what they said.

        Devices without SNMP access are left out. `still_ours` is asked in each transaction; when it
        says no the rest is not written. None: only to look, nothing is written. Errors:
        `StoreError`.
        """
        asked = [(d, t) for d in devices if (t := self._environment.target(d)) is not None]
        self._remember([device.name for device, _ in asked])
        tally = Tally()
        arrived: asyncio.Queue[Observed | None] = asyncio.Queue()
        room = asyncio.Semaphore(BATCH)

        async def one_after_the_other(waiting: Iterator[tuple[Device, SnmpTarget]]) -> None:
            for device, target in waiting:
                kept = self._kept[device.name]
                seen = await self._visitor.visit(device.name, device.platform, target, kept)
                if seen is None:
                    tally.skipped += 1
                    continue
                if on_done is not None:
                    on_done(device, seen)
                # When writing is slow nobody else is asked, and memory stays small.
                await room.acquire()
                arrived.put_nowait(seen)

        async def all_of_them() -> None:
            async with asyncio.TaskGroup() as group:
                for lane, width in self._lanes(asked):
                    waiting = iter(lane)
                    for _ in range(min(width, len(lane))):
                        group.create_task(one_after_the_other(waiting))

        asking = asyncio.create_task(all_of_them())
        asking.add_done_callback(lambda _: arrived.put_nowait(None))
        try:
            await self._write(arrived, room, tally, still_ours)
            await asking
        finally:
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)
        return tally

    def _lanes(
        self, asked: Sequence[tuple[Device, SnmpTarget]]
    ) -> Iterator[tuple[list[tuple[Device, SnmpTarget]], int]]:
        """The devices by how much there is to ask, and how many of each go side by side."""
        at_once = self._environment.settings.at_once
        widths = {
            "silent": PROBES,
            # At the first poll everything is asked, and all of it is held meanwhile.
            "new": max(at_once // 4, 1),
            "known": at_once,
        }
        for kind, width in widths.items():
            yield [one for one in asked if self._kept[one[0].name].kind() == kind], width

    async def _write(
        self,
        arrived: asyncio.Queue[Observed | None],
        room: asyncio.Semaphore,
        tally: Tally,
        still_ours: Callable[[Connection], bool] | None,
    ) -> None:
        batch: list[Observed] = []
        going = True
        while going:
            seen = await arrived.get()
            going = seen is not None
            if seen is not None:
                room.release()
                batch.append(seen)
                setattr(tally, seen.reached, getattr(tally, seen.reached) + 1)
            if batch and (not going or len(batch) >= BATCH):
                # In a thread: the answers of others keep coming in meanwhile.
                tally.lost = tally.lost or not await asyncio.to_thread(
                    self._keep, batch, still_ours
                )
                batch = []

    def _keep(
        self, batch: Sequence[Observed], still_ours: Callable[[Connection], bool] | None
    ) -> bool:
        if still_ours is None:
            self._writer.look(batch, self._kept)
            return True
        try:
            return self._writer.write(batch, self._kept, still_ours)
        except StoreError:
            self.forget([seen.device for seen in batch])
            raise

    def _remember(self, devices: Sequence[str]) -> None:
        new = [device for device in devices if device not in self._kept]
        if not new:
            return
        with self._environment.store.read() as conn:
            rows, spans = read_health(conn, new), last_spans(conn, new)
        for device in new:
            span = spans.get(device)
            self._kept[device] = remembered(device, rows.get(device), span.id if span else None)
