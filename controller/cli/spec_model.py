"""`khaen spec model`: what is known of models of equipment, and taking in more of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from controller.cli import output, session
from controller.cli.output import Json, words

if TYPE_CHECKING:
    from controller.operations.import_models import ModelsImported, ModelsPreview
    from controller.operations.show_model import ModelView
    from controller.workspace.model_proposal import ModelSeen

model = typer.Typer(no_args_is_help=True, help="Models of equipment: list, show, import, read.")
_SHOWN = 40

Kind = Annotated[
    str,
    typer.Option(
        "--kind",
        help="What they all are: switch …, or described: by the words of each file",
    ),
]
Overwrite = Annotated[
    bool, typer.Option("--overwrite", help="Replace facts that differ, also those a person wrote")
]
Yes = Annotated[bool, typer.Option("--yes", help="Write it, if there is no fault")]


def register(app: typer.Typer) -> None:
    """Add these commands to `khaen spec`."""
    app.add_typer(model, name="model")


@model.command("list")
def list_(
    search: Annotated[str, typer.Argument(help="Words of the maker or number")] = "",
    kind: Annotated[str, typer.Option("--kind", help="Only this kind")] = "",
    as_json: Json = False,
) -> None:
    """List the models: what specs/models tells of each, and of which nothing."""
    from controller.cli.evidence import MODEL_HEADS, model_cells, model_json
    from controller.operations.list_models import list_models

    with session.signed_in() as (context, actor):
        found = list_models(context, actor, words=search, kind=kind)
    if as_json:
        return output.emit_json([model_json(row) for row in found])
    return output.table(MODEL_HEADS, [model_cells(row) for row in found])


@model.command()
def show(number: str, as_json: Json = False) -> None:
    """Show one model: every fact by its name, where it stands, who has it."""
    from controller.operations.show_model import show_model
    from controller.procurement.matching import MATCHES
    from controller.specs.model_answers import shown_fact

    with session.signed_in() as (context, actor):
        found = show_model(context, actor, number)
    if as_json:
        return output.emit_json(view_json(found))
    told = found.model
    output.say(f"{told.maker} {told.model}", f"{told.maker} {told.model}")
    output.table(
        (words("คุณสมบัติ", "attribute"), words("ค่า", "value")),
        [
            (words(*attribute.title.both), words(*shown_fact(attribute, fact).both))
            for attribute, fact in found.facts
        ],
    )
    if found.baselines:
        output.table(
            (words("เกณฑ์พื้นฐาน", "baseline"), words("ผล", "verdict"), words("ไม่ผ่าน", "failed")),
            [
                (
                    one.baseline.ref,
                    words(*MATCHES[one.verdict].both),
                    "; ".join(criterion.text for criterion in one.failed),
                )
                for one in found.baselines
            ],
        )
    output.note(f"จาก {told.source or found.path}", f"from {told.source or found.path}")
    return None


@model.command("import")
def import_(
    files: Annotated[
        list[Path], typer.Argument(help="NetBox device types (YAML), or folders of them")
    ],
    kind: Kind = "",
    overwrite: Overwrite = False,
    yes: Yes = False,
    as_json: Json = False,
) -> None:
    """Show what NetBox device types would add to specs/models; with --yes write it."""
    from controller.operations.import_models import import_models, preview_models
    from controller.workspace.inputs import wrong_input

    handed = _contents(files)
    done: ModelsImported | None = None
    with session.signed_in() as (context, actor):
        preview = preview_models(context, actor, handed, kind=kind, overwrite=overwrite)
        if yes and not preview.faults:
            done = import_models(
                context, actor, handed, preview.digest, kind=kind, overwrite=overwrite
            )
    _tell(preview, done, as_json=as_json)
    if preview.faults:
        raise wrong_input("device types", preview.faults)


@model.command()
def read(
    device: str,
    kind: Annotated[str, typer.Option("--kind", help="What it is, as in the register")] = "",
    overwrite: Overwrite = False,
    yes: Yes = False,
    as_json: Json = False,
) -> None:
    """Ask a device now, and show what that adds to its model; with --yes write it."""
    from controller.operations.read_model import keep_model, read_model

    done: ModelsImported | None = None
    with session.signed_in() as (context, actor):
        preview = read_model(context, actor, device, kind=kind, overwrite=overwrite)
        if yes:
            done = keep_model(
                context, actor, device, preview.digest, kind=kind, overwrite=overwrite
            )
    _tell(preview, done, as_json=as_json)


def _contents(paths: list[Path]) -> dict[str, bytes]:
    """The files named and those in the folders named, as a person would name them."""
    from controller.workspace.device_types import LARGEST
    from controller.workspace.inputs import input_bytes

    found = [
        file
        for path in paths
        for file in (sorted(path.rglob("*.y*ml")) if path.is_dir() else [path])
    ]
    return {str(file): input_bytes(file, LARGEST) for file in found}


def _tell(preview: ModelsPreview, done: ModelsImported | None, *, as_json: bool) -> None:
    if as_json:
        output.emit_json(preview_json(preview) | {"written": done.commits if done else None})
        return
    _show(preview)
    if done is None:
        output.note("ยังไม่ได้เขียน ใช้ --yes เพื่อเขียน", "nothing is written; --yes writes it")
        return
    for path, commit in done.commits.items():
        told = f"commit {commit[:12]}" if commit else words("ยังไม่ได้ commit", "not committed")
        output.say(f"เขียน {path} แล้ว ({told})", f"wrote {path} ({told})")
    if not done.commits:
        output.say("ข้อมูลตรงกันอยู่แล้ว", "all of it is known already")


def _show(preview: ModelsPreview) -> None:
    from controller.specs.model_changes import MODEL_KINDS

    changed = [seen for seen in preview.models if seen.change.kind != "same" or seen.change.facts]
    heads = (
        words("การเปลี่ยน", "change"), words("รุ่น", "model"),
        words("ไฟล์", "file"), words("ข้อมูล", "facts"),
    )  # fmt: skip
    if changed:
        output.table(heads, [_row(seen) for seen in changed[:_SHOWN]])
    if len(changed) > _SHOWN:
        more = len(changed) - _SHOWN
        output.note(f"และอีก {more} รุ่น", f"and {more} more")
    told = ", ".join(f"{words(*MODEL_KINDS[k].both)} {n}" for k, n in _counted(preview) if n)
    output.say(told or "ไม่มีรุ่น", told or "no models")
    for note, count in _notes(preview):
        output.note(f"{note} ({count} รุ่น)", f"{note} ({count} models)")
    if preview.without_kind:
        output.note(
            f"{preview.without_kind} รุ่นยังไม่มีประเภท ระบุด้วย --kind",
            f"{preview.without_kind} models are of no kind yet; say it with --kind",
        )


def _row(seen: ModelSeen) -> tuple[str, str, str, str]:
    from controller.specs.model_changes import FACT_KINDS, MODEL_KINDS

    change, model = seen.change, seen.change.after
    if change.kind == "new":
        facts = words(f"{len(model.attributes)} ข้อ", f"{len(model.attributes)} attributes")
    else:
        facts = "; ".join(
            f"{fact.name}: {_arrow(fact.before, fact.after)} ({words(*FACT_KINDS[fact.kind].both)})"
            for fact in change.facts
        )
    kind = words("แก้ด้วยมือ", "by hand") if seen.by_hand else words(*MODEL_KINDS[change.kind].both)
    return kind, f"{model.maker} {model.model}", seen.path, facts


def _arrow(before: object, after: object) -> str:
    return _plain(after) if before is None else f"{_plain(before)} → {_plain(after)}"


def _plain(fact: object) -> str:
    return ", ".join(fact) if isinstance(fact, tuple) else str(fact)


def _counted(preview: ModelsPreview) -> list[tuple[Any, int]]:
    return list(preview.counts.items())


def _notes(preview: ModelsPreview) -> list[tuple[str, int]]:
    from collections import Counter

    counted = Counter(words(*note.both) for seen in preview.models for note in seen.notes)
    return counted.most_common()


def view_json(found: ModelView) -> dict[str, Any]:
    """A model for programs: its facts as the file has them, and its answers in words."""
    from controller.specs.model_answers import written_fact

    return {
        "model": found.model.model_dump(mode="json"),
        "path": found.path,
        "devices": found.row.devices,
        "assets": found.row.assets,
        "answers": {attribute.id: written_fact(attribute, fact) for attribute, fact in found.facts},
    }


def preview_json(preview: ModelsPreview) -> dict[str, Any]:
    """A preview for programs; models that stay the same are counted only."""
    return {
        "digest": preview.digest,
        "counts": preview.counts,
        "models": [
            {
                "name": seen.name,
                "path": seen.path,
                "kind": seen.change.kind,
                "by_hand": seen.by_hand,
                "model": seen.change.after.model_dump(mode="json", exclude_defaults=True),
                "facts": [
                    {"name": f.name, "kind": f.kind, "before": f.before, "after": f.after}
                    for f in seen.change.facts
                ],
                "notes": [{"th": note.th, "en": note.en} for note in seen.notes],
            }
            for seen in preview.models
            if seen.change.kind != "same"
        ],
        "faults": [
            {"where": p.where, "th": p.message.th, "en": p.message.en, "found": p.found}
            for p in preview.faults
        ],
        "files": [file.path for file in preview.files],
    }
