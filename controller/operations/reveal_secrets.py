"""A configuration as the device has it, secrets and all: for an engineer, and on record."""

from __future__ import annotations

from datetime import datetime

from controller.accounts.actor import Actor, require
from controller.operations.context import Context
from controller.operations.export_configurations import Export, written
from controller.operations.show_configuration import Configuration, chosen_version
from controller.store import audit_log


def reveal_secrets(
    context: Context, actor: Actor, device: str, version: str | None = None
) -> Configuration:
    """A version of a device's configuration, by default the newest, with its secrets.

    The audit log has who read it before it is given out. Errors: `NotAllowed`, also for any token;
    `NotFound` for an unknown device or version.
    """
    require(actor, "reveal_secrets")
    found, chosen = chosen_version(context, actor, device, version)
    text = context.backups.read(chosen.id)
    _record(context, actor, found.name, {"version": chosen.id})
    return Configuration(found.name, chosen, text)


def reveal_export(context: Context, actor: Actor, select: str, at: datetime | None) -> Export:
    """The configurations of devices as files with their secrets, on record as well.

    Errors: `NotAllowed`, and as `export_configurations`.
    """
    require(actor, "reveal_secrets")
    export = written(context, select, at, lambda _, text: text)
    _record(context, actor, select, {"devices": list(export.devices)})
    return export


def _record(context: Context, actor: Actor, subject: str, content: dict[str, object]) -> None:
    with context.store.begin() as conn:
        audit_log.append(
            conn,
            actor=actor.username,
            action="reveal_secrets",
            subject=subject,
            content=content,
            at=context.clock(),
        )
