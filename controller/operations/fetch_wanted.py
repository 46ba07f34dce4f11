"""Fetch the configurations of devices that told of being configured."""

from __future__ import annotations

from datetime import datetime, timedelta

from controller.accounts.actor import Actor, require
from controller.inventory.device import Device
from controller.operations.back_up_devices import Backup, fetch_running, keep_backups
from controller.operations.context import Context
from controller.platforms.watched import only_watched
from controller.store import locks, snapshots, told_changes
from controller.store.engine import Connection
from controller.store.told_changes import WantedBackup

AT_ONCE = 20
"""Devices fetched at a time; the others wait for the next look, so that no storm becomes one."""
_CLAIM = timedelta(minutes=5)
_AFTER_A_RUN = timedelta(seconds=30)
_AGAIN = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15))
"""After so many failures nobody tries any more: the next backup on schedule will."""


def fetch_wanted(context: Context, actor: Actor) -> tuple[Backup, ...]:
    """What became of the devices whose turn it is, at most `AT_ONCE`; nothing where none is due.

    A device in a run waits for its end, and the configuration the run itself kept will do. A device
    that fails is a value, and is tried again later. Errors: `InputError`, `StoreError`.
    """
    require(actor, "back_up_devices")
    now = context.clock()
    with context.store.read() as conn:
        if not told_changes.due_backups(conn, now, 1):
            return ()
    inventory, watched = context.inventory(), only_watched()
    devices: list[Device] = []
    mine: dict[str, WantedBackup] = {}
    with context.store.begin(audited=False) as conn:
        for one in told_changes.due_backups(conn, now, AT_ONCE):
            device = inventory.device(one.device)
            if device is None or device.platform in watched:
                told_changes.give_up(conn, [one.device])
            elif told_changes.claim_backup(conn, one, now + _CLAIM):
                if locks.holder(conn, one.device) is not None:
                    told_changes.try_again(conn, one, now + _AFTER_A_RUN)
                elif _kept_since(conn, one):
                    told_changes.have_backup(conn, one, now)
                else:
                    devices.append(device)
                    mine[device.name] = one
    if not devices:
        return ()
    chosen = tuple(devices)
    backups = keep_backups(context, actor.username, chosen, fetch_running(context, chosen))
    with context.store.begin(audited=False) as conn:
        for backup in backups:
            _settle(conn, backup, mine[backup.device], context.clock())
    return backups


def _kept_since(conn: Connection, one: WantedBackup) -> bool:
    """Whether a run has kept the configuration after the device's last word."""
    newest = snapshots.latest(conn, one.device)
    return newest is not None and newest.at >= one.last


def _settle(conn: Connection, backup: Backup, one: WantedBackup, now: datetime) -> None:
    if backup.state != "failed":
        told_changes.have_backup(conn, one, now)
    elif one.tries < len(_AGAIN):
        told_changes.try_again(conn, one, now + _AGAIN[one.tries])
    else:
        told_changes.give_up(conn, [backup.device])
