"""The versions kept of a device's configuration, one of them, and what changed between two."""

from __future__ import annotations

from dataclasses import dataclass

from controller.accounts.actor import Actor, require
from controller.backups.sides import Pair, side_by_side
from controller.backups.versions import Sight, Version, version_called, versions_of
from controller.errors import NotFound, Text
from controller.inventory.device import Device
from controller.operations.context import Context
from controller.operations.show_backup import readable
from controller.operations.show_device import visible_device
from controller.store import snapshots

_MOST = 1000


@dataclass(frozen=True)
class Configuration:
    """One version of a device's configuration, every secret hidden."""

    device: str
    version: Version
    text: str


@dataclass(frozen=True)
class Comparison:
    """Two versions side by side, secrets hidden before they were compared.

    `hidden` is True when they also differ in something that is not shown: a secret, or lines that
    count for nothing.
    """

    device: str
    old: Version
    new: Version
    pairs: tuple[Pair, ...]
    hidden: bool


def show_configuration(
    context: Context, actor: Actor, device: str, version: str | None = None
) -> Configuration:
    """A version of the device's configuration, by default the newest.

    Errors: `NotFound` for an unknown device or version, or a device never fetched.
    """
    require(actor, "read_history")
    found, chosen = chosen_version(context, actor, device, version)
    return Configuration(found.name, chosen, _text(context, found, chosen))


def chosen_version(
    context: Context, actor: Actor, device: str, version: str | None
) -> tuple[Device, Version]:
    """The device and its version of this name, by default the newest. Errors: `NotFound`."""
    found, versions = _kept(context, actor, device)
    return found, versions[0] if version is None else version_called(versions, version)


def list_configurations(context: Context, actor: Actor, device: str) -> tuple[Version, ...]:
    """The versions of the device's configuration, newest first; none when it was never fetched.

    Errors: `NotFound` for an unknown device.
    """
    require(actor, "read_history")
    return _versions(context, visible_device(context.inventory(), actor, device))


def compare_configurations(
    context: Context, actor: Actor, device: str, old: str | None = None, new: str | None = None
) -> Comparison:
    """Two versions side by side: by default the newest and the one before it.

    With `old` alone it is held against the newest. Errors: as `show_configuration`; `NotFound`
    also when there is one version only.
    """
    require(actor, "read_history")
    found, versions = _kept(context, actor, device)
    after = versions[0] if new is None else version_called(versions, new)
    if old is not None:
        before = version_called(versions, old)
    else:
        older = versions[versions.index(after) + 1 :]
        if not older:
            raise NotFound(
                Text(
                    th=f"{found.name} ยังไม่มีรุ่นก่อนหน้าให้เปรียบเทียบ",
                    en=f"{found.name} has no version before that one to compare",
                )
            )
        before = older[0]
    texts = _text(context, found, before), _text(context, found, after)
    pairs = side_by_side(*texts)
    return Comparison(found.name, before, after, pairs, hidden=not pairs and before.id != after.id)


def _kept(context: Context, actor: Actor, name: str) -> tuple[Device, tuple[Version, ...]]:
    device = visible_device(context.inventory(), actor, name)
    versions = _versions(context, device)
    if not versions:
        raise NotFound(
            Text(th=f"ยังไม่เคยสำรอง {name}", en=f"{name} was never backed up"),
            hint=Text(th="khaen backup", en="khaen backup"),
        )
    return device, versions


def _versions(context: Context, device: Device) -> tuple[Version, ...]:
    with context.store.read() as conn:
        kept = snapshots.history(conn, device.name, _MOST)
    return versions_of(Sight(s.fingerprint, s.blob, s.at, s.why) for s in kept)


def _text(context: Context, device: Device, version: Version) -> str:
    return readable(context, device, context.backups.read(version.id))
