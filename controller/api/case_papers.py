"""What is attached to a case, over HTTP: forms and files."""

from __future__ import annotations

from typing import Annotated

from fastapi import File, Form, Response, UploadFile
from pydantic import Field

from controller.api.asking import Asked
from controller.api.cases import CaseShown, shown
from controller.api.downloads import file_answer, files
from controller.api.given import Given
from controller.api.routing import Upload, make_router
from controller.api.versions import AskedAsSeen
from controller.operations import attach_file, attach_form, detach_paper, fetch_file

router = make_router("/cases", "papers")
uploads = make_router("/cases", "papers", route=Upload)


class Attaching(Given):
    """A filled form that stands alone."""

    form: Annotated[str, Field(max_length=100, examples=["2569-repair_request-0001"])]


@router.post("/{number}/papers", operation_id="attach_form")
def attach(asked: AskedAsSeen, response: Response, number: str, given: Attaching) -> CaseShown:
    """Attach a form that was filled in on its own, for example by a school, to a case."""
    return shown(asked.ask(attach_form.attach_form, given.form, number), response)


@router.delete("/{number}/papers/{paper}", operation_id="detach_paper")
def detach(asked: AskedAsSeen, response: Response, number: str, paper: str) -> CaseShown:
    """Take a paper off a case; the paper itself is kept. `paper` is its number, or its name."""
    return shown(asked.ask(detach_paper.detach_paper, number, paper), response)


@uploads.post("/{number}/files", operation_id="attach_file")
def attach_bytes(
    asked: AskedAsSeen,
    response: Response,
    number: str,
    file: Annotated[UploadFile, File(description="Up to 20 MB; its name names it in the case")],
    title: Annotated[str, Form(max_length=500)] = "",
) -> CaseShown:
    """Attach a file. One of the same name is replaced by the next revision."""
    content = file.file.read(attach_file.LARGEST + 1)
    name = file.filename or ""
    return shown(asked.ask(attach_file.attach_content, number, name, content, title), response)


@router.get(
    "/{number}/files/{name}",
    operation_id="fetch_file",
    response_class=Response,
    responses=files("The file, byte for byte"),
)
def fetch(asked: Asked, number: str, name: str) -> Response:
    """Take a file out again: exactly the bytes whose SHA-256 the case holds."""
    return file_answer(asked.ask(fetch_file.fetch_file, number, name), name, known=False)
