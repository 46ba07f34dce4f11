"""Syslog while this process runs: devices that tell of being configured are heard, no other line.

Whoever can send a datagram with a device's address can have that device backed up once more, and an
alert opened that it was configured; nothing else comes of what is heard.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from controller.connections.syslog_receiver import SyslogReceiver
from controller.errors import InputError, StoreError
from controller.inventory.device import Device
from controller.inventory.inventory import Inventory
from controller.platforms.told_lines import told_change
from controller.polling.buckets import Bucket
from controller.polling.listening import Listening
from controller.polling.outside import note_told_change
from controller.store.engine import Store
from controller.store.told_changes import ToldChange, tell_changes

_log = logging.getLogger(__name__)
_A_SECOND, _AT_ONCE = 20.0, 200.0  # of one device
_ALL_A_SECOND, _ALL_AT_ONCE = 2_000.0, 5_000.0
_MOST_WAITING = 2_000
HOW = "syslog"


class Hearing:
    """Hears syslog from `start()` to `stop()` of its `Listening`."""

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
        self._listening = Listening("syslog", self._opened, self._turn)
        self._known: dict[str, Device] = {}
        self._known_of: Inventory | None = None
        self._waiting: deque[ToldChange] = deque(maxlen=_MOST_WAITING)
        self._buckets: dict[str, Bucket] = {}
        self._all = Bucket(_ALL_A_SECOND, _ALL_AT_ONCE)

    @property
    def port(self) -> int | None:
        """Where it listens; None while it does not."""
        return self._listening.port

    def start(self) -> None:
        """Begin, in a thread of its own."""
        self._listening.start()

    def stop(self) -> None:
        """Stop listening, write what waits, and return when that is done."""
        self._listening.stop()

    @asynccontextmanager
    async def _opened(self) -> AsyncIterator[int]:
        self._look()
        receiver = SyslogReceiver(self._take)
        port = await receiver.open(*self._place)
        try:
            yield port
        finally:
            receiver.close()

    def _turn(self) -> bool:
        self._write()
        self._look()
        return False

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
