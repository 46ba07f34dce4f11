"""Cases over HTTP."""

from __future__ import annotations

from fastapi import APIRouter

from controller.api.asking import Asked
from controller.operations import show_case
from controller.processes.case import Case

router = APIRouter(prefix="/cases", tags=["cases"])


@router.get("/{number}")
def read_case(asked: Asked, number: str) -> Case:
    """One case with its history: group, study, papers, records, submissions, decisions, events."""
    return asked.ask(show_case.show_case, number)
