"""Price criteria over HTTP: baselines, their editions, and taking a newer one from a file."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from fastapi import File, Form, Query, Response, UploadFile
from pydantic import BaseModel, Field

from controller.api.asking import Asked
from controller.api.downloads import file_answer, files
from controller.api.routing import Upload, make_router
from controller.api.words import Both
from controller.documents.reading import LARGEST
from controller.errors import Problem
from controller.inventory.asset import Kind
from controller.language import Language
from controller.operations.compare_editions import compare_editions
from controller.operations.export_edition import export_edition
from controller.operations.import_edition import EditionPreview, import_edition, preview_edition
from controller.operations.list_attributes import list_attributes
from controller.operations.list_baselines import BaselineSeen, list_baselines
from controller.operations.list_editions import list_editions
from controller.operations.show_baseline import show_baseline
from controller.specs.attribute import Attribute
from controller.specs.baseline import Edition
from controller.specs.criterion import Criterion
from controller.specs.edition_diff import ChangeKind, ClassChange

router = make_router("/baselines", "procurement")
editions = make_router("/editions", "procurement")
imports = make_router("/editions", "procurement", route=Upload)
attributes = make_router("/attributes", "procurement")
Sheet = Annotated[UploadFile, File(description="XLSX as exported, or YAML, up to 5 MB")]


class BaselineRow(BaseModel):
    """A class of equipment in one edition; `ceiling` in baht for one, as text."""

    ref: str = Field(examples=["mdes-2568-12/switch-l2-24-2"])
    id: str = Field(description="The class, the same in every edition")
    edition: str
    number: int | None
    kind: str
    name: Both
    unit: str
    ceiling: str | None = Field(examples=["13000"], description="Null: ask the market")
    status: Literal["reference", "checked"] = Field(
        description="Whether somebody checked the figures against the issuer's document"
    )
    superseded: str | None = Field(description="The edition that took its place by today")

    @classmethod
    def of(cls, one: BaselineSeen) -> Self:
        """The baseline as the API shows it."""
        told = one.baseline
        return cls(
            ref=told.ref,
            id=told.id,
            edition=told.edition,
            number=told.number,
            kind=told.kind,
            name=Both.of(told.title),
            unit=told.unit,
            ceiling=None if told.ceiling is None else f"{told.ceiling:f}",
            status=one.edition.status,
            superseded=one.superseded.id if one.superseded else None,
        )


class BaselineWhole(BaselineRow):
    """One baseline with its criteria, and its class in every edition that has it."""

    note: str
    criteria: list[Criterion]
    editions: list[BaselineRow]


class EditionShown(BaseModel):
    """An edition: how many classes it has here, and how many of them stand today."""

    edition: Edition
    classes: int
    standing: int


class CriterionChanged(BaseModel):
    """A criterion before and after; null where it is not."""

    id: str
    kind: ChangeKind
    before: Criterion | None
    after: Criterion | None


class ClassChanged(BaseModel):
    """A class before and after: prices in baht as text, what else differs."""

    id: str
    kind: ChangeKind
    before: str | None
    after: str | None
    percent: str | None = Field(description="How much dearer, in percent of before")
    fields: list[str]
    criteria: list[CriterionChanged]

    @classmethod
    def of(cls, change: ClassChange) -> Self:
        """The change as the API shows it."""
        prices = [b.ceiling if b else None for b in (change.before, change.after)]
        before, after = (None if p is None else f"{p:f}" for p in prices)
        return cls(
            id=change.id,
            kind=change.kind,
            before=before,
            after=after,
            percent=None if change.percent is None else f"{change.percent:f}",
            fields=list(change.fields),
            criteria=[
                CriterionChanged(id=c.id, kind=c.kind, before=c.before, after=c.after)
                for c in change.criteria
            ],
        )


class Compared(BaseModel):
    """What a later edition changed; `changes` leaves out what stays, `counts` has all."""

    before: str
    after: str
    counts: dict[ChangeKind, int]
    changes: list[ClassChanged]


class ProblemAt(BaseModel):
    """What is wrong in the file, by cell or line, and what was probably meant."""

    where: str = Field(examples=["รายการ!G7"])
    message: Both
    found: str
    suggestion: str

    @classmethod
    def of(cls, problem: Problem) -> Self:
        """The problem as the API shows it: a cell is its own place."""
        return cls(
            where=problem.path if "!" in problem.path else problem.where,
            message=Both.of(problem.message),
            found=problem.found,
            suggestion=problem.suggestion,
        )


class EditionPreviewShown(BaseModel):
    """What a file would change. `against`: the edition it is held against."""

    digest: str = Field(description="What applying asks for: it names what was looked at")
    edition: str | None = Field(description="Null while there are problems")
    known: bool = Field(description="Whether the workspace has this edition already")
    against: str | None
    counts: dict[ChangeKind, int]
    changes: list[ClassChanged]
    paths: list[str]
    problems: list[ProblemAt]


class EditionImportedShown(BaseModel):
    """What was written; `commit` is null when the files are not committed to git."""

    edition: str
    paths: list[str]
    commit: str | None


@router.get("", operation_id="list_baselines")
def baselines(
    asked: Asked,
    edition: Annotated[str, Query(max_length=60, description="Only of this edition")] = "",
    kind: Annotated[Kind | None, Query(description="Only of this kind")] = None,
    q: Annotated[str, Query(max_length=200, description="Words of the name")] = "",
    current: Annotated[bool, Query(description="Only what no later edition replaced")] = False,
) -> list[BaselineRow]:
    """The baselines, edition by edition from the newest."""
    found = asked.ask(
        list_baselines, edition=edition, kind=kind or "", words=q, current=current
    )  # fmt: skip
    return [BaselineRow.of(one) for one in found]


@router.get("/{edition}/{name}", operation_id="show_baseline")
def baseline(asked: Asked, edition: str, name: str) -> BaselineWhole:
    """One baseline with its criteria, and its class in other editions."""
    found = asked.ask(show_baseline, f"{edition}/{name}")
    one = found.shown
    return BaselineWhole(
        **BaselineRow.of(one).model_dump(),
        note=one.baseline.note,
        criteria=list(one.baseline.criteria),
        editions=[BaselineRow.of(other) for other in found.editions],
    )


@editions.get("", operation_id="list_editions")
def known_editions(asked: Asked) -> list[EditionShown]:
    """The editions of price criteria, the newest first."""
    return [
        EditionShown(edition=one.edition, classes=one.classes, standing=one.standing)
        for one in asked.ask(list_editions)
    ]


@editions.get("/{before}/changes/{after}", operation_id="compare_editions")
def changes(asked: Asked, before: str, after: str) -> Compared:
    """What the later edition changed of all that stood when the earlier one was announced."""
    found = asked.ask(compare_editions, before, after)
    return Compared(
        before=found.before.id,
        after=found.after.id,
        counts=found.counts,
        changes=[ClassChanged.of(c) for c in found.changes if c.kind != "same"],
    )


@editions.get(
    "/{edition}/file",
    operation_id="export_edition",
    response_class=Response,
    responses=files("The edition", "xlsx", "yaml"),
)
def export(
    asked: Asked,
    edition: str,
    format: Literal["xlsx", "yaml"] = "xlsx",  # noqa: A002
    language: Language = "th",
) -> Response:
    """The edition as a file, to check and change it; an import takes it back."""
    content = asked.ask(export_edition, edition, form=format, language=language)
    return file_answer(content, f"{edition}.{format}")


@imports.post("/preview", operation_id="preview_edition")
def preview(asked: Asked, file: Sheet) -> EditionPreviewShown:
    """What the file of an edition would change, every problem by its cell; nothing is written."""
    content = file.file.read(LARGEST + 1)
    return _preview(asked.ask(preview_edition, _name(file), content))


@imports.post("", operation_id="import_edition")
def apply(
    asked: Asked,
    file: Sheet,
    digest: Annotated[str, Form(max_length=64, description="That of the preview")] = "",
) -> EditionImportedShown:
    """Write what the preview with this digest showed, and commit exactly those files to git."""
    content = file.file.read(LARGEST + 1)
    done = asked.ask(import_edition, _name(file), content, digest)
    return EditionImportedShown(edition=done.edition, paths=list(done.paths), commit=done.commit)


@attributes.get("", operation_id="list_attributes")
def catalogue(
    asked: Asked,
    kind: Annotated[Kind | None, Query(description="Only those asked of this kind")] = None,
) -> list[Attribute]:
    """What a criterion can ask: attributes with their units, levels or members."""
    return list(asked.ask(list_attributes, kind or ""))


def _name(file: UploadFile) -> str:
    return (file.filename or "")[:120] or "file"


def _preview(found: EditionPreview) -> EditionPreviewShown:
    return EditionPreviewShown(
        digest=found.digest,
        edition=found.edition.id if found.edition else None,
        known=found.known,
        against=found.against.id if found.against else None,
        counts=found.counts,
        changes=[ClassChanged.of(c) for c in found.changes if c.kind != "same"],
        paths=list(found.paths),
        problems=[ProblemAt.of(p) for p in found.problems],
    )
