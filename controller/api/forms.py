"""Filled forms over HTTP."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import File, Query, Response, UploadFile
from pydantic import BaseModel, Field

from controller.api.asking import Asked
from controller.api.downloads import file_answer, files
from controller.api.given import Given
from controller.api.paging import Page, Paged
from controller.api.routing import Upload, make_router
from controller.api.versions import AskedAsSeen, tell_version
from controller.api.words import Both
from controller.operations import (
    export_form,
    fill_form,
    keep_photo,
    list_requests,
    show_form,
    show_photo,
)
from controller.operations.list_requests import Standing
from controller.processes.forms.definition import FilledForm
from controller.processes.forms.photos import LARGEST_PHOTO
from controller.store.forms import FormSummary

router = make_router("/forms", "forms")
uploads = make_router("/photos", "forms", route=Upload)
requests = make_router("/requests", "forms")


class FormListed(BaseModel):
    """A filled form in a list. `by` filled it in first, `on` is of the newest revision."""

    number: str
    printed: str = Field(description="The number as the paper shows it")
    slug: str
    case: str | None
    revision: int
    sha256: str
    by: str
    on: date


class Filling(Given):
    """What is filled in. `values` is by field name: see `/manual/forms/{slug}`."""

    form: Annotated[str, Field(max_length=60, examples=["repair_request"])]
    values: dict[str, Any]
    case: Annotated[str | None, Field(max_length=40, description="Attach it to this case")] = None
    revises: Annotated[
        str | None, Field(max_length=100, description="Number of the form this is a revision of")
    ] = None


class PhotoKept(BaseModel):
    """A photo, as a form names it in a field of photos."""

    name: str
    sha256: str


class RequestShown(BaseModel):
    """What a school asked for, and how far it got."""

    form: FormListed
    title: Both
    standing: Standing
    state: Both


@router.get("", operation_id="list_forms")
def list_forms(
    asked: Asked,
    paged: Paged,
    case: Annotated[str | None, Query(max_length=40, description="Only those of this case")] = None,
    slug: Annotated[
        str | None, Query(alias="form", max_length=60, description="Only those of this form")
    ] = None,
) -> Page[FormListed]:
    """Filled forms, last filled in first; people of schools see those of their own school."""
    after = paged.after(str, str)
    found = asked.ask(show_form.list_forms, case=case, slug=slug, after=after, most=paged.most)
    return paged.page(found, lambda one: (one.on, one.number), _listed)


@router.post("", operation_id="fill_form", status_code=201)
def fill(asked: AskedAsSeen, response: Response, given: Filling) -> FilledForm:
    """Check a form, number it and keep it; with `case` also attach it.

    With `revises` it is the next revision of that form, and `If-Match` is of that form's ETag.
    Everything that is wrong is told at once, under `problems`.
    """
    kept = asked.ask(
        fill_form.fill_form, given.form, given.values, case=given.case, revises=given.revises
    )
    response.headers["location"] = f"/api/v1/forms/{kept.number}"
    return _told(kept, response)


@router.get("/{number}", operation_id="show_form")
def read_form(
    asked: Asked,
    response: Response,
    number: str,
    revision: Annotated[int | None, Query(ge=1, le=100_000, description="An earlier one")] = None,
) -> FilledForm:
    """A form as filled in, its newest revision unless another is named."""
    return _told(asked.ask(show_form.show_form, number, revision), response)


@router.get(
    "/{which}/file",
    operation_id="export_form",
    response_class=Response,
    responses=files("The form on paper", "pdf", "docx", "xlsx"),
)
def export(
    asked: Asked,
    which: str,
    wanted: Annotated[export_form.Format, Query(alias="format")] = "pdf",
    revision: Annotated[int | None, Query(ge=1, le=100_000, description="An earlier one")] = None,
) -> Response:
    """Draw a form: PDF to sign, DOCX to edit, XLSX of its tables.

    `which` is the number of a filled form, or the name of a form, which is then empty.
    """
    drawn = asked.ask(export_form.export_form, which, wanted, revision)
    return file_answer(drawn, f"{which}.{wanted}")


@router.get(
    "/{number}/photos/{sha256}",
    operation_id="show_photo",
    response_class=Response,
    responses=files("The photo", "jpg"),
)
def read_photo(asked: Asked, number: str, sha256: str) -> Response:
    """A photo that a form names."""
    return file_answer(asked.ask(show_photo.show_photo, number, sha256), f"{sha256[:12]}.jpg")


@uploads.post("", operation_id="keep_photo", status_code=201)
def keep(
    asked: Asked,
    file: Annotated[UploadFile, File(description="JPEG, PNG or WebP, up to 8 MB")],
) -> PhotoKept:
    """Take a photo in, so that a form can name it; what else the file told is left out."""
    content = file.file.read(LARGEST_PHOTO + 1)
    kept = asked.ask(keep_photo.keep_photo, file.filename or "", content)
    return PhotoKept.model_validate(kept)


@requests.get("", operation_id="list_requests")
def list_of_requests(asked: Asked, paged: Paged) -> Page[RequestShown]:
    """What schools asked for and how far it got; people of schools see their own school's."""
    found = asked.ask(list_requests.list_requests)
    return paged.page_of_all(found, lambda one: (one.form.on, one.form.number), _request)


def _told(form: FilledForm, response: Response) -> FilledForm:
    tell_version(response, form.version)
    return form


def _listed(one: FormSummary) -> FormListed:
    return FormListed.model_validate(vars(one))


def _request(one: list_requests.Request) -> RequestShown:
    return RequestShown(
        form=_listed(one.form),
        title=Both.of(one.title),
        standing=one.standing,
        state=Both.of(one.state),
    )
