"""Make the index in which configurations are searched anew, where it is missing or old."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from controller.accounts.actor import Actor, require
from controller.backups.searching import hiding_rules, searchable
from controller.inventory.device import Device
from controller.operations.context import Context
from controller.store import audit_log, snapshots
from controller.store.line_index import forget_unused_lines, indexed_devices, reindex_device

_TRIES = 3


@dataclass(frozen=True)
class Indexing:
    """How many devices' histories were read anew, and how many lines nobody has went away."""

    devices: int
    lines_gone: int


def index_configurations(
    context: Context,
    actor: Actor,
    *,
    every: bool = False,
    tell: Callable[[int, int], None] | None = None,
) -> Indexing:
    """Read the history of every device anew whose lines were cut or hidden by older rules.

    With `every`, of all devices. It can be stopped and begun again: each device is whole or as it
    was. `tell` hears how many are done, of how many. Errors: `NotAllowed`, `StoreError`.
    """
    require(actor, "index_configurations")
    return index_stale(context, actor.username, every=every, tell=tell)


def index_stale(
    context: Context,
    by: str,
    *,
    every: bool = False,
    tell: Callable[[int, int], None] | None = None,
) -> Indexing:
    """The same for whoever does it without being asked: the schedule, after packing."""
    secrets = context.secrets()
    names = tuple(secrets)
    with context.store.read() as conn:
        known = indexed_devices(conn)
        kept = snapshots.devices_kept(conn)
    wanted = [
        (device, rules)
        for device in context.inventory().devices
        if device.name in kept and (rules := hiding_rules(device.platform, names))
        if every or device.name not in known or known[device.name].rules != rules
    ]
    if not wanted:
        return Indexing(0, 0)
    for done, (device, rules) in enumerate(wanted, 1):
        _read_anew(context, device, rules, secrets)
        if tell:
            tell(done, len(wanted))
    with context.store.begin() as conn:
        gone = forget_unused_lines(conn)
        audit_log.append(
            conn,
            actor=by,
            action="index_configurations",
            subject="backups",
            content={"devices": len(wanted), "lines_gone": gone},
            at=context.clock(),
        )
    return Indexing(len(wanted), gone)


def _read_anew(context: Context, device: Device, rules: str, secrets: Mapping[str, str]) -> None:
    for _ in range(_TRIES):
        with context.store.read() as conn:
            sights = snapshots.sights(conn, device.name)
        lines: dict[str, frozenset[str]] = {}
        for _, blob in sights:
            if blob not in lines:
                text = context.backups.read(blob)
                lines[blob] = searchable(device.platform, text, secrets).lines
        with context.store.begin(audited=False) as conn:
            # A snapshot saved meanwhile is not in what was read: read again.
            if snapshots.sights(conn, device.name) == sights:
                whole = [(at, lines[blob]) for at, blob in sights]
                reindex_device(conn, device.name, rules, whole)
                return
