"""Traps while this process runs: a thread with a port of its own, what it hears goes to the store.

Of a flood only so much is read, and what is read waits in a short queue: nothing grows.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from controller.errors import InputError, StoreError
from controller.facts.answers import as_text
from controller.facts.trap import Trap
from controller.inventory.device import Device
from controller.inventory.inventory import Inventory
from controller.platforms.trap_kinds import meaning
from controller.polling.buckets import Bucket
from controller.polling.listening import Listening
from controller.polling.outside import note_told_change
from controller.store.canonical import storable
from controller.store.engine import Connection, Store
from controller.store.told_changes import ToldChange, tell_changes
from controller.store.traps import KeptTrap, count_strangers, keep_traps

if TYPE_CHECKING:
    from controller.connections.snmp.engine import SnmpTarget, SnmpUser

_log = logging.getLogger(__name__)

_A_SECOND, _AT_ONCE = 5.0, 50.0  # of one device
_ALL_A_SECOND, _ALL_AT_ONCE = 100.0, 300.0
_MOST_WAITING, _MOST_STRANGERS, _MOST_VALUES = 2_000, 1_000, 32
_LONGEST_VALUE = 255
CONFIGURED = "configuration_changed"
"""The kind of trap by which a device tells that somebody configured it."""


@dataclass(frozen=True)
class _Known:
    """Who may send: address -> device and its access, and the secrets of every access."""

    devices: dict[str, tuple[str, str]] = field(default_factory=dict)
    communities: dict[str, str] = field(default_factory=dict)
    users: dict[str, SnmpUser] = field(default_factory=dict)


class Trapping:
    """Receives traps from `start()` to `stop()` of its `Listening`.

    `target` tells how a device is asked; what it is asked with it must also send with.
    """

    def __init__(
        self,
        store: Store,
        inventory: Callable[[], Inventory],
        target: Callable[[Device], SnmpTarget | None],
        clock: Callable[[], datetime],
        place: tuple[str, int],
    ) -> None:
        self._store = store
        self._inventory = inventory
        self._target = target
        self._clock = clock
        self._place = place
        self._listening = Listening("traps", self._opened, self._turn)
        self._known = _Known()
        self._known_of: Inventory | None = None
        self._waiting: deque[KeptTrap] = deque(maxlen=_MOST_WAITING)
        self._strangers: Counter[str] = Counter()
        self._buckets: dict[str, Bucket] = {}
        self._all = Bucket(_ALL_A_SECOND, _ALL_AT_ONCE)
        self._heard_with = _Known()
        self.dropped = 0

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
        from controller.connections.snmp.trap_receiver import Senders, TrapReceiver

        self._look()
        self._heard_with = self._known
        senders = Senders(self._known.communities, self._known.users)
        receiver = TrapReceiver(senders, self._admit, self._take, self._refuse, self._clock)
        port = receiver.open(*self._place)
        try:
            yield port
        finally:
            receiver.close()

    def _turn(self) -> bool:
        """Write what waits; True when the secrets are others now: listen anew with those."""
        self._write()
        self._look()
        now, before = self._known, self._heard_with
        return (now.communities, now.users) != (before.communities, before.users)

    def _look(self) -> None:
        """Who is known, by the inventory as it is now."""
        try:
            inventory = self._inventory()
        except InputError:
            return  # broken files: those we know stay known
        if inventory is self._known_of:
            return
        known, shared = _Known(), set()
        names: dict[object, str] = {}
        for device in inventory.devices:
            try:
                target = self._target(device)
            except InputError:
                continue
            if target is None:
                continue
            user, secret = target.user, target.community
            name = names.setdefault((user, secret), str(len(names)))
            if user is not None:
                known.users[name] = user
            elif secret is not None:
                known.communities[name] = secret.get_secret_value()
            if target.address in known.devices:
                shared.add(target.address)
            known.devices[target.address] = (device.name, name)
        for address in shared:
            del known.devices[address]  # nobody could tell which of them it was
        self._known, self._known_of = known, inventory
        self._buckets = {a: b for a, b in self._buckets.items() if a in known.devices}

    def _admit(self, address: str) -> bool:
        """Whether to read a message at all."""
        now = asyncio.get_running_loop().time()
        if address not in self._known.devices:
            if address in self._strangers or len(self._strangers) < _MOST_STRANGERS:
                self._strangers[address] += 1
            return False
        bucket = self._buckets.setdefault(address, Bucket(_A_SECOND, _AT_ONCE))
        if bucket.take(now) and self._all.take(now):
            return True
        self.dropped += 1
        return False

    def _refuse(self, address: str) -> None:
        """Count what came from a known address with a secret that is not its own."""
        self._strangers[address] += 1

    def _take(self, trap: Trap) -> None:
        """Keep a trap that came with the secret its device is asked with."""
        device, access = self._known.devices.get(trap.address, ("", ""))
        if access not in trap.accesses:
            self._refuse(trap.address)
            return
        told = meaning(trap)
        few = list(trap.values.items())[:_MOST_VALUES]
        self._waiting.append(
            KeptTrap(
                at=trap.at,
                device=device,
                kind=told.kind,
                oid=trap.oid,
                port=told.port[:_LONGEST_VALUE],
                port_name=storable(told.port_name[:_LONGEST_VALUE]),
                version=trap.version,
                authenticated=trap.authenticated,
                values={oid: storable(as_text(v)[:_LONGEST_VALUE]) for oid, v in few},
            )
        )

    def _tell_of_changes(self, conn: Connection, new: list[KeptTrap]) -> None:
        """A device that was configured is backed up; when no run touched it there is an alert."""
        for trap in new:
            device = self._known_of.device(trap.device) if self._known_of else None
            if trap.kind == CONFIGURED and device is not None and self._known_of is not None:
                how = f"SNMP trap {trap.oid}"
                tell_changes(conn, [ToldChange(device.name, trap.at, "", "", how)])
                note_told_change(conn, self._known_of, device, how, trap.at)

    def _write(self) -> None:
        if not self._waiting and not self._strangers:
            return
        new, strangers = list(self._waiting), dict(self._strangers)
        try:
            with self._store.begin(audited=False) as conn:
                keep_traps(conn, new)
                self._tell_of_changes(conn, new)
                count_strangers(conn, strangers, self._clock())
        except StoreError as error:
            _log.warning("traps wait to be written: %s", error.message.en)
            return
        self._waiting.clear()
        self._strangers.clear()
        if self.dropped:
            _log.warning("%d traps of a flood were dropped", self.dropped)
            self.dropped = 0
