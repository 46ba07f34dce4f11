"""Take an edition from a file for Excel or YAML: first a preview, then exactly what it showed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from controller.accounts.actor import Actor, require
from controller.documents.reading import LARGEST, read_grids
from controller.errors import InputError, Problem, StalePlan, Text
from controller.operations.context import Context
from controller.procurement.edition_sheet import read_edition_sheet
from controller.specs.baseline import Baseline, Edition
from controller.specs.edition_diff import CHANGE_KINDS, ChangeKind, ClassChange, edition_diff
from controller.store import audit_log
from controller.workspace.baselines import WholeEdition, check_whole
from controller.workspace.committing import commit_files
from controller.workspace.edition_files import (
    SpecFiles,
    edition_of_yaml,
    read_spec_files,
    with_edition,
)
from controller.workspace.register_file import alone, write_register


@dataclass(frozen=True)
class EditionPreview:
    """What a file would change, and every problem in it by its cell or line.

    `digest` names what was looked at: the file handed over and the files of the workspace; applying
    asks for it. `edition` is None while there are problems. `against` is the edition the changes
    are held against: itself when the workspace has it, else what stood of its issuer before, None
    when there was nothing. `paths` are the files that would be written.
    """

    digest: str
    edition: Edition | None
    known: bool
    against: Edition | None
    changes: tuple[ClassChange, ...]
    paths: tuple[str, ...]
    problems: tuple[Problem, ...]

    @property
    def counts(self) -> dict[ChangeKind, int]:
        """kind of change -> number of classes, of every kind."""
        return {kind: sum(c.kind == kind for c in self.changes) for kind in CHANGE_KINDS}


@dataclass(frozen=True)
class EditionImported:
    """What was written. `commit` is None when the files are not committed to git."""

    edition: str
    paths: tuple[str, ...]
    commit: str | None


def preview_edition(context: Context, actor: Actor, name: str, content: bytes) -> EditionPreview:
    """What the file (XLSX or YAML, `name` is its own) would change; writes nothing.

    Errors: `InputError` for what is no such file or too large, or when the files of the workspace
    are broken; what is wrong within is in `problems`.
    """
    require(actor, "import_edition")
    return _previewed(context, name, content)[0]


def import_edition(
    context: Context, actor: Actor, name: str, content: bytes, digest: str
) -> EditionImported:
    """Write what the preview with this digest showed, and commit exactly those files.

    Errors: those of the preview; `InputError` with every problem; `StalePlan` when the file or the
    workspace is not what the preview was made from.
    """
    require(actor, "import_edition")
    with alone(context.folder / "specs.lock"):
        preview, files, now = _previewed(context, name, content)
        if preview.digest != digest:
            raise StalePlan(
                Text(
                    th="แฟ้มหรือไฟล์ใน specs/ ไม่ตรงกับที่ดูตัวอย่างไว้ จึงยังไม่เขียน",
                    en="the file or the files in specs/ are not what the preview showed",
                ),
                hint=Text(th="ดูตัวอย่างใหม่อีกครั้ง", en="look at the preview again"),
            )
        if preview.edition is None:
            raise wrong_edition(preview.problems)
        edition = preview.edition
        if not files:
            return EditionImported(edition.id, (), None)
        with context.store.begin() as conn:
            audit_log.append(
                conn,
                actor=actor.username,
                action="import_edition",
                subject=edition.id,
                content={
                    "files": {p: hashlib.sha256(c).hexdigest() for p, c in files.items()},
                    "handed_over": hashlib.sha256(content).hexdigest(),
                    "classes": dict(preview.counts),
                },
                at=context.clock(),
            )
            # Inside the transaction: what cannot be written is not said to be.
            for path, new in files.items():
                before = now.files.get(path)
                write_register(
                    context.root,
                    path,
                    new,
                    "" if before is None else hashlib.sha256(before).hexdigest(),
                )
        commit = _commit(context, actor, tuple(files), edition)
    return EditionImported(edition.id, tuple(files), commit)


def wrong_edition(problems: tuple[Problem, ...]) -> InputError:
    """The error that lists every problem by its cell or line."""
    count = len(problems)
    return InputError(
        Text(th=f"แฟ้มมีข้อผิดพลาด {count} แห่ง", en=f"the file has {count} problems"),
        hint=Text(th="แก้ในแฟ้มแล้วนำเข้าใหม่", en="mend them in the file and import it again"),
        problems=problems,
    )


def _previewed(
    context: Context, name: str, content: bytes
) -> tuple[EditionPreview, dict[str, bytes], SpecFiles]:
    now = read_spec_files(context.root)
    whole, problems = _read(name, content)
    files: dict[str, bytes] = {}
    changes: tuple[ClassChange, ...] = ()
    known, against = False, None
    if whole is not None:
        problems = _clashes(name, now, whole.edition)
        known = now.baselines.edition(whole.edition.id) is not None
        against, standing = _before(now, whole.edition)
        partial = whole.edition.partial and not known
        changes = edition_diff(standing, whole.baselines, partial=partial)
        files = {} if problems else with_edition(now, whole.edition, whole.baselines)
    hashes = {path: hashlib.sha256(text).hexdigest() for path, text in now.files.items()}
    seen = [hashlib.sha256(content).hexdigest(), hashes]
    return (
        EditionPreview(
            digest=hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest(),
            edition=whole.edition if whole is not None and not problems else None,
            known=known,
            against=against,
            changes=changes,
            paths=tuple(files),
            problems=tuple(sorted(problems, key=lambda p: (p.path, p.line, p.column))),
        ),
        files,
        now,
    )


def _read(name: str, content: bytes) -> tuple[WholeEdition | None, list[Problem]]:
    if len(content) > LARGEST or content.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        sheet = read_edition_sheet(read_grids(content))
        if sheet.problems:
            return None, list(sheet.problems)
        return check_whole(sheet)
    return edition_of_yaml(name, content)


def _clashes(name: str, now: SpecFiles, edition: Edition) -> list[Problem]:
    """Another edition of the issuer announced on the same day: which would take whose place?"""
    return [
        Problem(
            name,
            0,
            0,
            Text(
                th=f"{other.id} ของผู้ประกาศเดียวกันประกาศวันเดียวกัน",
                en=f"{other.id} of the same issuer was announced on the same day",
            ),
            found=edition.announced.isoformat(),
        )
        for other in now.baselines.editions
        if other.id != edition.id
        and (other.issuer, other.announced) == (edition.issuer, edition.announced)
    ]


def _before(now: SpecFiles, edition: Edition) -> tuple[Edition | None, tuple[Baseline, ...]]:
    """What the edition is held against: itself as it is, or what stood before it."""
    own = now.baselines.edition(edition.id)
    if own is not None:
        return own, now.baselines.of(edition.id)
    earlier = [
        e
        for e in now.baselines.editions
        if e.issuer == edition.issuer and e.announced < edition.announced
    ]
    last = max(earlier, key=lambda e: e.announced, default=None)
    if last is None:
        return None, ()
    return last, now.baselines.in_force(edition.issuer, last.announced)


def _commit(context: Context, actor: Actor, paths: tuple[str, ...], edition: Edition) -> str | None:
    return commit_files(
        context.root,
        paths,
        author=context.author(actor),
        message=f"Import the price criteria {edition.id}\n",
        at=context.clock(),
    )
