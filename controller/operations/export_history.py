"""Write a whole installation to one file, to keep it elsewhere or to move it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from controller.accounts.actor import Actor, require
from controller.operations.context import Context
from controller.store import audit_log, runs
from controller.store.audit_entry import Verdict
from controller.store.export.shape import Manifest, Told
from controller.store.export.writing import Wanted, write_export


@dataclass(frozen=True)
class Exported:
    """What stands in the file, its SHA-256, and the verdict on the audit log as it was written.

    `running` are the runs that were being carried out at that moment.
    """

    manifest: Manifest
    sha256: str
    verdict: Verdict
    running: tuple[str, ...]


def export_history(
    context: Context, actor: Actor, file: Path, wanted: Wanted, told: Told
) -> Exported:
    """Write database, backups, kept files and proof to `file`, mode 0600; work goes on meanwhile.

    The file holds configurations with their secrets, so it is for its owner's eyes alone. The log
    says who took it, before it is made. Errors: `NotAllowed`; `Refused` while a folder is packed;
    `StoreError`.
    """
    require(actor, "export_history")
    at = context.clock()
    with context.store.begin() as conn:
        audit_log.append(
            conn,
            actor=actor.username,
            action="export_history",
            subject=file.name,
            content={"keys": wanted.keys, "samples": wanted.samples},
            at=at,
        )
        running = tuple(run.id for run in runs.open_runs(conn))
    manifest, verdict = write_export(
        context.store, context.keeper, context.folder, file, wanted, at=at, told=told
    )
    with file.open("rb") as content:
        sha256 = hashlib.file_digest(content, "sha256").hexdigest()
    return Exported(manifest, sha256, verdict, running)
