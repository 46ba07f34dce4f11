"""The hardware register over HTTP: look through it, take it as a file, import a site's."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from fastapi import File, Form, Query, Response, UploadFile
from pydantic import BaseModel, Field

from controller.api.asking import Asked
from controller.api.downloads import file_answer, files
from controller.api.paging import Page, Paged
from controller.api.routing import Upload, make_router
from controller.api.words import Both
from controller.documents.reading import LARGEST
from controller.inventory.asset import Asset
from controller.inventory.register import written_price
from controller.inventory.register_cells import Fault
from controller.inventory.register_changes import RowChange, RowKind
from controller.inventory.search import Wanted
from controller.language import Language
from controller.operations import export_assets, list_assets
from controller.operations.import_assets import Preview, import_assets, preview_assets

router = make_router("/register", "inventory")
imports = make_router("/sites", "inventory", route=Upload)
Choice = Annotated[str | None, Query(max_length=100)]
Words = Annotated[
    str, Query(max_length=200, description="Every word must be there, in Thai or Latin letters")
]
Year = Annotated[
    int | None, Query(ge=1900, le=2200, description="Acquired in this year of the Christian era")
]
Whole = Annotated[
    bool, Form(description="The file is the site's whole register: rows it does not have go")
]
Sheet = Annotated[UploadFile, File(description="XLSX, or CSV in UTF-8, up to 5 MB")]


class AssetShown(BaseModel):
    """A row of the register; `price` in baht, as text."""

    number: str
    site: str
    kind: str
    brand: str
    model: str
    serial: str
    acquired: date
    price: str = Field(examples=["18500.00"])
    room: str
    state: str
    note: str

    @classmethod
    def of(cls, asset: Asset) -> Self:
        """The row as the API shows it."""
        told = {name: getattr(asset, name) for name in cls.model_fields}
        return cls(**told | {"price": written_price(asset.price)})


class ColumnChange(BaseModel):
    """A column of a row that would change; values as the register's files have them."""

    column: str
    before: str
    after: str


class RowShown(BaseModel):
    """What would become of one row. `row` is its number in the sheet handed over, 0 for none."""

    kind: RowKind
    number: str
    row: int
    changes: list[ColumnChange]


class FaultShown(BaseModel):
    """Why a cell cannot be taken, and what was probably meant."""

    cell: str = Field(examples=["ทะเบียน!B7"])
    message: Both
    found: str
    suggestion: str
    allowed: tuple[str, ...]


class PreviewShown(BaseModel):
    """What a file would change. `rows` leaves out those that stay as they are; `counts` has all."""

    site: str
    digest: str = Field(description="What applying asks for: it names what was looked at")
    counts: dict[str, int]
    rows: list[RowShown]
    faults: list[FaultShown]
    unread_columns: tuple[str, ...]
    unread_sheets: tuple[str, ...]


class ImportedShown(BaseModel):
    """What was written; `commit` is null when the file is not committed to git."""

    site: str
    path: str
    counts: dict[str, int]
    before: str = Field(description="SHA-256 of the file before, empty when there was none")
    after: str
    commit: str | None


@router.get("", operation_id="list_assets")
def list_rows(
    asked: Asked,
    paged: Paged,
    q: Words = "",
    site: Choice = None,
    kind: Choice = None,
    state: Choice = None,
    brand: Choice = None,
    year: Year = None,
) -> Page[AssetShown]:
    """Look through the hardware register, by number; school staff find their own school's only."""
    found = asked.ask(list_assets.list_assets, _wanted(q, site, kind, state, brand, year))
    return paged.page_of_rising(found.rows, lambda asset: asset.number, AssetShown.of)


@router.get("/choices", operation_id="count_assets")
def choices(asked: Asked) -> dict[str, dict[str, int]]:
    """What one can choose by: facet, value, number of rows."""
    return asked.ask(list_assets.count_assets)


@router.get("/row", operation_id="show_asset")
def read_row(
    asked: Asked, number: Annotated[str, Query(max_length=100, examples=["7440-009-0001/67"])]
) -> AssetShown:
    """One row, by its register number."""
    return AssetShown.of(asked.ask(list_assets.show_asset, number))


@router.get(
    "/file",
    operation_id="export_assets",
    response_class=Response,
    responses=files("The register", "xlsx", "csv"),
)
def export(
    asked: Asked,
    format: Literal["xlsx", "csv"] = "xlsx",  # noqa: A002
    language: Language = "th",
    q: Words = "",
    site: Choice = None,
    kind: Choice = None,
    state: Choice = None,
    brand: Choice = None,
    year: Year = None,
) -> Response:
    """Every row that is found, as a file for Excel; no cell of it is a formula."""
    content = asked.ask(
        export_assets.export_assets,
        _wanted(q, site, kind, state, brand, year),
        form=format,
        language=language,
    )
    return file_answer(content, f"register.{format}")


@imports.post("/{site}/register/preview", operation_id="preview_assets")
def preview(asked: Asked, site: str, file: Sheet, whole: Whole = False) -> PreviewShown:
    """What a file would change in the register, and every fault in it; nothing is written."""
    content = file.file.read(LARGEST + 1)
    return _preview(asked.ask(preview_assets, site, content, whole=whole))


@imports.post("/{site}/register", operation_id="import_assets")
def apply(
    asked: Asked,
    site: str,
    file: Sheet,
    digest: Annotated[str, Form(max_length=64, description="That of the preview")] = "",
    whole: Whole = False,
) -> ImportedShown:
    """Write what the preview with this digest showed, and commit exactly that file to git."""
    content = file.file.read(LARGEST + 1)
    done = asked.ask(import_assets, site, content, digest, whole=whole)
    return ImportedShown.model_validate({**vars(done), "counts": dict(done.counts)})


def _wanted(
    words: str,
    site: str | None,
    kind: str | None,
    state: str | None,
    brand: str | None,
    year: int | None,
) -> Wanted:
    told = {"site": site, "kind": kind, "state": state, "brand": brand}
    chosen = {name: value for name, value in told.items() if value}
    return Wanted(words, chosen | ({"year": str(year)} if year else {}))


def _preview(found: Preview) -> PreviewShown:
    return PreviewShown(
        site=found.site,
        digest=found.digest,
        counts=found.counts,
        rows=[_row(row) for row in found.rows if row.kind in {"added", "changed", "removed"}],
        faults=[_fault(fault) for fault in found.faults],
        unread_columns=found.unread_columns,
        unread_sheets=found.unread_sheets,
    )


def _row(row: RowChange) -> RowShown:
    def told(column: str, value: object) -> str:
        return written_price(value) if column == "price" and isinstance(value, int) else str(value)

    changes = [
        ColumnChange(
            column=c.column, before=told(c.column, c.before), after=told(c.column, c.after)
        )
        for c in row.changes
    ]
    return RowShown(kind=row.kind, number=row.number, row=row.row, changes=changes)


def _fault(fault: Fault) -> FaultShown:
    return FaultShown(
        cell=fault.cell,
        message=Both.of(fault.message),
        found=fault.found,
        suggestion=fault.suggestion,
        allowed=fault.allowed,
    )
