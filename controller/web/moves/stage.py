"""What every move is given: who looks, at which case, and what to do once it has moved."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from nicegui import ui

from controller.errors import Text
from controller.inventory.office import Office
from controller.operations.show_case import Looked
from controller.processes.case import Case
from controller.processes.groups import in_service
from controller.web.visit import Visit


@dataclass(frozen=True)
class Stage:
    """A page of a case, as a move needs it.

    `seen` is the dossier on the page, `place` where dialogs open; `moved` says what was done and
    shows the case anew.
    """

    visit: Visit
    looked: Looked
    seen: str
    place: ui.element
    moved: Callable[[Text], Awaitable[None]]

    @property
    def case(self) -> Case:
        """The case as the page shows it."""
        return self.looked.case

    @property
    def number(self) -> str:
        """Its number."""
        return self.looked.case.number


def people(office: Office, stage: Stage) -> dict[str, str]:
    """user name -> title of everybody in service today; the user name beside titles two hold."""
    today = stage.visit.context.today()
    serving = [person for person in office.people if in_service(person, today)]
    titles = [person.title for person in serving]
    return {
        p.username: p.title if titles.count(p.title) == 1 else f"{p.title} ({p.username})"
        for p in serving
    }
