"""Take a site's register from a file for Excel: first a preview, then exactly what it showed."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from controller.accounts.actor import Actor, require
from controller.documents.reading import read_grids
from controller.errors import InputError, Problem, StalePlan, Text
from controller.inventory.inventory import Inventory
from controller.inventory.register import plain
from controller.inventory.register_cells import Fault
from controller.inventory.register_changes import ROW_KINDS, RowChange, Surroundings, compare
from controller.inventory.register_import import read_register
from controller.operations.context import Context
from controller.operations.show_site import visible_site
from controller.store import audit_log
from controller.workspace.committing import commit_file
from controller.workspace.register_file import (
    RegisterFile,
    alone,
    read_register_file,
    rewritten,
    write_register,
)


@dataclass(frozen=True)
class Preview:
    """What a file would change in the register of a site, and every fault in it.

    `digest` names what was looked at: the file handed over, the register it was held against and
    the way of reading; applying asks for it. `unread_columns` and `unread_sheets` were left out.
    """

    site: str
    whole: bool
    digest: str
    sheet: str
    rows: tuple[RowChange, ...]
    faults: tuple[Fault, ...]
    unread_columns: tuple[str, ...]
    unread_sheets: tuple[str, ...]

    @property
    def counts(self) -> dict[str, int]:
        """kind of change -> number of rows, of every kind."""
        counted = Counter(row.kind for row in self.rows)
        return {kind: counted[kind] for kind in ROW_KINDS}

    @property
    def changes_nothing(self) -> bool:
        """Whether the register has all of it already."""
        return not any(self.counts[kind] for kind in ("added", "changed", "removed"))


@dataclass(frozen=True)
class Imported:
    """What was written. `commit` is None when the file is not committed to git."""

    site: str
    path: str
    counts: Mapping[str, int]
    before: str
    after: str
    commit: str | None


def preview_assets(
    context: Context, actor: Actor, site: str, content: bytes, *, whole: bool = False
) -> Preview:
    """What the file (XLSX or CSV) would change; writes nothing.

    `whole`: the file is the site's whole register, so rows it does not have go. Errors: `NotFound`
    for a site there is not, `InputError` for what is no such file or too large; what is wrong in
    cells is in `faults`.
    """
    require(actor, "import_assets")
    return _previewed(context, actor, site, content, whole)[0]


def import_assets(
    context: Context,
    actor: Actor,
    site: str,
    content: bytes,
    digest: str,
    *,
    whole: bool = False,
) -> Imported:
    """Write what the preview with this digest showed, and commit exactly that file.

    Errors: those of the preview; `InputError` with every fault; `StalePlan` when the file, the
    register or `whole` is not what the preview was made from.
    """
    require(actor, "import_assets")
    with alone(context.folder / "register.lock"):
        preview, file = _previewed(context, actor, site, content, whole)
        if preview.digest != digest:
            raise StalePlan(
                Text(
                    th="แฟ้มหรือทะเบียนไม่ตรงกับที่ดูตัวอย่างไว้ จึงยังไม่เขียน",
                    en="the file or the register is not what the preview showed",
                ),
                hint=Text(th="ดูตัวอย่างใหม่อีกครั้ง", en="look at the preview again"),
            )
        if preview.faults:
            raise faulty(preview.faults)
        new = rewritten(file, preview.rows)
        after = hashlib.sha256(new).hexdigest()
        if preview.changes_nothing:
            return Imported(site, file.path, preview.counts, file.digest, file.digest, None)
        with context.store.begin() as conn:
            audit_log.append(
                conn,
                actor=actor.username,
                action="import_assets",
                subject=site,
                content={
                    "file": file.path,
                    "before": file.digest,
                    "after": after,
                    "handed_over": hashlib.sha256(content).hexdigest(),
                    "rows": preview.counts,
                },
                at=context.clock(),
            )
            # Inside the transaction: what cannot be written is not said to be.
            write_register(context.root, file.path, new, file.digest)
        commit = _commit(context, actor, file.path, preview)
    return Imported(site, file.path, preview.counts, file.digest, after, commit)


def faulty(faults: tuple[Fault, ...]) -> InputError:
    """The error that lists every fault by its cell."""
    count = len(faults)
    return InputError(
        Text(th=f"แฟ้มมีข้อผิดพลาด {count} แห่ง", en=f"the file has {count} faults"),
        hint=Text(th="แก้ในแฟ้มแล้วนำเข้าใหม่", en="mend them in the file and import it again"),
        problems=tuple(
            Problem(f.cell, f.row, f.column, f.message, f.found, f.allowed, f.suggestion)
            for f in faults
        ),
    )


def _previewed(
    context: Context, actor: Actor, name: str, content: bytes, whole: bool
) -> tuple[Preview, RegisterFile]:
    inventory = context.inventory()
    site = visible_site(inventory, actor, name).site
    file = read_register_file(context.root, site, [s.site for s in inventory.sites])
    read = read_register(read_grids(content), site, _site_words(inventory), context.today())
    rows: tuple[RowChange, ...] = ()
    faults = read.faults
    if read.columns:
        around = _surroundings(inventory, site)
        rows, more = compare(read, site, file.assets, around, whole=whole and not faults)
        faults += more
    seen = [site, file.digest, hashlib.sha256(content).hexdigest(), whole]
    return (
        Preview(
            site=site,
            whole=whole,
            digest=hashlib.sha256(json.dumps(seen).encode()).hexdigest(),
            sheet=read.sheet,
            rows=rows,
            faults=tuple(sorted(faults, key=lambda f: (f.row, f.column))),
            unread_columns=read.unread_columns,
            unread_sheets=read.unread_sheets,
        ),
        file,
    )


def _site_words(inventory: Inventory) -> dict[str, str]:
    return {
        plain(word): site.site
        for site in inventory.sites
        for word in (site.site, site.name_th, site.name_en)
    }


def _surroundings(inventory: Inventory, site: str) -> Surroundings:
    others = [asset for asset in inventory.assets if asset.site != site]
    return Surroundings(
        numbers={asset.number: asset.site for asset in others},
        serials={asset.serial: asset.site for asset in others if asset.serial},
        named={device.asset: device.name for device in inventory.devices if device.asset},
    )


def _commit(context: Context, actor: Actor, path: str, preview: Preview) -> str | None:
    told = ", ".join(f"{kind} {n}" for kind, n in preview.counts.items() if n and kind != "same")
    return commit_file(
        context.root,
        path,
        author=context.author(actor),
        message=f"Import the register of {preview.site}: {told}\n",
        at=context.clock(),
    )
