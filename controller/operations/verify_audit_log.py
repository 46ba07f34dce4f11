"""Prove the history: the live log, an export of it, and the newest entries to read."""

from __future__ import annotations

from pathlib import Path

from controller.accounts.actor import Actor, require
from controller.operations.context import Context
from controller.store import audit_export, audit_log
from controller.store.audit_entry import Entry, Verdict


def verify_audit_log(context: Context, actor: Actor) -> Verdict:
    """Check every entry against the chain, the seals and the signed anchors."""
    require(actor, "verify_audit_log")
    return context.keeper.verify(context.store)


def export_audit_log(context: Context, actor: Actor, file: Path) -> Verdict:
    """Write the log, its signed head and the public key to a file; the verdict on the log itself.

    A log that is not whole is exported too, but unsigned and saying so.
    """
    require(actor, "verify_audit_log")
    return audit_export.export_log(context.store, context.keeper, file, context.clock())


def verify_audit_export(file: Path, public_key: str | None) -> Verdict:
    """Check an exported log with nothing but the file (and the key it must be signed with)."""
    return audit_export.verify_export(file, public_key)


def newest_entries(
    context: Context,
    actor: Actor,
    count: int,
    *,
    before: int | None = None,
    by: str = "",
    action: str = "",
    subject: str = "",
) -> tuple[Entry, ...]:
    """The newest entries, oldest of them first; with `before` the newest with a lower number.

    With words, only those by exactly this user name, of this action, about this subject.
    """
    require(actor, "verify_audit_log")
    with context.store.read() as conn:
        found = audit_log.newest(
            conn, count, before=before, actor=by, action=action, subject=subject
        )
    return found[::-1]
