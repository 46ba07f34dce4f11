"""Bring an exported installation into an empty one, or only prove the file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from controller.operations.context import Context
from controller.store import accounts, runs
from controller.store.audit_entry import Verdict
from controller.store.export.checking import Export, check_export
from controller.store.export.reading import read_export
from controller.store.export.shape import Told


@dataclass(frozen=True)
class Imported:
    """What was brought in, and the verdict on the audit log as it now stands here.

    `running` are runs that were under way when the export was made: a worker here would go on with
    them. `locked_out` are people whose second step cannot be asked for without `seal.key`.
    """

    export: Export
    verdict: Verdict
    running: tuple[str, ...]
    locked_out: tuple[str, ...]


def check_history(file: Path, public_key: str | None = None) -> Export:
    """Prove an export with nothing but the file; `public_key` is the key it must be signed with.

    Errors: `InputError`, naming every part that is not as it was exported.
    """
    return check_export(file, public_key)


def import_history(
    context: Context, file: Path, told: Told, public_key: str | None = None
) -> Imported:
    """Bring the export in `file` into this installation, which must be empty; needs no sign-in.

    Whoever can write an empty database may fill it, as with the first account. Errors: `InputError`
    for a file that is not as it was exported; `Refused` when there is history here; `StoreError`.
    """
    export = check_history(file, public_key)
    read_export(
        context.store, context.keeper, context.folder, export, at=context.clock(), told=told
    )
    with context.store.read() as conn:
        running = tuple(run.id for run in runs.open_runs(conn))
        sealed = tuple(a.username for a in accounts.list_accounts(conn) if a.second_factor)
    locked_out = () if "seal.key" in export.manifest.keys else sealed
    return Imported(export, context.keeper.verify(context.store), running, locked_out)
