"""Syslog while this process runs: devices that tell of being configured are heard, no other line.

Whoever can send a datagram with a device's address can have that device backed up once more, and an
alert opened that it was configured; nothing else comes of what is heard.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections import deque
from collections.abc import Callable
from datetime import datetime

from controller.connections.syslog_receiver import SyslogReceiver
from controller.errors import InputError, StoreError
from controller.inventory.device import Device
from controller.inventory.inventory import Inventory
from controller.platforms.told_lines import told_change
from controller.polling.buckets import Bucket
from controller.polling.outside import note_told_change
from controller.store.engine import Store
from controller.store.told_changes import ToldChange, tell_changes

_log = logging.getLogger(__name__)
_WRITE_SECONDS, _AGAIN_SECONDS = 1.0, 30.0
_A_SECOND, _AT_ONCE = 20.0, 200.0  # of one device
_ALL_A_SECOND, _ALL_AT_ONCE = 2_000.0, 5_000.0
_MOST_WAITING = 2_000
HOW = "syslog"


class Hearing:
    """Hears syslog from `start()` to `stop()`. The port is one process's: others try again later.

    `port` is where it listens, None while it does not.
    """

    def __init__(
        self,
        store: Store,
        inventory: Callable[[], Inventory],
        clock: Callable[[], datetime],
        place: tuple[str, int],
    ) -> None:
        self._store = store
        self._inventory = inventory
        self._clock = clock
        self._place = place
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="syslog", daemon=True)
        self._known: dict[str, Device] = {}
        self._known_of: Inventory | None = None
        self._waiting: deque[ToldChange] = deque(maxlen=_MOST_WAITING)
        self._buckets: dict[str, Bucket] = {}
        self._all = Bucket(_ALL_A_SECOND, _ALL_AT_ONCE)
        self.port: int | None = None

    def start(self) -> None:
        """Begin, in a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """Stop listening, write what waits, and return when that is done."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join(timeout=10)

    def _run(self) -> None:
        asyncio.run(self._hear())

    async def _hear(self) -> None:
        told = False
        while not self._stopped.is_set():
            receiver = SyslogReceiver(self._take)
            self._look()
            try:
                self.port = await receiver.open(*self._place)
            except InputError as error:
                if not told:
                    _log.warning("%s", error.message.en)
                told = True
                await self._rest(_AGAIN_SECONDS)
                continue
            try:
                while not self._stopped.is_set():
                    await self._rest(_WRITE_SECONDS)
                    self._write()
                    self._look()
            finally:
                receiver.close()
                self.port = None

    async def _rest(self, seconds: float) -> None:
        for _ in range(int(seconds * 10)):
            if self._stopped.is_set():
                return
            await asyncio.sleep(0.1)

    def _look(self) -> None:
        """Whose addresses are known, by the inventory as it is now."""
        try:
            inventory = self._inventory()
        except InputError:
            return  # broken files: those we know stay known
        if inventory is self._known_of:
            return
        known: dict[str, Device] = {}
        shared = set()
        for device in inventory.devices:
            if device.address in known:
                shared.add(device.address)
            known[device.address] = device
        for address in shared:
            del known[address]  # nobody could tell which of them it was
        self._known, self._known_of = known, inventory
        self._buckets = {a: b for a, b in self._buckets.items() if a in known}

    def _take(self, address: str, message: bytes) -> None:
        device = self._known.get(address)
        if device is None:
            return
        now = asyncio.get_running_loop().time()
        bucket = self._buckets.setdefault(address, Bucket(_A_SECOND, _AT_ONCE))
        if not (bucket.take(now) and self._all.take(now)):
            return
        told = told_change(device.platform, message)
        if told is not None:
            change = ToldChange(device.name, self._clock(), told.who, told.where_from, HOW)
            self._waiting.append(change)

    def _write(self) -> None:
        if not self._waiting or self._known_of is None:
            return
        new = list(self._waiting)
        try:
            with self._store.begin(audited=False) as conn:
                tell_changes(conn, new)
                for one in new:
                    device = self._known_of.device(one.device)
                    if device is not None:
                        note_told_change(conn, self._known_of, device, _how(one), one.at)
        except StoreError as error:
            _log.warning("what devices told waits to be written: %s", error.message.en)
            return
        self._waiting.clear()


def _how(one: ToldChange) -> str:
    """`syslog: admin, 10.0.0.9`."""
    named = ", ".join(word for word in (one.who, one.where_from) if word)
    return f"{one.how}: {named}" if named else one.how
