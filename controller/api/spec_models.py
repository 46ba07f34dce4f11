"""Models of equipment over HTTP: one of them, and taking in NetBox device types."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import File, Form, Query, UploadFile
from pydantic import BaseModel, Field

from controller.api.asking import Asked
from controller.api.routing import Upload, make_router
from controller.api.words import Both
from controller.errors import Problem
from controller.operations.import_models import ModelsPreview, import_models, preview_models
from controller.operations.read_model import keep_model, read_model
from controller.operations.show_model import ModelView, show_model
from controller.procurement.matching import Match
from controller.specs.model import Fact, Model
from controller.specs.model_answers import written_fact
from controller.specs.model_changes import FactKind, ModelKind
from controller.workspace.device_types import LARGEST
from controller.workspace.model_proposal import ModelSeen

router = make_router("/models", "inventory")
imports = make_router("/models", "inventory", route=Upload)
Files = Annotated[
    list[UploadFile],
    File(description="NetBox device types in YAML, or ZIP files of them; 5 MB in all, unpacked"),
]
Kind = Annotated[
    str,
    Form(
        max_length=40,
        description="What all of them are, as in the register; `described`: by the words of each",
    ),
]
Overwrite = Annotated[
    bool, Form(description="Replace what differs, also what a person wrote; else that stays")
]


class ReadAsked(BaseModel):
    """A device to ask, and how what it tells is taken."""

    device: str = Field(max_length=63, examples=["kkn-a-sw01"])
    kind: str = Field(default="", max_length=40, description="Else that of its row in the register")
    overwrite: bool = Field(default=False, description="Replace what differs")


class KeepAsked(ReadAsked):
    """The same, with the `digest` of the preview."""

    digest: str = Field(max_length=64)


class Answered(BaseModel):
    """An attribute of the catalogue, and what the model states for it, as an offer would."""

    attribute: str = Field(examples=["ports_1g"])
    words: Both
    answer: str = Field(examples=["24 port"])


class BaselineMetShown(BaseModel):
    """How the model stands against a baseline of its kind in force today.

    `verdict` is of the mandatory criteria; the lists name criteria, those people judge under
    `unknown`.
    """

    baseline: str = Field(examples=["mdes-2568-12/access-point-1"])
    verdict: Match
    met: list[str]
    failed: list[str]
    unknown: list[str]


class ModelFull(BaseModel):
    """A model, the file it stands in, and every attribute it answers."""

    model: Model
    path: str = Field(examples=["specs/models/switches.yaml"])
    devices: int
    assets: int
    answers: list[Answered]
    baselines: list[BaselineMetShown]


class FactShown(BaseModel):
    """A fact that would be added or replaced, or that is kept although another was read."""

    name: str
    kind: FactKind
    before: Fact | date | None
    after: Fact | date


class ModelSeenShown(BaseModel):
    """What would become of a model. `by_hand`: its file has to be edited by a person."""

    name: str = Field(description="The file it was read from")
    path: str = Field(description="The file of the workspace it would stand in")
    kind: ModelKind
    by_hand: bool
    model: Model
    facts: list[FactShown]
    notes: list[Both] = Field(description="What the file does not tell")


class ModelFault(BaseModel):
    """Why a file cannot be taken: at `line` and `column` of it, 0 for the whole."""

    file: str
    line: int
    column: int
    message: Both
    found: str
    suggestion: str


class ModelsPreviewShown(BaseModel):
    """What files would change in specs/models. `models` leaves out those that stay as they are."""

    digest: str = Field(description="What applying asks for: it names what was looked at")
    counts: dict[str, int]
    without_kind: int
    models: list[ModelSeenShown]
    faults: list[ModelFault]
    files: list[str]


class ModelsImportedShown(BaseModel):
    """What was written: each file with its commit, null where it is not committed to git."""

    counts: dict[str, int]
    commits: dict[str, str | None]


@router.get("/one", operation_id="show_model")
def one(
    asked: Asked, number: Annotated[str, Query(max_length=200, examples=["R350"])]
) -> ModelFull:
    """One model by its number or part number: every fact by its name, and who has it."""
    return _full(asked.ask(show_model, number))


@imports.post("/preview", operation_id="preview_models")
def preview(
    asked: Asked, file: Files, kind: Kind = "", overwrite: Overwrite = False
) -> ModelsPreviewShown:
    """What NetBox device types would change in specs/models, and every fault; nothing is written.

    What they do not tell is left out and noted. What a person wrote stays where it differs.
    """
    return shown(asked.ask(preview_models, _contents(file), kind=kind, overwrite=overwrite))


@imports.post("", operation_id="import_models")
def apply(
    asked: Asked,
    file: Files,
    digest: Annotated[str, Form(max_length=64, description="That of the preview")] = "",
    kind: Kind = "",
    overwrite: Overwrite = False,
) -> ModelsImportedShown:
    """Write what the preview with this digest showed, and commit exactly those files to git."""
    done = asked.ask(import_models, _contents(file), digest, kind=kind, overwrite=overwrite)
    return ModelsImportedShown(counts=dict(done.counts), commits=dict(done.commits))


@router.post("/read/preview", operation_id="read_model")
def read(asked: Asked, body: ReadAsked) -> ModelsPreviewShown:
    """What a device, asked now, would add to what is known of its model; nothing is written.

    It is asked over SNMP where it has an access, else by logging in.
    """
    found = asked.ask(read_model, body.device, kind=body.kind, overwrite=body.overwrite)
    return shown(found)


@router.post("/read", operation_id="keep_model")
def keep(asked: Asked, body: KeepAsked) -> ModelsImportedShown:
    """Ask the device again, and write what the preview with this digest showed."""
    done = asked.ask(keep_model, body.device, body.digest, kind=body.kind, overwrite=body.overwrite)
    return ModelsImportedShown(counts=dict(done.counts), commits=dict(done.commits))


def shown(found: ModelsPreview) -> ModelsPreviewShown:
    """A preview as the API shows it."""
    return ModelsPreviewShown(
        digest=found.digest,
        counts=found.counts,
        without_kind=found.without_kind,
        models=[_seen(seen) for seen in found.models if seen.change.kind != "same"],
        faults=[_fault(problem) for problem in found.faults],
        files=[file.path for file in found.files],
    )


def _contents(files: list[UploadFile]) -> dict[str, bytes]:
    """The files by their names; of two with one name the second is told apart."""
    contents: dict[str, bytes] = {}
    for file in files:
        name = file.filename or "device-type.yaml"
        while name in contents:
            name = f"_{name}"
        contents[name] = file.file.read(LARGEST + 1)
    return contents


def _full(found: ModelView) -> ModelFull:
    return ModelFull(
        model=found.model,
        path=found.path,
        devices=found.row.devices,
        assets=found.row.assets,
        answers=[
            Answered(
                attribute=attribute.id,
                words=Both.of(attribute.title),
                answer=written_fact(attribute, fact),
            )
            for attribute, fact in found.facts
        ],
        baselines=[
            BaselineMetShown(
                baseline=one.baseline.ref,
                verdict=one.verdict,
                met=[criterion.id for criterion in one.met],
                failed=[criterion.id for criterion in one.failed],
                unknown=[criterion.id for criterion in one.unknown],
            )
            for one in found.baselines
        ],
    )


def _seen(seen: ModelSeen) -> ModelSeenShown:
    return ModelSeenShown(
        name=seen.name,
        path=seen.path,
        kind=seen.change.kind,
        by_hand=seen.by_hand,
        model=seen.change.after,
        facts=[
            FactShown(name=f.name, kind=f.kind, before=f.before, after=f.after)
            for f in seen.change.facts
        ],
        notes=[Both.of(note) for note in seen.notes],
    )


def _fault(problem: Problem) -> ModelFault:
    return ModelFault(
        file=problem.path,
        line=problem.line,
        column=problem.column,
        message=Both.of(problem.message),
        found=problem.found,
        suggestion=problem.suggestion,
    )
