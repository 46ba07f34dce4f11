"""Fetch the configuration of devices and keep it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from controller.accounts.actor import Actor, require
from controller.backups.searching import searchable
from controller.connections.session import DeviceSession
from controller.errors import DeviceError, InputError
from controller.inventory.device import Device
from controller.inventory.selector import parse_selector
from controller.operations.context import Context
from controller.operations.look_at_device import Told, ask_in_passing, looked
from controller.operations.select_devices import select_devices
from controller.platforms.registry import platform
from controller.polling.outside import note_changed_backup
from controller.store import audit_log, device_history, snapshots


@dataclass(frozen=True)
class Backup:
    """What became of one device: `state` is `new`, `changed`, `same` or `failed`."""

    device: str
    state: str
    fingerprint: str = ""
    error: DeviceError | None = None


def back_up_devices(context: Context, actor: Actor, selector: str) -> tuple[Backup, ...]:
    """Fetch and store the running configuration of every selected device.

    A device that fails is a value in the result, not an error; the others are kept all the same.
    """
    require(actor, "back_up_devices")
    devices = select_devices(context.workspace(), parse_selector(selector))
    visits = context.fleet(devices).each(_visit, context.secrets())
    running = {name: v if isinstance(v, DeviceError) else v[0] for name, v in visits.items()}
    kept = keep_backups(context, actor.username, devices, running)
    told = {name: v[1] for name, v in visits.items() if not isinstance(v, DeviceError) and v[1]}
    _keep_told(context, told)
    return kept


def _visit(session: DeviceSession) -> tuple[str, Told | None]:
    """The configuration, and what the device is while one is there anyway."""
    return session.running(), ask_in_passing(session)


def _keep_told(context: Context, told: Mapping[str, Told]) -> None:
    now = context.clock()
    with context.store.begin(audited=False) as conn:
        before = device_history.last_looks(conn, told)
        for name, said in told.items():
            device_history.save_look(conn, looked(name, said, now, before.get(name)))


def fetch_running(context: Context, devices: tuple[Device, ...]) -> dict[str, str | DeviceError]:
    """The running configuration by device name, or what went wrong."""
    return context.fleet(devices).each(lambda device: device.running(), context.secrets())


def keep_backups(
    context: Context,
    by: str,
    devices: tuple[Device, ...],
    running: dict[str, str | DeviceError],
) -> tuple[Backup, ...]:
    """Store the fetched configurations in one commit, with one audit line."""
    now = context.clock()
    blobs: dict[str, str] = {}
    results: list[Backup] = []
    inventory = context.inventory()
    secrets = _secrets(context)
    with context.store.begin() as conn:
        for device in devices:
            got = running[device.name]
            if isinstance(got, DeviceError):
                results.append(Backup(device.name, "failed", error=got))
                continue
            print_ = platform(device.platform).fingerprint(got)
            last = snapshots.latest(conn, device.name)
            state = "new" if last is None else "same" if last.fingerprint == print_ else "changed"
            if state != "same":
                path = f"{device.site}/{device.name}.cfg"
                blobs[path] = context.backups.write(path, got)
                found = None if secrets is None else searchable(device.platform, got, secrets)
                snapshots.save_snapshot(
                    conn, device.name, print_, blobs[path], now, "backup", found
                )
            else:
                snapshots.confirm_seen(conn, device.name, print_, now)
            if last is not None and state == "changed":
                note_changed_backup(conn, inventory, device, print_, last.at, now)
            results.append(Backup(device.name, state, print_))
        counts = {
            s: sum(r.state == s for r in results) for s in ("new", "changed", "same", "failed")
        }
        audit_log.append(
            conn, actor=by, action="back_up_devices", subject="backups", content=counts, at=now
        )
    if blobs:
        context.backups.commit(blobs, f"backup by {by}", now)
    return tuple(results)


def _secrets(context: Context) -> Mapping[str, str] | None:
    """The office's secrets, to hide them; without them nothing kept can be searched for now."""
    try:
        return context.secrets()
    except InputError:
        # What was fetched is kept all the same; its index is made anew later.
        return None
