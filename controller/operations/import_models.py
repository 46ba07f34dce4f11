"""Take models of equipment from NetBox device types: a preview, then exactly what it showed."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from controller.accounts.actor import Actor, require
from controller.errors import InputError, Problem, StalePlan, Text
from controller.inventory.asset import KINDS
from controller.language import nearest
from controller.operations.context import Context
from controller.specs.model_changes import MODEL_KINDS
from controller.specs.models import model_key
from controller.store import audit_log
from controller.workspace.committing import commit_file
from controller.workspace.device_types import Told, read_device_types
from controller.workspace.inputs import wrong_input
from controller.workspace.model_proposal import FileSeen, ModelSeen, propose_models
from controller.workspace.register_file import alone, write_register

DESCRIBED = "described"
"""Stands for a kind: that of which the description in each file speaks, if it speaks of one."""


@dataclass(frozen=True)
class ModelsPreview:
    """What would change in specs/models. Applying asks for `digest`, which names all of it."""

    digest: str
    models: tuple[ModelSeen, ...]
    faults: tuple[Problem, ...]
    files: tuple[FileSeen, ...]

    @property
    def counts(self) -> dict[str, int]:
        """kind of change -> number of models, of every kind."""
        counted = Counter(seen.change.kind for seen in self.models if not seen.by_hand)
        return {kind: counted[kind] for kind in MODEL_KINDS}

    @property
    def without_kind(self) -> int:
        """How many of the models nobody says the kind of."""
        return sum(not seen.change.after.kind for seen in self.models)

    @property
    def changes_nothing(self) -> bool:
        """Whether nothing would be written."""
        return not self.files


@dataclass(frozen=True)
class ModelsImported:
    """What was written: path -> its commit, None where it is not committed to git."""

    counts: Mapping[str, int]
    commits: Mapping[str, str | None]


def preview_models(
    context: Context,
    actor: Actor,
    files: Mapping[str, bytes],
    *,
    kind: str = "",
    overwrite: bool = False,
) -> ModelsPreview:
    """What these device types (name -> content) would change in specs/models; writes nothing.

    `kind` is that of all of them; without it the register says it where it knows the model, else
    it is left out, or, for the kind `described`, what the file's description speaks of. What a
    person wrote stays where it differs, unless `overwrite`. Errors: `InputError` for no or too many
    files and for an unknown kind; faults of files are in `faults`.
    """
    require(actor, "import_models")
    told, faults = read_device_types(files)
    return previewed(context, told, faults, kind=kind, overwrite=overwrite)


def import_models(
    context: Context,
    actor: Actor,
    files: Mapping[str, bytes],
    digest: str,
    *,
    kind: str = "",
    overwrite: bool = False,
) -> ModelsImported:
    """Write what the preview with this digest showed, and commit exactly those files.

    Errors: those of the preview; `InputError` with every fault; `StalePlan` when the files handed
    over, those of the workspace or the choices are not what the preview was made from.
    """
    require(actor, "import_models")
    with alone(context.folder / "models.lock"):
        preview = preview_models(context, actor, files, kind=kind, overwrite=overwrite)
        return written(context, actor, preview, digest)


def previewed(
    context: Context,
    told: tuple[Told, ...],
    faults: tuple[Problem, ...] = (),
    *,
    kind: str = "",
    overwrite: bool = False,
) -> ModelsPreview:
    """The preview of models told by files or a device. Errors: `InputError` for an unknown kind."""
    _require_kind(kind)
    kinds = _kinds(context)
    of_kind = [_of_kind(one, kind, kinds) for one in told]
    models, files = propose_models(
        context.root,
        context.models(),
        of_kind,
        language=context.settings.language,
        overwrite=overwrite,
    )
    read = [one.model.model_dump(mode="json") for one in of_kind]
    about = [read, [fault.where for fault in faults], kind, overwrite, _files(files)]
    digest = hashlib.sha256(json.dumps(about).encode()).hexdigest()
    return ModelsPreview(digest, models, faults, files)


def written(context: Context, actor: Actor, preview: ModelsPreview, digest: str) -> ModelsImported:
    """Write the files of the preview; called with the lock held. Errors: as `import_models`."""
    if preview.digest != digest:
        raise StalePlan(
            Text(
                th="แฟ้มหรือข้อมูลรุ่นไม่ตรงกับที่ดูตัวอย่างไว้ จึงยังไม่เขียน",
                en="the files or the models are not what the preview showed",
            ),
            hint=Text(th="ดูตัวอย่างใหม่อีกครั้ง", en="look at the preview again"),
        )
    if preview.faults:
        raise wrong_input("device types", preview.faults)
    commits: dict[str, str | None] = {}
    for file in preview.files:
        content = file.text.encode()
        here = [seen for seen in preview.models if seen.path == file.path and not seen.by_hand]
        counts = Counter(seen.change.kind for seen in here)
        with context.store.begin() as conn:
            audit_log.append(
                conn,
                actor=actor.username,
                action="import_models",
                subject=file.path,
                content={
                    "before": file.before,
                    "after": hashlib.sha256(content).hexdigest(),
                    "models": {kind: counts[kind] for kind in ("new", "changed")},
                },
                at=context.clock(),
            )
            # Inside the transaction: what cannot be written is not said to be.
            write_register(context.root, file.path, content, file.before)
        told = ", ".join(f"{kind} {counts[kind]}" for kind in ("new", "changed") if counts[kind])
        commits[file.path] = _commit(context, actor, file.path, told)
    return ModelsImported(preview.counts, commits)


def _require_kind(kind: str) -> None:
    if kind and kind not in (*KINDS, DESCRIBED):
        meant = nearest(kind, KINDS) or ", ".join((*KINDS, DESCRIBED))
        raise InputError(
            Text(th=f"ไม่มีประเภทครุภัณฑ์ “{kind}”", en=f"there is no kind “{kind}”"),
            hint=Text(th=f"ใกล้เคียง: {meant}", en=f"nearest: {meant}"),
        )


def _kinds(context: Context) -> dict[str, str]:
    """model key -> the one kind the register has it as."""
    kinds: dict[str, set[str]] = {}
    for asset in context.inventory().assets:
        kinds.setdefault(model_key(asset.model), set()).add(asset.kind)
    return {key: next(iter(found)) for key, found in kinds.items() if key and len(found) == 1}


def _of_kind(told: Told, kind: str, kinds: Mapping[str, str]) -> Told:
    """The model with its kind: the one chosen, else the register's, else the one described."""
    chosen = kind if kind != DESCRIBED else ""
    numbers = (told.model.model, told.model.part_number)
    registered = (kinds[key] for number in numbers if (key := model_key(number)) in kinds)
    known = chosen or next(registered, "")
    notes = told.notes
    if not known and kind == DESCRIBED and told.described:
        known, notes = told.described, (*notes, _BY_WORDS)
    if not known:
        return told
    return replace(told, model=told.model.model_copy(update={"kind": known}), notes=notes)


def _files(files: tuple[FileSeen, ...]) -> list[tuple[str, str, str]]:
    return [(file.path, file.before, file.text) for file in files]


def _commit(context: Context, actor: Actor, path: str, told: str) -> str | None:
    return commit_file(
        context.root,
        path,
        author=context.author(actor),
        message=f"Import models into {path}: {told}\n",
        at=context.clock(),
    )


_BY_WORDS = Text(
    th="ประเภทอ่านจากคำอธิบายในแฟ้ม โปรดตรวจ",
    en="the kind is read from the file's description: check it",
)
