"""The office manual as data: its processes, steps and forms."""

from __future__ import annotations

from fastapi import Response
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel, Field

from controller.api.asking import Asked
from controller.api.downloads import files
from controller.api.routing import make_router
from controller.processes import flow, manual
from controller.processes.forms.catalogue import form
from controller.processes.forms.definition import FormDefinition
from controller.processes.manual import MANUAL, Process
from controller.processes.step import Step

router = make_router("/manual", "manual")


class ProcessListed(BaseModel):
    """A process in a list."""

    number: str
    th: str
    en: str
    steps: int
    runnable: bool = Field(description="Whether cases of it can be opened")


class ProcessShown(BaseModel):
    """A process with its steps; `doers` names who may end each of them."""

    process: Process
    doers: list[tuple[str, ...]] = Field(description="Of each step, in order")


class FormNamed(BaseModel):
    """A form in a list."""

    slug: str
    th: str
    en: str


@router.get("/processes", operation_id="list_processes")
def list_processes(_asked: Asked) -> list[ProcessListed]:
    """The processes of the manual."""
    return [
        ProcessListed(
            number=one.number,
            th=one.name,
            en=one.english,
            steps=len(one.steps),
            runnable=one.runnable,
        )
        for one in MANUAL.processes
    ]


@router.get("/processes/{number}", operation_id="show_process")
def show_process(_asked: Asked, number: str) -> ProcessShown:
    """One process: its steps, what they need, which forms go with them, within how many days."""
    found = manual.process(number)
    return ProcessShown(process=found, doers=[_doers(step) for step in found.steps])


@router.get(
    "/processes/{number}/flow",
    operation_id="draw_process",
    response_class=PlainTextResponse,
    responses=files("The flow chart", "txt"),
)
def draw(_asked: Asked, number: str) -> Response:
    """The flow chart of a process as Mermaid text."""
    return PlainTextResponse(flow.mermaid(manual.process(number)))


@router.get("/forms", operation_id="list_form_definitions")
def list_definitions(_asked: Asked) -> list[FormNamed]:
    """The forms of the manual, and the records it has no form for."""
    named = {**MANUAL.forms, **MANUAL.annexes}
    return [FormNamed(slug=slug, th=one.name, en=one.english) for slug, one in named.items()]


@router.get("/forms/{slug}", operation_id="show_form_definition")
def show_definition(_asked: Asked, slug: str) -> FormDefinition:
    """What a form asks: its fields, their types, who fills them in, and when they are asked."""
    return form(slug)


def _doers(step: Step) -> tuple[str, ...]:
    return tuple(step.doers)
